import { announce } from "../components/announcer.svelte";
import { HostError } from "../host/host";
import type { ProjectView } from "../host/types";
import { flushAll } from "../saver";

/** The work a step's screen has going on: one at a time, with what went wrong last. */
export class StepRun {
  readonly #onview: (view: ProjectView) => void;
  readonly #reload: (() => Promise<ProjectView>) | null;
  /** The name of what runs. */
  busy = $state<string | null>(null);
  error = $state.raw<HostError | null>(null);

  /** `reload` asks for the project as it is: what failed may have been kept in part. */
  constructor(onview: (view: ProjectView) => void, reload: (() => Promise<ProjectView>) | null = null) {
    this.#onview = onview;
    this.#reload = reload;
  }

  /**
   * Runs it and hands on the core's answer; what is typed is saved first. False when it failed or something else runs.
   * `said` is told to screen readers afterwards.
   */
  async do(name: string, action: () => Promise<ProjectView | null | void>, said?: string): Promise<boolean> {
    if (this.busy !== null) return false;
    this.busy = name;
    this.error = null;
    try {
      await flushAll();
      const view = await action();
      if (view) this.#onview(view);
      if (said) announce(said);
      return true;
    } catch (thrown) {
      this.error = HostError.from(thrown);
      await this.#show();
      return false;
    } finally {
      this.busy = null;
    }
  }

  /** Shows what is there now. The failure that led here is told already, so another one adds nothing. */
  async #show(): Promise<void> {
    const view = await this.#reload?.().catch(() => null);
    if (view) this.#onview(view);
  }
}
