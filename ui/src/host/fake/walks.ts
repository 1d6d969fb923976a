import type { Project, WalkView } from "../types";
import { guideFor } from "./guide";

/** The tests that are walked by hand, each up to the first hop that is open or went wrong. */
export function walksOf(project: Project): WalkView[] {
  const pages = guideFor(project).pages.filter(({ hops }) => hops.length > 0);
  return pages.map(({ id, hops }) => {
    const walk = project.walks?.[id] ?? {};
    const isRight = (hop: string) => walk[hop]?.outcome === "as-it-should";
    const stop = hops.findIndex((hop) => !isRight(hop.id));
    const shown = stop < 0 ? hops : hops.slice(0, stop + 1);
    const last = hops.at(-1)?.id ?? "";
    return { page: id, hops: shown.map((hop) => ({ hop: hop.id, seen: walk[hop.id] ?? null })), proven_at: stop < 0 ? (walk[last]?.at ?? null) : null };
  });
}
