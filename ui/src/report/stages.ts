import type { Shape } from "../components/types";
import { deadline } from "../format";
import type { Report, ServerRow } from "../host/types";
import { t } from "../texts";
import { decides, ttlLeft } from "./verdict";

/** How far a record has come: said in a shape and a few words. */
export interface Stage {
  title: string;
  shape: Shape;
  word: string;
  hint: string;
}

/** Whether the zone's own name servers have it. */
export function publishedStage(report: Report | null, domain: string): Stage {
  const title = t("domains-stage-published");
  if (report === null) {
    const hint = t("domains-published-hint", { domain });
    return { title, shape: "not-started", word: t("domains-published-unknown"), hint };
  }
  return { title, ...publishedLook(report), hint: countText(report) };
}

export const decidingRows = ({ servers }: Report): ServerRow[] => servers.filter(({ role }) => decides(role));

function publishedLook(report: Report): Pick<Stage, "shape" | "word"> {
  const rows = decidingRows(report);
  if (report.verdict === "verified") {
    const all = rows.every(({ status }) => status === "right");
    return { shape: "done-by-evidence", word: t(all ? "domains-published-yes" : "domains-published-answering") };
  }
  if (report.verdict === "unreachable") return { shape: "cannot-be-seen", word: t("domains-published-unseen") };
  if (rows.length > 0 && rows.every(({ status }) => status === "right")) return { shape: "done-by-evidence", word: t("domains-published-yes") };
  if (rows.some(({ status }) => status === "wrong-value")) return { shape: "error", word: t("domains-published-wrong") };
  if (report.verdict === "problem") return { shape: "error", word: t("domains-published-bad") };
  if (rows.some(({ status }) => status === "right")) return { shape: "waiting", word: t("domains-published-some") };
  return { shape: "waiting", word: t("domains-published-no") };
}

function countText(report: Report): string {
  const names = (rows: ServerRow[]) => new Set(rows.map(({ server }) => server)).size;
  const rows = decidingRows(report);
  const right = names(rows.filter(({ status }) => status === "right"));
  const zone = report.zone ?? report.domain;
  return rows.length === 0 ? "" : t("domains-published-count", { right, total: names(rows), zone });
}

/** Whether everybody's resolvers can see it. */
export function visibleStage(report: Report | null, now: string): Stage {
  const title = t("domains-stage-visible");
  const stage = (shape: Shape, word: string, hint: string): Stage => ({ title, shape, word, hint });
  if (report?.verdict === "unreachable") return stage("cannot-be-seen", t("domains-published-unseen"), t("domains-visible-later-hint"));
  if (report?.findings.some(({ code }) => code === "dnssec-broken")) return stage("error", t("domains-visible-held"), t("domains-visible-held-hint"));
  if (report?.verdict !== "verified") return stage("waiting", t("domains-visible-later"), t("domains-visible-later-hint"));
  if (report.visible_by === null) return stage("cannot-be-seen", t("domains-visible-unknown"), t("domains-visible-unknown-hint"));
  const hint = (id: string) => [seenBy(report), t(id)].filter(Boolean).join(" ");
  const isOver = Date.parse(report.visible_by) <= Date.parse(now);
  const isBehind = (row: ServerRow) => isOff(row) && (ttlLeft(row, Date.parse(now)) ?? 0) > 0;
  if (isOver && report.servers.some(isBehind)) return stage("waiting", t("domains-visible-most"), hint("domains-visible-most-hint"));
  if (isOver && report.servers.some(isOff)) return stage("done-by-evidence", t("domains-visible-yes"), t("domains-visible-yes-hint"));
  if (isOver) return stage("done-by-evidence", t("domains-visible-yes"), hint("domains-visible-yes-hint"));
  return stage("waiting", t("domains-visible-by", { when: deadline(report.visible_by) }), hint("domains-visible-by-hint"));
}

/** Whether a public resolver said something else than the name servers. */
const isOff = ({ role, status }: ServerRow): boolean => role === "resolver" && (status === "missing" || status === "wrong-value");

/** How many of the public resolvers that answered have it. */
function seenBy({ servers }: Report): string {
  const asked = servers.filter((row) => (row.role === "resolver" && row.status === "right") || isOff(row));
  const right = asked.filter(({ status }) => status === "right").length;
  return asked.length === 0 ? "" : t("domains-visible-count", { right, total: asked.length });
}

/** Whether the service has taken it, where nobody signed in: only the service knows. */
export const unseenStage = (): Stage => ({
  title: t("domains-stage-accepted"),
  shape: "cannot-be-seen",
  word: t("check-domain-accepted-unseen"),
  hint: t("check-domain-accepted-hint"),
});
