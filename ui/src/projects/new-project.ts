import type { FieldFault } from "../components/types";
import { spokenFault, type Coded } from "../faults";
import { backendOf, brokerOf, brokers, missingOf, type BrokerAnswers, type BrokerKind } from "./brokers";
import type { Backend, NewProject, ProjectSummary } from "../host/types";

/** What the form holds while it is filled in. */
export interface Answers {
  organization: string;
  admin_email: string;
  service: string | null;
  idp: string | null;
  backend: "portal" | BrokerKind | "this-computer" | "account-service" | "hand-over";
  url: string;
  token: string;
  brokers: Readonly<Record<BrokerKind, BrokerAnswers>>;
  /** The address that was signed in to in the browser. */
  signedInTo: string | null;
}

/** The id of the control of an answer, also of one the core names. */
export const fieldId = (field: string): string => `new-project-field-${field}`;

/** What is plainly missing; the core judges the rest. */
export function faultsOf(answers: Answers): FieldFault[] {
  const service = answers.backend === "account-service";
  const checks: [field: string, wrong: boolean][] = [
    ["organization", answers.organization.trim() === ""],
    ["admin-email", !/^\S+@\S+\.\S+$/.test(answers.admin_email.trim())],
    ["service", answers.service === null],
    ["idp", answers.service !== null && answers.idp === null],
    ["url", service && !isAddress(answers.url)],
    ["access-token", service && !isSignedIn(answers) && !/^\S+$/.test(answers.token.trim())],
  ];
  const broker = brokerOf(answers.backend);
  const inBroker = broker ? missingOf(broker, answers.brokers[broker.kind], true) : [];
  const wrong = [...checks.filter(([, wrong]) => wrong).map(([field]) => field), ...inBroker];
  return wrong.map((field) => fault({ code: "invalid-input", field, message: field }));
}

/** A fault of the form, or one that the core answered. */
export function fault(error: Coded): FieldFault {
  const { message, fix } = spokenFault(error);
  return { field: error.field ? fieldId(error.field) : undefined, message, fix };
}

/** Plain http is let through for this computer alone; the core decides. */
const isAddress = (url: string): boolean => /^https:\/\/[^/\s]+|^http:\/\/(localhost|127\.0\.0\.1|\[::1\])([:/]|$)/.test(url.trim());

/** Another address than the one that was signed in to needs a sign-in of its own. */
const isSignedIn = ({ url, signedInTo }: Answers): boolean => signedInTo !== null && signedInTo === url.trim();

/** The token that was pasted, where one is needed and the browser brought none. */
export function tokenOf(answers: Answers): string | null {
  const broker = brokerOf(answers.backend);
  if (broker) return answers.brokers[broker.kind][broker.secret]?.trim() ?? "";
  return answers.backend === "account-service" && !isSignedIn(answers) ? answers.token.trim() : null;
}

export function asked(answers: Answers): NewProject {
  const { organization, admin_email, service, idp, url } = answers;
  const backend = (): Backend => {
    const kind = answers.backend;
    if (kind === "polis" || kind === "keycloak") return backendOf(brokers[kind], answers.brokers[kind]);
    return kind === "account-service" ? { kind, url: url.trim() } : { kind };
  };
  return {
    organization: organization.trim(),
    admin_email: admin_email.trim(),
    service: service ?? "",
    idp: idp ?? "",
    backend: backend(),
  };
}

const plain = (name: string): string => name.trim().toLowerCase();

/** The project of the same organization and service whose domains can be taken over; the newest, as they are listed. */
export const sharesWith = (known: ProjectSummary[], organization: string, service: string): ProjectSummary | undefined =>
  known.find((one) => one.domains.length > 0 && one.service_name === service && plain(one.organization) === plain(organization));
