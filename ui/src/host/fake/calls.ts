import type { Project, ScimCall, ScimCaller, ScimCalls } from "../types";
import { ago } from "./time";

const token = "9f2c";
const call = (minutes: number, request: string, status: number, refusal: string | null = null): ScimCall => ({ at: ago(minutes), caller: null, token, request, status, refusal });

const entraCalls = (minutes: number): ScimCall[] => [
  call(minutes, "PATCH /scim/v2/Groups/0b9d2a57-3c41-4b0f-9d2e-77aa54f0c812", 204),
  call(minutes, "POST /scim/v2/Users", 201),
  call(minutes, 'GET /scim/v2/Users?filter=externalId eq "…"', 200),
  call(minutes + 1, "POST /scim/v2/Users", 409, "uniqueness"),
  call(minutes + 1, 'GET /scim/v2/Users?filter=userName eq "…"', 200),
];

const callers: ScimCaller[] = ["entra", "okta", "pingone"];

/** What the service would tell of a project whose newest call is known. */
export function callsOf({ known, idp }: Project): ScimCalls {
  const last = known?.arrivals.last_call;
  if (!known || !last) return { as_of: ago(0), run: null, calls: [] };
  const minutes = Math.max(0, Math.round((Date.now() - Date.parse(last.at)) / 60_000));
  const run = {
    caller: callers.find((caller) => caller === idp) ?? null,
    began_at: ago(minutes + 1),
    at: last.at,
    users: known.arrivals.user_count,
    groups: known.arrivals.group_count,
  };
  return { as_of: ago(0), run, calls: entraCalls(minutes) };
}
