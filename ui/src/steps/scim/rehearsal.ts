import type { Shape } from "../../components/types";
import type { Rehearsal, RehearsalCheck, RehearsalOutcome, RehearsalPart } from "../../host/types";
import { t } from "../../texts";

/** The checks in the order in which they were made, part by part. */
export function byPart(checks: RehearsalCheck[]): { part: RehearsalPart; checks: RehearsalCheck[] }[] {
  const parts: { part: RehearsalPart; checks: RehearsalCheck[] }[] = [];
  for (const check of checks) {
    const known = parts.find(({ part }) => part === check.part);
    if (known) known.checks.push(check);
    else parts.push({ part: check.part, checks: [check] });
  }
  return parts;
}

/** How many checks came out in each of the three ways, for the text. */
export function counted({ checks }: Rehearsal): { passed: number; failed: number; open: number } {
  const count = (outcome: RehearsalOutcome) => checks.filter((check) => check.outcome === outcome).length;
  return { passed: count("passed"), failed: count("failed"), open: count("not-tried") };
}

export function shapeOfCheck({ outcome, finding }: RehearsalCheck): Shape {
  if (outcome === "passed") return "done-by-evidence";
  if (outcome === "not-tried") return "not-started";
  return finding?.severity === "warning" ? "warning" : "error";
}

/** What came of the whole, in a sentence. */
export function verdictOfRehearsal(rehearsal: Rehearsal): { shape: Shape; says: string } {
  const { failed } = counted(rehearsal);
  if (rehearsal.ended?.kind === "unreached") return { shape: "error", says: t("rehearsal-unreached", { reason: rehearsal.ended.reason }) };
  if (rehearsal.ended?.kind === "stopped")
    return rehearsal.left_behind.length === 0
      ? { shape: "in-progress", says: t("rehearsal-stopped") }
      : { shape: "warning", says: t("rehearsal-stopped-left") };
  if (rehearsal.ended?.kind === "unusable") return { shape: "error", says: t("rehearsal-unusable") };
  if (failed === 0) return { shape: "done-by-evidence", says: t("rehearsal-good") };
  const worst = rehearsal.checks.some(({ finding }) => finding?.severity === "error");
  return { shape: worst ? "error" : "warning", says: t("rehearsal-bad", { count: failed }) };
}
