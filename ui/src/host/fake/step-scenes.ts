import type { HostFault } from "../host";
import type { Finding, Project, StepId, StepState, StepView } from "../types";
import { emptyProject, halfWayProject, integration } from "./projects";
import { ago, days } from "./time";

/** A project with one of its steps in a state worth looking at. */
export interface Scene {
  project: Project;
  given: Partial<Record<StepId, { state: StepState } & Partial<StepView>>>;
  /** What the program answers instead, by the name of the host's method. */
  refuses?: Partial<Record<string, HostFault>>;
  /** Whether the SCIM endpoint passes over what Entra sends in its own dialect. */
  deafToEntra?: boolean;
}

const fact = (code: string, args: Record<string, string> = {}): Finding => ({ code, severity: "info", args });
const error: StepState = { kind: "needs-attention", severity: "error" };
const going: StepState = { kind: "in-progress" };

const admins = "6f1f3c62-9a2b-4a6e-8f55-1d1a8c7b9e01";
const users = "0b9d2a57-3c41-4b0f-9d2e-77aa54f0c812";

type Known = NonNullable<Project["known"]>;

function knowing(project: Project, more: Partial<Known["integration"]>, arrivals: Partial<Known["arrivals"]> = {}): Project {
  const known = project.known ?? { integration, arrivals: { user_count: 0, group_count: 0, users: [], groups: [], last_call: null }, seen_at: ago(3) };
  return { ...project, known: { ...known, integration: { ...known.integration, ...more }, arrivals: { ...known.arrivals, ...arrivals } } };
}

const groupsWrong = (): Scene => ({
  project: {
    ...halfWayProject(),
    groups: {
      admins: { idp_name: "Contoso-MyAccount-Admins", service_name: "Contoso-MyAccount-admins ", id: "contoso-admins" },
      users: { idp_name: "Contoso-Desktop-Users", service_name: "Contoso-Desktop-Users", id: users },
      sent_at: null,
    },
  },
  given: {
    groups: {
      state: error,
      unsent: true,
      evidence: [fact("groups-named", { count: "2" })],
      findings: [
        {
          code: "group-name-differs-in-case",
          severity: "error",
          args: { role: "admins", field: "admins-service-name" },
          evidence: [
            { source: "identity-provider", value: "Contoso-MyAccount-Admins" },
            { source: "service", value: "Contoso-MyAccount-admins␣" },
          ],
        },
        {
          code: "group-name-blanks",
          severity: "warning",
          args: { role: "admins", field: "admins-service-name" },
          evidence: [{ source: "service-name", value: "Contoso-MyAccount-admins␣" }],
        },
        { code: "group-id-misshapen", severity: "error", args: { role: "admins", field: "admins-id", label: "Object ID", hint: "From the group’s Overview page: 32 letters a–f and digits with four hyphens." }, evidence: [{ source: "id", value: "contoso-admins" }] },
      ],
      missing: ["groups-assigned", "assignment-required", "hidden-from-users"].map((confirmation) => fact("confirmation-missing", { confirmation })),
    },
  },
});

const groupsConflict = (): Scene => ({
  project: {
    ...halfWayProject(),
    conflict: { step: "groups", at: ago(1), fields: [{ field: "users-id", mine: users, theirs: "5d0c7a9e-1b7f-4f0e-8a45-0f2f6b1d3c55" }] },
  },
  given: { groups: { state: going, unsent: true, evidence: [fact("groups-named", { count: "2" })], missing: [] } },
});

const groupsArrived = (): Scene => ({
  project: knowing(halfWayProject(), {}, {
    group_count: 1,
    groups: [{ display_name: "Contoso-MyAccount-Admins", external_id: admins, member_count: 3 }],
  }),
  given: { groups: { state: going, unsent: true, evidence: [fact("groups-arrived", { count: "1" })], missing: [] } },
});

const token = { hint: "9f2c", issued_at: ago(200), used_at: ago(2), ends_at: null };

const scimToken = (): Scene => {
  const project = emptyProject("contoso");
  const known = { scim: { ...integration.scim, token } };
  return {
    project: knowing(
      { ...project, scim: { enabled: true, token_hint: "9f2c", marked_at: null }, confirmed: { "external-id-object-id": ago(100) } },
      known,
      { user_count: 14, group_count: 2, last_call: { at: ago(2), request: "POST /scim/v2/Users", status: 201 } },
    ),
    given: {
      scim: {
        state: going,
        evidence: [fact("scim-called", { at: ago(2), status: "201" }), fact("scim-token-issued", { at: token.issued_at })],
        missing: [fact("confirmation-missing", { confirmation: "provisioning-started" }), fact("not-marked")],
      },
    },
    deafToEntra: true,
    refuses: {
      copyScimToken: { code: "keyring-locked", message: "locked", hints: ["unlock-keyring"] },
      markStep: { code: "confirmation-missing", message: "provisioning-started", field: "provisioning-started" },
    },
  };
};

const scimLocal = (): Scene => ({
  project: { ...emptyProject("contoso"), backend: { kind: "this-computer" } },
  given: {
    scim: {
      state: { kind: "not-started" },
      missing: [fact("scim-token-missing"), fact("confirmation-missing", { confirmation: "external-id-object-id" }), fact("not-marked")],
    },
  },
  refuses: { issueScimToken: { code: "keyring-unavailable", message: "no keyring", hints: ["start-keyring"] } },
});

