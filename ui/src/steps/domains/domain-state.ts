import type { Shape } from "../../components/types";
import { clockSeconds, dayAndTime } from "../../format";
import type { Domain, DomainEntry, Finding, ProjectView, Report } from "../../host/types";
import { t } from "../../texts";
import { publishedStage, visibleStage, type Stage } from "../../report/stages";
import { shapeOf, verdictText } from "../../report/verdict";

/** One domain: what was entered here, and what the service knows of it. */
export interface DomainNow {
  entry: DomainEntry;
  known: Domain | null;
  service: string;
  now: string;
  /** Whether the service's word comes through the administrator, from its portal. */
  byHand: boolean;
}

export function domainNow(view: ProjectView, entry: DomainEntry): DomainNow {
  const domains = view.project.known?.integration.domains ?? [];
  const known = domains.find(({ name }) => name === entry.name) ?? null;
  return { entry, known, service: view.service_short_name, now: view.now, byHand: view.portal !== null };
}

/** The sentence, its shape, and what follows from it. */
export interface Said {
  shape: Shape;
  says: string;
  then: string;
}

export const isAccepted = ({ known }: DomainNow): boolean => known?.state === "verified";

export function verdictOf(domain: DomainNow): Said {
  const { entry, known, service, byHand } = domain;
  const args = { domain: entry.unicode, service };
  if (known === null && byHand) return { shape: "not-started", says: t("portal-says-record", args), then: t("portal-then-record", args) };
  if (known === null) return unsent(entry, args);
  const lost = goneOf(domain);
  if (lost) {
    const when = { since: dayAndTime(lost.since), until: dayAndTime(lost.until), days: lost.days };
    return { shape: "warning", says: t("domains-says-gone", args), then: t("domains-then-gone", { ...args, ...when }) };
  }
  if (isGone(domain)) return { shape: "warning", says: t("domains-says-gone-here", args), then: t("domains-then-gone-here", args) };
  if (isAccepted(domain)) {
    const when = dayAndTime(known.verified_at ?? known.added_at);
    const then = t(byHand ? "portal-then-accepted" : "domains-then-accepted", { ...args, when });
    return { shape: acceptedShape(domain), says: t("domains-says-accepted", args), then };
  }
  if (entry.report === null) return { shape: "not-started", says: t("domains-says-not-looked"), then: t("domains-then-not-looked") };
  return entry.report.verdict === "verified" ? published(domain, args) : seen(entry.report);
}

const day = 86_400_000;

/** Of an accepted domain whose record the service does not see any more: since when, until when, and how many days are left. */
export function goneOf({ known, now }: DomainNow): { since: string; until: string; days: number } | null {
  const { missing_since: since, lost_at: until } = known ?? {};
  if (known?.state !== "verified" || !since || !until) return null;
  return { since, until, days: Math.max(0, Math.ceil((Date.parse(until) - Date.parse(now)) / day)) };
}

/** Whether the record of an accepted domain is gone: the service says so, or the name servers did when they last said something. */
const isGone = (domain: DomainNow): boolean => goneOf(domain) !== null || (isAccepted(domain) && domain.entry.standing === "gone");

/** What the portal says is somebody's word until the record itself was seen. */
const acceptedShape = ({ byHand, entry }: DomainNow): Shape =>
  byHand && entry.standing !== "there" && entry.report?.verdict !== "verified" ? "done-by-word" : "done-by-evidence";

function unsent(entry: DomainEntry, args: { domain: string; service: string }): Said {
  if (entry.refusal.length > 0) return { shape: "error", says: t("domains-says-refused", args), then: "" };
  return { shape: "waiting", says: t("domains-says-unsent", args), then: t("domains-then-unsent", args) };
}

function published({ entry: { refusal }, byHand }: DomainNow, args: { domain: string; service: string }): Said {
  const then = t(byHand ? "portal-then-published" : refusal.length > 0 ? "domains-then-refused" : "domains-then-published", args);
  return { shape: "waiting", says: t("domains-says-published", args), then };
}

function seen(report: Report): Said {
  const at = t("domains-then-name", { name: report.name, when: dayAndTime(report.checked_at) });
  return { shape: shapeOf(report), says: verdictText(report), then: at };
}

/** The state in the list: a shape and a few words. */
export function stateOf(domain: DomainNow): { shape: Shape; word: string } {
  const { known, entry, service, byHand } = domain;
  if (isGone(domain)) return { shape: "warning", word: t("domains-gone") };
  if (isAccepted(domain)) return { shape: acceptedShape(domain), word: t("domains-accepted-yes") };
  if (known === null && entry.refusal.length > 0) return { shape: "error", word: t("domains-refused", { service }) };
  if (known === null && byHand) return { shape: "not-started", word: t("portal-record-open") };
  if (known === null) return { shape: "waiting", word: t("domains-unsent", { service }) };
  if (entry.report?.verdict === "verified") return { shape: "waiting", word: t("domains-published") };
  const { shape, word } = publishedStage(entry.report, entry.unicode);
  return { shape, word };
}

export const stagesOf = (domain: DomainNow): Stage[] => [publishedStage(domain.entry.report, domain.entry.unicode), visibleStage(domain.entry.report, domain.now), acceptedStage(domain)];

function acceptedStage(domain: DomainNow): Stage {
  const { known, service, byHand } = domain;
  const title = t("domains-stage-accepted");
  const accepted = isAccepted(domain);
  const word = t(accepted ? "domains-accepted-yes" : "domains-accepted-no");
  const lost = goneOf(domain);
  if (isGone(domain)) {
    const hint = lost ? t("domains-gone-days", { days: lost.days }) : t("domains-gone-here", { service });
    return { title, shape: "warning", word: t("domains-gone"), hint };
  }
  if (byHand) {
    const hint = t(accepted ? "portal-accepted-hint" : "portal-accepted-hint-open", { service });
    return { title, shape: accepted ? acceptedShape(domain) : "not-started", word, hint };
  }
  const looked = known?.verified_at ?? known?.checked_at;
  const hint = looked ? t("domains-accepted-looked", { service, when: dayAndTime(looked) }) : t("domains-accepted-not-looked", { service });
  return { title, shape: accepted ? "done-by-evidence" : "not-started", word, hint };
}

/** What the verdict says already is not said twice. */
export const findingsOf = ({ entry, known }: DomainNow): Finding[] =>
  known?.state === "verified" || entry.report?.verdict === "verified"
    ? (entry.report?.findings.filter(({ severity }) => severity !== "info") ?? [])
    : (entry.report?.findings ?? []);

export const checkedAt = ({ checked_at, took_ms }: Report): string =>
  t("domains-checked", { at: clockSeconds(checked_at), took: (took_ms / 1000).toFixed(1) });
