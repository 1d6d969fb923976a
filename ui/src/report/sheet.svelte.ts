import type { Host } from "../host/host";
import type { Finding, RecordAsked, RecordSheet, Report } from "../host/types";

/** The record's sheet, asked for anew when what it is about changes. Without it the record itself is still shown. */
export class SheetOf {
  #sheet = $state.raw<RecordSheet | null>(null);
  #latest = 0;

  get sheet(): RecordSheet | null {
    return this.#sheet;
  }

  async ask(host: Host, asked: RecordAsked | null): Promise<void> {
    const mine = ++this.#latest;
    const sheet = asked && (await host.recordSheet(asked).catch(() => null));
    if (mine === this.#latest) this.#sheet = sheet;
  }
}

/** The zone's name servers: as delegated, or else those that were asked. */
export function nameServers(report: Report | null): string[] {
  const delegation = report?.delegation.findLast(({ zone }) => zone === report.zone);
  const asked = report?.servers.filter(({ role }) => role === "delegated").map(({ server }) => server) ?? [];
  const names = delegation?.servers ?? asked;
  return names.filter((name, index) => names.indexOf(name) === index);
}

/** What is typed into the field of a panel that adds the zone: the name without it. */
export const hostInZone = ({ name, zone }: Report, label: string): string => (zone && name.endsWith(`.${zone}`) ? name.slice(0, -zone.length - 1) : label);

/** Whether a finding is repaired in the record itself. */
export const isAboutRecord = ({ code, severity }: Finding): boolean => code.startsWith("txt-") && severity !== "info";

/**
 * Whether it is no record at this name that has to be typed: all names are sent elsewhere, the record needs no change, or
 * no name server is left that would have it.
 */
export const isRepairedElsewhere = ({ findings }: Report): boolean =>
  findings.some(({ code, severity }) => code === "txt-dname" || code === "dnssec-broken" || (code.startsWith("server-") && severity === "error")) &&
  !findings.some(isMistyped);

const isMistyped = ({ code, severity }: Finding): boolean => code !== "txt-dname" && code.startsWith("txt-") && severity === "error";

export const askedOf = (
  record: { host: string; name: string; value: string },
  report: Report | null,
  chosen: string | null,
): RecordAsked => ({ ...record, zone: report?.zone ?? null, servers: nameServers(report), chosen });
