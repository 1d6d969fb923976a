import {
  STEP_IDS,
  type Finding,
  type Missing,
  type NewProject,
  type ProjectProblem,
  type ProjectView,
  type StartView,
  type StepId,
  type StepState,
  type StepView,
} from "../types";
import { guidePages } from "./guide";

/** Everything the made-up program knows. */
export interface World {
  start: StartView;
  projects: ProjectView[];
  problems: ProjectProblem[];
  clipboard: string;
  opened: string[];
  created: (asked: NewProject) => ProjectView;
}

const minute = 60_000;
const ago = (minutes: number): string => new Date(Date.now() - minutes * minute).toISOString();
const days = 24 * 60;

const services = [
  { id: "parallels-my-account", name: "Parallels My Account", idps: [{ id: "entra", name: "Microsoft Entra ID" }] },
];

function world(projects: ProjectView[], more: Partial<StartView> = {}, problems: ProjectProblem[] = []): World {
  return {
    start: {
      version: "0.1.0",
      appearance: "system",
      place: null,
      services,
      projects_folder: "/home/jonas/.local/share/signpost/projects",
      logs_folder: "/home/jonas/.local/state/signpost/logs",
      keyring: "available",
      dns_lab: null,
      ...more,
    },
    projects,
    problems,
    clipboard: "",
    opened: [],
    created: (asked) => project(`p-${Date.now()}`, asked.organization, {}),
  };
}

type Given = Partial<Record<StepId, { state: StepState; owner?: string; evidence?: Finding[]; findings?: Finding[] }>>;

/** A fact the row shows: the sentence comes from the core's texts in the window. */
const fact = (code: string, args: Record<string, string> = {}): Finding => ({ code, severity: "info", args });

function steps(given: Given): StepView[] {
  return STEP_IDS.map((step, index) => {
    const { state = { kind: "not-started" }, owner = "you", evidence = [], findings = [] } = given[step] ?? {};
    return { step, number: index + 1, state, owner, evidence, findings };
  });
}

function project(id: string, organization: string, given: Given, more: Partial<ProjectView> = {}): ProjectView {
  const all = steps(given);
  const open = all.filter(({ state }) => state.kind !== "done" && state.kind !== "not-needed");
  const missing: Missing[] = open.map(({ step }) => ({ step, code: "step-open", args: {} }));
  return {
    project: { id, organization, admin_email: "jonas.weber@contoso.com" },
    service_name: "Parallels My Account",
    service_short_name: "My Account",
    idp_name: "Microsoft Entra ID",
    idp_short_name: "Entra",
    steps: all,
    next: open[0]?.step ?? null,
    activation: { active: false, since: null, missing },
    connection: "connected",
    saved_at: ago(3),
    activity: [{ at: ago(3 * days), code: "project-created" }],
    pages: guidePages.map(({ id, title }) => ({ id, title })),
    ...more,
  };
}

const done = (by: "evidence" | "word", minutes: number): StepState => ({ kind: "done", by, at: ago(minutes) });

const halfWay: Given = {
  domains: {
    state: { kind: "waiting", for_whom: "Priya Nair", since: ago(2 * days) },
    owner: "dns-team",
    evidence: [fact("fake-domain-verified", { domain: "contoso.com" }), fact("fake-domain-absent", { domain: "fabrikam.com" })],
  },
  "app-registration": { state: done("word", 2 * days), evidence: [fact("fake-app-exists", { name: "Parallels My Account" })] },
  groups: { state: done("evidence", 150), owner: "signpost", evidence: [fact("fake-groups-seen")] },
  saml: {
    state: { kind: "needs-attention", severity: "warning" },
    evidence: [fact("fake-certificate-soon", { days: "23" })],
    findings: [{ code: "fake-certificate-soon", severity: "warning", args: { days: "23" } }],
  },
  scim: { state: { kind: "not-needed", why: "by-hand" }, evidence: [fact("fake-scim-off")] },
  users: { state: { kind: "in-progress" }, evidence: [fact("fake-users-partly")] },
  "backup-login": { state: { kind: "not-started" } },
};

const settled: Given = Object.fromEntries(STEP_IDS.map((step) => [step, { state: done("evidence", 90), owner: "signpost" }]));

const contoso = () => project("contoso", "Contoso Ltd", halfWay, { next: "saml" });
const ready = () => project("ready", "Northwind Traders", settled);
const active = () => {
  const view = project("active", "Northwind Traders", settled);
  view.activation = { active: true, since: ago(50), missing: [] };
  view.activity.unshift({ at: ago(50), code: "activated" });
  return view;
};
const failing = () =>
  project("failing", "Fabrikam, Inc.", {
    ...halfWay,
    domains: {
      state: { kind: "needs-attention", severity: "error" },
      findings: [{ code: "fake-wrong-value", severity: "error", evidence: [{ source: "ns37.domaincontrol.com", value: "token=k7m2qv4xhd3n1a6p5wz2tyujre" }] }],
    },
  });

const damaged: ProjectProblem[] = [
  { code: "project-newer", file: "adatum.json" },
  { code: "project-damaged", file: "wingtip.json" },
];

const worlds: Record<string, () => World> = {
  contoso: () => world([contoso(), active()]),
  fresh: () => world([]),
  ready: () => world([ready()]),
  active: () => world([active()]),
  failing: () => world([failing()]),
  damaged: () => world([contoso()], {}, damaged),
  offline: () => world([{ ...contoso(), connection: "offline" }]),
  "signed-out": () => world([{ ...contoso(), connection: "signed-out" }]),
  lab: () => world([contoso()], { dns_lab: "127.0.0.1:5300", keyring: "keyring-locked" }),
};

export function scenario(name: string): World {
  const make = worlds[name] ?? worlds.contoso;
  if (!make) throw new Error("no world");
  return make();
}

export const scenarioNames = Object.keys(worlds);
