import { HostError, type Host } from "../host/host";
import { isUncompared } from "../report/verdict";
import type { Finding, ListedDomain, Report, Verdict } from "../host/types";

/** What a row came to: a verdict, why there is none, or that there is a record which nobody gave a value to compare with. */
export type RowState = "queued" | "running" | "refused" | "failed" | "present" | Verdict;

export interface BulkRow {
  listed: ListedDomain;
  state: RowState;
  report: Report | null;
  /** Why it cannot be checked, or why the check broke off. */
  refused: Finding | null;
}

export type RunState = "ready" | "running" | "paused" | "done";

/** So many domains are looked at beside each other; the core asks no name server more than 50 times a second. */
const AT_ONCE = 20;

/** Checks the domains of a list. A pause lets what is under way end; cancelling calls it off and keeps what is known. */
export class BulkRun {
  #rows = $state.raw<BulkRow[]>([]);
  #state = $state<RunState>("ready");
  #next = 0;
  #under: AbortController[] = [];
  readonly #host: Host;
  readonly #label: string;
  readonly #ondone: (total: number) => void;

  constructor(host: Host, label: string, list: ListedDomain[], ondone: (total: number) => void = () => undefined) {
    this.#ondone = ondone;
    this.#host = host;
    this.#label = label;
    this.#rows = list.map((listed) => ({ listed, state: listed.refused ? "refused" : "queued", report: null, refused: listed.refused }));
  }

  get rows(): BulkRow[] {
    return this.#rows;
  }

  get state(): RunState {
    return this.#state;
  }

  get settled(): number {
    return this.#rows.filter(({ state }) => state !== "queued" && state !== "running").length;
  }

  start(): void {
    if (this.#state === "running") return;
    this.#state = "running";
    this.#fill();
  }

  pause(): void {
    if (this.#state === "running") this.#state = "paused";
  }

  /** Ends the run; rows under way wait again, so that it can be resumed. */
  cancel(): void {
    this.pause();
    for (const run of this.#under.slice()) run.abort();
  }

  #fill(): void {
    while (this.#state === "running" && this.#under.length < AT_ONCE) {
      const index = this.#nextQueued();
      if (index === null) break;
      void this.#check(index);
    }
    if (this.#state !== "running" || this.#under.length > 0) return;
    this.#state = "done";
    this.#ondone(this.#rows.length);
  }

  #nextQueued(): number | null {
    while (this.#next < this.#rows.length && this.#rows[this.#next]?.state !== "queued") this.#next += 1;
    return this.#next < this.#rows.length ? this.#next : null;
  }

  async #check(index: number): Promise<void> {
    const row = this.#rows[index];
    if (!row?.listed.domain) return;
    const run = new AbortController();
    this.#under.push(run);
    this.#set(index, { state: "running" });
    try {
      const report = await this.#host.checkAnyDomain(row.listed.domain, this.#label, row.listed.expected, run.signal);
      this.#set(index, { state: isUncompared(report) ? "present" : report.verdict, report });
    } catch (thrown) {
      this.#broke(index, HostError.from(thrown));
    } finally {
      this.#under = this.#under.filter((one) => one !== run);
      this.#fill();
    }
  }

  #broke(index: number, { code, args }: HostError): void {
    if (code === "cancelled") {
      this.#next = Math.min(this.#next, index);
      this.#set(index, { state: "queued" });
      return;
    }
    this.#set(index, { state: "failed", refused: { code, severity: "error", args: { ...args } as Record<string, string> } });
  }

  #set(index: number, to: Partial<BulkRow>): void {
    this.#rows = this.#rows.with(index, { ...(this.#rows[index] as BulkRow), ...to });
  }
}
