import type { Shape } from "../components/types";
import { clockSeconds, dayAndTime, duration, withZone } from "../format";
import type { DomainReport, DomainVerdict, ServerAnswer } from "../host/types";
import { firstText, hasText, t, tf } from "../texts";

export const verdictShape: Record<DomainVerdict, Shape> = {
  verified: "done-by-evidence",
  waiting: "waiting",
  problem: "error",
  unreachable: "cannot-be-seen",
};

/** The one sentence. The worst finding says it better than the verdict alone, where there is one. */
export function verdictText({ verdict, visible_by, findings }: DomainReport): string {
  const worst = findings.find(({ severity }) => severity === "error") ?? findings.find(({ severity }) => severity === "warning");
  if (worst && verdict !== "verified") return tf(worst).message;
  const by = `check-domain-${verdict}-by`;
  if (visible_by && hasText(by)) return t(by, { when: dayAndTime(visible_by) });
  return t(`check-domain-${verdict}`);
}

const statusShapes: Record<string, Shape> = {
  right: "done-by-evidence",
  present: "done-by-word",
  "wrong-value": "error",
  "no-record": "not-needed",
  alias: "error",
  silent: "cannot-be-seen",
  refused: "cannot-be-seen",
  broken: "error",
};

/** A server that decides nothing asks for nothing: grey, whatever it says. */
export function statusShape({ role, status }: ServerAnswer): Shape {
  const shape = statusShapes[status] ?? "not-started";
  return shape === "error" && !decides(role) ? "waiting" : shape;
}

export const decides = (role: string): boolean => role === "authoritative";
export const statusText = (status: string): string => firstText([`server-status-${status}`, "server-status-other"], { status });
export const ttlText = (ttl: number | null | undefined): string => (typeof ttl === "number" ? duration(ttl) : t("check-domain-no-ttl"));

/** The servers by what they are, those that decide first. */
export function groupsOf(report: DomainReport): { label: string; note: string; rows: ServerAnswer[] }[] {
  const roles = [...new Set(report.servers.map(({ role }) => role))].sort((a, b) => Number(decides(b)) - Number(decides(a)));
  return roles.map((role) => {
    const id = hasText(`server-role-${role}`) ? `server-role-${role}` : "server-role-other";
    const note = hasText(`${id}.note`) ? t(`${id}.note`) : "";
    return { label: t(id, { domain: report.domain }), note, rows: report.servers.filter((one) => one.role === role) };
  });
}

/** What goes into a ticket: whole sentences, with the zone in the time, because it is read elsewhere. */
export function ticketNote(report: DomainReport): string {
  const found = report.findings.map(tf).flatMap(({ message, fix }) => [message, fix].filter(Boolean).join(" "));
  const servers = report.servers.map((one) => `${one.server}: ${statusText(one.status)}${values(one)}`);
  return [
    t("check-domain-note-head", { domain: report.domain, when: withZone(report.checked_at) }),
    t("check-domain-note-name", { name: report.name }),
    verdictText(report),
    ...found.filter((text) => !text.startsWith(verdictText(report)) || text.length > verdictText(report).length),
    servers.join("\n"),
  ].join("\n\n");
}

const values = ({ values }: ServerAnswer): string => (values.length > 0 ? ` (${values.join(" | ")})` : "");

export const checkedAt = (report: DomainReport): string => t("check-domain-checked", { at: clockSeconds(report.checked_at) });
