import type { Shape } from "../components/types";
import { deadline, duration } from "../format";
import type { CheckSoFar, Finding, Report, ServerRole, ServerRow, ServerStatus, Verdict } from "../host/types";
import { hasText, t, tf } from "../texts";

export const verdictShape: Record<Verdict, Shape> = {
  verified: "done-by-evidence",
  waiting: "waiting",
  problem: "error",
  unreachable: "cannot-be-seen",
};

/** The one sentence. The worst finding says it better than the verdict alone, where there is one. */
export function verdictText(report: Report, spokenTime: (at: string) => string = deadline): string {
  const { verdict, visible_by, findings } = report;
  const worst = findings.find(({ severity }) => severity === "error") ?? findings.find(({ severity }) => severity === "warning");
  if (worst && verdict !== "verified") return tf(worst).message;
  const by = `check-domain-${verdict}-by`;
  if (visible_by && hasText(by)) return t(by, { when: spokenTime(visible_by) });
  const present = uncompared(report);
  if (present) return tf(present).message;
  return t(`check-domain-${verdict}`);
}

/** What says that there is a record, where nobody said which value it should have. */
const uncompared = ({ verdict, findings }: Report): Finding | undefined =>
  verdict === "waiting" ? findings.find(({ code }) => code === "txt-present") : undefined;

export const isUncompared = (report: Report): boolean => uncompared(report) !== undefined;

export const shapeOf = (report: Report): Shape => (isUncompared(report) ? "done-by-word" : verdictShape[report.verdict]);

/** The verdict sentence, the finding that says the same with what to do about it, and the other findings. */
export function spokenBy(report: Report): { says: string; spoken?: Finding; fix: string; rest: Finding[] } {
  const says = verdictText(report);
  const spoken = report.findings.find((finding) => tf(finding).message === says);
  return { says, spoken, fix: spoken ? tf(spoken).fix : "", rest: report.findings.filter((finding) => finding !== spoken) };
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

const shownAtOnce = 3;

/** The values of an answer: the expected one first, and no more than are read at a glance; then the others. */
export function atAGlance({ values }: ServerRow, expected: string | null): { first: string[]; others: string[] } {
  const isExpected = (value: string) => value === expected;
  const sorted = [...values.filter(isExpected), ...values.filter((value) => !isExpected(value))];
  return { first: sorted.slice(0, shownAtOnce), others: sorted.slice(shownAtOnce) };
}

const order: ServerRole[] = ["delegated", "resolver", "system", "parent", "root"];
/** Whether its answer is part of the verdict. */
export const decides = (role: ServerRole): boolean => role === "delegated";
export const isStatus = (text: string): text is ServerStatus => text in statusShapes;
export const statusText = (status: ServerStatus): string => t(`server-status-${status}`);
/** How long the answer is still kept: a resolver's runs down, that of a server of the zone begins anew with each question. */
export function ttlLeft({ role, ttl, asked_at }: ServerRow, now: number = Date.now()): number | null {
  if (typeof ttl !== "number" || decides(role)) return ttl ?? null;
  return Math.max(0, ttl - Math.round((now - Date.parse(asked_at)) / 1000));
}
export const ttlText = (ttl: number | null | undefined): string => (typeof ttl === "number" ? duration(ttl) : t("check-domain-no-ttl"));

/** What the servers that have answered agree on, and who is still waited for. */
export function soFarText({ servers, waiting, expected, zone, report }: CheckSoFar): string {
  const names = (all: { server: string }[]) => [...new Set(all.map(({ server }) => server))];
  const right = names(servers.filter(({ status }) => status === "right")).length;
  const answered = names(servers).length;
  const has = answered === 0 ? t("so-far-none", { zone }) : expected === null ? "" : t("so-far-right", { right, answered });
  const open = waiting.length > 0 ? t(report ? "so-far-may-add" : "so-far-waiting", { servers: names(waiting).join(", ") }) : "";
  return [has, open].filter(Boolean).join(" ");
}

/** What a table of servers is about: a report, or what is known of one. */
export type Asked = Pick<Report, "servers" | "domain" | "zone" | "expected">;

export interface ServerGroup {
  label: string;
  note: string;
  rows: ServerRow[];
}

/** The servers by what they are, those that decide first. Those that only showed the way are not shown. */
export function groupsOf(report: Asked): ServerGroup[] {
  const rowsOf = (role: ServerRole) => report.servers.filter((row) => row.role === role && row.status !== "referred");
  const label = (role: ServerRole) => t(`server-role-${role}`, { zone: report.zone ?? report.domain });
  const groups = order.map((role) => ({ label: label(role), note: t(`server-role-${role}.note`), rows: rowsOf(role) }));
  return groups.filter(({ rows }) => rows.length > 0);
}
