import type { NearMiss } from "../host/types";

/** Whether there is something to show: a right value in a wrong place has no letter that differs. */
export const differs = ({ parts }: NearMiss): boolean => parts.some(({ kind }) => kind !== "same");

/** Blanks, line ends and characters that cannot be seen, made visible. */
export function visible(text: string): string {
  return [...text].map((letter) => (letter === " " ? "␣" : unseen.test(letter) ? codePoint(letter) : letter)).join("");
}

const unseen = /[\s\p{Cc}\p{Cf}\p{Zs}]/u;
const codePoint = (letter: string): string => `[U+${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}]`;
