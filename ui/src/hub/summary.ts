import { isSettled } from "../components/shapes";
import { dayAndTime } from "../format";
import type { ProjectView, StepView } from "../host/types";
import { hasText, t, tf } from "../texts";

export const settledCount = (steps: StepView[]): number => steps.filter(({ state }) => isSettled(state)).length;

export function headline({ steps, activation, settled }: ProjectView): string {
  if (activation.active) return t("hub-active");
  const total = steps.length;
  return settled === total ? t("hub-all-settled", { total }) : t("hub-settled", { settled, total });
}

/** "One waits for someone else. Three are yours, in any order." */
export function leftToDo(steps: StepView[]): string {
  const waiting = steps.filter(({ state }) => state.kind === "waiting").length;
  const yours = steps.length - settledCount(steps) - waiting;
  if (waiting + yours === 0) return t("hub-none-open");
  const parts = [waiting > 0 && t("hub-waiting", { count: waiting }), yours > 0 && t("hub-yours", { count: yours })];
  return parts.filter((part) => part !== false).join(" ");
}

export const ownerName = (owner: string): string => (hasText(`owner-${owner}`) ? t(`owner-${owner}`) : owner);

/** The second line under the state: how many, since when, whose. */
export function stateDetail({ state, owner, findings }: StepView): string {
  const who = ownerName(owner);
  switch (state.kind) {
    case "waiting":
      return t("hub-since", { when: dayAndTime(state.since) });
    case "done":
      return `${dayAndTime(state.at)} · ${who}`;
    case "needs-attention":
      return [attention(state.severity, findings.filter(({ severity }) => severity === state.severity).length), who].filter(Boolean).join(" · ");
    case "not-needed":
      return hasText(`not-needed-${state.why}`) ? t(`not-needed-${state.why}`) : who;
    default:
      return who;
  }
}

function attention(severity: string, count: number): string {
  if (count === 0) return "";
  return t(severity === "error" ? "hub-errors" : "hub-warnings", { count });
}

/** What is known of a step as one line of sentences; else what it lacks first. */
export const factsOf = ({ evidence, findings, missing }: StepView): string => {
  const said = evidence.length > 0 ? evidence : [...findings, ...missing].slice(0, 1);
  return said.map((finding) => tf(finding).message).join(" ");
};
