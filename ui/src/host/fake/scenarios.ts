import {
  STEP_IDS,
  type AuditEntry,
  type Background,
  type Finding,
  type LicenceKey,
  type Missing,
  type NewProject,
  type Project,
  type ProjectSummary,
  type ProjectView,
  type SignInView,
  type RolloverStage,
  type StartView,
  type StepId,
  type StepState,
  type StepView,
  type WatchedView,
  type WatchNews,
} from "../types";
import { guides } from "./guide";
import { many, rollover, signingOf } from "./certificates";
import { arrivedProject, directoryOther, emptyDirectoryProject } from "./polis";
import { abilitiesOf, freshPortalProject, keycloakProject, limitsOf, polisProject, portalOf, portalProject } from "./portal";
import { emptyProject, halfWayProject, integration, settledProject } from "./projects";
import {
  conflictProject,
  domainsProject,
  goneProject,
  newerMetadata,
  returnedProject,
  severalFindings,
  severalProject,
  signedProject,
  taskProject,
  typedFindings,
  typedProject,
  unreadableFindings,
  unreadableProject,
} from "./step-projects";
import { scenes, type Scene } from "./step-scenes";
import { judgeSupport, supportProject } from "./support";
import { rolloutOf, walksOf } from "./walks";
import { signIn, signedBy, unanswered } from "./sign-ins";
import { ago, days } from "./time";
import { watchedDomains, watchNews } from "./watching";

/** Everything the made-up program knows. */
export interface World {
  start: StartView;
  projects: ProjectView[];
  broken: ProjectSummary[];
  audit: AuditEntry[];
  licenceKeys: LicenceKey[];
  clipboard: string;
  opened: string[];
  /** What is answered with a fault, by the name of the host's method. */
  refuses: Scene["refuses"];
  /** Whether the SCIM endpoint passes over what Entra sends in its own dialect. */
  deafToEntra: boolean;
  watched: WatchedView[];
  /** What is heard of a watched record as soon as somebody listens. */
  news: WatchNews | null;
  background: Background;
  created: (asked: NewProject) => ProjectView;
}

const services = [
  {
    id: "parallels-my-account",
    name: "Parallels My Account",
    txt_label: "_parallels-challenge",
    delivery: "portal" as const,
    set_up_by: null,
    idps: [
      { id: "entra", name: "Microsoft Entra ID" },
      { id: "okta", name: "Okta" },
    ],
  },
  {
    id: "pymetrics",
    name: "pymetrics",
    txt_label: "",
    delivery: "hand-over" as const,
    set_up_by: "pymetrics support",
    idps: [{ id: "entra", name: "Microsoft Entra ID" }],
  },
];

const audit: AuditEntry[] = [
  { at: ago(150), by: "jonas.weber@contoso.com", action: "groups.changed", subject: null, version: 4 },
  { at: ago(2 * days), by: "service", action: "domain.verified", subject: "contoso.com", version: 3 },
  { at: ago(3 * days), by: "jonas.weber@contoso.com", action: "account.created", subject: null, version: 1 },
];

function world(projects: ProjectView[], more: Partial<StartView> = {}, broken: ProjectSummary[] = []): World {
  return {
    start: {
      version: "0.1.0",
      appearance: "system",
      place: null,
      services,
      projects_folder: "/home/jonas/.local/share/signpost/projects",
      own_guides: { folder: "/home/jonas/.local/share/signpost/guides", files: 0, wrong: [] },
      dns_lab: null,
      ...more,
    },
    projects,
    broken,
    audit,
    licenceKeys: [],
    clipboard: "",
    opened: [],
    refuses: {},
    deafToEntra: false,
    watched: [],
    news: null,
    background: { keep_watching: false, tray: true },
    created: (asked) => (asked.service === "pymetrics" ? pymetrics(emptyProject(`p-${Date.now()}`, asked)) : view(emptyProject(`p-${Date.now()}`, asked), {})),
  };
}

type Given = Partial<Record<StepId, { state: StepState } & Partial<StepView>>>;

function steps(given: Given): StepView[] {
  return STEP_IDS.map((step, index) => {
    const rest = { owner: "you", evidence: [], findings: [], missing: lacking[step], accepted: [], unsent: false };
    return { step, number: index + 1, state: { kind: "not-started" }, ...rest, ...given[step] };
  });
}

const fact = (code: string, args: Record<string, string> = {}): Finding => ({ code, severity: "info", args });

