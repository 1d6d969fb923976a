import { clockSeconds, withZone } from "../format";
import type { Report, ServerRow, WatchSubject } from "../host/types";
import { atAGlance, decides, statusText, verdictText } from "../report/verdict";
import { t, tf } from "../texts";

/** What goes into a ticket: whole sentences, with the zone in the time, because it is read elsewhere. */
export function ticketNote(report: Report): string {
  const says = verdictText(report, withZone);
  const sentences = report.findings.map(tf).map(({ message, fix }) => [message === says ? "" : message, fix].filter(Boolean).join(" "));
  const servers = report.servers.filter(({ role }) => decides(role)).map((row) => serverLines(row, report.expected));
  return [
    t("check-domain-note-head", { domain: report.unicode, when: withZone(report.checked_at) }),
    t("check-domain-note-name", { name: report.name }),
    [says, ...sentences].filter(Boolean).join("\n\n"),
    servers.join("\n"),
  ]
    .filter(Boolean)
    .join("\n\n");
}

function serverLines(row: ServerRow, expected: string | null): string {
  const { first, others } = atAGlance(row, expected);
  const more = others.length > 0 ? [t("check-domain-more-values", { count: others.length })] : [];
  return [`${row.server}: ${statusText(row.status)}`, ...first, ...more].join("\n");
}

export const checkedAt = ({ checked_at, took_ms }: Report): string =>
  t("check-domain-checked", { at: clockSeconds(checked_at), took: (took_ms / 1000).toFixed(1) });

/** What stands in front of the domain in the record's name. */
export const labelOf = ({ name, domain }: Report): string => (name.endsWith(`.${domain}`) ? name.slice(0, -domain.length - 1) : name);

/** What a watch of the record is about. */
export const subjectOf = (report: Report, label: string): WatchSubject => ({
  kind: "record",
  domain: report.domain,
  label,
  expected: report.expected ?? null,
});