const scimReplaced = (): Scene => {
  const scene = scimToken();
  const findings: Finding[] = [{ code: "scim-token-replaced", severity: "warning", args: { used: "no" } }];
  return {
    project: knowing(scene.project, { scim: { ...integration.scim, token: { ...token, hint: "77ab" } } }),
    given: { scim: { state: { kind: "needs-attention", severity: "warning" }, findings, missing: [fact("not-marked")] } },
  };
};

const scimRevoked = (): Scene => {
  const scene = scimToken();
  const findings: Finding[] = [{ code: "scim-token-revoked", severity: "error", args: { used: "no" } }];
  return {
    project: knowing(scene.project, { scim: { ...integration.scim, token: null } }),
    given: { scim: { state: { kind: "needs-attention", severity: "error" }, findings, missing: [fact("not-marked")] } },
  };
};

const scimEnding = (): Scene => {
  const scene = scimToken();
  const ends_at = ago(-3 * days);
  const old_tokens = [{ ...token, ends_at }];
  const findings: Finding[] = [{ code: "scim-token-ending", severity: "warning", args: { at: ends_at, used: "no" } }];
  return {
    project: knowing(scene.project, { scim: { ...integration.scim, token: { ...token, hint: "77ab", used_at: null }, old_tokens } }),
    given: { scim: { state: { kind: "needs-attention", severity: "warning" }, findings, missing: [fact("not-marked")] } },
  };
};

const person = (user_name: string, display_name: string | null, external_id: string | null, active = true) => ({ user_name, display_name, external_id, active });

const wrongIds: Finding = {
  code: "users-external-id-wrong",
  severity: "warning",
  args: { count: "2", label: "Object ID" },
  evidence: [{ source: "maria.lopez@contoso.com", value: "maria.lopez" }, { source: "tom.brown@contoso.com", value: "" }],
};

const usersArrived = (): Scene => ({
  project: knowing({ ...halfWayProject(), scim: { enabled: true, token_hint: "9f2c", marked_at: ago(days) } }, {}, {
    user_count: 4,
    group_count: 2,
    users: [
      person("jonas.weber@contoso.com", "Jonas Weber", "3c1e8f0a-4b5d-4f6e-9a7b-2d8c1e0f3a4b"),
      person("li.wei@contoso.com", null, "9a7b2d8c-1e0f-43a4-b3c1-e8f0a4b5d4f6"),
      person("maria.lopez@contoso.com", "María López", "maria.lopez"),
      person("tom.brown@contoso.com", "Tom Brown", null, false),
    ],
    groups: [
      { display_name: "Contoso-Desktop-Users", external_id: users, member_count: 3 },
      { display_name: "Contoso-MyAccount-Admins", external_id: admins, member_count: 1 },
    ],
    last_call: { at: ago(12), request: "PATCH /scim/v2/Groups/0b9d2a57-3c41-4b0f-9d2e-77aa54f0c812", status: 204 },
  }),
  given: { users: { state: { kind: "needs-attention", severity: "warning" }, findings: [wrongIds], evidence: [fact("users-arrived", { users: "4", groups: "2" })], missing: [fact("confirmation-missing", { confirmation: "users-added" }), fact("not-marked")] } },
});

const backupUnknown = (): Scene => ({
  project: { ...halfWayProject(), backup_login: { email: "ops@contoso.com" } },
  given: {
    "backup-login": {
      state: going,
      unsent: true,
      evidence: [fact("backup-login-suggested", { email: "ops@contoso.com" })],
      findings: [fact("backup-login-on-own-domain", { domain: "contoso.com" })],
      missing: [fact("backup-login-unsent")],
    },
  },
  refuses: { pushStep: { code: "backup-login-unknown", message: "no such user", field: "backup-email" } },
});

const backupSaved = (): Scene => ({
  project: knowing({ ...halfWayProject(), backup_login: { email: "maria.lopez@contoso.com" } }, { backup_login: { email: "maria.lopez@contoso.com", signed_in_at: ago(4 * days), is_disabled: false } }),
  given: {
    "backup-login": {
      state: { kind: "done", by: "evidence", at: ago(4 * days) },
      evidence: [fact("backup-login-signed-in", { email: "maria.lopez@contoso.com", at: ago(4 * days) })],
      missing: [],
    },
  },
});

const scimTwoTokens = (): Scene => {
  const scene = scimToken();
  const old_tokens = [{ hint: "77ab", issued_at: ago(80 * days), used_at: ago(60), ends_at: ago(-6 * days) }];
  return { ...scene, refuses: {}, project: knowing(scene.project, { scim: { ...integration.scim, token, old_tokens } }) };
};

export const scenes: Record<string, () => Scene> = {
  "scim-two-tokens": scimTwoTokens,
  "groups-wrong": groupsWrong,
  "groups-conflict": groupsConflict,
  "groups-arrived": groupsArrived,
  "scim-token": scimToken,
  "scim-local": scimLocal,
  "scim-replaced": scimReplaced,
  "scim-revoked": scimRevoked,
  "scim-ending": scimEnding,
  "users-arrived": usersArrived,
  "backup-unknown": backupUnknown,
  "backup-saved": backupSaved,
};
