/** Where two values first differ, or `null` when they do not. */
export function firstDifference(want: string, got: string): number | null {
  if (want === got) return null;
  const [one, other] = [[...want], [...got]];
  const at = one.findIndex((letter, index) => letter !== other[index]);
  return at === -1 ? one.length : at;
}

export interface Letter {
  text: string;
  hit?: boolean;
  /** Left out where there is little room. */
  far?: boolean;
  gap?: boolean;
}

/** The letters around a place: four before it, five after it; blanks are made visible. */
export function around(value: string, at: number | null): Letter[] {
  const letters = [...value];
  const middle = at ?? 0;
  const [from, to] = [Math.max(0, middle - 4), middle + 6];
  const shown = letters.slice(from, to).map((text, index) => ({
    text: text.trim() === "" ? "␣" : text,
    hit: from + index === middle,
    far: Math.abs(from + index - middle) > 2,
  }));
  if (middle >= letters.length) shown.push({ text: "∅", hit: true, far: false });
  return [...(from > 0 ? [gap] : []), ...shown, ...(letters.length > to ? [gap] : [])];
}

const gap: Letter = { text: "…", gap: true };
