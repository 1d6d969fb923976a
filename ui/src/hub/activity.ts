import { isStep, type AuditEntry, type Happening } from "../host/types";
import { firstText, t } from "../texts";

const named = (step: string | undefined): string => (isStep(step) ? t(`step-${step}`) : (step ?? ""));

/** A line of the project's own history. */
export function happened({ code, args }: Happening): string {
  return firstText([`activity-${code}`, "activity-unknown"], { ...args, step: named(args.step), code });
}

/** A line of the service's log. */
export function logged({ action, subject }: AuditEntry): string {
  const about = isStep(subject) ? named(subject) : (subject ?? "");
  return firstText([`audit-${action.replace(".", "-")}`, "audit-unknown"], { subject: about, action });
}
