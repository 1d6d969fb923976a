import type { Conflict, DomainEntry, Finding, Looks, Project, ProjectView } from "../types";
import { absent, present, wrong } from "./domains";
import { certificate, halfWayProject, integration } from "./projects";
import { ago, days } from "./time";

const entry = (name: string, more: Partial<DomainEntry>): DomainEntry => ({
  name,
  unicode: name,
  added_at: ago(2 * days),
  report: null,
  refusal: [],
  dns_host: null,
  looks: [],
  ...more,
});

const fabrikamLooks: Looks[] = [
  { verdict: "waiting", first: ago(days), last: ago(90), count: 61 },
  { verdict: "problem", first: ago(60), last: ago(0), count: 4 },
];

/** Every state a domain can be in: accepted, mistyped, published, refused, not looked at, not sent. */
export function domainsProject(): Project {
  const project = halfWayProject();
  const [accepted, pending] = project.domains.entries;
  const [contoso, fabrikam] = integration.domains;
  if (!accepted || !pending || !contoso || !fabrikam || !project.known) return project;
  const issued = (name: string) => ({ ...fabrikam, name, record: { ...fabrikam.record, name: `${fabrikam.record.host}.${name}` } });
  const umlaut = "xn--mller-kva.example";
  project.id = "domains";
  project.domains.entries = [
    accepted,
    { ...pending, report: wrong("fabrikam.com", fabrikam.record.value), looks: fabrikamLooks },
    entry(umlaut, { unicode: "müller.example", report: { ...present(umlaut, fabrikam.record.value), unicode: "müller.example" }, refusal: [disagree] }),
    entry("adatum.com", {}),
    entry("tailwind.example", { refusal: [taken] }),
    entry("wingtip.example", {}),
  ];
  const known = integration.domains.concat(issued(umlaut), issued("adatum.com"));
  project.known = { ...project.known, integration: { ...project.known.integration, domains: known } };
  return project;
}

/** An accepted domain whose record is gone. The service has noticed it, nine of fourteen days are left; or it has not yet. */
export function goneProject(noticed: boolean): Project {
  const project = halfWayProject();
  project.id = "gone";
  if (!project.known) return project;
  const { integration: known } = project.known;
  for (const entry of project.domains.entries) {
    entry.report = absent(entry.name, entry.report?.expected ?? "");
    entry.standing = "gone";
  }
  if (!noticed) return project;
  const gone = { missing_since: ago(5 * days), lost_at: ago(-9 * days) };
  project.known.integration = { ...known, domains: known.domains.map((one) => (one.state === "verified" ? { ...one, ...gone } : one)) };
  return project;
}

const disagree: Finding = {
  code: "servers-disagree",
  severity: "warning",
  args: { amount: "one", zone: "müller.example", behind: "ns38.domaincontrol.com" },
};
const taken: Finding = { code: "domain-taken", severity: "error", args: { domain: "tailwind.example" } };

/** Metadata that was fetched, signed by a federation, and read again: a certificate and the sign-in address are others. */
export function newerMetadata(view: ProjectView): void {
  const { saml } = view.project;
  if (!saml.values || !saml.source) return;
  const [old, kept] = saml.values.certificates;
  const added = certificate("9B:52", -1 * days, 1094 * days);
  const moved = `${saml.values.sso_url}/v2`;
  const findings: Finding[] = [
    { code: "metadata-change-endpoint", severity: "warning", evidence: [{ source: "before", value: saml.values.sso_url }, { source: "after", value: moved }] },
    { code: "metadata-change-certificate-removed", severity: "warning", args: { count: "1" } },
  ];
  saml.newer = {
    source: { ...saml.source, read_at: ago(0) },
    values: { ...saml.values, sso_url: moved, certificates: kept ? [kept, added] : [added] },
    findings: [],
    signature: { state: "absent", signed_by: null },
    choices: [],
    choice_count: 0,
    document: null,
  };
  view.newer_metadata = {
    differences: [
      { field: "sso-url", before: [saml.values.sso_url], after: [moved] },
      { field: "certificate", before: old ? [old.sha256] : [], after: [added.sha256] },
    ],
    findings,
  };
}

/** Metadata from an address, signed with a key that nobody has confirmed yet. */
export function signedProject(): Project {
  const project = halfWayProject();
  const url = "https://federation.example.edu/metadata/idp.xml";
  const address = { url, redirects: ["https://mds.example.edu/idp.xml"], allow_private: false };
  project.saml.source = { way: "address", name: url, size: 9830, read_at: ago(30), address };
  const signed_by = { ...certificate("71:D8", -200 * days, 900 * days), subject: "CN=Federation metadata signing" };
  project.saml.signature = { state: "unconfirmed", signed_by };
  return project;
}

const entities = ["students", "staff", "alumni"].map((who) => ({
  entity_id: `https://idp.example.edu/${who}/metadata`,
  display_name: `Example University, ${who}`,
  roles: ["idp" as const],
}));

/** A document with several identity providers, none chosen yet. */
export function severalProject(): Project {
  const project = halfWayProject();
  project.saml = { ...project.saml, values: null, choices: entities, choice_count: 1204 };
  return project;
}

/** A sign-in page that was saved in the metadata's place. */
export function unreadableProject(): Project {
  const project = halfWayProject();
  project.saml = { ...project.saml, values: null };
  return project;
}

/** Two of three values typed, one of them wrong. */
export function typedProject(): Project {
  const project = halfWayProject();
  project.saml = {
    ...project.saml,
    source: { way: "by-hand", name: "", size: 96, read_at: ago(1), address: null },
    values: null,
    typed: { entity_id: "https://sts.windows.net/8b1f2f0e-6c1d-4a7e-9d53-2f6a1c90b7e4/", sso_url: "login.microsoftonline.com", certificate: "" },
  };
  return project;
}

export const typedFindings: Finding[] = [
  { code: "sso-url-invalid", severity: "error", args: { field: "sso-url" } },
  { code: "certificate-empty", severity: "error", args: { field: "certificate" } },
];
export const unreadableFindings: Finding[] = [{ code: "metadata-html-page", severity: "error", args: {} }];
export const severalFindings: Finding[] = [{ code: "metadata-several-entities", severity: "error", args: { count: "3" } }];

const samlConflict: Conflict = {
  step: "saml",
  at: ago(1),
  fields: [
    {
      field: "sso-url",
      mine: "https://login.microsoftonline.com/8b1f2f0e-6c1d-4a7e-9d53-2f6a1c90b7e4/saml2",
      theirs: "https://login.microsoftonline.com/common/saml2",
    },
    { field: "sso-binding", mine: "HTTP-Redirect", theirs: "HTTP-POST" },
  ],
};

/** Somebody else has saved other values meanwhile. */
export const conflictProject = (): Project => ({ ...halfWayProject(), conflict: samlConflict });

/** Contoso's step 3, as Dana opened it. */
export function taskProject(): Project {
  const task = { project: "contoso", step: "groups" as const, from: "jonas.weber@contoso.com", to: "Dana Kim", note: "Both groups are there already.", at: ago(90) };
  return { ...halfWayProject(), task };
}

/** Contoso after Dana gave step 3 back, while Jonas had changed it himself. */
export function returnedProject(): Project {
  const project = halfWayProject();
  const work = { entered: { step: "groups" as const, admins: project.groups.admins, users: project.groups.users }, confirmed: {} };
  const fields = [{ field: "admins-name", mine: project.groups.admins.service_name, theirs: "Contoso-Admins" }];
  return { ...project, handovers: [{ id: "h", step: "groups", to: "Dana Kim", at: ago(90), base: work, conflict: { fields, work } }] };
}
