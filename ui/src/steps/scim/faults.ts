/** What can go wrong with the token: told beside it and not at the top of the screen. */
export const tokenFaults = ["keyring-unavailable", "keyring-locked", "secret-missing", "clipboard-failed"];
