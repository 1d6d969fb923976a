import type { AnswerChecked, SignInPurpose } from "../host/types";

/** What came of the answers that were given, by project and purpose, so that it is still there after a look at a step; in memory only. */
const results = $state<Record<string, AnswerChecked>>({});
const key = (project: string, purpose: SignInPurpose) => `${project} ${purpose}`;

export const given = {
  of: (project: string, purpose: SignInPurpose): AnswerChecked | null => results[key(project, purpose)] ?? null,
  keep(project: string, purpose: SignInPurpose, checked: AnswerChecked): void {
    results[key(project, purpose)] = checked;
  },
  forget(project: string, purpose: SignInPurpose): void {
    Reflect.deleteProperty(results, key(project, purpose));
  },
};

/** What was pasted elsewhere and is to be checked by the test's screen. */
export const carried = $state<{ text: string }>({ text: "" });
