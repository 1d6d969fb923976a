import type { Abilities, Finding, PortalEdit, PortalField, PortalFieldView, PortalView, Project, ProjectView, StepId } from "../types";
import { brokerOf } from "../../projects/brokers";
import { present } from "./domains";
import { emptyProject, halfWayProject } from "./projects";
import { ago, days } from "./time";

/** What the project holds of the portal. */
export function given(project: Project): PortalView["given"] {
  project.portal ??= {
    service_provider: { entity_id: "", acs_url: "", slo_url: "", source: null, metadata: null, reading: [] },
    scim_base_url: "",
    records: {},
    verified: {},
    entered: {},
    activated_at: null,
  };
  return project.portal;
}

/** The service's portal, made up: what a project against it holds, and what an edit does to it. */
export const isByHand = ({ backend }: Project): boolean => backend.kind === "portal" || brokerOf(backend.kind) !== null;

export function abilitiesOf(project: Project): Abilities {
  const all = !isByHand(project) && project.backend.kind !== "hand-over";
  const broker = brokerOf(project.backend.kind) !== null;
  const polis = project.backend.kind === "polis";
  return { takes_identity_provider: all || broker, takes_settings: all, issues_values: all, tells_domains: all, tells_arrivals: all || polis, tells_calls: all, tests_sign_in: all, activates: all || broker };
}

const limit = (what: string): Finding => ({ code: `limit-${what}`, severity: "info" });

export const limitsOf = (project: Project): Finding[] =>
  project.backend.kind === "polis"
    ? ["polis-rest", "domains-by-word", "polis-sign-in"].map(limit)
    : brokerOf(project.backend.kind)
    ? [`${project.backend.kind}-rest`, "domains-by-word", "arrivals-unseen", `${project.backend.kind}-activation`].map(limit)
    : isByHand(project) ? ["settings-by-hand", "domains-by-word", "arrivals-unseen", "activation-by-word"].map(limit) : [];

interface Known {
  field: PortalField;
  step: StepId;
  label: string;
  value: (project: Project) => string;
  seen?: Finding[];
}

const fields: Known[] = [
  { field: "admins-name", step: "groups", label: "Name of the administrators’ group", value: ({ groups }) => groups.admins.service_name, seen: [{ code: "portal-name-same", severity: "info" }] },
  { field: "admins-id", step: "groups", label: "ID of the administrators’ group", value: ({ groups }) => groups.admins.id, seen: [{ code: "portal-id-shape", severity: "info", args: { label: "Object ID" } }] },
  { field: "users-name", step: "groups", label: "Name of the Desktop users’ group", value: ({ groups }) => groups.users.service_name },
  { field: "users-id", step: "groups", label: "ID of the Desktop users’ group", value: ({ groups }) => groups.users.id },
  {
    field: "idp-metadata",
    step: "saml",
    label: "Identity provider metadata file",
    value: ({ saml }) => (saml.values === null ? "" : (saml.source?.name ?? "")),
    seen: [{ code: "portal-certificate-valid", severity: "info", args: { count: "2", date: ago(-1090 * days) } }],
  },
  { field: "backup-login", step: "backup-login", label: "Backup login", value: ({ backup_login }) => backup_login.email, seen: [{ code: "portal-backup-is-you", severity: "info" }] },
];

function fieldsOf(project: Project): PortalFieldView[] {
  const byHand = fields.filter(({ step }) => !brokerOf(project.backend.kind) || step !== "saml");
  return byHand.flatMap(({ field, step, label, value, seen = [] }) => {
    const text = value(project);
    const entered = given(project).entered[field];
    if (text === "") return [];
    const state: PortalFieldView["state"] =
      entered === undefined ? { kind: "open" } : { kind: entered.value === text ? "entered" : "changed", at: entered.at };
    return [{ field, step, label, value: text, state, seen }];
  });
}

export function portalOf(project: Project): PortalView | null {
  if (!isByHand(project)) return null;
  return {
    given: given(project),
    page: "https://my.parallels.com/profile/business/idp_integration",
    sign_in_page: "https://my.parallels.com/login?sso=1",
    txt_label: "_parallels-challenge",
    fields: fieldsOf(project),
  };
}

export function editPortal(view: ProjectView, edit: PortalEdit): void {
  const { project } = view;
  const portal = given(project);
  switch (edit.kind) {
    case "txt-value":
    case "txt-host": {
      const before = portal.records[edit.domain] ?? { host: "", value: "" };
      portal.records[edit.domain] = { ...before, [edit.kind === "txt-value" ? "value" : "host"]: edit.value };
      takeRecord(project, edit.domain);
      break;
    }
    case "verified":
      if (edit.seen) portal.verified[edit.domain] = ago(0);
      else delete portal.verified[edit.domain];
      takeRecord(project, edit.domain);
      break;
    case "entity-id":
      portal.service_provider.entity_id = edit.value;
      break;
    case "acs-url":
      portal.service_provider.acs_url = edit.value;
      break;
    case "slo-url":
      portal.service_provider.slo_url = edit.value;
      break;
    case "scim-base-url":
      portal.scim_base_url = edit.value;
      break;
    case "entered": {
      const value = fieldsOf(project).find(({ field }) => field === edit.field)?.value;
      if (edit.entered && value !== undefined) portal.entered[edit.field] = { value, at: ago(0) };
      else delete portal.entered[edit.field];
      break;
    }
  }
  view.portal = portalOf(project);
}

