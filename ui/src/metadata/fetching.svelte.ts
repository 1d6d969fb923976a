import { HostError, type Host } from "../host/host";
import type { ProjectView, SamlAddress } from "../host/types";

/** Metadata at an address, as it is asked for: the dialog, and a fetch that can be stopped. */
export class Fetching {
  readonly #host: () => Host;
  readonly #project: () => string;
  /** Whether the dialog is open. */
  asking = $state(false);
  /** What is known of an address that is asked for. */
  known = $state("");
  #going = $state.raw<AbortController | null>(null);

  constructor(host: () => Host, project: () => string) {
    this.#host = host;
    this.#project = project;
  }

  /** Stops the fetch that goes on; null while there is none. */
  get stop(): (() => void) | null {
    const going = this.#going;
    return going && (() => going.abort());
  }

  /** Nothing when it was stopped. */
  read(url: string, allowPrivate: boolean): Promise<ProjectView | null> {
    this.asking = false;
    return this.#run((signal) => this.#host().fetchMetadata(this.#project(), url, allowPrivate, signal));
  }

  /** Asks for the address where only part of it was kept, and reads nothing yet. */
  async again(address: SamlAddress | null | undefined): Promise<ProjectView | null> {
    if (address?.withheld) {
      this.known = address.url;
      this.asking = true;
      return null;
    }
    return this.#run((signal) => this.#host().fetchMetadataAgain(this.#project(), signal));
  }

  async #run(fetch: (signal: AbortSignal) => Promise<ProjectView>): Promise<ProjectView | null> {
    const going = new AbortController();
    this.#going = going;
    try {
      return await fetch(going.signal);
    } catch (thrown) {
      if (HostError.from(thrown).code === "cancelled") return null;
      throw thrown;
    } finally {
      this.#going = null;
    }
  }
}
