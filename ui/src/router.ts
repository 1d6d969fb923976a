import { isStep, type SignInPurpose, type StepId } from "./host/types";

/** Where the user is, as plain data. The address is only its spelling. */
export type Route =
  | { screen: "projects" }
  | { screen: "new-project" }
  | { screen: "check-domain" }
  | { screen: "check-domains" }
  | { screen: "watch-list" }
  | { screen: "certificates" }
  | { screen: "look-at-certificate" }
  | { screen: "settings" }
  | { screen: "help" }
  /** An error and what it means; `row` is one of the table's rows. */
  | { screen: "explain"; project: string | null; row: string | null }
  | { screen: "hub"; project: string }
  | { screen: "step"; project: string; step: StepId; part: string[] }
  | { screen: "guide"; project: string; page: string }
  /** A sign-in that is tested. */
  | { screen: "sign-in"; project: string; purpose: SignInPurpose }
  /** Another identity provider, or another place for the settings. */
  | { screen: "change"; project: string; what: "provider" | "backend" };

const plain = ["new-project", "check-domain", "check-domains", "watch-list", "certificates", "look-at-certificate", "settings", "help"] as const;

/** The address of a route, beginning with `#/`. */
export function href(route: Route): string {
  return `#/${segments(route).map(encodeURIComponent).join("/")}`;
}

function segments(route: Route): string[] {
  switch (route.screen) {
    case "hub":
      return ["project", route.project];
    case "step":
      return ["project", route.project, "step", route.step, ...route.part];
    case "guide":
      return ["project", route.project, "guide", route.page];
    case "sign-in":
      return ["project", route.project, "sign-in", ...(route.purpose === "portal" ? [] : [route.purpose])];
    case "change":
      return ["project", route.project, "change", route.what];
    case "explain":
      return [...(route.project === null ? [] : ["project", route.project]), "explain", ...(route.row === null ? [] : [route.row])];
    default:
      return [route.screen];
  }
}

/** Reads an address; `null` for one that leads nowhere. */
export function parse(hash: string): Route | null {
  const parts = decode(hash);
  if (parts === null) return null;
  const [first, project, kind, name, ...part] = parts;
  if (first === undefined || (first === "projects" && project === undefined)) return { screen: "projects" };
  if (first === "explain") return kind === undefined ? { screen: "explain", project: null, row: project ?? null } : null;
  const screen = plain.find((name) => name === first);
  if (screen) return project === undefined ? { screen } : null;
  return first === "project" && project ? parseProject(project, kind, name, part) : null;
}

function decode(hash: string): string[] | null {
  try {
    return hash.replace(/^#?\/?/, "").split("/").filter(Boolean).map(decodeURIComponent);
  } catch {
    return null;
  }
}

function parseProject(project: string, kind: string | undefined, name: string | undefined, part: string[]): Route | null {
  if (kind === undefined) return { screen: "hub", project };
  if (kind === "step" && isStep(name)) return { screen: "step", project, step: name, part };
  if (kind === "explain" && part.length === 0) return { screen: "explain", project, row: name ?? null };
  if (kind === "sign-in" && (name === undefined || name === "desktop") && part.length === 0) return { screen: "sign-in", project, purpose: name ?? "portal" };
  if (kind === "change" && (name === "provider" || name === "backend") && part.length === 0) return { screen: "change", project, what: name };
  if (kind === "guide" && name && part.length === 0) return { screen: "guide", project, page: name };
  return null;
}

export const projectOf = (route: Route | null): string | null => (route && "project" in route ? route.project : null);

/** Goes there: adds to the history, so that Back works. */
export function go(route: Route): void {
  window.location.hash = href(route);
}
