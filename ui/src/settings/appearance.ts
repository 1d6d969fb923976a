import type { Appearance } from "../host/types";

/** Follows the system, or holds to one. The colours themselves are all in tokens.css. */
export function applyAppearance(appearance: Appearance): void {
  if (appearance === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = appearance;
}
