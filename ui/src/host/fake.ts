import { addTexts } from "../texts";
import sentences from "./fake/fake.ftl?raw";
import { scenario, type World } from "./fake/scenarios";
import { checkDomain } from "./fake/domains";
import { guidePages } from "./fake/guide";
import { HostError, type Host } from "./host";
import type { NewProject, ProjectView, StartView } from "./types";

/**
 * The program's answers, made up in memory, so that every screen runs in a browser. `?scenario=` in the address
 * chooses the world; `?slow` makes every answer take a second.
 */
export function fakeHost(search: string): Host {
  addTexts(sentences);
  const asked = new URLSearchParams(search);
  return new FakeHost(scenario(asked.get("scenario") ?? "contoso"), asked.has("slow") ? 1000 : 0);
}

const copy = <T>(value: T): T => structuredClone(value);

class FakeHost implements Host {
  readonly #world: World;
  readonly #delay: number;
  readonly #deleted = new Map<string, ProjectView>();

  constructor(world: World, delay: number) {
    this.#world = world;
    this.#delay = delay;
  }

  async #answer<T>(value: () => T): Promise<T> {
    await new Promise((resolve) => setTimeout(resolve, this.#delay));
    return copy(value());
  }

  #project(id: string): ProjectView {
    const view = this.#world.projects.find(({ project }) => project.id === id);
    if (!view) throw new HostError({ code: "project-missing", message: id });
    return view;
  }

  /** Changes a project the way the core does: the change, a line in the log, the time of saving. */
  #change(id: string, code: string, change: (view: ProjectView) => void): Promise<ProjectView> {
    return this.#answer(() => {
      const view = this.#project(id);
      change(view);
      view.saved_at = new Date().toISOString();
      view.activity.unshift({ at: view.saved_at, code });
      return view;
    });
  }

  start = () => this.#answer<StartView>(() => this.#world.start);
  setAppearance: Host["setAppearance"] = (appearance) =>
    this.#answer(() => {
      this.#world.start.appearance = appearance;
    });
  copyText: Host["copyText"] = (text) =>
    this.#answer(() => {
      this.#world.clipboard = text;
    });
  openUrl: Host["openUrl"] = (url) =>
    this.#answer(() => {
      this.#world.opened.push(url);
    });
  showFolder: Host["showFolder"] = () => this.#answer(() => undefined);

  listProjects: Host["listProjects"] = () =>
    this.#answer(() => ({ projects: this.#world.projects.map(summary), problems: this.#world.problems }));
  createProject: Host["createProject"] = (asked) =>
    this.#answer(() => {
      const view = this.#world.created(check(asked));
      this.#world.projects.unshift(view);
      return view;
    });
  openProject: Host["openProject"] = (id) => this.#answer(() => this.#project(id));
  refreshProject: Host["refreshProject"] = (id) => this.#answer(() => this.#project(id));
  deleteProject: Host["deleteProject"] = (id) =>
    this.#answer(() => {
      this.#deleted.set(id, this.#project(id));
      this.#world.projects = this.#world.projects.filter(({ project }) => project.id !== id);
    });
  restoreProject: Host["restoreProject"] = (id) =>
    this.#answer(() => {
      const view = this.#deleted.get(id);
      if (view) this.#world.projects.push(view);
    });
  rememberPlace: Host["rememberPlace"] = (_id, route) =>
    this.#answer(() => {
      this.#world.start.place = route;
    });
  signIn: Host["signIn"] = (id) =>
    this.#change(id, "signed-in", (view) => {
      view.connection = "connected";
    });

  activate: Host["activate"] = (id) => {
    const { missing } = this.#project(id).activation;
    if (missing.length > 0) return Promise.reject(new HostError({ code: "activation-missing", message: "missing" }));
    return this.#change(id, "activated", (view) => {
      view.activation = { active: true, since: new Date().toISOString(), missing: [] };
    });
  };
  deactivate: Host["deactivate"] = (id) =>
    this.#change(id, "deactivated", (view) => {
      view.activation = { active: false, since: null, missing: [] };
    });

  checkAnyDomain: Host["checkAnyDomain"] = (query, signal) => checkDomain(query, signal, this.#delay * 10);
  guidePage: Host["guidePage"] = (_project, page) =>
    this.#answer(() => {
      const found = guidePages.find(({ id }) => id === page);
      if (!found) throw new HostError({ code: "internal", message: page });
      return found;
    });
}

function summary(view: ProjectView) {
  const settled = view.steps.filter(({ state }) => state.kind === "done" || state.kind === "not-needed");
  return {
    id: view.project.id,
    organization: view.project.organization,
    service_name: view.service_name,
    idp_name: view.idp_name,
    settled: settled.length,
    total: view.steps.length,
    active: view.activation.active,
    saved_at: view.saved_at,
  };
}

function check(asked: NewProject): NewProject {
  const refuse = (code: string, field: string) => new HostError({ code, field, message: code });
  if (asked.organization.trim() === "") throw refuse("invalid-organization", "organization");
  if (!asked.admin_email.includes("@")) throw refuse("invalid-email", "admin_email");
  if (asked.backend.kind === "account-service" && !asked.backend.url.startsWith("https://")) throw refuse("invalid-url", "url");
  return asked;
}

