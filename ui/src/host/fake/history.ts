import type { DomainChange, DomainHistory, ProjectView } from "../types";
import { ago, days } from "./time";

const older = "token=a3vd9kq2mhw7xe5n1rtz8bcfuj";

/** What the service saw: a code of before, the right one, and of a domain whose record is gone, nothing. */
export function historyOf({ project }: ProjectView, name: string): DomainHistory | null {
  const known = project.known?.integration.domains.find((one) => one.name === name);
  if (!known || project.backend.kind === "portal") return null;
  const change = (at: number, verdict: string, status: string, values: string[]): DomainChange => ({
    at: ago(at),
    verdict,
    servers: ["ns37.domaincontrol.com", "ns38.domaincontrol.com"].map((server) => ({ server, status, values })),
  });
  if (known.state !== "verified") return { changes: [], checked_at: null };
  const changes = [
    change(8 * days, "verified", "right", [known.record.value]),
    change(9 * days, "problem", "wrong-value", [older]),
    change(10 * days, "waiting", "missing", []),
  ];
  const gone = known.missing_since ? [change(5 * days, "waiting", "missing", [])] : [];
  return { changes: [...gone, ...changes], checked_at: ago(60) };
}
