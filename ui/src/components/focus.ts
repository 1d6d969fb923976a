import { tick } from "svelte";

/** What had the focus may be gone after an action: then the first button of its place has it, and nobody begins at the top. */
export async function keepFocus(place: HTMLElement | undefined) {
  await tick();
  if (document.activeElement === document.body) place?.querySelector("button")?.focus();
}
