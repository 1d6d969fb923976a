/** After a change of place the focus belongs on the new page's heading, as soon as there is one. */
let wanted = false;
let field: string | null = null;

export function wantFocus(): void {
  wanted = true;
}

/** Goes to a field of the next page, by the name the page shows for it; where there is none, the heading has the focus. */
export function wantField(name: string | null): void {
  field = name;
}

export function takeFocus(heading: HTMLElement): void {
  if (!wanted) return;
  wanted = false;
  // At once, before anybody can point at something that would move away.
  heading.focus({ preventScroll: true });
  window.scrollTo(0, 0);
  const name = field;
  field = null;
  // The page before may still be there above this one, and is not in the next frame.
  if (name !== null) requestAnimationFrame(() => showField(name));
}

function showField(name: string): void {
  const labels = document.querySelectorAll<HTMLElement>("main :is(label, legend, dt, h2, h3, .lbl b, .ui, .label)");
  const label = [...labels].find(({ textContent }) => textContent.trim().toLowerCase() === name.toLowerCase());
  if (label === undefined) return;
  for (let outer = label.closest("details"); outer; outer = outer.parentElement?.closest("details") ?? null) outer.open = true;
  const control = label instanceof HTMLLabelElement ? label.control : null;
  if (control === null) label.tabIndex = -1;
  (control ?? label).focus({ preventScroll: true });
  label.scrollIntoView({ block: "center" });
}