/** What a step that nobody has touched lacks. */
const lacking: Record<StepId, Finding[]> = {
  domains: [fact("domains-none")],
  "app-registration": [fact("confirmation-missing", { confirmation: "app-created" })],
  groups: [fact("group-name-missing", { role: "admins" })],
  saml: [fact("saml-values-missing")],
  scim: [fact("scim-token-missing")],
  users: [fact("not-marked")],
  "backup-login": [fact("backup-login-never-signed-in")],
};

const settled = ({ state }: StepView): boolean => state.kind === "done" || state.kind === "not-needed";

/** A project as the core would show it, from what is true of its steps. */
export function view(project: Project, given: Given, more: Partial<ProjectView> = {}): ProjectView {
  const all = steps(given);
  const open = all.filter((step) => !settled(step));
  const missing = open.flatMap(({ step, findings, missing }): Missing[] =>
    [...findings, ...missing].slice(0, 1).map((finding) => ({ step, finding })),
  );
  const { service_provider, scim } = integration;
  return {
    project,
    service_name: "Parallels My Account",
    service_short_name: "My Account",
    idp_name: "Microsoft Entra ID",
    idp_short_name: "Entra",
    steps: all,
    settled: all.length - open.length,
    total: all.length,
    next: open[0]?.step ?? null,
    activation: { active: false, since: null, missing, can_insist: missing.length > 0 && missing.every(({ finding }) => finding.code === "sign-in-not-tested") },
    values: [
      { key: "sp-entity-id", value: service_provider.entity_id },
      { key: "acs-url", value: service_provider.acs_url },
      ...(service_provider.slo_url ? [{ key: "slo-url" as const, value: service_provider.slo_url }] : []),
      { key: "scim-base-url", value: scim.base_url },
      { key: "app-name", value: "Parallels My Account" },
      { key: "download-link", value: "https://parallels.com/directdownload/pd?experience=sso" },
      { key: "txt-host", value: "_parallels-challenge" },
      { key: "admins-group-name", value: "Contoso-MyAccount-Admins" },
      { key: "users-group-name", value: "Contoso-Desktop-Users" },
    ],
    abilities: abilitiesOf(project),
    limits: limitsOf(project),
    walks: walksOf(project),
    sign_ins: { portal: null, desktop: null },
    signing_certificates: project.saml.values?.certificates ?? [],
    rollover: null,
    newer_metadata: null,
    rollout: rolloutOf(project, more.activation?.active ?? false),
    portal: portalOf(project),
    support: null,
    connection: portalOf(project) ? "unknown" : "connected",
    now: ago(0),
    ...more,
  };
}

const done = (by: "evidence" | "word", minutes: number): StepState => ({ kind: "done", by, at: ago(minutes) });

const soon: Finding = {
  code: "certificate-ends-soon",
  severity: "warning",
  args: { days: "23", date: ago(-23 * days), subject: "CN=Microsoft Azure Federated SSO Certificate" },
};

const halfWay: Given = {
  domains: {
    state: { kind: "waiting", for_whom: "dns", since: ago(2 * days) },
    owner: "dns",
    evidence: [fact("domain-accepted", { domain: "contoso.com" }), fact("domain-waiting", { domain: "fabrikam.com" })],
    missing: [fact("domain-not-accepted", { domain: "fabrikam.com" })],
  },
  "app-registration": { state: done("word", 2 * days), evidence: [fact("app-named", { name: "Parallels My Account" })], missing: [] },
  groups: { state: done("evidence", 150), owner: "signpost", evidence: [fact("groups-arrived", { count: "2" })], missing: [] },
  saml: {
    state: { kind: "needs-attention", severity: "warning" },
    evidence: [fact("saml-values-read", { certificates: "2" })],
    findings: [soon],
    missing: [],
    unsent: true,
  },
  scim: { state: { kind: "not-needed", why: "scim-off" }, missing: [] },
  users: { state: { kind: "in-progress" }, evidence: [fact("users-arrived", { users: "14", groups: "1" })] },
  "backup-login": { state: { kind: "not-started" }, evidence: [fact("backup-login-suggested", { email: "jonas.weber@contoso.com" })] },
};

