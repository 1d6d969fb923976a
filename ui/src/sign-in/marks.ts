/** A piece of a value; `hit` where it differs from the other side. */
export interface Piece {
  text: string;
  hit: boolean;
}

/** A value with the letters that differ from `other` set apart. */
export function pieces(value: string, other: string): Piece[] {
  const [own, theirs] = [[...value], [...other]];
  const differs = own.length === theirs.length ? own.map((letter, index) => letter !== theirs[index]) : between(own, theirs);
  const found: Piece[] = [];
  own.forEach((text, index) => {
    const hit = differs[index] ?? false;
    const last = found.at(-1);
    if (last?.hit === hit) last.text += text;
    else found.push({ text, hit });
  });
  return found;
}

/** Of values of another length: what lies between the beginning and the end that they share. */
function between(own: string[], theirs: string[]): boolean[] {
  const least = Math.min(own.length, theirs.length);
  const shared = (at: (list: string[], index: number) => string | undefined) => {
    const first = Array.from({ length: least }, (_, index) => index).find((index) => at(own, index) !== at(theirs, index));
    return first ?? least;
  };
  const start = shared((list, index) => list[index]);
  const end = Math.min(shared((list, index) => list[list.length - 1 - index]), least - start);
  return own.map((_, index) => index >= start && index < own.length - end);
}
