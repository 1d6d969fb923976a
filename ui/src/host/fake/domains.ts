import { HostError } from "../host";
import type { DomainQuery, DomainReport, ServerAnswer } from "../types";

const label = "_parallels-challenge";

/** What the name servers would say. `adatum.com` is right, `fabrikam.com` wrong, `silent.example` unreachable. */
export async function checkDomain(query: DomainQuery, signal: AbortSignal, delay: number): Promise<DomainReport> {
  await wait(delay, signal);
  const domain = query.subject.split("@").at(-1)?.trim().toLowerCase() ?? "";
  if (!domain.includes(".")) throw new HostError({ code: "invalid-domain", field: "subject", message: domain });
  return report(domain, query.label || label);
}

function wait(delay: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, delay);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(new HostError({ code: "cancelled", message: "cancelled" }));
    });
  });
}

function report(domain: string, name: string): DomainReport {
  const base = { domain, name: `${name}.${domain}`, checked_at: new Date().toISOString() };
  if (domain === "silent.example") return { ...base, verdict: "unreachable", servers: servers("silent", []), findings: [] };
  if (domain === "fabrikam.com") return { ...base, verdict: "problem", servers: servers("wrong-value", ["token=k7m2qv4xhd3n1a6p5wz2tyujre"]), findings: [wrong] };
  if (domain === "adatum.com") {
    const visible_by = new Date(Date.now() + 41 * 60_000).toISOString();
    return { ...base, verdict: "verified", visible_by, servers: servers("right", ["token=k7m2qv4xhd3nla6p5wz2tyujre"]), findings: [] };
  }
  return { ...base, verdict: "waiting", servers: servers("no-record", []), findings: [] };
}

const wrong = {
  code: "fake-wrong-value",
  severity: "error" as const,
  evidence: [{ source: "ns37.domaincontrol.com", value: "token=k7m2qv4xhd3n1a6p5wz2tyujre" }],
};

function servers(status: string, values: string[]): ServerAnswer[] {
  const ttl = values.length > 0 ? 3600 : null;
  const answer = (server: string, role: string): ServerAnswer => ({ server, role, status, values, ttl, serial: null });
  return [
    answer("ns37.domaincontrol.com", "authoritative"),
    answer("ns38.domaincontrol.com", "authoritative"),
    { ...answer("10.20.0.10", "system"), status: "no-record", values: [], ttl: 900 },
  ];
}