const allDone: Given = {
  domains: { state: done("evidence", 90), owner: "signpost", evidence: [fact("domain-accepted", { domain: "northwind.example" })], missing: [] },
  "app-registration": { state: done("word", 95), evidence: [fact("app-named", { name: "My Account" })], missing: [] },
  groups: { state: done("evidence", 94), owner: "signpost", evidence: [fact("groups-arrived", { count: "2" })], missing: [] },
  saml: { state: done("evidence", 80), owner: "signpost", evidence: [fact("saml-values-sent")], missing: [] },
  scim: { state: done("evidence", 60), owner: "signpost", evidence: [fact("scim-called", { status: "201", at: ago(60) })], missing: [] },
  users: { state: done("evidence", 60), owner: "signpost", evidence: [fact("users-arrived", { users: "48", groups: "2" })], missing: [] },
  "backup-login": { state: done("evidence", 55), owner: "signpost", evidence: [fact("backup-login-signed-in", { email: "maria.lopez@northwind.example" })], missing: [] },
};

const contoso = (more: Partial<ProjectView> = {}) => view(halfWayProject(), halfWay, { next: "saml", ...more });
const ready = () => view(settledProject("ready"), allDone);

/** Northwind with Okta, whose sign-in is tested. */
function northwind(more: Partial<ProjectView> = {}): ProjectView {
  const project = settledProject("northwind");
  const [certificate] = project.saml.values?.certificates ?? [];
  const values = project.saml.values && certificate ? { ...project.saml.values, certificates: [{ ...certificate, sha256: signedBy, not_after: ago(-2650 * days) }] } : null;
  const group = (name: string) => ({ idp_name: name, service_name: name, id: "00g1abcdefGHIJKLMN5d" });
  const groups = { ...project.groups, admins: group("Northwind-MyAccount-Admins"), users: group("Northwind-Desktop-Users") };
  const idp = { entity_id: "http://www.okta.com/exk1fx2c9gQ7bT4lW5d7", sso_url: "https://northwind.okta.com/app/exk1/sso/saml", sso_binding: "http-redirect" as const, certificates: [] };
  const known = project.known && { ...project.known, integration: { ...project.known.integration, organization: "Northwind Traders", identity_provider: idp } };
  return view({ ...project, known, idp: "okta", groups, saml: { ...project.saml, values } }, allDone, { idp_name: "Okta", idp_short_name: "Okta", ...more });
}
const active = () => view(settledProject("active"), allDone, { activation: { active: true, since: ago(50), missing: [], can_insist: false } });

const wrong: Finding = {
  code: "txt-wrong-value",
  severity: "error",
  args: { how: "close", position: "19", found_character: "1", expected_character: "l" },
  evidence: [{ source: "ns37.domaincontrol.com", value: "token=k7m2qv4xhd3n1a6p5wz2tyujre" }],
};
const failing = () =>
  view(halfWayProject(), {
    ...halfWay,
    domains: { state: { kind: "needs-attention", severity: "error" }, evidence: [fact("domain-problem", { domain: "fabrikam.com" })], findings: [wrong] },
  });

const recordGone: Finding = {
  code: "domain-record-gone",
  severity: "warning",
  args: { amount: "many", days: "9", domain: "contoso.com", since: ago(5 * days), until: ago(-9 * days), name: "_parallels-challenge.contoso.com" },
};
const unnoticed: Finding = { ...recordGone, args: { ...recordGone.args, amount: "unknown" } };
const gone = (found: Finding) =>
  view(
    goneProject(found === recordGone),
    { ...halfWay, domains: { state: { kind: "needs-attention", severity: "warning" }, evidence: [found], findings: [found], missing: [fact("domain-not-accepted", { domain: "fabrikam.com" })] } },
    { next: "domains" },
  );

