import type {
  Finding,
  PatternValue,
  Project,
  ProjectSummary,
  ProjectView,
  ServiceSupport,
  StageView,
  StepState,
  StepView,
  SupportEdit,
  SupportView,
} from "../types";
import { guideFor } from "./guide";
import { emptyProject, halfWayProject } from "./projects";
import { ago, days } from "./time";

/** A service that its own support sets up, made up: what a project holds of it, and how it is judged. */
export function heldOf(project: Project): ServiceSupport {
  project.support ??= { customer_name: "", corrections: {}, mail: "", metadata: null, sent: null, confirmed: null };
  return project.support;
}

const fact = (code: string, args: Record<string, string> = {}): Finding => ({ code, severity: "info", args });
const by: Record<string, string> = { to: "pymetrics support" };
const state = (done: boolean, started: boolean, at: string | undefined): StepState =>
  done ? { kind: "done", by: "word", at: at ?? ago(0) } : started ? { kind: "in-progress" } : { kind: "not-started" };

function nameFault(name: string): Finding[] {
  const found = (code: string, args: Record<string, string> = {}): Finding[] => [{ code, severity: "error", args: { field: "customer-name", ...args } }];
  if (name.includes("/")) return found("customer-name-is-address");
  if (/\s/.test(name.trim())) return found("customer-name-has-blanks");
  const odd = /[^a-z0-9-]/i.exec(name.trim())?.[0];
  return odd === undefined ? [] : found("customer-name-odd-character", { character: odd });
}

function addresses(project: Project): PatternValue[] {
  const { customer_name, corrections, confirmed } = heldOf(project);
  const name = customer_name.trim();
  if (name === "" || nameFault(name).length > 0) return [];
  return (guideFor(project).service.by_customer?.patterns ?? []).map(({ key, pattern }) => {
    const value = corrections[key] ?? pattern.replaceAll("{customer-name}", name);
    return { key, value, real: confirmed?.values[key] === value };
  });
}

/** Judges the three steps and what comes after them anew. */
export function judgeSupport(view: ProjectView): void {
  const { project } = view;
  if (project.backend.kind !== "hand-over") return;
  const values = addresses(project);
  view.steps = stepsOf(project, values);
  const stages = stagesOf(project, values);
  const states = [...view.steps, ...stages].map(({ state }) => state);
  const settled = (one: StepState) => one.kind === "done";
  view.settled = states.filter(settled).length;
  view.total = states.length;
  view.next = view.steps.find(({ state }) => !settled(state))?.step ?? null;
  const last = stages[1]?.state;
  view.activation = { active: last?.kind === "done", since: last?.kind === "done" ? last.at : null, missing: [], can_insist: false };
  view.limits = [fact("limit-set-up-by-support", by)];
  view.support = { ...supportView(project, values), stages, next: nextOf(stages) };
  const known = (key: PatternValue["key"], value: string) => (value === "" ? [] : [{ key, value }]);
  view.values = [
    ...values.map(({ key, value }) => ({ key, value })),
    ...known("customer-name", values.length > 0 ? heldOf(project).customer_name.trim() : ""),
    ...known("app-name", project.app_registration.app_name),
    ...known("idp-entity-id", project.saml.values?.entity_id ?? ""),
  ];
}

