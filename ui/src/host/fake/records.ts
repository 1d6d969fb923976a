import { HostError } from "../host";
import type { DnsHost, ListedDomain, RecordAsked, RecordSheet, Report } from "../types";
import { wrong } from "./domains";
import { ago } from "./time";

const hosts: (DnsHost & { servers: string })[] = [
  host("amazon-route-53", "Amazon Route 53", "awsdns", { quotes: "typed", name_label: "Record name" }),
  host("cloudflare", "Cloudflare", "ns.cloudflare.com", { name_field: "either", value_label: "Content" }),
  host("godaddy", "GoDaddy", "domaincontrol.com", { panel: "https://dcc.godaddy.com/" }),
];

function host(id: string, name: string, servers: string, more: Partial<DnsHost>): DnsHost & { servers: string } {
  const usual: DnsHost = { id, name, panel: null, name_field: "relative", quotes: "none", name_label: "Name", value_label: "Value", notes: [] };
  return { ...usual, ...more, servers };
}

export const operatorOf = (server: string): string | null => hosts.find(({ servers }) => server.includes(servers))?.name ?? null;

/** Zones whose DNS host was asked; `tailspintoys.com` names one that nobody knows. */
const connected = new Set<string>();
export const connectEndpoint = { host: "connect.harbourdns.example", path: "" };
export const namesDnsHost = (zone: string): boolean => zone === "tailspintoys.com" || zone === "fabrikam.com";
export const connectTo = (zone: string): void => void connected.add(zone);
const harbour = host("_domainconnect:harbourdns.example", "Harbour DNS", "harbourdns", { panel: "https://panel.harbourdns.example/tailspintoys.com", name_field: null, quotes: null, name_label: null, value_label: null });

/** What the core would write, for the three hosts above. */
export function recordSheet(asked: RecordAsked): RecordSheet {
  const zone = asked.zone ?? asked.name.slice(asked.host.length + 1);
  const seen = asked.servers;
  const chosen = hosts.find(({ id }) => id === asked.chosen);
  const itself = connected.has(zone) ? harbour : null;
  const found = chosen ?? itself ?? hosts.find(({ servers }) => seen.some((server) => server.includes(servers))) ?? null;
  const by = chosen ? "choice" : itself ? "domain-connect" : found ? "servers" : seen.length > 0 ? "unknown-servers" : "not-looked";
  const value = found?.quotes === "typed" ? `"${asked.value}"` : asked.value;
  const line = `${asked.name}. 3600 IN TXT "${asked.value}"`;
  const powershell = `Add-DnsServerResourceRecord -ZoneName '${zone}' -Name '${asked.host}' -Txt -DescriptiveText '${asked.value}' -TimeToLive 01:00:00`;
  return {
    advice: {
      by,
      host: found,
      seen,
      also: itself && !chosen ? hosts.filter(({ servers }) => seen.some((server) => server.includes(servers))).map(({ id, name }) => ({ id, name })) : [],
      panel_in_table: by !== "domain-connect",
      domain_connect: itself && {
        zone,
        endpoint: connectEndpoint,
        provider_id: "harbourdns.example",
        provider_name: "Harbour DNS",
        provider_display_name: null,
        url_sync_ux: null,
        url_control_panel: harbour.panel,
        asked_at: ago(0),
      },
      typed: {
        name: asked.host,
        whole_name: asked.name,
        zone,
        name_field: found?.name_field ?? null,
        value,
        quotes: found?.quotes ?? null,
      },
    },
    hosts: hosts.map(({ id, name }) => ({ id, name })),
    written: [
      { format: "bind", text: line },
      { format: "powershell", text: powershell },
    ],
    handout: {
      subject: `A TXT record for ${zone}`,
      mail: `Please add this TXT record to the public zone ${zone}.\n\nWhole name: ${asked.name}\nType: TXT\nValue: ${asked.value}\n\n${line}\n`,
      markdown: `| Whole name | \`${asked.name}\` |`,
      page: "<!doctype html>",
    },
    qr: { size: 21, path: finders },
  };
}

/** The three corners of a code and nothing between them. */
const corner = (x: number, y: number) =>
  `M${x} ${y}h7v1h-7zM${x} ${y + 6}h7v1h-7zM${x} ${y}h1v7h-1zM${x + 6} ${y}h1v7h-1zM${x + 2} ${y + 2}h3v3h-3z`;
export const finders = corner(0, 0) + corner(14, 0) + corner(0, 14);

export const sharedReport = (): Report => wrong("fabrikam.com", "token=k7m2qv4xhd3nla6p5wz2tyujre");

/** The first column of every row. */
export function listed(text: string): ListedDomain[] {
  const rows = text.split("\n").map((line, index) => ({ row: index + 1, input: line.split(/[,;\t]/)[0]?.trim() ?? "" }));
  const filled = rows.filter(({ input }) => input !== "");
  if (filled.length === 0) throw new HostError({ code: "invalid-input", field: "file", hints: ["list-empty"], message: "empty" });
  return filled.map(({ row, input }) => {
    const domain = input.split("@").at(-1) ?? "";
    const refused = domain.includes(".") ? null : ({ code: "domain-single-label", severity: "error", args: { domain, input } } as const);
    return { row, input, domain: refused ? null : domain, refused, expected: null };
  });
}

export const longList = (): string =>
  ["adatum.com", "it@fabrikam.com", "localhost", "silent.example", ...Array.from({ length: 240 }, (_, index) => `customer-${index}.example`)].join("\n");