const portalGiven: Given = {
  ...halfWay,
  domains: {
    state: { kind: "waiting", for_whom: "dns", since: ago(days) },
    evidence: [fact("domain-published", { domain: "contoso.com" })],
    missing: [fact("domain-not-verified-in-portal", { domain: "contoso.com" }), fact("domain-record-missing", { domain: "fabrikam.com" })],
  },
  groups: {
    state: { kind: "in-progress" },
    evidence: [fact("groups-named", { count: "2" })],
    missing: [fact("portal-field-open", { field: "users-name" }), fact("portal-field-open", { field: "users-id" })],
    unsent: true,
  },
  saml: { state: { kind: "in-progress" }, evidence: [fact("sp-values-taken"), fact("saml-values-read", { certificates: "2" })], missing: [fact("portal-field-open", { field: "idp-metadata" })], unsent: true },
  scim: { state: { kind: "in-progress" }, missing: [fact("scim-token-not-taken")] },
  users: { state: { kind: "not-started" } },
  "backup-login": { state: { kind: "not-started" }, missing: [fact("portal-field-open", { field: "backup-login" })], unsent: true },
};
const byHand = () => view(portalProject(), portalGiven, { next: "domains" });
/** A project whose connection is in a broker, before the identity provider's values are sent there. */
const inBroker = (project: Project, connection: ProjectView["connection"] = "connected", more: Partial<StepView> = {}) => {
  const { kind } = project.backend;
  const side = project.portal?.service_provider;
  return view(
    project,
    {
      ...portalGiven,
      saml: { state: { kind: "in-progress" }, evidence: [fact(`${kind}-sp-values-taken`), fact("saml-values-read", { certificates: "2" })], missing: [fact(`${kind}-unsent`)], unsent: true, ...more },
    },
    {
      next: "saml",
      connection,
      values: [
        { key: "sp-entity-id", value: side?.entity_id ?? "" },
        { key: "acs-url", value: side?.acs_url ?? "" },
      ],
    },
  );
};
/** Somebody has switched the check of signatures off there. */
const unchecked: Partial<StepView> = {
  state: { kind: "needs-attention", severity: "error" },
  findings: [{ code: "keycloak-signature-unchecked", severity: "error", evidence: [{ source: "validateSignature", value: "false" }] }],
};
/** The connection of a project in Polis is on, and people have arrived. */
function polisArrived(project = arrivedProject(), more: Partial<ProjectView> = {}): ProjectView {
  const any = (project.known?.arrivals.user_count ?? 0) > 0;
  const own = inBroker(polisProject());
  return view(
    project,
    {
      ...portalGiven,
      saml: { state: { kind: "done", by: "word", at: ago(30) }, evidence: [fact("polis-has-saml-values"), fact("polis-sp-values-taken")], missing: [] },
      groups: { state: { kind: "done", by: "word", at: ago(30) }, evidence: any ? [fact("groups-arrived", { count: "1" })] : [], missing: [] },
      scim: { state: { kind: "in-progress" }, evidence: any ? [fact("polis-arrived", { users: "3", groups: "2" })] : [], findings: any ? [directoryOther] : [], missing: [fact("not-marked")] },
      users: { state: { kind: "in-progress" }, evidence: any ? [fact("users-arrived", { users: "3", groups: "2" })] : [] },
    },
    { next: "scim", connection: "connected", values: [...own.values, { key: "scim-base-url", value: project.portal?.scim_base_url ?? "" }], ...more },
  );
}
const polisNote = (code: string, severity: Finding["severity"], active: boolean): ProjectView =>
  view(arrivedProject(), allDone, { activation: { active, since: active ? ago(20) : null, missing: [], can_insist: false, notes: [{ code, severity }] } });

const byHandActive = () => {
  const project = portalProject();
  project.walks = { "test-sign-in": { "sign-in-page": { outcome: "as-it-should", at: ago(4) }, redirect: { outcome: "address-unknown", at: ago(3) } } };
  return view(project, allDone, { activation: { active: true, since: ago(20), missing: [], can_insist: false } });
};

/** An active project in a stage of the change of its signing certificate. */
function changing(stage: RolloverStage, byWord: boolean): ProjectView {
  const code = stage === "take-away" ? "rollover-take-away" : "rollover-sign-in";
  const saml = { state: { kind: "in-progress" } as const, evidence: [fact(code), fact("saml-values-sent")], missing: [] };
  const project = byWord ? { ...portalProject(), id: "active" } : settledProject("active");
  const change = rollover(stage, byWord);
  if (project.saml.values) project.saml.values.certificates = change.new;
  const own = view(project, { ...allDone, saml }, { activation: { active: true, since: ago(50 * days), missing: [], can_insist: false }, rollover: change });
  return { ...own, signing_certificates: signingOf(own) };
}

/** A project that the service's support sets up: three steps, and what comes after them. */
function pymetrics(project: Project): ProjectView {
  const own = view(project, {}, { service_name: "pymetrics", service_short_name: "pymetrics", connection: "unknown" });
  judgeSupport(own);
  return own;
}

/** Contoso with another project under it, and what the SAML step finds in that. */
const saml = (project: Project, findings: Finding[]) => {
  const state: StepState = { kind: "needs-attention", severity: "error" };
  return view(project, { ...halfWay, saml: { state, findings, missing: [fact("saml-values-missing")] } }, { next: "saml" });
};

