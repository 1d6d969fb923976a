/** The shapes that cross the boundary between the core and the screens, as generated from the core's own. */

import type { StepId } from "../bindings";

export type * from "../bindings";

/** The seven steps, in the order they are listed. */
export const STEP_IDS = [
  "domains",
  "app-registration",
  "groups",
  "saml",
  "scim",
  "users",
  "backup-login",
] as const satisfies readonly StepId[];

export const isStep = (text: unknown): text is StepId => STEP_IDS.some((step) => step === text);
