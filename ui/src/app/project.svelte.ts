import { HostError, type Host } from "../host/host";
import type { ProjectView } from "../host/types";

/** The project on screen: a mirror of what the core last said. */
export class CurrentProject {
  readonly #host: Host;
  view = $state.raw<ProjectView | null>(null);
  error = $state.raw<HostError | null>(null);
  refreshing = $state(false);

  constructor(host: Host) {
    this.#host = host;
  }

  /** Opens it, unless it is open already. */
  async open(id: string): Promise<void> {
    if (this.view?.project.id === id) return;
    this.view = null;
    await this.#take(() => this.#host.openProject(id));
  }

  /** Asks the service again. What was shown stays when that fails. */
  async refresh(): Promise<void> {
    const id = this.view?.project.id;
    if (id === undefined || this.refreshing) return;
    this.refreshing = true;
    await this.#take(() => this.#host.refreshProject(id));
    this.refreshing = false;
  }

  close(): void {
    this.view = null;
    this.error = null;
  }

  /** Takes what the core answered to a change. An answer for another project is late and is dropped. */
  apply(view: ProjectView): void {
    if (this.view && this.view.project.id !== view.project.id) return;
    this.view = view;
  }

  async #take(ask: () => Promise<ProjectView>): Promise<void> {
    this.error = null;
    try {
      this.view = await ask();
    } catch (thrown) {
      this.error = HostError.from(thrown);
    }
  }
}
