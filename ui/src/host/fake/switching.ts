import { HostError } from "../host";
import type { Aside, Backend, ProjectView, SwitchLine, SwitchPlan, SwitchTarget } from "../types";
import { abilitiesOf, limitsOf, portalOf } from "./portal";

const names: Record<string, [name: string, short: string]> = {
  entra: ["Microsoft Entra ID", "Entra"],
  okta: ["Okta", "Okta"],
};
const nameOf = (idp: string): [name: string, short: string] => names[idp] ?? [idp, idp];
const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

const line = (code: string, items: string[], args: Record<string, string> = {}): SwitchLine[] =>
  items.length > 0 ? [{ code, args: { count: String(items.length), ...args }, items }] : [];

/** What the core would answer for the made-up projects. */
export function planSwitch(view: ProjectView, target: SwitchTarget): SwitchPlan {
  const { project } = view;
  if (target.kind === "backend" && target.backend.kind === "account-service" && !/^https:\/\/[^/\s]+/.test(target.backend.url)) {
    throw new HostError({ code: "invalid-input", field: "url", message: "url" });
  }
  const provider = target.kind === "identity-provider";
  const { saml, groups, app_registration } = project;
  const certificates = String(saml.values?.certificates.length ?? 0);
  const domains = project.domains.entries.map(({ unicode }) => unicode);
  const shared = { carries: line("domains", domains), email: line("backup-login", [project.backup_login.email].filter(Boolean)) };
  const confirmed = Object.keys(project.confirmed).map(() => "The application shows the two values of My Account.");
  const kept = isKept(project.aside, target);
  return {
    target,
    idp: provider ? nameOf(target.idp)[1] : view.idp_short_name,
    carries: provider
      ? [...shared.carries, ...line("proof", domains.slice(0, 1)), ...line("group-names", [groups.admins.service_name, groups.users.service_name].filter(Boolean)), { code: "service-values", args: {}, items: [] }, ...shared.email]
      : [...shared.carries, ...line("app-registration", [app_registration.app_name].filter(Boolean)), ...line("groups", [groups.admins.service_name].filter(Boolean)), ...line("idp-values", saml.values ? [saml.values.entity_id] : [], { certificates }).map((one) => ({ ...one, items: [] })), ...shared.email],
    set_aside: provider
      ? [...line("app-registration", [app_registration.app_name].filter(Boolean)), ...line("group-ids", [groups.admins.id, groups.users.id].filter(Boolean)), ...line("idp-values", saml.values ? [saml.values.entity_id, saml.values.sso_url] : [], { certificates }), ...line("confirmations", confirmed)]
      : [...line("records", domains), { code: "service-values", args: {}, items: ["https://sso.example/saml/contoso/acs"] }, { code: "account", args: {}, items: [] }],
    comes_back: kept ? [{ code: "kept", args: { at: kept }, items: [] }] : [],
    redo: provider
      ? [
          { step: "app-registration", at: "provider" },
          { step: "groups", at: "both" },
          { step: "saml", at: "both" },
        ]
      : [
          { step: "domains", at: "dns" },
          { step: "groups", at: "service" },
          { step: "saml", at: "both" },
        ],
    stays: provider
      ? [...(view.activation.active ? [{ code: "active", args: {}, items: [] }] : []), { code: "application", args: {}, items: [] }]
      : [...(view.activation.active ? [{ code: "active-there", args: {}, items: [] }] : []), ...line("records", domains.slice(0, 1))],
    limits: provider ? [] : limitsOf({ ...project, backend: target.backend }).filter(({ code }) => !limitsOf(project).some((known) => known.code === code)),
    asks_for_token: kept === null && target.kind === "backend" && ["account-service", "polis", "keycloak"].includes(target.backend.kind),
  };
}

function isKept(aside: Aside | undefined, target: SwitchTarget): string | null {
  if (target.kind === "identity-provider") return aside?.providers.find(({ idp }) => idp === target.idp)?.at ?? null;
  return aside?.backends.find(({ backend }) => same(backend, target.backend))?.at ?? null;
}

/** The change itself, as far as a made-up program needs it: the name, and what the overview says. */
export function switchProject(view: ProjectView, target: SwitchTarget): void {
  const { project } = view;
  const at = new Date().toISOString();
  const aside = (project.aside ??= { providers: [], backends: [], last: null, slots: 0 });
  if (target.kind === "identity-provider") {
    aside.last = { from: { kind: "identity-provider", idp: project.idp }, idp: view.idp_short_name, at };
    project.idp = target.idp;
    project.history.push({ at, code: "provider-changed", args: { from: view.idp_short_name, to: nameOf(target.idp)[1] } });
    [view.idp_name, view.idp_short_name] = nameOf(target.idp);
    project.confirmed = {};
    project.saml = { ...project.saml, values: null, source: null };
    for (const group of [project.groups.admins, project.groups.users]) group.id = "";
  } else {
    aside.last = { from: { kind: "backend", backend: project.backend }, idp: view.idp_short_name, at };
    project.backend = target.backend;
    project.history.push({ at, code: "backend-changed", args: {} });
    toBackend(view, target.backend);
  }
}

function toBackend(view: ProjectView, backend: Backend): void {
  view.abilities = abilitiesOf(view.project);
  view.limits = limitsOf(view.project);
  view.portal = portalOf(view.project);
  view.connection = backend.kind === "portal" ? "unknown" : "connected";
}

/** Back to where the last change came from. */
export function undoSwitch(view: ProjectView): void {
  const last = view.project.aside?.last;
  if (!last) throw new HostError({ code: "invalid-input", field: "target", message: "nothing was changed" });
  switchProject(view, last.from);
}
