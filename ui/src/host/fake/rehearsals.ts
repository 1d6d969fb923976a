import type { Finding, Rehearsal, RehearsalCheck, RehearsalPart, RehearsalSoFar } from "../types";

const endpoint = ["connection", "description", "schemas"];
const entra = ["lookup-nobody", "create-user", "external-id-kept", "lookup-user", "update-attribute", "deactivate-text", "create-group", "members-add", "members-remove-list", "delete-user"];
const entraOptscim = ["create-user", "update-pathless", "deactivate", "members-add", "members-remove-path", "delete-user"];
const okta = ["list-users", "lookup-nobody", "create-user", "put-user", "deactivate-pathless", "create-group", "members-replace", "members-empty", "delete-group"];
const pingone = ["lookup-nobody", "create-user", "two-primary", "put-user", "deactivate-put", "members-add", "delete-user"];
const sequences: Record<string, [RehearsalPart, string[]][]> = {
  entra: [["endpoint", endpoint], ["entra", entra], ["entra-optscim", entraOptscim]],
  okta: [["endpoint", endpoint], ["okta", okta]],
  pingone: [["endpoint", endpoint], ["pingone", pingone]],
};

/** What does not work at a service as it was some years ago, with the status it answers. */
const faults: Record<string, Partial<Finding>> = {
  "entra.update-attribute": { severity: "error", args: { part: "entra", effect: "silent", status: "200", op: "Replace" } },
  "entra.deactivate-text": { severity: "error", args: { part: "entra", effect: "refused", status: "400" } },
  "entra.members-add": { severity: "error", args: { part: "entra", effect: "silent", status: "204", op: "Add" } },
};

function checkOf(part: RehearsalPart, name: string, faulty: boolean): RehearsalCheck {
  const id = `${part}.${name}`;
  const fault = faulty ? faults[id] : undefined;
  const path = name.includes("member") || name.includes("group") ? "/Groups/9d2f" : "/Users/3c1a";
  const evidence = [
    { source: `PATCH ${path}`, value: fault?.args?.status ?? "200" },
    { source: `GET ${path}`, value: "200" },
  ];
  const finding = fault ? { severity: "error" as const, ...fault, code: `rehearsal-${name}`, evidence } : null;
  // What needs a group with members is not tried where members cannot be added.
  const open = faulty && id === "entra.members-remove-list";
  return { id, part, text: `rehearsal-${name}`, outcome: fault ? "failed" : open ? "not-tried" : "passed", finding, evidence: open ? [] : evidence };
}

/** A rehearsal, one check after the other; `faulty` at a service that does not understand Entra's own dialect. */
export async function rehearse(
  idp: string,
  faulty: boolean,
  delay: number,
  signal: AbortSignal,
  heard: (soFar: RehearsalSoFar) => unknown,
): Promise<Rehearsal> {
  const parts = sequences[idp] ?? [["endpoint", endpoint], ["entra", entra], ["okta", okta], ["pingone", pingone]];
  const checks = parts.flatMap(([part, names]) => names.map((name) => checkOf(part, name, faulty)));
  for (const [index, newest] of checks.entries()) {
    if (signal.aborted) {
      const made = checks.map((check, place) => (place < index ? check : { ...check, outcome: "not-tried" as const, finding: null, evidence: [] }));
      return { checks: made, ended: { kind: "stopped" }, left_behind: [] };
    }
    heard({ done: index + 1, total: checks.length, newest });
    await new Promise((resolve) => setTimeout(resolve, delay));
  }
  return { checks, ended: null, left_behind: [] };
}
