import type { ProjectView, ScimToken } from "../types";
import { ago, days } from "./time";

/** A new bearer token in the place of the current one, which works for so many days more. */
export function issueToken({ project }: ProjectView, keepDays: number): void {
  const scim = project.known?.integration.scim;
  const fresh: ScimToken = { hint: scim?.token?.hint === "9f2c" ? "4e1d" : "9f2c", issued_at: ago(0), used_at: null, ends_at: null };
  project.scim.token_hint = fresh.hint;
  if (!scim) return;
  if (scim.token && keepDays > 0) scim.old_tokens = [{ ...scim.token, ends_at: ago(-keepDays * days) }, ...(scim.old_tokens ?? [])];
  scim.token = fresh;
}

export function revokeToken({ project }: ProjectView, hint: string): void {
  const scim = project.known?.integration.scim;
  if (project.scim.token_hint === hint) project.scim.token_hint = null;
  if (!scim) return;
  if (scim.token?.hint === hint) scim.token = null;
  scim.old_tokens = (scim.old_tokens ?? []).filter((token) => token.hint !== hint);
}
