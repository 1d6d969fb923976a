/** The shapes that cross the boundary between the core and the screens. */

export const STEP_IDS = ["domains", "app-registration", "groups", "saml", "scim", "users", "backup-login"] as const;
export type StepId = (typeof STEP_IDS)[number];

export type Severity = "info" | "warning" | "error";
export interface Evidence {
  source: string;
  value: string;
}
/** What a check returns: never prose. The words are `finding-CODE` and `finding-CODE.fix`. */
export interface Finding {
  code: string;
  severity: Severity;
  args?: Partial<Record<string, string>>;
  evidence?: Evidence[];
}

export type StepState =
  | { kind: "not-started" }
  | { kind: "in-progress" }
  | { kind: "waiting"; for_whom: string; since: string }
  | { kind: "needs-attention"; severity: Severity }
  | { kind: "done"; by: "evidence" | "word"; at: string }
  | { kind: "not-needed"; why: string };

export type Owner = "you" | "dns-team" | "identity-team" | "service";

export interface StepView {
  step: StepId;
  number: number;
  state: StepState;
  owner: string;
  /** Facts, shown as the row's sentence. */
  evidence: Finding[];
  findings: Finding[];
}

export interface Missing {
  step: StepId;
  code: string;
  args?: Partial<Record<string, string>>;
}
export interface Activation {
  active: boolean;
  since?: string | null;
  missing: Missing[];
}
export interface ActivityLine {
  at: string;
  code: string;
  args?: Partial<Record<string, string>>;
}
export type Connection = "connected" | "offline" | "signed-out";

export interface GuidePageLink {
  id: string;
  title: string;
}

export interface Project {
  id: string;
  organization: string;
  admin_email: string;
}

export interface ProjectView {
  project: Project;
  service_name: string;
  service_short_name: string;
  idp_name: string;
  idp_short_name: string;
  steps: StepView[];
  next: StepId | null;
  activation: Activation;
  connection: Connection;
  saved_at: string;
  activity: ActivityLine[];
  /** Guide pages that belong to no step: before the start, the test sign-in, after activation. */
  pages: GuidePageLink[];
}

export interface ProjectSummary {
  id: string;
  organization: string;
  service_name: string;
  idp_name: string;
  settled: number;
  total: number;
  active: boolean;
  saved_at: string;
}
/** A file in the projects folder that could not be opened and was left as it is. */
export interface ProjectProblem {
  /** `project-newer` or `project-damaged`: the words are `error-CODE`. */
  code: string;
  file: string;
  args?: Partial<Record<string, string>>;
}
export interface ProjectList {
  projects: ProjectSummary[];
  problems: ProjectProblem[];
}

export interface Choice {
  id: string;
  name: string;
}
/** A service profile and the identity providers there is a guide for. */
export interface ServiceChoice extends Choice {
  idps: Choice[];
}
export type BackendChoice = { kind: "on-this-computer" } | { kind: "account-service"; url: string; token: string };
export interface NewProject {
  organization: string;
  admin_email: string;
  service: string;
  idp: string;
  backend: BackendChoice;
}

export type Appearance = "system" | "light" | "dark";
export interface StartView {
  version: string;
  appearance: Appearance;
  /** The last place, as a route; null on the first start. */
  place: string | null;
  services: ServiceChoice[];
  projects_folder: string;
  logs_folder: string;
  /** `available`, or why secrets cannot be kept: the words are `error-CODE`. */
  keyring: string;
  /** Set when name server checks start from a lab and not from the root servers. */
  dns_lab: string | null;
}

export interface DomainQuery {
  /** A domain or an e-mail address. */
  subject: string;
  /** The label below the domain at which the TXT record stands. */
  label?: string;
  expected?: string;
}
export type DomainVerdict = "verified" | "waiting" | "problem" | "unreachable";
export interface ServerAnswer {
  server: string;
  role: string;
  status: string;
  values: string[];
  ttl?: number | null;
  serial?: number | null;
}
export interface DomainReport {
  domain: string;
  name: string;
  verdict: DomainVerdict;
  visible_by?: string | null;
  checked_at: string;
  servers: ServerAnswer[];
  findings: Finding[];
}

export type Inline =
  | { kind: "text"; text: string }
  | { kind: "strong"; text: string }
  | { kind: "code"; text: string }
  | { kind: "link"; text: string; url: string };

export interface PortalPathData {
  where: string;
  path: string[];
  url?: string | null;
}
export interface GuideNoteData {
  id: string;
  body: Inline[];
  checked?: string | null;
}
export interface CarryData {
  from: string;
  to: string;
  value: string;
}
export interface GuideAction {
  id: string;
  title: Inline[];
  body: Inline[][];
  portal?: PortalPathData | null;
  carries: CarryData[];
  notes: GuideNoteData[];
}
export interface GuidePage {
  id: string;
  title: string;
  lead: Inline[];
  portal?: PortalPathData | null;
  actions: GuideAction[];
  notes: GuideNoteData[];
}
