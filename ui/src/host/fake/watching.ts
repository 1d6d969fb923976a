import type { Looks, Verdict, WatchedView, WatchListView, WatchNews, WatchSubject } from "../types";
import { absent, present, wrong } from "./domains";
import { ago, days } from "./time";

const token = "token=k7m2qv4xhd3nla6p5wz2tyujre";
const label = "_parallels-challenge";

const run = (verdict: Verdict, first: number, last: number, count: number): Looks => ({ verdict, first: ago(first), last: ago(last), count });

const idOf = (subject: WatchSubject): string =>
  subject.kind === "project" ? `${subject.project}/${subject.domain}` : `${subject.label}.${subject.domain} ${subject.expected ?? ""}`;

function watched(subject: WatchSubject, more: Partial<WatchedView>): WatchedView {
  const fresh = { report: null, looks: [], since: ago(0), looked_at: null, state: { kind: "looking" } as const };
  return { id: idOf(subject), subject, unicode: subject.domain, ...fresh, ...more };
}

const record = (domain: string): WatchSubject => ({ kind: "record", domain, label, expected: token });

/** A list with one of each state. */
export const watchedDomains = (): WatchedView[] => [
  watched(record("tailspintoys.com"), { since: ago(0) }),
  watched(record("adatum.com"), {
    report: present("adatum.com", token),
    looks: [run("waiting", 95, 42, 61), run("verified", 37, 37, 1)],
    since: ago(95),
    looked_at: ago(37),
    state: { kind: "settled", since: ago(37) },
  }),
  watched(record("fabrikam.com"), {
    report: wrong("fabrikam.com", token),
    looks: [run("waiting", 3 * days, 2 * days, 96), run("unreachable", 2 * days, 2 * days - 20, 3), run("problem", 1 * days, 40, 24)],
    since: ago(3 * days),
    looked_at: ago(40),
    state: { kind: "waiting", next: ago(-20) },
  }),
  watched(record("northwind.example"), {
    report: absent("northwind.example", token),
    looks: [run("waiting", 200, 60, 71)],
    since: ago(200),
    looked_at: ago(60),
    state: { kind: "paused" },
  }),
  watched(
    { kind: "project", project: "contoso", domain: "contoso.com" },
    {
      report: absent("contoso.com", token),
      looks: [run("waiting", 4, 0, 12)],
      since: ago(4),
      looked_at: ago(0),
      state: { kind: "waiting", next: ago(-1 / 3) },
    },
  ),
];

export const watchNews = (): WatchNews => ({ subject: record("adatum.com"), domain: "adatum.com", text: "The record of adatum.com is right." });

/** The watch list of the made-up program. Nothing is looked at by itself. */
export class FakeWatchList {
  #entries: WatchedView[];
  #removed: WatchedView | null = null;

  constructor(entries: WatchedView[]) {
    this.#entries = entries;
  }

  view(): WatchListView {
    return { now: ago(0), entries: this.#entries, problem: null };
  }

  add(subject: WatchSubject): WatchListView {
    const known = this.#entries.some(({ id }) => id === idOf(subject));
    const report = absent(subject.domain, token);
    const looks = [run("waiting", 0, 0, 1)];
    const next = watched(subject, { report, looks, looked_at: ago(0), state: { kind: "waiting", next: ago(-1 / 3) } });
    if (!known) this.#entries = [next, ...this.#entries];
    return known ? this.pause(idOf(subject), false) : this.view();
  }

  pause(id: string, paused: boolean): WatchListView {
    return this.#change(id, (one) => ({ ...one, state: paused ? { kind: "paused" } : { kind: "waiting", next: ago(-1 / 3) } }));
  }

  look(id: string): WatchListView {
    return this.#change(id, (one) => ({ ...one, looked_at: ago(0) }));
  }

  remove(id: string): WatchListView {
    this.#removed = this.#entries.find((one) => one.id === id) ?? null;
    this.#entries = this.#entries.filter((one) => one.id !== id);
    return this.view();
  }

  restore(): WatchListView {
    if (this.#removed) this.#entries = [this.#removed, ...this.#entries];
    this.#removed = null;
    return this.view();
  }

  #change(id: string, change: (one: WatchedView) => WatchedView): WatchListView {
    this.#entries = this.#entries.map((one) => (one.id === id ? change(one) : one));
    return this.view();
  }
}
