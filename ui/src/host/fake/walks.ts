import type { Prerequisite, Project, WalkView } from "../types";
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

/** Stage III in the middle of the way: what is required is half there. */
export const rolloutOf = (project: Project, active: boolean): Prerequisite[] => [
  { id: "saml", met: project.saml.values !== null, required: true, step: "saml" },
  { id: "active", met: active, required: true, step: null },
  { id: "users", met: (project.known?.arrivals.user_count ?? 0) > 0, required: true, step: "users" },
  { id: "sign-in-tested", met: walksOf(project)[0]?.proven_at !== null, required: false, step: null },
  { id: "scim", met: project.scim.marked_at !== null, required: false, step: "scim" },
];
