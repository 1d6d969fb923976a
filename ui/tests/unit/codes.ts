import { readFileSync } from "node:fs";
import { join } from "node:path";

const bindings = readFileSync(join(import.meta.dirname, "../../src/bindings/index.ts"), "utf8");

/** The literals of a generated union type. */
function union(name: string): string[] {
  const body = bindings.split(`export type ${name} = `)[1]?.split(/;\n/)[0] ?? "";
  return [...body.matchAll(/"([a-z0-9-]+)"/g)].map((match) => match[1] ?? "");
}

export const FAILURE_CODES = union("FailureCode");
export const STEPS = union("StepId");
export const VALUE_KEYS = union("ValueKey");
export const SERVER_STATUSES = union("ServerStatus");
export const SERVER_ROLES = union("ServerRole");
if (FAILURE_CODES.length < 10) throw new Error("the generated FailureCode was not found");
