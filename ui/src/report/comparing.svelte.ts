/** Asks resolvers after the name servers, so that nobody waits for them. A later question takes the place of an earlier one. */
export class Comparing {
  #run = $state.raw<AbortController | null>(null);

  get running(): boolean {
    return this.#run !== null;
  }

  stop(): void {
    this.#run?.abort();
    this.#run = null;
  }

  /** What the work comes to; null when it was stopped. */
  async ask<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T | null> {
    this.stop();
    const run = new AbortController();
    this.#run = run;
    try {
      const value = await work(run.signal);
      return this.#run === run ? value : null;
    } catch (thrown) {
      if (this.#run !== run) return null;
      throw thrown;
    } finally {
      if (this.#run === run) this.#run = null;
    }
  }
}
