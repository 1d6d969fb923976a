import type { CertificateBar } from "./types";

/** How a certificate stands to the moment the picture is drawn for. */
export type Ending = "ended" | "soon" | "later" | "not-yet";
export const endings: Record<Ending, string> = {
  ended: "certificate-ended",
  soon: "certificate-ends",
  later: "certificate-valid-until",
  "not-yet": "certificate-not-yet",
};
const tones: Record<Ending, string> = { ended: "c-bad", soon: "c-warn", later: "c-good", "not-yet": "c-warn" };

export interface Bar {
  certificate: CertificateBar;
  ending: Ending;
  tone: string;
  from: number;
  to: number;
  y: number;
  labelX: number;
  labelEnd: boolean;
}
export interface Picture {
  width: number;
  height: number;
  now: number;
  nowEnd: boolean;
  bars: Bar[];
  ticks: { x: number; label: string }[];
  overlaps: Overlap[];
}
/** When two certificates are valid at once: as a band over both bars. */
export interface Overlap {
  /** The one that ends first, and the other. */
  both: [CertificateBar, CertificateBar];
  from: number;
  to: number;
  y: number;
  height: number;
  begins: string;
  ends: string;
}

const day = 86_400_000;
/** A certificate that ends within this many days has to be thought of now. */
const soon = 60;
/** As wide as it is drawn until the room for it is known. */
const usual = 720;
/** What a bar's words and a month's name take at the size of small text. */
const wordRoom = 180;
const tickRoom = 80;
const top = 30;
const lane = 36;
const thickness = 28;

/**
 * Where everything lies in `width` pixels: from a little before today to a little after the first end, so that near ends
 * are seen.
 */
export function layOut(certificates: CertificateBar[], now: string, width: number = usual): Picture {
  const today = Date.parse(now);
  const [start, end] = span(certificates, today);
  const x = (at: number) => Math.round(((Math.min(Math.max(at, start), end) - start) / (end - start)) * width);
  const nowX = x(today);
  const bars = certificates.map((certificate, index) => bar(certificate, today, { x, width }, top + index * lane));
  return {
    width,
    height: top + certificates.length * lane + 22,
    now: nowX,
    nowEnd: nowX > width * 0.7,
    bars,
    overlaps: overlapsOf(bars, today).map((one) => ({ ...one, from: x(Date.parse(one.begins)), to: x(Date.parse(one.ends)) })),
    ticks: months(start, end, Math.max(1, Math.floor(width / tickRoom))).map(({ at, label }) => ({ x: x(at), label })),
  };
}

/** Each certificate with the one that ends next, while both are valid and that is not over. */
function overlapsOf(bars: Bar[], today: number): Omit<Overlap, "from" | "to">[] {
  const ordered = [...bars].sort((a, b) => Date.parse(a.certificate.not_after) - Date.parse(b.certificate.not_after));
  return ordered.slice(1).flatMap((next, index) => {
    const before = ordered[index];
    if (!before) return [];
    const begins = [before, next].map(({ certificate }) => certificate.not_before).reduce((a, b) => (Date.parse(a) > Date.parse(b) ? a : b));
    const ends = before.certificate.not_after;
    if (Date.parse(begins) >= Date.parse(ends) || Date.parse(ends) < today) return [];
    const y = Math.min(before.y, next.y);
    return [{ both: [before.certificate, next.certificate], begins, ends, y, height: Math.abs(before.y - next.y) + thickness }];
  });
}

function span(certificates: CertificateBar[], today: number): [number, number] {
  const ends = certificates.map((one) => Date.parse(one.not_after));
  const first = Math.min(today, ...ends.filter(Number.isFinite));
  const nearest = Math.min(...ends.filter((end) => end > today), today + 365 * day);
  const start = first - 60 * day;
  return [start, Math.max(nearest + 90 * day, today + 120 * day)];
}

function bar(certificate: CertificateBar, today: number, { x, width }: { x: (at: number) => number; width: number }, y: number): Bar {
  const [from, to] = [x(Date.parse(certificate.not_before)), x(Date.parse(certificate.not_after))];
  const ending = endingOf(certificate, today);
  const labelEnd = to > width * 0.6 && to > wordRoom;
  // A bar too short for its words lends them the room beside it.
  const beside = Math.max(0, Math.min(to + 10, width - wordRoom));
  const labelX = labelEnd ? to - 10 : to - from > wordRoom + 20 ? from + 10 : beside;
  return { certificate, ending, tone: tones[ending], from, to: Math.max(to, from + 2), y, labelX, labelEnd };
}

export function endingOf(certificate: CertificateBar, today: number): Ending {
  if (Date.parse(certificate.not_before) > today) return "not-yet";
  const left = Date.parse(certificate.not_after) - today;
  if (left < 0) return "ended";
  return left < soon * day ? "soon" : "later";
}

function months(start: number, end: number, most: number): { at: number; label: string }[] {
  const every = Math.max(1, Math.ceil((end - start) / (30 * day) / most));
  const first = new Date(start);
  const ticks = [];
  for (let month = first.getMonth() + 1; ; month += every) {
    const at = new Date(first.getFullYear(), month, 1);
    if (at.getTime() > end - 20 * day) return ticks;
    ticks.push({ at: at.getTime(), label: tickLabel(at, ticks.length === 0) });
  }
}

function tickLabel(at: Date, first: boolean): string {
  const withYear = first || at.getMonth() === 0;
  return new Intl.DateTimeFormat("en-GB", withYear ? { month: "short", year: "numeric" } : { month: "short" }).format(at);
}
