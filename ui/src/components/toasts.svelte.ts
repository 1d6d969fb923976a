import { announce } from "./announcer.svelte";

export interface Toast {
  id: number;
  text: string;
  undo?: () => unknown;
}

/** Long enough to be read and reached by keyboard; nothing is lost when it goes, it only says what can be undone. */
const shownFor = 10_000;
let toasts = $state<Toast[]>([]);
let last = 0;

export const shown = {
  get toasts() {
    return toasts;
  },
};

/** Says what happened, with Undo when there is one. */
export function toast(text: string, undo?: () => unknown): void {
  const id = ++last;
  toasts = [...toasts, { id, text, undo }];
  announce(text);
  setTimeout(() => dismiss(id), shownFor);
}

export function dismiss(id: number): void {
  toasts = toasts.filter((toast) => toast.id !== id);
}
