import { clock, dayAndTime } from "../format";
import type { Looks, Verdict } from "../host/types";

const tones: Record<Verdict, string> = { verified: "c-good", waiting: "c-quiet", problem: "c-bad", unreachable: "c-quiet" };
const width = 960;
const edge = 10;
const labelRoom = 110;

export interface LooksPicture {
  width: number;
  height: number;
  ticks: { x: number; label: string }[];
  runs: { from: number; to: number; tone: string; look: Looks }[];
}

/** The looks on one scale from the first to now. */
export function layOutLooks(looks: Looks[], now: string): LooksPicture {
  const begin = Date.parse(looks[0]?.first ?? now);
  const end = Math.max(Date.parse(now), Date.parse(looks.at(-1)?.last ?? now));
  const span = Math.max(end - begin, 1);
  const x = (at: string) => Math.round(edge + ((Date.parse(at) - begin) / span) * (width - 2 * edge));
  const runs = looks.map((look) => ({ from: x(look.first), to: x(look.last), tone: tones[look.verdict], look }));
  return { width, height: 54, ticks: ticksOf(looks, now, x), runs };
}

/** The first look, and the beginnings of runs that have room for a label. */
function ticksOf(looks: Looks[], now: string, x: (at: string) => number): LooksPicture["ticks"] {
  const ticks: LooksPicture["ticks"] = [];
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
