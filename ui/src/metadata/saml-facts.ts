import type { FieldFault } from "../components/types";
import { date, dayAndTime } from "../format";
import type { Certificate, Finding, IdentityProvider, IdpField, IdpValues, ProjectView, SamlAddress, SamlField, SamlSource, StepView } from "../host/types";
import { t, tf } from "../texts";

/** `9.6 KB`: as the file manager says it. */
export function sizeText(bytes: number): string {
  if (bytes < 1000) return t("saml-size-bytes", { size: String(bytes) });
  if (bytes < 1_000_000) return t("saml-size-kb", { size: (bytes / 1000).toFixed(1) });
  return t("saml-size-mb", { size: (bytes / 1_000_000).toFixed(1) });
}

export const sourceName = ({ way, name }: SamlSource): string => t(`saml-source-${way}`, { name });

export const sourceFacts = ({ way, size, read_at }: SamlSource): string =>
  way === "by-hand"
    ? t("saml-source-typed", { when: dayAndTime(read_at) })
    : t("saml-source-read", { size: sizeText(size), when: dayAndTime(read_at) });

/** Where the address led on to. */
export const redirectText = ({ redirects }: SamlAddress): string => t("saml-source-redirects", { addresses: redirects.join(", ") });

/** Where messages about signing out are sent; answers to a second address where there is one. */
export const logoutUrls = ({ logout }: IdpValues): string[] =>
  logout ? [logout.location, ...(logout.response_location ? [logout.response_location] : [])] : [];

/** One value of a difference, as people say it. */
export function differenceText(field: IdpField, value: string): string {
  if (field === "valid-until") return date(value);
  if (field === "signed-requests") return t(value === "true" ? "saml-signed-requests-yes" : "saml-signed-requests-no");
  return value;
}

export const providerName = ({ provider, display_name }: IdpValues): string =>
  provider ? t(`saml-provider-${provider}`) : (display_name ?? t("saml-provider-unknown"));

/** The last word of the binding's URI is its name: `HTTP-Redirect`. */
export const bindingName = (uri: string): string => uri.split(":").at(-1) ?? uri;

const bindings: Record<IdentityProvider["sso_binding"], string> = { "http-redirect": "HTTP-Redirect", "http-post": "HTTP-POST" };

/** As Entra shows it: no colons. */
export const thumbprint = ({ sha1 }: Certificate): string => sha1.replaceAll(":", "");

/** Enough of a fingerprint to tell two certificates apart. */
export const shortPrint = ({ sha256 }: Certificate): string => `${sha256.slice(0, 11)}…`;

/** What is wrong with a typed value; warnings stand in the list, where they are ticked. */
export function fieldError(findings: Finding[], field: SamlField): string | undefined {
  const words = findings.filter((one) => isAtField(one) && one.args?.field === field).map(tf);
  return words.length === 0 ? undefined : words.map(({ message, fix }) => `${message} ${fix}`.trim()).join(" ");
}

export const isAtField = ({ severity, args }: Finding): boolean => severity === "error" && args?.field !== undefined;

const serviceFields = ["sp-entity-id", "acs-url", "slo-url", "customer-name"];

/** About the service's own values, which stand above. */
export const isServiceSide = ({ code, args }: Finding): boolean =>
  code.startsWith("sp-metadata-") || args?.side === "service" || serviceFields.includes(args?.field ?? "");

/** What keeps the values from being saved, in words, with where to go. */
export function blocks(step: StepView, hasValues: boolean): FieldFault[] {
  const errors = step.findings.filter(({ severity }) => severity === "error");
  const open = step.findings.filter(({ severity, code }) => severity === "warning" && !step.accepted.includes(code));
  const faults = [
    ...errors.map((finding) => ({ field: placeOf(finding), ...spoken(finding) })),
    ...open.map((finding) => ({ field: "saml-findings", message: t("saml-save-tick", { what: tf(finding).message }) })),
  ];
  if (faults.length > 0 || hasValues) return faults;
  return [{ field: "saml-preview", message: t("saml-save-nothing"), fix: t("saml-save-nothing.fix") }];
}

const placeOf = (finding: Finding): string => (isAtField(finding) ? fieldId(finding.args?.field ?? "") : "saml-findings");
export const fieldId = (field: string): string => `saml-field-${field}`;

function spoken(finding: Finding): { message: string; fix: string } {
  const { message, fix } = tf(finding);
  return { message, fix };
}

export interface ChangeRow {
  label: string;
  now: string[];
  after: string[];
}

/** What saving changes at the service, value by value. */
export function changeRows(view: ProjectView, values: IdpValues): ChangeRow[] {
  const theirs = view.project.known?.integration.identity_provider;
  const one = (text: string | null | undefined) => (text ? [text] : []);
  return [
    { label: t("saml-entity-id"), now: one(theirs?.entity_id), after: [values.entity_id] },
    { label: t("saml-sso-url"), now: one(theirs?.sso_url), after: [values.sso_url] },
    { label: t("saml-binding"), now: one(theirs && bindings[theirs.sso_binding]), after: [bindingName(values.sso_binding)] },
    ...logoutRow(theirs, values),
    {
      label: t("saml-certificates"),
      now: (theirs?.certificates ?? []).map((pem) => printOf(pem, view.signing_certificates)),
      after: view.signing_certificates.map(shortPrint),
    },
  ];
}

/** Left out where neither side knows an address. */
function logoutRow(theirs: IdentityProvider | null | undefined, values: IdpValues): ChangeRow[] {
  const known = theirs?.logout;
  const now = known ? [known.url, ...(known.response_url ? [known.response_url] : [])] : [];
  const after = logoutUrls(values);
  return now.length + after.length > 0 ? [{ label: t("saml-logout-url"), now, after }] : [];
}

function printOf(pem: string, certificates: Certificate[]): string {
  const known = certificates.find((one) => one.pem.trim() === pem.trim());
  return known ? shortPrint(known) : t("saml-save-other");
}

/** What reading came to, for those who do not see it. */
export function readingText({ project, steps, newer_metadata }: ProjectView): string {
  const { values, choices, newer } = project.saml;
  if (newer_metadata) return t(newer?.values ? "saml-newer" : newer?.choices.length ? "saml-newer-several" : "saml-newer-unusable");
  if (values) return t("saml-read", { provider: providerName(values), count: values.certificates.length });
  if (choices.length > 0) return t("saml-read-several");
  const worst = steps.find(({ step }) => step === "saml")?.findings.find(({ severity }) => severity === "error");
  return worst ? tf(worst).message : t("saml-read-nothing");
}
