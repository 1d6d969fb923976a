import { announce } from "../components/announcer.svelte";
import { toast } from "../components/toasts.svelte";
import { spokenFault } from "../faults";
import { HostError, type Host, type Stop } from "../host/host";
import type { WatchListView, WatchedView, WatchSubject } from "../host/types";
import { dayAndTime, clockSeconds } from "../format";
import { go, type Route } from "../router";
import { t } from "../texts";

/** The watch list as the core last said it: one for the whole window, because it changes by itself. */
let list = $state.raw<WatchListView | null>(null);

export const watching = {
  get list() {
    return list;
  },
};

/** Takes the core's answer to a change. */
export function takeList(next: WatchListView): void {
  list = next;
}

/** Keeps the list as the core has it, and says the news. `onlook` hears of the list when something was looked at. */
export async function followWatchList(host: Host, onlook: (list: WatchListView) => void): Promise<Stop> {
  const read = () => host.watchList().then(takeList, () => undefined);
  const look = () => host.watchList().then((next) => (takeList(next), onlook(next)), () => undefined);
  const stops = await Promise.all([
    host.onWatchListChanged(() => void look()),
    host.onWatchNews(({ domain, text }) => toast(t("watch-news", { domain, text }))),
    host.onWatchOpened((subject) => go(placeOf(subject))),
  ]);
  await read();
  return () => stops.forEach((stop) => stop());
}

/** Where what is watched is shown. */
export const placeOf = (subject: WatchSubject): Route =>
  subject.kind === "project" ? { screen: "step", project: subject.project, step: "domains", part: [subject.domain] } : { screen: "watch-list" };

function same(one: WatchSubject, other: WatchSubject): boolean {
  if (one.domain !== other.domain) return false;
  if (one.kind === "project") return other.kind === "project" && one.project === other.project;
  return other.kind === "record" && one.label === other.label && one.expected === other.expected;
}

/** The watch of this subject, if there is one. */
export const watchOf = (subject: WatchSubject): WatchedView | null => list?.entries.find((one) => same(one.subject, subject)) ?? null;

/** What goes on with it, in a few words. */
export function watchSays({ state, subject }: WatchedView, now: number = Date.now()): string {
  switch (state.kind) {
    case "looking":
      return t("watch-looking");
    case "paused":
      return t("watch-paused");
    case "settled":
      return t(subject.kind === "project" ? "watch-settled-project" : "watch-settled", { when: dayAndTime(state.since) });
    case "waiting":
      return nextSays(state.next, now);
  }
}

function nextSays(next: string, now: number): string {
  const left = Date.parse(next) - now;
  if (left <= 1000) return t("watch-due");
  // Within minutes the seconds matter to somebody who waits.
  return t("watch-next-at", { when: left < 300_000 ? clockSeconds(next) : dayAndTime(next) });
}

/** Takes a watch off the list and offers to bring it back. */
export async function stopWatching(host: Host, { id, unicode }: WatchedView): Promise<void> {
  takeList(await host.removeWatch(id));
  toast(t("watch-removed", { domain: unicode }), () => void bringBack(host, unicode));
}

async function bringBack(host: Host, domain: string): Promise<void> {
  try {
    takeList(await host.restoreWatch());
    announce(t("watch-begun", { domain }));
  } catch (thrown) {
    toast(spokenFault(HostError.from(thrown)).message);
  }
}
