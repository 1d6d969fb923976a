/** After a change of place the focus belongs on the new page's heading, as soon as there is one. */
let wanted = false;

export function wantFocus(): void {
  wanted = true;
}

export function takeFocus(heading: HTMLElement): void {
  if (!wanted) return;
  wanted = false;
  heading.focus();
}
