import type { Shape } from "../components/types";
import { spokenFault } from "../faults";
import { t, tf } from "../texts";
import { verdictText } from "../report/verdict";
import type { BulkRow, RowState } from "./bulk.svelte";

export const rowStates: RowState[] = ["verified", "present", "waiting", "problem", "unreachable", "refused", "failed", "queued", "running"];
export const stateWord = (state: RowState): string => t(`bulk-${state}`);

const shapes: Record<RowState, Shape> = {
  verified: "done-by-evidence",
  present: "done-by-word",
  waiting: "waiting",
  problem: "error",
  unreachable: "cannot-be-seen",
  refused: "error",
  failed: "cannot-be-seen",
  queued: "not-started",
  running: "in-progress",
};
export const stateShape = (state: RowState): Shape => shapes[state];

/** The one sentence about a row; nothing while nothing is known. */
export function rowSays({ report, refused, state }: BulkRow): string {
  if (report) return verdictText(report);
  if (!refused) return "";
  return state === "failed" ? spokenFault({ ...refused, message: "" }).message : tf(refused).message;
}

export const nameOf = ({ report, listed }: BulkRow): string => report?.unicode ?? listed.domain ?? listed.input;

/** The id of what opens the row's report. */
export const rowButton = ({ listed }: BulkRow): string => `bulk-row-${listed.row}`;

export function countsOf(rows: BulkRow[]): Partial<Record<RowState, number>> {
  const counts: Partial<Record<RowState, number>> = {};
  for (const { state } of rows) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
}

export const matches = (row: BulkRow, state: RowState | "all", text: string): boolean =>
  (state === "all" || row.state === state) &&
  (text === "" || row.listed.input.toLowerCase().includes(text) || (row.listed.domain ?? "").includes(text));

export const headings = ["row", "input", "domain", "name", "expected", "verdict", "visible_by", "message", "checked_at"];

/** The rows as a spreadsheet gets them; the core makes formulas text. */
export const cells = (row: BulkRow): string[] => [
  String(row.listed.row),
  row.listed.input,
  row.listed.domain ?? "",
  row.report?.name ?? "",
  row.listed.expected ?? "",
  row.report?.verdict ?? (row.state === "running" ? "queued" : row.state),
  row.report?.visible_by ?? "",
  rowSays(row),
  row.report?.checked_at ?? "",
];