function stepsOf(project: Project, values: PatternValue[]): StepView[] {
  const held = heldOf(project);
  const given = (id: string) => project.confirmed[id];
  const open = (...ids: string[]) => ids.filter((id) => given(id) === undefined).map((id) => fact("confirmation-missing", { confirmation: id }));
  const wrong = nameFault(held.customer_name);
  const lacking = [
    ...(held.customer_name.trim() === "" ? [fact("customer-name-missing")] : []),
    ...(project.saml.values === null ? [fact("saml-values-missing")] : []),
    ...open("sp-values-entered", "claims-reviewed"),
  ];
  const name = project.app_registration.app_name;
  const rest = { owner: "you", findings: [], accepted: [], unsent: false };
  const made = values.every(({ real }) => real) ? fact("addresses-confirmed") : fact("addresses-made", { name: held.customer_name.trim() });
  const samlState: StepState = wrong.length > 0 ? { kind: "needs-attention", severity: "error" } : state(lacking.length === 0, held.customer_name !== "" || project.saml.source !== null, given("claims-reviewed"));
  return [
    { ...rest, step: "app-registration", number: 1, state: state(open("app-created").length === 0, name !== "", given("app-created")), evidence: name === "" ? [] : [fact("app-named", { name })], missing: open("app-created") },
    { ...rest, step: "saml", number: 2, state: samlState, findings: wrong, evidence: [...(project.saml.values ? [fact("saml-values-read", { certificates: "2" })] : []), ...(values.length > 0 ? [made] : [])], missing: lacking },
    { ...rest, step: "users", number: 3, state: state(open("test-user-assigned").length === 0, false, given("test-user-assigned")), evidence: open("test-user-assigned").length === 0 ? [fact("test-user-assigned")] : [], missing: open("test-user-assigned") },
  ];
}

function stagesOf(project: Project, values: PatternValue[]): StageView[] {
  const { sent, confirmed, metadata } = heldOf(project);
  const pages = guideFor(project).pages;
  const stage = (page: "hand-over" | "test-sign-in", number: number, more: Partial<StageView>): StageView => ({
    page,
    number,
    title: pages.find(({ id }) => id === page)?.title ?? "",
    state: { kind: "not-started" },
    evidence: [],
    findings: [],
    missing: [],
    ...more,
  });
  const real = sent !== null && confirmed !== null && values.length > 0 && values.every(({ real }) => real);
  const lacking = [
    ...nameFault(heldOf(project).customer_name),
    ...(heldOf(project).customer_name.trim() === "" ? [fact("customer-name-missing")] : []),
    ...(project.saml.values === null ? [fact("saml-values-missing")] : metadata === null ? [fact("metadata-document-missing")] : []),
  ];
  const outdated: Finding[] = sent !== null && sent.identity_provider.sso_url !== project.saml.values?.sso_url ? [{ code: "package-outdated", severity: "warning", args: by }] : [];
  const other: Finding[] = confirmed !== null && !real ? [{ code: "support-confirmed-other", severity: "warning", args: by }] : [];
  const findings = [...outdated, ...other];
  const parcel: Partial<StageView> =
    sent === null
      ? { state: { kind: lacking.length === 0 ? "in-progress" : "not-started" }, missing: lacking.length === 0 ? [fact("package-not-sent", by)] : lacking }
      : findings.length > 0
        ? { state: { kind: "needs-attention", severity: "warning" }, findings, evidence: [fact("package-sent", by)] }
        : real
          ? { state: { kind: "done", by: "word", at: confirmed.at }, evidence: [fact("support-confirmed", by)] }
          : { state: { kind: "waiting", for_whom: "pymetrics", since: sent.at }, evidence: [fact("package-sent", by)], missing: [fact("support-unconfirmed", by)] };
  const tested = project.confirmed["sign-in-tested"];
  const test: Partial<StageView> = !real
    ? { missing: [fact("test-too-early")] }
    : tested === undefined
      ? { missing: [fact("confirmation-missing", { confirmation: "sign-in-tested" })] }
      : { state: { kind: "done", by: "word", at: tested }, evidence: [fact("sign-in-tested")] };
  return [stage("hand-over", 4, parcel), stage("test-sign-in", 5, test)];
}

function nextOf(stages: StageView[]): SupportView["next"] {
  const first = stages.find(({ state }) => state.kind !== "done");
  return first === undefined || first.state.kind === "waiting" ? null : first.page;
}

