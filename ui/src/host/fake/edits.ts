import type {
  AppRegistrationEdit,
  Commands,
  EntitiesFound,
  Finding,
  GroupField,
  GroupsEdit,
  Project,
  ProjectView,
  Report,
  SamlEdit,
  SamlField,
  SamlOptions,
  StepId,
  UsersEdit,
  WalkEdit,
} from "../types";
import type { HostFault } from "../host";
import { takeSpMetadata } from "./portal";
import { takeDocument } from "./support";
import { halfWayProject } from "./projects";
import { newerMetadata, severalFindings, severalProject, unreadableFindings, unreadableProject } from "./step-projects";
import { ago } from "./time";
import { walksOf } from "./walks";

/** What the core would do to the project, without its judgement: enough to see that a screen shows what was entered. */
export const edits = {
  mark(view: ProjectView, step: StepId, given: boolean): void {
    const at = given ? ago(0) : null;
    const { project } = view;
    if (step === "app-registration") project.app_registration.marked_at = at;
    if (step === "saml") project.saml.marked_at = at;
    if (step === "scim") project.scim.marked_at = at;
    if (step === "users") project.users.marked_at = at;
    change(view, step, { state: given ? { kind: "done", by: "word", at: ago(0) } : { kind: "in-progress" } });
  },

  push(view: ProjectView, step: StepId): void {
    change(view, step, { unsent: false });
  },

  handOver(view: ProjectView, step: StepId, to: string): void {
    const base = { entered: { step: "users" as const, done: null }, confirmed: {} };
    edits.takeBack(view, step);
    view.project.handovers?.push({ id: "h", step, to, at: ago(0), base, conflict: null });
    change(view, step, { owner: to, state: { kind: "waiting", for_whom: to, since: ago(0) } });
  },

  takeBack(view: ProjectView, step: StepId): void {
    view.project.handovers = (view.project.handovers ?? []).filter((one) => one.step !== step);
    change(view, step, { owner: "you", state: { kind: "in-progress" } });
  },

  readDomain(text: string): { name: string | null; findings: Finding[] } {
    const input = text.trim();
    const name = input.split("@").at(-1)?.toLowerCase() ?? "";
    const told = (code: string, severity: Finding["severity"]): Finding => ({ code, severity, args: { input, domain: name } });
    if (name === "") return { name: null, findings: [told("domain-empty", "error")] };
    if (name === "gmail.com") return { name: null, findings: [told("domain-consumer", "error")] };
    if (!name.includes(".")) return { name: null, findings: [told("domain-single-label", "error")] };
    return { name, findings: input.includes("@") ? [told("domain-from-email", "info")] : [] };
  },

  addDomain({ project }: ProjectView, name: string): void {
    project.domains.entries.push({ name, unicode: name, added_at: ago(0), report: null, refusal: [], dns_host: null, looks: [] });
    project.known?.integration.domains.push({
      name,
      record: { host: "_parallels-challenge", name: `_parallels-challenge.${name}`, value: "token=b2y7xq4xhd3nla6p5wz2tyujre" },
      state: "pending",
      added_at: ago(0),
      verified_at: null,
      checked_at: null,
    });
  },

  removeDomain({ project }: ProjectView, name: string): void {
    const kept = <T extends { name: string }>(all: T[]) => all.filter((one) => one.name !== name);
    project.domains.entries = kept(project.domains.entries);
    if (project.known) project.known.integration.domains = kept(project.known.integration.domains);
  },

  takeReport({ project }: ProjectView, name: string, report: Report): void {
    const entry = project.domains.entries.find((entry) => entry.name === name);
    if (entry) entry.report = report;
  },

  commands(name: string): Commands {
    const record = `_parallels-challenge.${name}`;
    return {
      nslookup: `nslookup -type=TXT ${record}`,
      dig: `dig +short TXT ${record}`,
      resolve_dns_name: `Resolve-DnsName -Type TXT -Name ${record}`,
    };
  },

  appRegistration({ project }: ProjectView, edit: AppRegistrationEdit): void {
    if (edit.kind === "app-name") project.app_registration.app_name = edit.value;
    else project.app_registration.tenant_id = edit.value;
  },

  walk(view: ProjectView, { page, hop, outcome }: WalkEdit): void {
    const { project } = view;
    const walk = { ...project.walks?.[page] };
    if (outcome === null) delete walk[hop];
    else walk[hop] = { outcome, at: ago(0) };
    project.walks = { ...project.walks, [page]: walk };
    view.walks = walksOf(project);
  },

  users(view: ProjectView, { code, accepted }: UsersEdit): void {
    const { users } = view.project;
    const others = Object.entries(users.accepted ?? {}).filter(([known]) => known !== code);
    users.accepted = Object.fromEntries(accepted ? [...others, [code, ago(0)]] : others);
    change(view, "users", { accepted: Object.keys(users.accepted) });
  },

  groups({ project }: ProjectView, { role, field, value }: GroupsEdit): void {
    const fields = { "idp-name": "idp_name", "service-name": "service_name", id: "id" } as const satisfies Record<GroupField, string>;
    project.groups[role][fields[field]] = value;
  },

  saml(view: ProjectView, edit: SamlEdit): void {
    const { saml } = view.project;
    if (edit.kind === "accept") {
      const others = Object.entries(saml.accepted).filter(([code]) => code !== edit.code);
      saml.accepted = Object.fromEntries(edit.accepted ? [...others, [edit.code, ago(0)]] : others);
      change(view, "saml", { accepted: Object.keys(saml.accepted) });
      return;
    }
    if (edit.kind !== "type") return decide(view, edit);
    const fields = { "entity-id": "entity_id", "sso-url": "sso_url", certificate: "certificate" } as const;
    saml.typed[fields[edit.field]] = edit.value;
    saml.source = { way: "by-hand", name: "", size: Object.values(saml.typed).join("").length, read_at: ago(0), address: null };
    takeTyped(view);
  },

  /** What a text is taken for: a web page, a list of identity providers, else the metadata of one. */
  readText(view: ProjectView, text: string): void {
    if (/<html/i.test(text)) lost(view, unreadableProject(), unreadableFindings);
    else if (/<EntitiesDescriptor/.test(text)) lost(view, severalProject(), severalFindings);
    else edits.readMetadata(view);
    if (view.project.saml.source) Object.assign(view.project.saml.source, { way: "pasted", name: "", size: text.length, read_at: ago(0), address: null });
  },

  readSpText(view: ProjectView, text: string): void {
    const error = (code: string, args = {}): Finding[] => [{ code, severity: "error", args, evidence: [] }];
    const findings = !text.trimStart().startsWith("<") ? error("metadata-not-xml", { side: "service" })
      : text.includes("IDPSSODescriptor") ? error("sp-metadata-is-idp")
      : [];
    if (findings.length === 0) takeSpMetadata(view);
    change(view, "saml", { findings });
  },

  /** Why a text cannot be a bearer token. */
  tokenFault(text: string): HostFault | null {
    const hint = text.trim() === "" ? "token-empty" : /^bearer /i.test(text.trim()) ? "token-has-bearer" : null;
    return hint === null ? null : { code: "invalid-input", field: "scim-token", hints: [hint], message: hint };
  },

  readMetadata(view: ProjectView): void {
    view.project.saml = halfWayProject().saml;
    change(view, "saml", { findings: [], unsent: view.support === null });
    takeDocument(view);
  },

  fetchMetadata(view: ProjectView, url: string, allow_private: boolean): void {
    edits.readMetadata(view);
    const [kept = url] = url.split("?");
    const address = { url: kept, redirects: [`${kept}/current`], allow_private, withheld: kept !== url };
    if (view.project.saml.source) Object.assign(view.project.saml.source, { way: "address", name: kept, read_at: ago(0), address });
  },

  /** The identity provider has a new certificate and another sign-in address. */
  newerMetadata,

  checkSignature(view: ProjectView): void {
    const [signed_by] = halfWayProject().saml.values?.certificates ?? [];
    if (signed_by) view.project.saml.signature = { state: "unconfirmed", signed_by };
  },

  findEntities(view: ProjectView, text: string): EntitiesFound {
    const words = text.toLowerCase().split(/\s+/);
    const found = view.project.saml.choices.filter((one) => words.every((word) => `${one.entity_id} ${one.display_name ?? ""}`.toLowerCase().includes(word)));
    const count = text.trim() === "" ? (view.project.saml.choice_count ?? 0) : found.length;
    return { entities: found.slice(0, 20), count };
  },

  samlOptions(view: ProjectView, options: SamlOptions): void {
    if (view.project.known) view.project.known.integration.saml_options = options;
  },

  chooseEntity(view: ProjectView, entityId: string): void {
    const { choices } = view.project.saml;
    edits.readMetadata(view);
    view.project.saml.choices = choices;
    if (view.project.saml.values) Object.assign(view.project.saml.values, { entity_id: entityId, provider: null });
  },
};

