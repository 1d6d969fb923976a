import { HostError } from "../host";
import type { Finding, Report, ServerRole, ServerRow, ServerStatus } from "../types";
import { ago } from "./time";

const label = "_parallels-challenge";
const token = "token=k7m2qv4xhd3nla6p5wz2tyujre";
const mistyped = "token=k7m2qv4xhd3n1a6p5wz2tyujre";

/** What the name servers would say. `adatum.com` is right, `fabrikam.com` wrong, `silent.example` unreachable. */
export async function checkDomain(text: string, host: string, expected: string | null, signal: AbortSignal, delay: number): Promise<Report> {
  await wait(delay, signal);
  const domain = text.split("@").at(-1)?.trim().toLowerCase() ?? "";
  if (!domain.includes(".")) {
    const args = { domain, input: text };
    throw new HostError({ code: "invalid-input", field: "domain", hints: ["domain-single-label"], args, message: domain });
  }
  const name = `${host}.${domain}`;
  const known = { "adatum.com": present, "fabrikam.com": wrong, "silent.example": silent, "blocked.example": blocked };
  const make = Object.entries(known).find(([one]) => one === domain)?.[1] ?? absent;
  return { ...make(domain, expected ?? token), name };
}

export function wait(delay: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, delay);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(new HostError({ code: "cancelled", message: "cancelled" }));
    });
  });
}

type Seen = Pick<Report, "verdict" | "findings" | "servers"> & Partial<Report>;

const report = (domain: string, expected: string, seen: Seen): Report => ({
  domain,
  unicode: domain,
  name: `${label}.${domain}`,
  zone: domain,
  expected,
  visible_by: null,
  delegation: [{ zone: domain, servers: ["ns37.domaincontrol.com", "ns38.domaincontrol.com"], ttl: 86_400 }],
  checked_at: ago(0),
  took_ms: 840,
  ...seen,
});

export const present = (domain: string, expected: string): Report =>
  report(domain, expected, { verdict: "verified", findings: [], servers: servers("right", [expected]), visible_by: ago(-41) });

export const absent = (domain: string, expected: string): Report =>
  report(domain, expected, {
    verdict: "waiting",
    findings: [finding("txt-missing", "warning", { wait: "minutes", minutes: "10", name: `${label}.${domain}`, zone: domain })],
    servers: servers("missing", []),
  });

export const wrong = (domain: string, expected: string): Report =>
  report(domain, expected, {
    verdict: "problem",
    findings: [
      {
        ...finding("txt-wrong-value", "error", { how: "close", position: "19", found_character: "1", expected_character: "l" }),
        evidence: [{ source: "ns37.domaincontrol.com", value: mistyped }],
      },
    ],
    servers: servers("wrong-value", [mistyped]),
  });

const silent = (domain: string, expected: string): Report =>
  report(domain, expected, {
    verdict: "unreachable",
    findings: [
      finding("server-silent", "error", {
        amount: "other",
        servers: "ns37.domaincontrol.com and ns38.domaincontrol.com",
        count: "2",
        total: "2",
        zone: domain,
      }),
    ],
    servers: servers("silent", []),
  });

/** A hotel's network, say. */
const blocked = (domain: string, expected: string): Report =>
  report(domain, expected, { verdict: "unreachable", findings: [finding("port-53-blocked", "error", { domain })], servers: [] });

const finding = (code: string, severity: Finding["severity"], args: Record<string, string>): Finding => ({ code, severity, args });

function servers(status: ServerStatus, values: string[]): ServerRow[] {
  const ttl = values.length > 0 ? 3600 : null;
  const row = (server: string, address: string, role: ServerRole): ServerRow => {
    return { server, address, role, status, values, ttl, serial: 2026112201, asked_at: ago(0), took_ms: 31 };
  };
  return [
    row("ns37.domaincontrol.com", "97.74.108.19", "delegated"),
    row("ns38.domaincontrol.com", "173.201.76.19", "delegated"),
    { ...row("10.20.0.10", "10.20.0.10", "system"), status: "missing", values: [], ttl: 900 },
  ];
}
