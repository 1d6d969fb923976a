import type { Finding, PolisSignIn, PolisSignIns, Project, ProjectView, SeenInPolis } from "../types";
import { explain } from "./diagnoses";
import { given, polisProject } from "./portal";
import { signIn } from "./sign-ins";
import { ago, days } from "./time";

/** A Polis, made up: what a project has seen there, and what changes there. */
const base = "https://polis.example.com/api/scim/v2.0";
const own = `${base}/5f1c3a2e/?aadOptscim062020`;
const other = `${base}/91d7b0c4/?aadOptscim062020`;

const person = (user_name: string, display_name: string | null, external_id: string | null, active = true) => ({ user_name, display_name, external_id, active });

/** The connection is there and on, and 3 people have arrived in the project's directory; there is another one. */
export function arrivedProject(): Project {
  const project = polisProject();
  const arrivals = {
    user_count: 3,
    group_count: 2,
    users: [
      person("jonas.weber@contoso.com", "Jonas Weber", "3c1e8f0a-4b5d-4f6e-9a7b-2d8c1e0f3a4b"),
      person("li.wei@contoso.com", null, "9a7b2d8c-1e0f-43a4-b3c1-e8f0a4b5d4f6"),
      person("tom.brown@contoso.com", "Tom Brown", "5e0f3a4b-3c1e-4f0a-8b5d-9a7b2d8c1e0f", false),
    ],
    groups: [
      { display_name: "Contoso-MyAccount-Admins", external_id: "6f1f3c62-9a2b-4a6e-8f55-1d1a8c7b9e01", member_count: 1 },
      { display_name: "Everybody", external_id: null, member_count: 0 },
    ],
    last_call: null,
  };
  const seen: SeenInPolis = {
    connection: "on",
    directories: [
      { name: "scim-contoso.com-my-account", base_url: own, active: true },
      { name: "made-by-hand", base_url: other, active: true },
    ],
    arrived: { arrivals, uncounted: ["Everybody"], more: false, findings: [] },
    arrived_at: ago(12),
  };
  project.scim = { enabled: true, token_hint: "4Qz9", marked_at: null };
  project.portal = { ...given(project), scim_base_url: own, seen_in_polis: seen };
  project.known = project.known && { ...project.known, arrivals, seen_at: ago(12) };
  return project;
}

/** The directory is there, and nobody is in it yet. */
export function emptyDirectoryProject(): Project {
  const project = arrivedProject();
  const arrivals = { user_count: 0, group_count: 0, users: [], groups: [], last_call: null };
  const seen = given(project).seen_in_polis;
  const directories = (seen?.directories ?? []).slice(0, 1);
  project.portal = { ...given(project), seen_in_polis: { ...seen, directories, arrived: { arrivals, uncounted: [], more: false, findings: [] } } };
  project.known = project.known && { ...project.known, arrivals };
  return project;
}

const seenOf = (project: Project): SeenInPolis => (given(project).seen_in_polis ??= {});

/** Switches the connection, and reads it back. */
export function switchInPolis(view: ProjectView, on: boolean): void {
  if (view.project.backend.kind !== "polis") return;
  seenOf(view.project).connection = on ? "on" : "off";
  view.activation.notes = [];
}

export function takeDirectory(view: ProjectView, baseUrl: string): void {
  given(view.project).scim_base_url = baseUrl;
  view.project.scim.token_hint = baseUrl === own ? "4Qz9" : "b81c";
  Object.assign(seenOf(view.project), { arrived: null, arrived_at: null });
}

export function redirect({ project }: ProjectView, default_redirect_url: string, redirect_urls: string[]): void {
  if (project.backend.kind !== "polis") return;
  Object.assign(project.backend, { default_redirect_url, redirect_urls: [...new Set([default_redirect_url, ...redirect_urls])] });
}

function failed(id: string, error: string, minutes: number, kind: "certificate" | "audience" | "none"): PolisSignIn {
  const explanation = explain(error);
  return { id, at: ago(minutes), error, sign_in: { ...signIn(kind), state: "failed", at: ago(minutes) }, explanation: explanation.matches.length > 0 ? explanation : null };
}

/** What Polis has written down, where people could try to sign in. */
export const signInsOf = ({ project }: ProjectView): PolisSignIns => ({
  failed:
    given(project).seen_in_polis?.arrived?.arrivals.user_count === 3
      ? [
          failed("brave_amber_fox", "Invalid audience.", 2, "audience"),
          failed("calm_green_owl", "Error validating the signature of the assertion with the certificate of the connection.", 60, "certificate"),
          failed("quick_red_hen", "zb-4", 3 * days, "none"),
        ]
      : [],
  more: false,
  asked_at: ago(0),
});

export const directoryOther: Finding = {
  code: "polis-directory-other",
  severity: "info",
  args: { count: "1" },
  evidence: [{ source: "made-by-hand", value: other }],
};
