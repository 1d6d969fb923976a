import type { StepView } from "../../host/types";

/** What can go wrong with the token: told beside it and not at the top of the screen. */
export const tokenFaults = ["keyring-unavailable", "keyring-locked", "secret-missing", "clipboard-failed"];

/** Whether the token in the keyring was replaced or revoked from elsewhere, and is not good until a day that is still to come. */
export const isTokenDead = ({ findings }: StepView): boolean =>
  findings.some(({ code }) => code === "scim-token-replaced" || code === "scim-token-revoked");