function takeRecord(project: Project, name: string): void {
  const { known } = project;
  const portal = given(project);
  const { host = "", value = "" } = portal.records[name] ?? {};
  if (!known) return;
  const others = known.integration.domains.filter((one) => one.name !== name);
  const label = host || "_parallels-challenge";
  const record = { host: label, name: `${label}.${name}`, value };
  const at = portal.verified[name] ?? null;
  const domain = { name, record, state: at ? ("verified" as const) : ("pending" as const), added_at: ago(days), verified_at: at, checked_at: null };
  known.integration.domains = value === "" ? others : [...others, domain];
}

/** The service's metadata, read. */
export function takeSpMetadata(view: ProjectView): void {
  given(view.project).service_provider = {
    entity_id: "https://account.parallels.example/saml/sp",
    acs_url: "https://account.parallels.example/saml/acs/7f3c",
    slo_url: "https://account.parallels.example/saml/slo/7f3c",
    source: { way: "file", name: "parallels-sp-metadata.xml", size: 2140, read_at: ago(0) },
    metadata: null,
    reading: [],
  };
  view.portal = portalOf(view.project);
}

/** A project against the portal, half done: values taken, some fields entered, a domain that waits for its value. */
export function portalProject(): Project {
  const project = { ...halfWayProject(), id: "portal", backend: { kind: "portal" as const }, account: null };
  const entry = (name: string, report: Project["domains"]["entries"][number]["report"]) => ({ name, unicode: name, added_at: ago(days), report, refusal: [] });
  const value = "token=p4hw6zr2xq7e3nla6p5wz2tyujre";
  project.domains = { entries: [entry("contoso.com", present("contoso.com", value)), entry("fabrikam.com", null)] };
  project.scim = { enabled: true, token_hint: null, marked_at: null };
  project.portal = {
    ...given(project),
    records: { "contoso.com": { host: "", value } },
    scim_base_url: "https://account.parallels.example/scim",
    entered: {
      "admins-name": { value: project.groups.admins.service_name, at: ago(90) },
      "admins-id": { value: project.groups.admins.id, at: ago(90) },
      "users-name": { value: "Contoso-Desktop", at: ago(80) },
    },
  };
  const view = { project } as ProjectView;
  takeSpMetadata(view);
  if (project.known) project.known = { ...project.known, integration: { ...project.known.integration, domains: [] } };
  takeRecord(project, "contoso.com");
  return project;
}

/** A project whose connection is in Ory Polis: the values of Polis were read, the identity provider's are still to be sent. */
export function polisProject(): Project {
  const url = "https://polis.example.com";
  const project = portalProject();
  return {
    ...project,
    id: "polis",
    backend: {
      kind: "polis",
      url,
      tenant: "contoso.com",
      product: "my-account",
      default_redirect_url: "https://account.example.com/signed-in",
      redirect_urls: ["https://account.example.com/signed-in"],
    },
    portal: {
      ...given(project),
      scim_base_url: "",
      seen_in_polis: { connection: "absent" },
      service_provider: {
        entity_id: "https://saml.boxyhq.com",
        acs_url: `${url}/api/oauth/saml`,
        slo_url: "",
        source: { way: "address", name: url, size: 1240, read_at: ago(0) },
        metadata: null,
        reading: [],
      },
    },
  };
}

/** The same in a Keycloak, where the identity provider is not made yet. */
export function keycloakProject(): Project {
  const project = polisProject();
  const url = "https://sso.example.com";
  const side = given(project).service_provider;
  return {
    ...project,
    id: "keycloak",
    backend: { kind: "keycloak", url, realm: "staff", alias: "contoso", client_id: "signpost", client_realm: "" },
    portal: {
      ...given(project),
      service_provider: {
        ...side,
        entity_id: `${url}/realms/staff`,
        acs_url: `${url}/realms/staff/broker/contoso/endpoint`,
        slo_url: `${url}/realms/staff/broker/contoso/endpoint`,
        source: { way: "address", name: url, size: 1104, read_at: ago(0) },
      },
    },
  };
}

/** Nothing taken from the portal yet. */
export const freshPortalProject = (): Project => {
  const project = emptyProject("portal", { ...emptyProject("portal"), backend: { kind: "portal" } });
  const { known } = project;
  return { ...project, account: null, known: known && { ...known, integration: { ...known.integration, domains: [] } } };
};
