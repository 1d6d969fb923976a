/** Times as the screens say them: short, local, with the day only when it is not today. */

const timestamp = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;

export const isTimestamp = (text: string): boolean => timestamp.test(text);

const formats = {
  clock: new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" }),
  seconds: new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" }),
  weekday: new Intl.DateTimeFormat("en-GB", { weekday: "short" }),
  day: new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "short" }),
  date: new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric" }),
  relative: new Intl.RelativeTimeFormat("en-GB", { numeric: "auto" }),
  zone: new Intl.DateTimeFormat("en-GB", { timeZoneName: "short" }),
};
const dayLength = 86_400_000;

/** `14:20` */
export const clock = (at: string): string => formats.clock.format(new Date(at));
/** `14:20:41` */
export const clockSeconds = (at: string): string => formats.seconds.format(new Date(at));
/** `18 Dec 2026` */
export const date = (at: string): string => formats.date.format(new Date(at));

const startOfDay = (at: Date): number => new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime();

/** `today 11:52`, `yesterday` and `tomorrow` likewise, `Tue 14:02` within a week, `Mon 2 Nov, 16:10` within a year, `2 Nov 2025, 16:10` before. */
export function dayAndTime(at: string, now: Date = new Date()): string {
  const moment = new Date(at);
  const days = Math.round((startOfDay(now) - startOfDay(moment)) / dayLength);
  if (Math.abs(days) <= 1) return `${formats.relative.format(-days, "day")} ${clock(at)}`;
  if (days > 1 && days < 7) return `${formats.weekday.format(moment)} ${clock(at)}`;
  if (moment.getFullYear() === now.getFullYear()) return `${formats.day.format(moment)}, ${clock(at)}`;
  return `${date(at)}, ${clock(at)}`;
}

/** A moment ahead, as it stands after "by": `14:32` within the day, otherwise as {@link dayAndTime}. */
export function deadline(at: string, now: Date = new Date()): string {
  return startOfDay(new Date(at)) === startOfDay(now) ? clock(at) : dayAndTime(at, now);
}

/** `22 Nov 2026, 14:20 GMT+1`: for a note that is read elsewhere. */
export function withZone(at: string): string {
  const zone = formats.zone.formatToParts(new Date(at)).find((part) => part.type === "timeZoneName")?.value;
  return `${date(at)}, ${clock(at)} ${zone ?? ""}`.trim();
}

/** Seconds as the largest whole unit that says enough: `45 s`, `5 min`, `2 h`. */
export function duration(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  if (seconds < 172_800) return `${Math.round(seconds / 3600)} h`;
  return `${Math.round(seconds / 86_400)} d`;
}