const one = (view: ProjectView): ProjectView => ({ ...view, steps: view.steps.filter(({ step }) => step === view.project.task?.step) });

const unreadable = (id: string, problem: ProjectSummary["problem"]): ProjectSummary => ({
  id,
  organization: "",
  service_name: "",
  idp_name: "",
  settled: 0,
  total: 0,
  waiting: null,
  active: false,
  domains: [],
  saved_at: null,
  problem,
});
const broken = [unreadable("adatum.json", "project-newer"), unreadable("wingtip.json", "project-damaged")];

/** The same company's other project; a domain of it is not in Contoso's first one yet. */
function withOkta(): ProjectView {
  const project = { ...halfWayProject(), id: "contoso-okta", idp: "okta" };
  const [accepted] = project.domains.entries;
  if (accepted) project.domains.entries = [accepted, { ...accepted, name: "adatum.com", unicode: "adatum.com" }];
  return view(project, halfWay, { idp_name: "Okta", idp_short_name: "Okta", next: "groups" });
}

/** Tests of the sign-in, by the name of what came of them. */
const tested: [string, SignInView][] = [
  ["waiting", unanswered("waiting")],
  ["at-provider", unanswered("at-identity-provider")],
  ["expired", unanswered("expired")],
  ["passed", signIn("good", "portal", "service")],
  ["passed-desktop", signIn("good", "desktop", "service")],
  ...(["case", "certificate", "audience", "clock", "overage", "group", "status"] as const).map((kind): [string, SignInView] => [kind, signIn(kind, "portal", "service")]),
  ["no-licence", signIn("group", "desktop", "service")],
];

