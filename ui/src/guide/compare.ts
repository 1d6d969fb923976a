/** How a text that was typed differs from the one that is wanted, to the letter. */
export type Difference = "same" | "case" | "blanks" | "other";

export function compare(wanted: string, typed: string): Difference {
  if (typed === wanted) return "same";
  const squeezed = (text: string) => text.replace(/\s+/g, "");
  if (squeezed(typed) === squeezed(wanted)) return "blanks";
  return squeezed(typed).toLowerCase() === squeezed(wanted).toLowerCase() ? "case" : "other";
}
