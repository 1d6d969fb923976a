/** One polite live region for the whole window: changes of meaning, never polls. */

let text = $state("");

export const announcement = {
  get text() {
    return text;
  },
};

/** Says it to screen readers. Saying the same again is heard again. */
export function announce(message: string): void {
  text = text === message ? `${message}\u00a0` : message;
}
