import type { Finding, NearMiss, Report, ServerRow } from "../types";
import { finding, label, report, row, servers } from "./domains";
import { ago, days } from "./time";

/** What a check finds of domains on which something went wrong, each in its own way; by the first word of the domain. */
export const mistakes: Record<string, (domain: string, expected: string) => Report> = { doubled, lagging, remembers, moved, bogus, quoted };

const where = (domain: string): Record<string, string> => ({ name: `${label}.${domain}`, host: label, zone: domain });

function doubled(domain: string, expected: string): Report {
  const found_at = `${label}.${domain}.${domain}`;
  const evidence = [{ source: `${found_at} TXT, ns37.domaincontrol.com`, value: expected }];
  const found: Finding = { ...finding("txt-doubled-zone", "error", { ...where(domain), found_at }), evidence };
  return report(domain, expected, { verdict: "problem", findings: [found], servers: servers("missing", []) });
}

/** One server has the record, the other one an older copy of the zone. */
function lagging(domain: string, expected: string): Report {
  const [first, second] = servers("right", [expected]);
  const behind = "ns38.domaincontrol.com";
  const late: ServerRow[] = first && second ? [first, { ...second, status: "missing", values: [], ttl: 600, serial: 2026112200 }] : [];
  const args = { ...where(domain), behind, amount: "one", count: "1", total: "2" };
  return report(domain, expected, { verdict: "waiting", findings: [finding("servers-disagree", "warning", args)], servers: late });
}

/** Every name server has it; a resolver was asked before. */
function remembers(domain: string, expected: string): Report {
  const until = ago(-41);
  const asked = (operator: string, address: string, right: boolean): ServerRow => ({
    ...row(operator, address, "resolver", right ? "right" : "missing", right ? [expected] : []),
    ttl: right ? 3600 : 2460,
    serial: null,
  });
  const resolvers = [asked("Google", "8.8.8.8", true), asked("Cloudflare", "1.1.1.1", false), asked("Quad9", "9.9.9.10", true)];
  return report(domain, expected, {
    verdict: "verified",
    findings: [finding("resolver-remembers-nothing", "info", { resolvers: "Cloudflare", amount: "one", until })],
    servers: [...servers("right", [expected]).filter(({ role }) => role === "delegated"), ...resolvers],
    visible_by: until,
  });
}

/** Edited where the domain was before it moved. */
function moved(domain: string, expected: string): Report {
  const args = { ...where(domain), server: "ns1.olddns.example", servers: "ns37.domaincontrol.com, ns38.domaincontrol.com" };
  const found: Finding = { ...finding("txt-at-former-servers", "error", args), evidence: [{ source: "ns1.olddns.example", value: expected }] };
  const differ: Finding = {
    ...finding("zone-servers-differ", "info", { zone: domain }),
    evidence: [
      { source: "parent", value: "ns37.domaincontrol.com, ns38.domaincontrol.com" },
      { source: "zone", value: "ns1.olddns.example" },
    ],
  };
  return report(domain, expected, { verdict: "problem", findings: [found, differ], servers: servers("missing", []) });
}

function bogus(domain: string, expected: string): Report {
  const broken: Finding = { ...finding("dnssec-broken", "error", { zone: domain, how: "other-key" }), evidence: [{ source: "DNSSEC", value: "DS 41212, DNSKEY 5390" }] };
  return report(domain, expected, { verdict: "problem", findings: [broken], servers: servers("right", [expected]), visible_by: ago(-days) });
}

function quoted(domain: string, expected: string): Report {
  const value = `"${expected}"`;
  const near_miss: NearMiss = {
    name: `${label}.${domain}`,
    server: "ns37.domaincontrol.com",
    found: value,
    parts: [
      { kind: "extra", text: '"' },
      { kind: "same", text: expected },
      { kind: "extra", text: '"' },
    ],
  };
  const found: Finding = { ...finding("txt-quoted", "error", where(domain)), evidence: [{ source: "ns37.domaincontrol.com", value }] };
  return report(domain, expected, { verdict: "problem", findings: [found], servers: servers("wrong-value", [value]), near_miss });
}
