/** Where a finding is explained; the composition root wires it. */

type Find = (finding: string) => string | null;

let find: Find = () => null;

export function wireExplained(found: Find): void {
  find = found;
}

/** The place that says more about a finding of that code; null when there is none. */
export const moreAbout = (finding: string): string | null => find(finding);
