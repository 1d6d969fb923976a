import type {
  AnswerChecked,
  Finding,
  ProjectView,
  SignInHop,
  SignInHopName,
  SignInHopState,
  SignInOrigin,
  SignInPlace,
  SignInProblem,
  SignInPurpose,
  SignInResult,
  SignInRow,
  SignInState,
  SignInSubjectMatter,
  SignInView,
} from "../types";
import { explain } from "./diagnoses";
import { ago } from "./time";

const entityId = "https://account.example.com/saml/northwind-2b81/metadata";
const acs = "https://account.example.com/saml/northwind-2b81/acs";
const issuer = "http://www.okta.com/exk1fx2c9gQ7bT4lW5d7";
export const signedBy = "A1:5E:41:7D:0E:92:AB:5C:33:F0:18:6B:C9:D4:27:80:5E:EA:B1:0F:66:73:2C:98:E5:4D:D1:3A:07:BF:8C:59";
const other = "7C:02:41:7D:0E:92:AB:5C:33:F0:18:6B:C9:D4:27:80:5E:EA:B1:0F:66:73:2C:98:E5:4D:D1:3A:07:BF:8C:11";
const address = "maria.lopez@northwind.example";

type Kind = "good" | "case" | "certificate" | "audience" | "clock" | "overage" | "encrypted" | "group" | "status" | "none";

const row = (matter: SignInSubjectMatter, expected: string[], received: string[], result: SignInResult, values: string[] = []): SignInRow => ({
  matter,
  expected,
  received,
  values,
  result,
});

function claims(kind: Kind, purpose: SignInPurpose): SignInRow[] {
  const group = purpose === "portal" ? "Northwind-MyAccount-Admins" : "Northwind-Desktop-Users";
  const granted: SignInResult = purpose === "portal" ? "administrator" : "user";
  const wrongCase = row("claim", ["displayName"], ["displayname"], "case-differs", ["Maria Lopez"]);
  const groups = {
    overage: row("claim", ["groups"], [], "overage"),
    group: row("claim", ["groups"], ["groups"], "no-role", ["Everyone", "Sales", "Northwind-Readers", "Staff"]),
  };
  const rows = [
    row("claim", ["objectidentifier"], ["objectidentifier"], "present", ["00u4k2m9qTz7VhX1d5d7"]),
    row("claim", ["name"], ["name"], "present", [address]),
    kind === "case" ? wrongCase : row("claim", ["displayName"], ["displayName"], "present", ["Maria Lopez"]),
    kind === "overage" || kind === "group" ? groups[kind] : row("claim", ["groups"], ["groups"], granted, ["Everyone", group, "Sales"]),
  ];
  return rows.sort((a, b) => Number(["present", granted].includes(a.result)) - Number(["present", granted].includes(b.result)));
}

function rows(kind: Kind, purpose: SignInPurpose, origin: SignInOrigin): SignInRow[] {
  if (kind === "none" || kind === "status") return [];
  if (kind === "certificate") return [row("signed-by", [signedBy], [other], "differs"), row("clock", ["180"], origin === "service" ? ["2"] : [], origin === "service" ? "good" : "unseen")];
  if (kind === "encrypted") return [row("clock", ["180"], [], "unseen"), row("encryption", [], [], "unseen")];
  const audience = kind === "audience" ? row("audience", [entityId], [entityId.replace("northwind", "Northwind")], "case-differs") : row("audience", [entityId], [entityId], "same");
  const clock = kind === "clock" ? row("clock", ["180"], ["540"], "differs") : row("clock", ["180"], origin === "service" ? ["2"] : [], origin === "service" ? "good" : "unseen");
  return [
    ...claims(kind, purpose),
    row("signed-by", [signedBy], [signedBy], "good"),
    row("issuer", [issuer], [issuer], "same"),
    audience,
    row("recipient", [acs], [acs], "same"),
    row("name-id", [], [address], "present"),
    clock,
  ];
}

const error = (code: string, args: Record<string, string> = {}, evidence: Finding["evidence"] = []): Finding => ({ code, severity: "error", args, evidence });
const compared = (expected: string, received: string) => [
  { source: "expected", value: expected },
  { source: "received", value: received },
];

function findings(kind: Kind): Finding[] {
  switch (kind) {
    case "good":
      return [];
    case "case":
      return [error("response-claim-case", { claim: "displayName", received: "displayname" })];
    case "certificate":
      return [error("response-other-certificate", { subject: "CN=northwind (old)" }, compared(signedBy, other))];
    case "audience":
      return [error("response-audience", { difference: "case" }, compared(entityId, entityId.replace("northwind", "Northwind")))];
    case "clock":
      return [error("response-not-yet-valid", { seconds: "240" })];
    case "overage":
      return [{ code: "response-groups-overage", severity: "warning", args: {}, evidence: [] }];
    case "encrypted":
      return [error("response-encrypted-no-key")];
    case "group":
      return [error("sign-in-no-group", { reason: "other" }, compared("Northwind-MyAccount-Admins", "Everyone, Sales, Northwind-Readers, Staff"))];
    case "status":
      return [error("response-status", { status: "Responder", second: "RequestDenied" }, [{ source: "StatusMessage", value: "User is not assigned to the client application." }])];
    case "none":
      return [error("response-none")];
  }
}

