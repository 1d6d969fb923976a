import { announce } from "../components/announcer.svelte";
import { HostError, type Host } from "../host/host";
import type { ProjectView, SignInPurpose } from "../host/types";
import { flushAll } from "../saver";
import { verdictOf, waits } from "./says";

/** How often the service is asked while a test goes on, in milliseconds. */
const EVERY = 1000;

/** A test that the service watches: begins it, follows it, and stops waiting for it. */
export class TestRun {
  readonly #host: Host;
  readonly #onview: (view: ProjectView) => void;
  beginning = $state(false);
  error = $state.raw<HostError | null>(null);
  /** Why the service could not be asked last; the test goes on. */
  unheard = $state.raw<HostError | null>(null);

  constructor(host: Host, onview: (view: ProjectView) => void) {
    this.#host = host;
    this.#onview = onview;
  }

  async begin(id: string, purpose: SignInPurpose): Promise<void> {
    if (this.beginning) return;
    this.beginning = true;
    await this.#attempt(async () => {
      await flushAll();
      this.#take(await this.#host.startSignInTest(id, purpose), purpose);
    });
    this.beginning = false;
  }

  stop(id: string, purpose: SignInPurpose): Promise<void> {
    return this.#attempt(async () => this.#onview(await this.#host.forgetSignInTest(id, purpose)));
  }

  /** Asks again and again until the screen is left; an answer is waited for before the next question. */
  follow(id: string, purpose: SignInPurpose): () => void {
    let asking = false;
    let left = false;
    const ask = async () => {
      if (asking) return;
      asking = true;
      try {
        const view = await this.#host.followSignInTest(id, purpose);
        this.unheard = null;
        if (!left) this.#take(view, purpose);
      } catch (thrown) {
        this.unheard = HostError.from(thrown);
      } finally {
        asking = false;
      }
    };
    const timer = setInterval(() => void ask(), EVERY);
    void ask();
    return () => {
      left = true;
      clearInterval(timer);
    };
  }

  #said = "";

  /** What means something else than before is told. */
  #take(view: ProjectView, purpose: SignInPurpose): void {
    this.#onview(view);
    const test = view.sign_ins[purpose];
    const says = test ? verdictOf(view, test).says : "";
    if (test && !waits(test) && this.#said !== "" && says !== this.#said) announce(says);
    this.#said = says;
  }

  async #attempt(action: () => Promise<void>): Promise<void> {
    this.error = null;
    this.unheard = null;
    try {
      await action();
    } catch (thrown) {
      this.error = HostError.from(thrown);
    }
  }
}
