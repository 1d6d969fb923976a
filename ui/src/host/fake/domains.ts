import { HostError } from "../host";
import type { CheckSoFar, Finding, Report, ServerRole, ServerRow, ServerStatus } from "../types";
import { mistakes } from "./mistakes";
import { ago } from "./time";

export const label = "_parallels-challenge";
const token = "token=k7m2qv4xhd3nla6p5wz2tyujre";
const mistyped = "token=k7m2qv4xhd3n1a6p5wz2tyujre";

/** Reports of real name servers, to be shown as they are. */
const givenReports = (): Record<string, Report> => (globalThis as { givenReports?: Record<string, Report> }).givenReports ?? {};
export const isGiven = (domain: string): boolean => domain in givenReports();

/** What the name servers would say. `adatum.com` is right, `fabrikam.com` wrong, `silent.example` unreachable. */
export async function checkDomain(text: string, host: string, expected: string | null, signal: AbortSignal, delay: number): Promise<Report> {
  await wait(delay, signal);
  const domain = text.split("@").at(-1)?.trim().toLowerCase() ?? "";
  if (!domain.includes(".")) {
    const args = { domain, input: text };
    throw new HostError({ code: "invalid-input", field: "domain", hints: ["domain-single-label"], args, message: domain });
  }
  const name = `${host}.${domain}`;
  const given = givenReports()[domain];
  if (given) return given;
  const known = { "adatum.com": present, "fabrikam.com": wrong, "silent.example": silent, "blocked.example": blocked };
  const make = Object.entries(known).find(([one]) => one === domain)?.[1] ?? mistakes[domain.split(".")[0] ?? ""] ?? absent;
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

export const report = (domain: string, expected: string, seen: Seen): Report => ({
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
    findings: [finding("txt-missing", "warning", { wait: "minutes", minutes: "10", name: `${label}.${domain}`, host: label, zone: domain })],
    servers: servers("missing", []),
  });

export const wrong = (domain: string, expected: string): Report =>
  report(domain, expected, {
    verdict: "problem",
    findings: [
      {
        ...finding("txt-wrong-value", "error", { how: "close", position: "19", found_character: "1", expected_character: "l", host: label, zone: domain }),
        evidence: [{ source: "ns37.domaincontrol.com", value: mistyped }],
      },
    ],
    servers: servers("wrong-value", [mistyped]),
    near_miss: {
      name: `${label}.${domain}`,
      server: "ns37.domaincontrol.com",
      found: mistyped,
      parts: [
        { kind: "same", text: mistyped.slice(0, 18) },
        { kind: "extra", text: "1" },
        { kind: "missing", text: "l" },
        { kind: "same", text: mistyped.slice(19) },
      ],
    },
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

/** One of two servers has answered. */
export function soFar(text: string): CheckSoFar {
  const domain = text.split("@").at(-1)?.trim() ?? "";
  const [first, second] = servers("right", [token]);
  const waiting = second ? [{ server: second.server, address: second.address ?? "" }] : [];
  const now = report(domain, token, { verdict: "verified", visible_by: null, findings: [], servers: first ? [first] : [] });
  return { domain, zone: domain, expected: token, servers: first ? [first] : [], waiting, report: now };
}

export const finding = (code: string, severity: Finding["severity"], args: Record<string, string>): Finding => ({ code, severity, args });

export const row = (server: string, address: string, role: ServerRole, status: ServerStatus, values: string[]): ServerRow => {
  return { server, address, role, status, values, ttl: values.length > 0 ? 3600 : null, serial: 2026112201, asked_at: ago(0), took_ms: 31 };
};

export function servers(status: ServerStatus, values: string[]): ServerRow[] {
  return [
    row("ns37.domaincontrol.com", "97.74.108.19", "delegated", status, values),
    row("ns38.domaincontrol.com", "173.201.76.19", "delegated", status, values),
    { ...row("10.20.0.10", "10.20.0.10", "system", "missing", []), ttl: 900 },
  ];
}
