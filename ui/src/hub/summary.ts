import { isSettled } from "../components/shapes";
import { dayAndTime } from "../format";
import type { ProjectView, StageView, StepState, StepView, SupportView } from "../host/types";
import { hasText, t, tf } from "../texts";

export const settledCount = (steps: StepView[]): number => steps.filter(({ state }) => isSettled(state)).length;

/** The states of the steps, and of the stages after them. */
export const statesOf = ({ steps, support }: ProjectView): StepState[] => [...steps, ...(support?.stages ?? [])].map(({ state }) => state);

export function headline({ activation, settled, total, support }: ProjectView): string {
  if (activation.active) return t("hub-active");
  if (support && waitingSince(support) !== null) return t("support-headline-waiting", { who: support.waits_for });
  return settled === total ? t("hub-all-settled", { total }) : t("hub-settled", { settled, total });
}

/** Since when the service's support is waited for. */
export function waitingSince({ stages }: SupportView): string | null {
  const states = stages.map(({ state }) => state);
  return states.find((state) => state.kind === "waiting")?.since ?? null;
}

/** What is true of a set-up by the service's support. */
export function leadOf({ activation, steps }: ProjectView, support: SupportView): string {
  const since = waitingSince(support);
  const next = support.stages.find(({ page }) => page === support.next);
  if (activation.active) return t("support-lead-done", { to: support.to });
  if (settledCount(steps) < steps.length) return leftToDo(steps);
  return since !== null ? t("support-lead-waiting", { when: dayAndTime(since) }) : t("guide-next", { title: next?.title ?? "" });
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

/** The same for a stage, which is always the administrator's. */
export const stageDetail = ({ state, findings }: StageView): string => {
  if (state.kind === "waiting") return t("hub-since", { when: dayAndTime(state.since) });
  if (state.kind === "done") return dayAndTime(state.at);
  return state.kind === "needs-attention" ? attention(state.severity, findings.length) : "";
};

function attention(severity: string, count: number): string {
  if (count === 0) return "";
  return t(severity === "error" ? "hub-errors" : "hub-warnings", { count });
}

/** What is known of a step as one line of sentences; else what it lacks first. */
export const factsOf = ({ evidence, findings, missing }: Pick<StepView, "evidence" | "findings" | "missing">): string => {
  const said = evidence.length > 0 ? evidence : [...findings, ...missing].slice(0, 1);
  return said.map((finding) => tf(finding).message).join(" ");
};
