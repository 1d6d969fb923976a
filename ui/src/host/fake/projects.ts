import type { Certificate, DomainEntry, Integration, NewProject, Project, SamlStep } from "../types";
import { absent, present } from "./domains";
import { ago, days } from "./time";

const base = "https://account.example.com";

/** What the service knows of Contoso. */
export const integration: Integration = {
  account: "contoso-7f3c",
  organization: "Contoso Ltd",
  version: 4,
  status: "inactive",
  activated_at: null,
  domains: [domain("contoso.com", "token=p4hw6zr2xq7e3nla6p5wz2tyujre", true), domain("fabrikam.com", "token=k7m2qv4xhd3nla6p5wz2tyujre", false)],
  app_registration: { at: ago(2 * days), by: "jonas.weber@contoso.com" },
  groups: { admins: null, users: null },
  service_provider: {
    entity_id: `${base}/saml/contoso-7f3c/metadata`,
    acs_url: `${base}/saml/contoso-7f3c/acs`,
    metadata_url: `${base}/saml/contoso-7f3c/metadata`,
    slo_url: `${base}/saml/contoso-7f3c/slo`,
  },
  identity_provider: null,
  saml_options: { sign_requests: false, idp_initiated: false, cbc_encryption: false },
  saml: null,
  sign_ins: { portal: null, desktop: null },
  scim: { enabled: true, base_url: `${base}/scim/v2/contoso-7f3c`, token: null, old_tokens: [], mark: null },
  users: null,
  backup_login: null,
  blockers: [],
};

function domain(name: string, value: string, verified: boolean): Integration["domains"][number] {
  const host = "_parallels-challenge";
  return {
    name,
    record: { host, name: `${host}.${name}`, value },
    state: verified ? "verified" : "pending",
    added_at: ago(2 * days),
    verified_at: verified ? ago(days) : null,
    checked_at: ago(3),
  };
}

const contoso: NewProject = {
  organization: "Contoso Ltd",
  admin_email: "jonas.weber@contoso.com",
  service: "parallels-my-account",
  idp: "entra",
  backend: { kind: "account-service", url: base },
};

const noSaml: SamlStep = {
  source: null,
  values: null,
  reading: [],
  choices: [],
  typed: { entity_id: "", sso_url: "", certificate: "" },
  accepted: {},
  sent_at: null,
  marked_at: null,
};

/** A project as it is the moment it was made. */
export function emptyProject(id: string, asked: NewProject = contoso): Project {
  const group = { idp_name: "", service_name: "", id: "" };
  return {
    schema: 1,
    revision: 1,
    id,
    ...asked,
    created_at: ago(3 * days),
    saved_at: ago(3),
    place: "",
    account: integration.account,
    domains: { entries: [] },
    app_registration: { app_name: "", tenant_id: "", marked_at: null },
    groups: { admins: { ...group }, users: { ...group }, sent_at: null },
    saml: structuredClone(noSaml),
    scim: { enabled: true, token_hint: null, marked_at: null },
    users: { marked_at: null, accepted: {} },
    backup_login: { email: asked.admin_email },
    confirmed: {},
    known: { integration, arrivals: { user_count: 0, group_count: 0, users: [], groups: [], last_call: null }, seen_at: ago(3) },
    conflict: null,
    handovers: [],
    task: null,
    history: [{ at: ago(3 * days), code: "project-created", args: {} }],
  };
}

const entry = (name: string, report: DomainEntry["report"]): DomainEntry => ({
  name,
  unicode: name,
  added_at: ago(2 * days),
  report,
  refusal: [],
  dns_host: null,
  looks: [],
});

export function halfWayProject(): Project {
  const project = emptyProject("contoso");
  const [accepted = "", pending = ""] = integration.domains.map(({ record }) => record.value);
  return {
    ...project,
    revision: 31,
    domains: { entries: [entry("contoso.com", present("contoso.com", accepted)), entry("fabrikam.com", absent("fabrikam.com", pending))] },
    app_registration: { app_name: "Parallels My Account", tenant_id: "", marked_at: ago(2 * days) },
    groups: {
      admins: { idp_name: "Contoso-MyAccount-Admins", service_name: "Contoso-MyAccount-Admins", id: "6f1f3c62-9a2b-4a6e-8f55-1d1a8c7b9e01" },
      users: { idp_name: "Contoso-Desktop-Users", service_name: "Contoso-Desktop-Users", id: "0b9d2a57-3c41-4b0f-9d2e-77aa54f0c812" },
      sent_at: ago(150),
    },
    saml: readSaml(),
    scim: { enabled: false, token_hint: null, marked_at: null },
    history: [
      ...project.history,
      { at: ago(2 * days), code: "domain-added", args: { domain: "fabrikam.com" } },
      { at: ago(days), code: "domain-accepted", args: { domain: "contoso.com" } },
      { at: ago(150), code: "sent", args: { step: "groups" } },
      { at: ago(30), code: "metadata-read", args: { errors: "0" } },
      { at: ago(3), code: "domain-checked", args: { domain: "fabrikam.com" } },
    ],
  };
}

export const settledProject = (id: string): Project => ({
  ...halfWayProject(),
  id,
  organization: "Northwind Traders",
  backend: { kind: "this-computer" },
});

const entra = "8b1f2f0e-6c1d-4a7e-9d53-2f6a1c90b7e4";

function readSaml(): SamlStep {
  return {
    ...noSaml,
    source: { way: "file", name: "Parallels My Account.xml", size: 9830, read_at: ago(30) },
    values: {
      entity_id: `https://sts.windows.net/${entra}/`,
      sso_url: `https://login.microsoftonline.com/${entra}/saml2`,
      sso_binding: "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect",
      certificates: [certificate("3F:9A", -3 * 365 * days + 23 * days, 23 * days), certificate("C4:07", -5 * days, 1090 * days)],
      provider: "entra",
      display_name: null,
      name_id_formats: [],
      valid_until: null,
      wants_signed_requests: false,
    },
  };
}

/** `from` and `until` in minutes from now. */
export function certificate(begins: string, from: number, until: number): Certificate {
  const name = "CN=Microsoft Azure Federated SSO Certificate";
  const rest = "41:7D:0E:92:AB:5C:33:F0:18:6B:C9:D4:27:80:5E:EA:B1:0F:66:73:2C:98:E5:4D:D1:3A:07:BF:8C:59";
  return {
    sha256: `${begins}:${rest}`,
    sha1: `${begins}:41:7D:0E:92:AB:5C:33:F0:18:6B:C9:D4:27:80:5E:EA:B1:0F`,
    subject: name,
    issuer: name,
    not_before: ago(-from),
    not_after: ago(-until),
    key: "RSA 2048",
    key_kind: "rsa",
    key_bits: 2048,
    signature_algorithm: "RSA with SHA-256",
    serial: "5B:1E:77:A0",
    pem: "-----BEGIN CERTIFICATE-----\nMIIC8DCCAdigAwIBAgIQFsx3\n-----END CERTIFICATE-----\n",
    self_signed: true,
  };
}
