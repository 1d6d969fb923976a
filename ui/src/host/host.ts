import type { Appearance, DomainQuery, DomainReport, GuidePage, NewProject, ProjectList, ProjectView, StartView } from "./types";

/**
 * Everything the screens ask of the program. Every method rejects with a {@link HostError} and with nothing else.
 * Two adapters answer: `tauri.ts` in the window, `fake.ts` in a browser.
 */
export interface Host {
  start(): Promise<StartView>;
  setAppearance(appearance: Appearance): Promise<void>;
  /** Puts text on the clipboard. */
  copyText(text: string): Promise<void>;
  /** Opens a page of a portal in the browser; the core refuses what is neither https nor known to it. */
  openUrl(url: string): Promise<void>;
  showFolder(which: "projects" | "logs"): Promise<void>;

  listProjects(): Promise<ProjectList>;
  createProject(project: NewProject): Promise<ProjectView>;
  openProject(id: string): Promise<ProjectView>;
  /** Asks the service for its present state and judges everything again. */
  refreshProject(id: string): Promise<ProjectView>;
  deleteProject(id: string): Promise<void>;
  /** Brings a deleted project back, as long as the program runs. */
  restoreProject(id: string): Promise<void>;
  rememberPlace(id: string | null, route: string): Promise<void>;
  /** Takes a new access token after the service refused the old one. */
  signIn(id: string, token: string): Promise<ProjectView>;

  activate(id: string): Promise<ProjectView>;
  deactivate(id: string): Promise<ProjectView>;

  /** Walks from the roots to the domain's own name servers and asks each of them. Aborting rejects with `cancelled`. */
  checkAnyDomain(query: DomainQuery, signal: AbortSignal): Promise<DomainReport>;
  guidePage(project: string, page: string): Promise<GuidePage>;
}

export interface HostFault {
  code: string;
  message: string;
  field?: string | null;
  hints?: string[];
  args?: Partial<Record<string, string>>;
}

/** What went wrong, as a stable code; the words are `error-CODE` and `error-CODE.fix`. */
export class HostError extends Error {
  readonly code: string;
  /** The field the user has to correct, if it is one. */
  readonly field: string | null;
  /** Findings or file names that say more. */
  readonly hints: string[];
  readonly args: Partial<Record<string, string>>;

  constructor(fault: HostFault) {
    super(fault.message);
    this.name = "HostError";
    this.code = fault.code;
    this.field = fault.field ?? null;
    this.hints = fault.hints ?? [];
    this.args = fault.args ?? {};
  }

  /** Whatever was thrown, as a HostError; what is not one of ours is `internal`. */
  static from(thrown: unknown): HostError {
    if (thrown instanceof HostError) return thrown;
    if (isFault(thrown)) return new HostError(thrown);
    return new HostError({ code: "internal", message: thrown instanceof Error ? thrown.message : String(thrown) });
  }
}

function isFault(thrown: unknown): thrown is HostFault {
  return typeof thrown === "object" && thrown !== null && "code" in thrown && "message" in thrown;
}
