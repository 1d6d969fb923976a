import type { ProjectView, StepHandOver, StepId } from "../host/types";
import type { Route } from "../router";

/** Who has a step, when somebody else has it. */
export const handOverOf = ({ project }: ProjectView, step: StepId): StepHandOver | undefined =>
  project.handovers?.find((one) => one.step === step);

/** Where to look after a file was opened: the step that was handed over, else the overview of the project it came into. */
export function placeOf({ project }: ProjectView): Route {
  const step = project.task?.step ?? project.handovers?.find(({ conflict }) => conflict !== null)?.step;
  return step === undefined ? { screen: "hub", project: project.id } : { screen: "step", project: project.id, step, part: [] };
}

/** Whether a file is a step that was handed over, or a result; the others are for the step that is open. */
export const isHandOver = (name: string): boolean => /\.signpost-(task|result)$/i.test(name);
