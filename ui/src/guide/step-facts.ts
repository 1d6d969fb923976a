import type { Page, ProjectView, StepId, StepView } from "../host/types";
import { firstText, t, tf } from "../texts";

/** Which step it is; a step that was handed over stands alone, with the number it has where it comes from. */
export const placeOf = (view: ProjectView, { number }: { number: number }): string =>
  number > view.total ? t("step-alone", { number }) : t("step-of", { number, total: view.total });

/** Whether the step has something the service has not got: values, or its mark. */
export const isUnsent = (step: StepView): boolean =>
  step.unsent || step.missing.some(({ code }) => code === "mark-unsent" || code === "backup-login-unsent");

/** The step to go on with from here; null when no other is open. */
export function onward(view: ProjectView, from: StepId): StepId | null {
  if (view.next !== null && view.next !== from) return view.next;
  const open = view.steps.filter(({ step, state }) => step !== from && state.kind !== "done" && state.kind !== "not-needed");
  return (open.find(({ number }) => number > numberOf(view, from)) ?? open[0])?.step ?? null;
}

const numberOf = (view: ProjectView, step: StepId): number => view.steps.find((one) => one.step === step)?.number ?? 0;

/** What a step still lacks, in words; a confirmation is told by what it says itself. */
export function lacks(step: StepView, page: Page): string[] {
  return step.missing.map((finding) => {
    const asked = page.confirmations.find(({ id }) => id === finding.args?.confirmation);
    if (asked === undefined) return tf(finding).message;
    if (asked.one_of !== null) return t("step-choice-missing");
    return t("step-confirm", { what: asked.text.map(({ text }) => text).join("") });
  });
}

/** What a field of a conflict is called. */
export const fieldName = (field: string): string => firstText([`conflict-field-${field}`, "conflict-field"], { field });
