import type { FieldFault } from "../components/types";
import type { NewProject } from "../host/types";
import { te } from "../texts";

/** What the form holds while it is filled in. */
export interface Answers {
  organization: string;
  admin_email: string;
  service: string | null;
  idp: string | null;
  backend: "on-this-computer" | "account-service";
  url: string;
  token: string;
}

/** The id of the control of an answer, also of one the core names. */
export const fieldId = (field: string): string => `new-project-field-${field}`;

/** What is plainly missing; the core judges the rest. */
export function faultsOf(answers: Answers): FieldFault[] {
  const service = answers.backend === "account-service";
  const checks: [field: keyof Answers, wrong: boolean, code: string][] = [
    ["organization", answers.organization.trim() === "", "invalid-organization"],
    ["admin_email", !/^\S+@\S+\.\S+$/.test(answers.admin_email.trim()), "invalid-email"],
    ["service", answers.service === null, "missing-choice"],
    ["idp", answers.service !== null && answers.idp === null, "missing-choice"],
    ["url", service && !isAddress(answers.url), "invalid-url"],
    ["token", service && !/^\S+$/.test(answers.token.trim()), "invalid-token"],
  ];
  return checks.filter(([, wrong]) => wrong).map(([field, , code]) => fault(field, code));
}

function fault(field: keyof Answers, code: string): FieldFault {
  const { message, fix } = te({ code, message: code });
  return { field: fieldId(field), message, fix };
}

/** Plain http is let through for this computer alone; the core decides. */
const isAddress = (url: string): boolean => /^https:\/\/[^/\s]+|^http:\/\/(localhost|127\.0\.0\.1|\[::1\])([:/]|$)/.test(url.trim());

export function asked(answers: Answers): NewProject {
  const { organization, admin_email, service, idp, backend, url, token } = answers;
  return {
    organization: organization.trim(),
    admin_email: admin_email.trim(),
    service: service ?? "",
    idp: idp ?? "",
    backend: backend === "account-service" ? { kind: backend, url: url.trim(), token: token.trim() } : { kind: backend },
  };
}
