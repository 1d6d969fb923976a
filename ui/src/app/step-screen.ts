import type { Component } from "svelte";
import type { Host } from "../host/host";
import type { Guide, Page, ProjectView, StepId, StepView } from "../host/types";

/** What every step's screen is given. It renders a `Page` and changes the project only through `host`. */
export interface StepScreenProps {
  host: Host;
  view: ProjectView;
  step: StepView;
  /** The guide's page for this step. */
  page: Page;
  guide: Guide;
  /** What follows the step in the address: `["fabrikam.com"]`. */
  part: string[];
  /** Hands on the core's answer to a change, so that the rail and the bar show it. */
  onview: (view: ProjectView) => void;
}

export type StepScreen = Component<StepScreenProps>;

const screens = import.meta.glob<StepScreen>("../steps/*/Screen.svelte", { eager: true, import: "default" });

/** The screen of a step: `steps/STEP/Screen.svelte`. */
export const screenOf = (step: StepId): StepScreen | undefined => screens[`../steps/${step}/Screen.svelte`];
