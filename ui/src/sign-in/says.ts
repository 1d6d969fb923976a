import type { Shape } from "../components/types";
import { clock } from "../format";
import type { ProjectView, SignInHop, SignInProblem, SignInResult, SignInRow, SignInView } from "../host/types";
import { takerOf } from "../projects/brokers";
import { firstText, hasText, t, tf } from "../texts";

/** What a sentence about a sign-in needs: who, with whom, where. */
export function names(view: ProjectView, result: SignInView) {
  return { idp: view.idp_short_name, service: takerOf(view.project.backend, view.service_short_name), person: result.person ?? t("sign-in-somebody") };
}

export const errorsOf = ({ problems }: SignInView): SignInProblem[] => problems.filter(({ finding }) => finding.severity === "error");

export const waits = ({ state }: SignInView): boolean => state === "waiting" || state === "at-identity-provider";

/** Only an encrypted answer that is judged here: nothing is known to be wrong. */
const isSealed = (result: SignInView) => errorsOf(result)[0]?.finding.code === "response-encrypted-no-key";

export function shapeOf(result: SignInView): Shape {
  if (waits(result)) return "waiting";
  if (result.state === "expired") return "warning";
  if (result.state === "passed") return result.problems.some(({ finding }) => finding.severity === "warning") ? "warning" : "done-by-evidence";
  return isSealed(result) ? "cannot-be-seen" : "error";
}

export interface Said {
  says: string;
  then: string;
}

/** The one large sentence, and what follows from it. */
export function verdictOf(view: ProjectView, result: SignInView): Said {
  const args = names(view, result);
  if (waits(result)) return { says: t(`sign-in-says-${result.state}`, args), then: t(`sign-in-says-${result.state}.then`, { ...args, until: clock(result.expires_at ?? result.at) }) };
  if (result.state === "expired") return { says: t("sign-in-says-expired", args), then: t("sign-in-says-expired.then", args) };
  if (result.state === "passed") return passed(result, args);
  const first = result.problems[0]?.finding;
  if (!first) return { says: t("sign-in-says-failed", args), then: "" };
  const own = `sign-in-says-${first.code}`;
  const more = { ...args, ...first.args, purpose: result.purpose };
  const words = tf(first);
  const says = hasText(own) ? t(own, more) : words.message;
  const then = hasText(`${own}.then`) ? t(`${own}.then`, more) : hasText(own) ? words.message : words.fix;
  return { says, then: [then, others(result)].filter(Boolean).join(" ") };
}

function passed(result: SignInView, args: ReturnType<typeof names>): Said {
  // No group is named in the project, so that nobody can say whom the groups of an answer make.
  const isOpen = result.origin === "given" && result.role === null;
  const kind = `sign-in-says-passed-${result.origin}-${isOpen ? "open" : result.purpose}`;
  const warnings = result.problems.filter(({ finding }) => finding.severity === "warning").length;
  return { says: t(kind, args), then: [t(`${kind}.then`, args), warnings > 0 ? t("sign-in-warnings", { count: warnings }) : ""].filter(Boolean).join(" ") };
}

/** Whether anything else is wrong; nothing where the answer was not read to its end. */
function others(result: SignInView): string {
  if (!result.rows.some(({ matter }) => matter === "claim")) return "";
  return t("sign-in-others", { count: errorsOf(result).filter((problem) => problem !== result.problems[0]).length });
}

export const hopShape = ({ state }: SignInHop): Shape => (({ good: "done-by-evidence", stopped: "error", "not-reached": "not-started", unseen: "cannot-be-seen" }) as const)[state];

/** The second line of a hop: what is known of it. */
export function hopDetail(view: ProjectView, result: SignInView, hop: SignInHop): string {
  if (waits(result) && hop.state === "not-reached") return t("sign-in-hop-state-open.detail");
  const args = { ...names(view, result), claims: errorsOf(result).filter(({ finding }) => finding.code.startsWith("response-claim-")).length, role: result.role ?? "none", purpose: result.purpose, signed: signed(result) };
  return firstText([`sign-in-hop-${hop.hop}.${hop.state}`, `sign-in-hop-state-${hop.state}.detail`], args);
}

const signed = ({ rows }: SignInView): string => {
  const row = rows.find(({ matter }) => matter === "signed-by");
  return row === undefined ? "unknown" : row.result === "good" ? "good" : "other";
};

const bad: SignInResult[] = ["no-role", "overage", "case-differs", "renamed", "missing", "empty", "differs"];
export const isBad = ({ result }: SignInRow): boolean => bad.includes(result);
export const rowShape = (row: SignInRow): Shape => (isBad(row) ? "error" : row.result === "unseen" ? "cannot-be-seen" : "done-by-evidence");
