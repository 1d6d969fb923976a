import { HostError, type Host } from "../host/host";
import type { Guide, ProjectView } from "../host/types";

/** The project on screen: a mirror of what the core last said. */
export class CurrentProject {
  readonly #host: Host;
  #wanted: string | null = null;
  view = $state.raw<ProjectView | null>(null);
  guide = $state.raw<Guide | null>(null);
  error = $state.raw<HostError | null>(null);
  refreshing = $state(false);

  constructor(host: Host) {
    this.#host = host;
  }

  /** Shows it as it was left, then asks the service. */
  async open(id: string): Promise<void> {
    if (this.#wanted === id && this.error === null) return;
    this.close();
    this.#wanted = id;
    await this.#attempt(async () => {
      const [view, guide] = await Promise.all([this.#host.openProject(id), this.#host.guide(id)]);
      if (this.#wanted === id) Object.assign(this, { view, guide });
    });
    if (this.view) await this.refresh();
  }

  /** Asks the service again. What was shown stays when that fails. */
  async refresh(): Promise<void> {
    const id = this.view?.project.id;
    if (id === undefined || this.refreshing) return;
    this.refreshing = true;
    await this.#attempt(async () => this.apply(await this.#host.refreshProject(id)));
    this.refreshing = false;
  }

  /** Takes what was found by itself meanwhile, such as by a watch. What is shown stays when that fails. */
  async reload(): Promise<void> {
    const id = this.view?.project.id;
    if (id === undefined) return;
    await this.#host.openProject(id).then((view) => this.apply(view), () => undefined);
  }

  close(): void {
    this.#wanted = null;
    this.view = null;
    this.guide = null;
    this.error = null;
  }

  /**
   * Takes what the core answered to a change. An answer for another project is late and is dropped; so is one that is
   * older than what is shown.
   */
  apply(view: ProjectView): void {
    if (this.view === null || this.view.project.id !== view.project.id) return;
    if (view.project.revision >= this.view.project.revision) this.view = view;
  }

  /** Shows the project after a change that brings another guide. */
  async turn(view: ProjectView): Promise<void> {
    const id = view.project.id;
    await this.#attempt(async () => {
      const guide = await this.#host.guide(id);
      if (this.#wanted === id) Object.assign(this, { view, guide });
    });
  }

  async #attempt(action: () => Promise<void>): Promise<void> {
    this.error = null;
    try {
      await action();
    } catch (thrown) {
      this.error = HostError.from(thrown);
    }
  }
}
