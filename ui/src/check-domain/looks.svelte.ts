import { SvelteMap } from "svelte/reactivity";
import type { Looks, Report } from "../host/types";

/** The checks of this window, by record and expected value; a watch keeps its own. */
const looks = new SvelteMap<string, Looks[]>();

const keyOf = ({ name, expected }: Report): string => `${name} ${expected ?? ""}`;

export const looksOf = (report: Report): Looks[] => looks.get(keyOf(report)) ?? [];

/** Adds a check; those with the same outcome in a row are one. */
export function noteLook(report: Report): void {
  const before = looksOf(report);
  const last = before.at(-1);
  const at = report.checked_at;
  const next: Looks[] =
    last?.verdict === report.verdict
      ? [...before.slice(0, -1), { ...last, last: at, count: last.count + 1 }]
      : [...before, { verdict: report.verdict, first: at, last: at, count: 1 }];
  looks.set(keyOf(report), next);
}