function supportView(project: Project, values: PatternValue[]): Omit<SupportView, "stages" | "next"> {
  const held = heldOf(project);
  const { service } = guideFor(project);
  const labelOf = (key: string) => service.labels.find((one) => one.key === key)?.label ?? key;
  const lines = [`${labelOf("customer-name")}: ${held.customer_name}`, ...values.map(({ key, value }) => `${labelOf(key)}: ${value}`)];
  const real = held.sent !== null && values.length > 0 && values.every(({ real }) => real);
  return {
    to: service.hand_over?.to ?? "",
    waits_for: service.hand_over?.waits_for ?? "",
    values,
    letter: {
      to: service.hand_over?.to ?? "",
      mail: held.mail,
      subject: service.hand_over?.subject ?? "",
      body: [...(service.hand_over?.lines ?? []), lines.join("\n"), "federation-metadata.xml", `${project.organization}\n${project.admin_email}`].join("\n\n"),
    },
    about_mail: held.mail === "" || held.mail.includes("@") ? [] : [{ code: "support-mail-invalid", severity: "warning" }],
    files: (service.hand_over?.files ?? []).map(({ name }) => name),
    sent_at: held.sent?.at ?? null,
    confirmed_at: real ? (held.confirmed?.at ?? null) : null,
  };
}

export function editSupport(view: ProjectView, edit: SupportEdit): void {
  const { project } = view;
  const held = heldOf(project);
  const before = JSON.stringify(addresses(project).map(({ value }) => value));
  switch (edit.kind) {
    case "customer-name":
      held.customer_name = edit.value;
      break;
    case "address":
      if (edit.value.trim() === "") delete held.corrections[edit.key];
      else held.corrections[edit.key] = edit.value.trim();
      break;
    case "mail":
      held.mail = edit.value;
      break;
    case "sent":
      held.sent = edit.sent ? sentNow(project) : null;
      if (!edit.sent) held.confirmed = null;
      break;
    case "confirmed":
      held.confirmed = edit.confirmed ? { at: ago(0), values: agreed(project) } : null;
  }
  if (JSON.stringify(addresses(project).map(({ value }) => value)) !== before) delete project.confirmed["sp-values-entered"];
  judgeSupport(view);
}

/** The document that was read is what goes into the package. */
export function takeDocument(view: ProjectView): void {
  if (view.project.backend.kind !== "hand-over") return;
  heldOf(view.project).metadata = "<EntityDescriptor/>";
  judgeSupport(view);
}

function sentNow(project: Project, at = ago(0)): ServiceSupport["sent"] {
  const { values } = project.saml;
  return { at, identity_provider: { entity_id: values?.entity_id ?? "", sso_url: values?.sso_url ?? "", sso_binding: "http-redirect", certificates: [] } };
}

const agreed = (project: Project): Partial<Record<PatternValue["key"], string>> =>
  Object.fromEntries([["customer-name", heldOf(project).customer_name.trim()], ...addresses(project).map(({ key, value }) => [key, value])]) as Partial<Record<PatternValue["key"], string>>;

/** Whom the whole project waits for. */
export function waitsFor({ support }: ProjectView): ProjectSummary["waiting"] {
  const states = (support?.stages ?? []).map(({ state }) => state);
  const waiting = states.find((state) => state.kind === "waiting");
  return waiting ? { for_whom: waiting.for_whom, since: waiting.since } : null;
}

/** Contoso's pymetrics, as far as it has come. */
export function supportProject(how: "fresh" | "ready" | "waiting" | "outdated" | "confirmed" | "done"): Project {
  const asked = { organization: "Contoso Ltd", admin_email: "jonas.weber@contoso.com", service: "pymetrics", idp: "entra", backend: { kind: "hand-over" as const } };
  const project = { ...emptyProject("pymetrics", asked), account: null, known: null };
  const held = heldOf(project);
  if (how === "fresh") return project;
  project.app_registration.app_name = "pymetrics";
  const read = halfWayProject().saml;
  project.saml = { ...read, source: read.source ? { ...read.source, name: "pymetrics.xml" } : null, accepted: {} };
  held.customer_name = "contoso";
  held.metadata = "<EntityDescriptor/>";
  for (const id of ["app-created", "sp-values-entered", "claims-reviewed", "test-user-assigned"]) project.confirmed[id] = ago(4 * days);
  if (how === "ready") return project;
  held.sent = sentNow(project, ago(3 * days));
  if (how === "outdated" && held.sent) held.sent.identity_provider.sso_url = "https://login.microsoftonline.com/common/saml2";
  if (how === "confirmed" || how === "done") held.confirmed = { at: ago(days), values: agreed(project) };
  if (how === "done") project.confirmed["sign-in-tested"] = ago(60);
  return project;
}
