import type { IconName } from "./icons";
import type { Severity, Shape, StateData } from "./types";

/** Shape and word come first; the colour class only repeats them. */
export const shapeLook: Record<Shape, { icon: IconName; tone: string }> = {
  "not-started": { icon: "s-todo", tone: "c-quiet" },
  "in-progress": { icon: "s-prog", tone: "c-sign" },
  waiting: { icon: "s-wait", tone: "c-quiet" },
  error: { icon: "s-bad", tone: "c-bad" },
  warning: { icon: "s-warn", tone: "c-warn" },
  "done-by-evidence": { icon: "s-done", tone: "c-good" },
  "done-by-word": { icon: "s-word", tone: "c-good" },
  "not-needed": { icon: "s-none", tone: "c-quiet" },
  "cannot-be-seen": { icon: "s-mute", tone: "c-quiet" },
};

export function shapeOf(state: StateData): Shape {
  if (state.kind === "needs-attention") return state.severity === "error" ? "error" : "warning";
  if (state.kind === "done") return state.by === "evidence" ? "done-by-evidence" : "done-by-word";
  return state.kind;
}

/** Whether the step asks for nothing more. */
export const isSettled = (state: StateData): boolean => state.kind === "done" || state.kind === "not-needed";

/** A finding that asks for nothing is only something seen. */
export const severityLook: Record<Severity, { icon: IconName; tone: string }> = {
  error: shapeLook.error,
  warning: shapeLook.warning,
  info: { icon: "seen", tone: "c-quiet" },
};