function decide(view: ProjectView, edit: SamlEdit): void {
  const { saml } = view.project;
  if (edit.kind === "take-newer" && saml.newer?.values) {
    Object.assign(saml, { values: saml.newer.values, source: saml.newer.source });
    view.signing_certificates = saml.newer.values.certificates;
  }
  if (edit.kind === "take-newer" || edit.kind === "keep-values") {
    saml.newer = null;
    view.newer_metadata = null;
  }
  if (edit.kind === "trust-signer" && saml.signature) {
    saml.signer = saml.signature.signed_by;
    saml.signature = { ...saml.signature, state: "confirmed" };
  }
  if (edit.kind === "forget-signer" && saml.signature) {
    saml.signer = null;
    saml.signature = { ...saml.signature, state: "unconfirmed" };
  }
}

function takeTyped(view: ProjectView): void {
  const { saml } = view.project;
  const { typed } = saml;
  const findings: Finding[] = [];
  const wrong = (code: string, field: SamlField) => findings.push({ code, severity: "error", args: { field } });
  if (typed.entity_id === "") wrong("entity-id-missing", "entity-id");
  if (!typed.sso_url.startsWith("https://")) wrong("sso-url-invalid", "sso-url");
  if (!typed.certificate.includes("BEGIN CERTIFICATE")) wrong("certificate-empty", "certificate");
  const read = halfWayProject().saml.values;
  saml.values = findings.length === 0 && read ? { ...read, entity_id: typed.entity_id, sso_url: typed.sso_url } : null;
  change(view, "saml", { findings, unsent: saml.values !== null });
}

function lost(view: ProjectView, { saml }: Project, findings: Finding[]): void {
  view.project.saml = saml;
  change(view, "saml", { findings, unsent: false });
}

function change(view: ProjectView, step: StepId, to: Partial<ProjectView["steps"][number]>): void {
  view.steps = view.steps.map((one) => (one.step === step ? { ...one, ...to } : one));
}
