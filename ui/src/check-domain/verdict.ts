import type { Shape } from "../components/types";
import { clockSeconds, dayAndTime, duration, withZone } from "../format";
import type { Report, ServerRole, ServerRow, ServerStatus, Verdict } from "../host/types";
import { hasText, t, tf } from "../texts";

export const verdictShape: Record<Verdict, Shape> = {
  verified: "done-by-evidence",
  waiting: "waiting",
  problem: "error",
  unreachable: "cannot-be-seen",
};

/** The one sentence. The worst finding says it better than the verdict alone, where there is one. */
export function verdictText({ verdict, visible_by, findings }: Report): string {
  const worst = findings.find(({ severity }) => severity === "error") ?? findings.find(({ severity }) => severity === "warning");
  if (worst && verdict !== "verified") return tf(worst).message;
  const by = `check-domain-${verdict}-by`;
  if (visible_by && hasText(by)) return t(by, { when: dayAndTime(visible_by) });
  return t(`check-domain-${verdict}`);
}

const statusShapes: Record<ServerStatus, Shape> = {
  right: "done-by-evidence",
  present: "done-by-word",
  "wrong-value": "error",
  missing: "not-needed",
  cname: "error",
  silent: "cannot-be-seen",
  refused: "error",
  lame: "error",
  broken: "error",
  "no-address": "error",
  "no-route": "cannot-be-seen",
  referred: "not-needed",
};

/** A server that decides nothing asks for nothing: grey, whatever it says. */
export function statusShape({ role, status }: ServerRow): Shape {
  const shape = statusShapes[status];
  return shape === "error" && !decides(role) ? "waiting" : shape;
}

const order: ServerRole[] = ["delegated", "resolver", "system", "parent", "root"];
const decides = (role: ServerRole): boolean => role === "delegated";
export const statusText = (status: ServerStatus): string => t(`server-status-${status}`);
export const ttlText = (ttl: number | null | undefined): string => (typeof ttl === "number" ? duration(ttl) : t("check-domain-no-ttl"));

export interface ServerGroup {
  label: string;
  note: string;
  rows: ServerRow[];
}

/** The servers by what they are, those that decide first. Those that only showed the way are not shown. */
export function groupsOf(report: Report): ServerGroup[] {
  const rowsOf = (role: ServerRole) => report.servers.filter((row) => row.role === role && row.status !== "referred");
  const label = (role: ServerRole) => t(`server-role-${role}`, { zone: report.zone ?? report.domain });
  const groups = order.map((role) => ({ label: label(role), note: t(`server-role-${role}.note`), rows: rowsOf(role) }));
  return groups.filter(({ rows }) => rows.length > 0);
}

/** What goes into a ticket: whole sentences, with the zone in the time, because it is read elsewhere. */
export function ticketNote(report: Report): string {
  const says = verdictText(report);
  const sentences = report.findings.map(tf).map(({ message, fix }) => [message === says ? "" : message, fix].filter(Boolean).join(" "));
  const servers = report.servers.filter(({ role }) => decides(role)).map(serverLine);
  return [
    t("check-domain-note-head", { domain: report.unicode, when: withZone(report.checked_at) }),
    t("check-domain-note-name", { name: report.name }),
    [says, ...sentences].filter(Boolean).join("\n\n"),
    servers.join("\n"),
  ]
    .filter(Boolean)
    .join("\n\n");
}

const serverLine = ({ server, status, values }: ServerRow): string =>
  [`${server}: ${statusText(status)}`, ...values.map((value) => `  ${value}`)].join("\n");

export const checkedAt = ({ checked_at, took_ms }: Report): string =>
  t("check-domain-checked", { at: clockSeconds(checked_at), took: (took_ms / 1000).toFixed(1) });
