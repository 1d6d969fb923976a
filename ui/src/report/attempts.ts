import { clock, dayAndTime } from "../format";
import type { DomainHistory, SeenServer, Verdict } from "../host/types";
import { verdictShape } from "./verdict";

const tones: Record<Verdict, string> = { verified: "c-good", waiting: "c-quiet", problem: "c-bad", unreachable: "c-quiet" };
/** As wide as it is drawn until the room for it is known. */
const usual = 960;
const edge = 10;
const labelRoom = 110;

/** Looks in a row that came to the same. */
export interface Run {
  verdict: Verdict;
  first: string;
  last: string;
}

export interface RunsPicture {
  width: number;
  height: number;
  ticks: { x: number; label: string }[];
  runs: { from: number; to: number; tone: string; verdict: Verdict }[];
}

/** A run of the service's looks, and what it saw. */
export interface ServiceRun extends Run {
  servers: SeenServer[];
}

const isVerdict = (text: string): text is Verdict => text in verdictShape;

/** What the service saw, the oldest first: each change holds until the next, the last one until the service last looked. */
export function runsOf({ changes, checked_at }: DomainHistory): ServiceRun[] {
  return changes.toReversed().map(({ at, verdict, servers }, index, all) => {
    const last = all[index + 1]?.at ?? checked_at ?? at;
    return { verdict: isVerdict(verdict) ? verdict : "unreachable", first: at, last, servers };
  });
}

/** The looks on one scale from the first to now, in `width` pixels. */
export function layOutLooks(looks: Run[], now: string, width: number = usual): RunsPicture {
  const begin = Date.parse(looks[0]?.first ?? now);
  const end = Math.max(Date.parse(now), Date.parse(looks.at(-1)?.last ?? now));
  const span = Math.max(end - begin, 1);
  const x = (at: string) => Math.round(edge + ((Date.parse(at) - begin) / span) * (width - 2 * edge));
  const runs = looks.map((look) => ({ from: x(look.first), to: x(look.last), tone: tones[look.verdict], verdict: look.verdict }));
  return { width, height: 54, ticks: ticksOf(looks, now, { x, width }), runs };
}

/** The first look, and the beginnings of runs that have room for a label. */
function ticksOf(looks: Run[], now: string, { x, width }: { x: (at: string) => number; width: number }): RunsPicture["ticks"] {
  const ticks: RunsPicture["ticks"] = [];
  for (const { first } of looks) {
    const at = x(first);
    const before = ticks.at(-1);
    if (before && at - before.x < labelRoom) continue;
    if (at > width - labelRoom && before) continue;
    ticks.push({ x: at, label: before ? clockOrDay(first, now) : dayAndTime(first, new Date(now)) });
  }
  return ticks;
}

const clockOrDay = (at: string, now: string): string => (at.slice(0, 10) === now.slice(0, 10) ? clock(at) : dayAndTime(at, new Date(now)));