const worlds = {
  contoso: () => world([contoso(), active()]),
  /** Two identity providers for one organization. */
  shared: () => world([contoso(), withOkta()]),
  /** Nothing has been made yet. */
  fresh: () => world([]),
  /** A project nobody has touched. */
  /** The same company with each of the other identity providers, by its id. */
  ...Object.fromEntries(
    guides.map(({ identity_provider: { id, name, short_name } }) => [
      id,
      () => world([view({ ...halfWayProject(), idp: id }, halfWay, { idp_name: name, idp_short_name: short_name, next: "groups" })]),
    ]),
  ),
  begun: () => world([view(emptyProject("begun"), {})]),
  ready: () => world([ready()]),
  "sign-in": () => world([northwind()]),
  ...(Object.fromEntries(tested.map(([name, test]) => [`sign-in-${name}`, () => world([northwind({ sign_ins: test.purpose === "portal" ? { portal: test, desktop: null } : { portal: null, desktop: test } })])])) as Record<string, () => World>),
  /** Nothing but a tested sign-in is missing. */
  untested: () => world([northwind({ activation: { active: false, since: null, missing: [{ step: "saml", finding: fact("sign-in-not-tested") }], can_insist: true } })]),
  /** The service wants a licence key before anything is set up. */
  unlicensed: () => {
    const { activation } = contoso();
    const missing: Missing[] = [{ step: "domains", finding: fact("licence-key-missing") }, ...activation.missing];
    return world([contoso({ activation: { ...activation, missing, can_insist: false } })]);
  },
  active: () => world([active()]),
  failing: () => world([failing()]),
  damaged: () => world([contoso()], {}, broken),
  offline: () => world([contoso({ connection: "offline" })]),
  "signed-out": () => world([contoso({ connection: "signed-out" })]),
  /** One domain in every state. */
  domains: () => world([view(domainsProject(), halfWay, { next: "domains" })]),
  /** The service does not see the record of an accepted domain any more. */
  gone: () => world([gone(recordGone)]),
  "gone-unnoticed": () => world([gone(unnoticed)]),
  "saml-several": () => world([saml(severalProject(), severalFindings)]),
  "saml-unreadable": () => world([saml(unreadableProject(), unreadableFindings)]),
  "saml-newer": () => {
    const view = saml(signedProject(), []);
    newerMetadata(view);
    return world([view]);
  },
  "saml-signed": () => world([saml(signedProject(), [])]),
  "saml-typed": () => world([saml(typedProject(), typedFindings)]),
  "saml-conflict": () => world([view(conflictProject(), halfWay, { next: "saml" })]),
  portal: () => world([byHand()]),
  polis: () => world([inBroker(polisProject())]),
  "polis-key": () => world([inBroker(polisProject(), "signed-out")]),
  "keycloak-connected": () => world([inBroker(keycloakProject())]),
  "keycloak-unchecked": () => world([inBroker(keycloakProject(), "connected", unchecked)]),
  "keycloak-sent": () => world([inBroker(keycloakProject(), "connected", { evidence: [fact("keycloak-has-saml-values"), fact("keycloak-sp-values-taken")], missing: [], unsent: false })]),
  "keycloak-ready": () => world([view(keycloakProject(), allDone)]),
  "keycloak-key": () => world([inBroker(keycloakProject(), "signed-out")]),
  "polis-arrived": () => world([polisArrived()]),
  "polis-empty": () => world([polisArrived(emptyDirectoryProject())]),
  "polis-away": () => ({
    ...world([polisArrived(arrivedProject(), { connection: "offline" })]),
    refuses: { polisSignIns: { code: "polis-unreachable", message: "away", args: { reason: "connection refused" } } },
  }),
  "polis-ready": () => world([polisNote("polis-connection-on-already", "info", false)]),
  "polis-off": () => {
    const own = polisNote("polis-connection-off", "warning", false);
    if (own.project.portal?.seen_in_polis) own.project.portal.seen_in_polis.connection = "off";
    return world([own]);
  },
  "portal-fresh": () => world([view(freshPortalProject(), {}, { values: [] })]),
  "portal-ready": () => world([view(portalProject(), allDone)]),
  "portal-active": () => world([byHandActive()]),
  /** One step that somebody handed over, and one that came back changed on both sides. */
  task: () => world([view(taskProject(), { groups: { state: { kind: "in-progress" }, missing: [] } }, { next: "groups" })].map(one)),
  returned: () => world([view(returnedProject(), { ...halfWay, groups: { state: { kind: "needs-attention", severity: "warning" }, owner: "Dana Kim" } })]),
  /** Domains of a project and of others are watched; this desktop has no tray. */
  watching: () => ({ ...world([contoso()]), watched: watchedDomains(), background: { keep_watching: true, tray: false } }),
  /** One of them has just turned right. */
  "watch-news": () => ({ ...world([contoso()]), watched: watchedDomains(), news: watchNews() }),
  /** A service that its own support sets up, from the first minute to the tested sign-in. */
  "pymetrics-fresh": () => world([pymetrics(supportProject("fresh"))]),
  pymetrics: () => world([pymetrics(supportProject("ready"))]),
  "pymetrics-waiting": () => world([pymetrics(supportProject("waiting")), contoso()]),
  "pymetrics-outdated": () => world([pymetrics(supportProject("outdated"))]),
  "pymetrics-confirmed": () => world([pymetrics(supportProject("confirmed"))]),
  "pymetrics-done": () => world([pymetrics(supportProject("done"))]),
  /** The signing certificate of an active project is being changed. */
  rollover: () => world([changing("sign-in", false), contoso()]),
  "rollover-seen": () => world([changing("take-away", false)]),
  "rollover-portal": () => world([changing("sign-in", true)]),
  /** Ten companies, each with certificates of its own. */
  "certificates-many": () => world(many(active())),
  "certificates-failing": () => ({ ...world([contoso()]), refuses: { listCertificates: { code: "folder-read-only", message: "projects" } } }),
  lab: () => world([contoso()], { dns_lab: "127.0.0.1:5300" }),
  "own-guides": () =>
    world([contoso()], {
      services: services.map((service) =>
        service.id === "pymetrics" ? service : { ...service, idps: [...service.idps, { id: "example-id", name: "Example ID" }] },
      ),
      own_guides: { folder: "/home/jonas/.local/share/signpost/guides", files: 2, wrong: [] },
    }),
  "own-guides-wrong": () =>
    world([contoso()], {
      own_guides: {
        folder: "/home/jonas/.local/share/signpost/guides",
        files: 2,
        wrong: [{ file: "guides/parallels-my-account/example-id.toml", line: 12, what: "unknown field `titel`, expected one of `id`, `title`" }],
      },
    }),
};

/** Contoso with one step in another state. */
function fromScene({ project, given, refuses, deafToEntra = false }: Scene): World {
  return { ...world([view(project, { ...halfWay, ...given }, { next: null })]), refuses, deafToEntra };
}

export function scenario(name: string): World {
  const scene = scenes[name];
  if (scene) return fromScene(scene());
  const make = Object.entries(worlds).find(([known]) => known === name)?.[1] ?? worlds.contoso;
  return make();
}
