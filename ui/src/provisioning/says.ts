import { dayAndTime } from "../format";
import type { ScimCalls, ScimRun } from "../host/types";
import { t } from "../texts";

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/** `2 minutes ago`; what lies longer ago is said with its day. */
function ago(at: string, seconds: number): string {
  if (seconds < minute) return t("scim-run-now");
  if (seconds < hour) return t("scim-run-minutes", { count: Math.floor(seconds / minute) });
  if (seconds < day) return t("scim-run-hours", { count: Math.floor(seconds / hour) });
  return dayAndTime(at);
}

function changed({ users, groups }: ScimRun): string {
  const parts = [users > 0 ? t("scim-run-users", { count: users }) : "", groups > 0 ? t("scim-run-groups", { count: groups }) : ""];
  return parts.filter((part) => part !== "").join(", ");
}

/** Who called, when, and what became of it; `waited` is how many seconds ago the service said so. */
export function runSays({ as_of, run }: ScimCalls, waited: number): string {
  if (run === null) return "";
  const since = (Date.parse(as_of) - Date.parse(run.at)) / 1000 + waited;
  const words = { caller: run.caller ?? "unknown", ago: ago(run.at, Math.max(0, since)) };
  const what = changed(run);
  return what === "" ? t("scim-run-nothing", words) : t("scim-run", { ...words, what });
}

/** Whether two answers tell of different calls. */
export const isNews = (before: ScimCalls | null, now: ScimCalls): boolean => JSON.stringify(before?.run ?? null) !== JSON.stringify(now.run);
