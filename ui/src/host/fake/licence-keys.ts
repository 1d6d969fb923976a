import { HostError } from "../host";
import type { LicenceKey } from "../types";
import { ago } from "./time";

/** A key like the core takes it; one that ends in `TAKEN` is another account's. */
export function registerKey(keys: LicenceKey[], text: string, name: string, perUser: boolean): LicenceKey[] {
  const letters = text.replace(/[\s-]/g, "").toUpperCase();
  if (!/^[A-Z0-9]{8,128}$/.test(letters)) throw new HostError({ code: "invalid-input", message: text, field: "licence-key" });
  if (letters.endsWith("TAKEN")) throw new HostError({ code: "licence-key-taken", message: text });
  const hint = letters.slice(-4);
  const known = keys.find((key) => key.hint === hint);
  const key: LicenceKey = known ?? { hint, name: null, per_user: perUser, registered_at: ago(0) };
  key.name = name.trim() || key.name;
  key.per_user = perUser;
  if (!known) keys.push(key);
  return keys;
}
