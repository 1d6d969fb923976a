import { HostError } from "../host";
import type { Report, Resolvers, ResolversEdit, ServerRow } from "../types";
import { isGiven } from "./domains";
import { ago } from "./time";

const known = [
  ["Google", "8.8.8.8", "https://dns.google/dns-query"],
  ["Cloudflare", "1.1.1.1", "https://cloudflare-dns.com/dns-query"],
  ["Quad9", "9.9.9.10", "https://dns10.quad9.net/dns-query"],
] as const;

export const originalResolvers = (): Resolvers => ({
  on: true,
  own: true,
  list: known.map(([operator, address, url]) => ({ resolver: { operator, address, url }, used: true })),
  original: true,
});

export function editResolvers({ on, own, list }: ResolversEdit): Resolvers {
  if (list === null) return { ...originalResolvers(), on, own };
  for (const { operator, address, url } of list) {
    if (operator.trim() === "") throw refused("operator");
    if (!/^[0-9a-f.:]+$/i.test(address.trim())) throw refused("address");
    if (url.trim() !== "" && !url.startsWith("https://")) throw refused("url");
  }
  const chosen = list.map(({ used, ...resolver }) => ({ resolver: { ...resolver, url: resolver.url || null }, used }));
  return { on, own, list: chosen, original: false };
}

const refused = (field: string) => new HostError({ code: "invalid-input", field: `resolver-${field}`, message: field });

/** The first of them looked too early; the others see what the name servers have. */
export function compared(report: Report, { on, list }: Resolvers, overHttps: boolean): Report {
  // A report of real servers is shown as it is.
  if (isGiven(report.domain)) return report;
  const may = overHttps ? report.findings.some(({ code }) => code.startsWith("port-53")) : report.verdict === "verified" && on;
  if (!may) return report;
  const used = list.filter((one) => one.used).map(({ resolver }) => resolver);
  const rows = used.map(({ operator, address }, index): ServerRow => {
    const early = index === 0 && !overHttps;
    const seen = early
      ? ({ status: "missing", values: [], ttl: 540 } as const)
      : ({ status: "right", values: report.expected ? [report.expected] : [], ttl: 3600 } as const);
    return { server: operator, address, role: "resolver", serial: null, asked_at: ago(0), took_ms: 24, ...seen, values: [...seen.values] };
  });
  const remembers = { code: "resolver-remembers-nothing", severity: "info", args: { resolvers: used[0]?.operator ?? "", amount: "one", until: ago(-9) } } as const;
  const findings = overHttps || used.length === 0 ? report.findings : [...report.findings, remembers];
  return { ...report, findings, servers: [...report.servers.filter(({ role }) => role !== "resolver"), ...rows] };
}
