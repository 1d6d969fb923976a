import { announce } from "../components/announcer.svelte";
import { HostError, type Host } from "../host/host";
import type { ProjectView, ScimCalls } from "../host/types";
import { isNews, runSays } from "./says";

/** How often the service is asked while a step that shows calls is open, in milliseconds. */
const EVERY = 5000;
/** With every how manyth question the whole project is asked for too: what others changed there makes no call. */
const ALSO_THE_PROJECT = 12;

/** What the identity provider sends while the administrator looks on. */
export class LiveCalls {
  readonly #host: Host;
  readonly #onview: (view: ProjectView) => void;
  heard = $state.raw<ScimCalls | null>(null);
  /** Why the service could not be asked last. */
  unheard = $state.raw<HostError | null>(null);
  #heardAt = 0;
  #now = $state(0);

  constructor(host: Host, onview: (view: ProjectView) => void) {
    this.#host = host;
    this.#onview = onview;
  }

  /** Who called when; empty while nobody has, or nobody is known to have. */
  get says(): string {
    return this.heard ? runSays(this.heard, Math.max(0, this.#now - this.#heardAt) / 1000) : "";
  }

  /** Asks until the screen is left; an answer is waited for before the next question. */
  follow(id: string): () => void {
    let asking = false;
    let left = false;
    let asked = 0;
    const ask = async () => {
      if (asking || document.hidden) return;
      asking = true;
      try {
        const heard = await this.#host.scimCalls(id);
        if (!left) await this.#take(id, heard, ++asked % ALSO_THE_PROJECT === 0, () => left);
        this.unheard = null;
      } catch (thrown) {
        this.unheard = HostError.from(thrown);
      } finally {
        this.#now = Date.now();
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

  /** What is new is also in the lists of who has arrived; a run that begins is told. */
  async #take(id: string, heard: ScimCalls, due: boolean, left: () => boolean): Promise<void> {
    const before = this.heard;
    this.heard = heard;
    this.#heardAt = this.#now = Date.now();
    const news = isNews(before, heard);
    if (!news && !due) return;
    if (news && before && before.run?.began_at !== heard.run?.began_at) announce(this.says);
    const view = await this.#host.lookForUsers(id);
    if (!left()) this.#onview(view);
  }
}