const nowhere: SignInPlace = { step: "saml", portal: null, section: null, row: null, field: null, received: null, wanted: null, keeps: null };
const label = (text: string) => ({ kind: "label" as const, text });
const settings = {
  name: "Okta",
  path: [label("Applications"), { kind: "value" as const, key: "app-name" as const }, label("General"), label("SAML Settings"), label("Edit")],
  again: [],
  link: null,
};

function place(kind: Kind): SignInPlace | null {
  const section = { portal: settings, section: "Attribute Statements (optional)" };
  if (kind === "case") return { ...nowhere, ...section, step: "app-registration", row: 3, field: "Name", received: "displayname", wanted: "displayName", keeps: "user.displayName" };
  if (kind === "audience") return { ...nowhere, portal: settings, field: "Audience Restriction", received: entityId.replace("northwind", "Northwind"), wanted: entityId };
  if (kind === "overage") return { ...nowhere, ...section, section: "Group Attribute Statements (optional)", step: "app-registration", row: 1, field: "Name", wanted: "groups" };
  if (kind === "group") return { ...nowhere, step: "groups", wanted: "Northwind-MyAccount-Admins" };
  if (kind === "status") return { ...nowhere, step: "users" };
  return kind === "clock" || kind === "none" ? null : nowhere;
}

const names: SignInHopName[] = ["email-accepted", "request-sent", "arrived", "signed-in", "answer-received", "session"];
const hopsOf = (states: SignInHopState[]): SignInHop[] => names.map((hop, index) => ({ hop, state: states[index] ?? "unseen", at: null }));

function hops(kind: Kind, origin: SignInOrigin): SignInHop[] {
  const begin: SignInHopState = origin === "service" ? "good" : "unseen";
  if (kind === "none") return [];
  if (kind === "status") return hopsOf([begin, begin, "good", "stopped", "not-reached", "not-reached"]);
  if (kind === "encrypted") return hopsOf([begin, begin, begin, begin, "unseen", "not-reached"]);
  if (kind === "certificate") return hopsOf([begin, begin, begin, begin, "stopped", "not-reached"]);
  if (kind === "group") return hopsOf([begin, begin, "good", "good", "good", "stopped"]);
  if (kind === "good") return hopsOf([begin, begin, "good", "good", "good", "good"]);
  return hopsOf([begin, begin, "good", "good", "stopped", "not-reached"]);
}

const xml = `<samlp:Response Destination="${acs}" ID="_8e8dc5f6" Version="2.0">
  <saml:Issuer>${issuer}</saml:Issuer>
  <saml:Assertion ID="_d71a3a8e" Version="2.0">
    <saml:Subject>
      <saml:NameID Format="urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress">[29 characters]</saml:NameID>
    </saml:Subject>
  </saml:Assertion>
</samlp:Response>`;

/** What came of a sign-in of that kind. */
export function signIn(kind: Kind, purpose: SignInPurpose = "portal", origin: SignInOrigin = "given"): SignInView {
  const known = !["none", "status", "certificate", "encrypted"].includes(kind);
  const all = findings(kind);
  return {
    purpose,
    origin,
    state: kind === "good" ? "passed" : "failed",
    at: ago(9),
    expires_at: null,
    who: known ? address : null,
    person: known ? "Maria" : null,
    hops: hops(kind, origin),
    rows: rows(kind, purpose, origin),
    problems: all.map((finding): SignInProblem => ({ finding, place: place(kind) })),
    role: !known || kind === "overage" || kind === "group" ? null : purpose === "portal" ? "administrator" : "user",
    licence: purpose === "desktop" && origin === "service" && known ? { granted: kind === "good", reason: kind === "good" ? null : "not-signed-in" } : null,
    attributes: known
      ? [
          { name: "objectidentifier", values: ["00u4k2m9qTz7VhX1d5d7"] },
          { name: "name", values: [address] },
          { name: kind === "case" ? "displayname" : "displayName", values: ["Maria Lopez"] },
        ]
      : [],
    redacted: kind === "none" ? "" : xml,
  };
}

/** A test without an answer yet, or that none came to. */
export function unanswered(state: SignInState, purpose: SignInPurpose = "portal"): SignInView {
  const seen: SignInHopState[] = state === "waiting" ? [] : ["good", "good"];
  const open = names.map((_, index): SignInHopState => seen[index] ?? "not-reached");
  return {
    ...signIn("none", purpose, "service"),
    state,
    at: ago(state === "expired" ? 12 : 1),
    expires_at: state === "expired" ? null : ago(-9),
    hops: hopsOf(open),
    problems: [],
  };
}

const kinds: Kind[] = ["good", "case", "certificate", "audience", "clock", "overage", "encrypted", "group", "status"];

/** The word in the text says which answer it is; a text without one is none. */
export function checked(_view: ProjectView, purpose: SignInPurpose, text: string): AnswerChecked {
  const kind = kinds.find((one) => text.includes(one)) ?? "none";
  const explanation = kind === "none" || kind === "status" ? explain(kind === "status" ? "AADSTS50105" : text) : null;
  return { sign_in: signIn(kind, purpose), explanation: explanation && explanation.matches.length > 0 ? explanation : null };
}
