import { endingOf, type Ending } from "../components/timeline";
import type { Shape } from "../components/types";
import { date } from "../format";
import type { CertificateEntry, Finding } from "../host/types";
import { t } from "../texts";

const shapes: Record<Ending, Shape> = { ended: "error", soon: "warning", "not-yet": "warning", later: "done-by-evidence" };
const words: Record<Ending, string> = { ended: "expiry-ended", soon: "expiry-soon", "not-yet": "expiry-not-yet", later: "expiry-valid" };
const day = 86_400_000;

/** How a certificate stands now, in shape and words. */
export function standing({ certificate }: CertificateEntry, now: string): { shape: Shape; word: string } {
  const ending = endingOf(certificate, Date.parse(now));
  const until = ending === "not-yet" ? certificate.not_before : certificate.not_after;
  const days = Math.floor(Math.abs(Date.parse(until) - Date.parse(now)) / day);
  return { shape: shapes[ending], word: t(words[ending], { days, date: date(until) }) };
}

/** The dates are told by the standing; what is to be done about them is not. */
export const tellsDates = ({ code }: Finding): boolean => ["certificate-expired", "certificate-ends-soon", "certificate-not-yet-valid"].includes(code);

/** From so many on, there is something to type to find one. */
export const MANY = 8;

/** Whether the words are in the names of the project or of the certificate. */
export function matches({ of, certificate }: CertificateEntry, words: string): boolean {
  const text = [of.organization, of.service, of.idp, certificate.subject, certificate.sha256].join(" ").toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

/** Whether a reminder of any of them could still help. */
export const anyToCome = (entries: CertificateEntry[], now: string): boolean =>
  entries.some(({ certificate }) => Date.parse(certificate.not_after) > Date.parse(now));
