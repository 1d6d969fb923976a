/** Where an entered value stands on its way to the disk. */
export type SaveState = { kind: "idle" } | { kind: "pending" } | { kind: "saving" } | { kind: "saved" } | { kind: "failed"; error: unknown };

/**
 * Saves a value soon after it changes: after `delay` milliseconds without another change, at once on {@link flush}.
 * One save runs at a time and the last value always wins, so that a slow save never overwrites a newer one.
 */
export class Saver<T> {
  readonly #save: (value: T) => Promise<void>;
  readonly #report: (state: SaveState) => void;
  readonly #delay: number;
  #waiting: { value: T } | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<void> | null = null;

  constructor(save: (value: T) => Promise<void>, report: (state: SaveState) => void, delay = 400) {
    this.#save = save;
    this.#report = report;
    this.#delay = delay;
    open.add(this as Saver<unknown>);
  }

  /** Whether there is something that is not on the disk yet. */
  get dirty(): boolean {
    return this.#waiting !== null || this.#running !== null;
  }

  set(value: T): void {
    this.#waiting = { value };
    this.#report({ kind: "pending" });
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), this.#delay);
  }

  /** Saves what waits, now; resolves when nothing waits any more. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    while (this.#waiting || this.#running) await (this.#running ?? this.#start());
  }

  /** Saves what waits and forgets the saver. */
  async close(): Promise<void> {
    await this.flush();
    open.delete(this as Saver<unknown>);
  }

  #start(): Promise<void> {
    const next = this.#waiting;
    if (!next) return Promise.resolve();
    this.#waiting = null;
    this.#running = this.#run(next.value).finally(() => (this.#running = null));
    return this.#running;
  }

  async #run(value: T): Promise<void> {
    this.#report({ kind: "saving" });
    try {
      await this.#save(value);
      if (!this.#waiting) this.#report({ kind: "saved" });
    } catch (error) {
      this.#report({ kind: "failed", error });
    }
  }
}

const open = new Set<Saver<unknown>>();

/** Saves everything that waits, of every field: before the window closes or the place changes. */
export async function flushAll(): Promise<void> {
  await Promise.all([...open].map((saver) => saver.flush()));
}
