import type { Certificate, CertificateEntry, CertificateList, CertificateReport, Finding, ProjectView, RolloverEdit, RolloverStage, RolloverView } from "../types";
import { certificate, halfWayProject } from "./projects";
import { ago, days } from "./time";

const date = (at: string): string => at.slice(0, 10);

function judged({ subject, not_after }: Certificate): Finding[] {
  const args = { subject, date: date(not_after), clock: "fine" };
  const left = Math.floor((Date.parse(not_after) - Date.parse(ago(0))) / 86_400_000);
  if (left < 0) return [{ code: "certificate-expired", severity: "error", args: { ...args, days: String(-left) } }];
  return left <= 60 ? [{ code: "certificate-ends-soon", severity: "warning", args: { ...args, days: String(left) } }] : [];
}

/** What the core lists of these projects. */
export function certificateList(projects: ProjectView[]): CertificateList {
  const named = projects.map((view) => ({
    view,
    of: { project: view.project.id, organization: view.project.organization, service: view.service_short_name, idp: view.idp_short_name },
  }));
  const entries = named.flatMap(({ view, of }) =>
    view.signing_certificates.map((certificate): CertificateEntry => {
      const { rollover } = view;
      const part = rollover?.old.some(({ sha256 }) => sha256 === certificate.sha256) ? "old" : rollover ? "new" : null;
      return { of, certificate, at_service: !view.steps.some(({ step, unsent }) => step === "saml" && unsent), part, findings: judged(certificate) };
    }),
  );
  entries.sort((a, b) => Date.parse(a.certificate.not_after) - Date.parse(b.certificate.not_after));
  return { entries, without: named.filter(({ view }) => view.signing_certificates.length === 0).map(({ of }) => of), now: ago(0) };
}

/** What the core says of a pasted text: a private key, two certificates, or nothing to be found. */
export function looked(text: string): CertificateReport {
  const report = (certificates: Certificate[], findings: Finding[]): CertificateReport => ({ certificates, findings, now: ago(0) });
  if (text.includes("PRIVATE KEY")) return report([], [{ code: "private-key-refused", severity: "error" }]);
  const certificates = halfWayProject().saml.values?.certificates ?? [];
  if (!text.includes("BEGIN CERTIFICATE")) return report([], [{ code: "certificate-not-found", severity: "error" }]);
  return report(certificates, [
    ...certificates.flatMap(judged),
    { code: "certificate-of-project", severity: "info", args: { organization: "Contoso Ltd", subject: certificates[0]?.subject ?? "" } },
  ]);
}

/** A change of certificates of an active project, in one of its stages. */
export function rollover(stage: RolloverStage, byWord: boolean): RolloverView {
  const sent = stage === "send" ? null : ago(2 * 60);
  const seen = stage === "take-away" || stage === "done" ? { at: ago(20), by: byWord ? ("word" as const) : ("evidence" as const), signed_by: null } : null;
  return {
    stage,
    started_at: ago(days),
    old: [certificate("3F:9A", -3 * 365 * days + 23 * days, 23 * days)],
    new: [certificate("C4:07", -5 * days, 1090 * days)],
    sent_at: sent,
    seen,
    removed_at: stage === "done" ? ago(0) : null,
    notes: stage === "sign-in" ? [{ code: "rollover-old-withdrawn", severity: "info", args: {} }] : [],
    by_word: byWord,
    refusal: stage === "sign-in" ? { code: "rollover-refused-no-sign-in", severity: "error", args: {} } : null,
  };
}

const after: Record<RolloverEdit, RolloverStage> = {
  "saw-sign-in": "take-away",
  "saw-no-sign-in": "sign-in",
  "take-away": "done",
  "put-back": "take-away",
  "call-off": "called-off",
  "go-on": "sign-in",
};

export function editRollover(view: ProjectView, edit: RolloverEdit): void {
  if (view.rollover) view.rollover = rollover(after[edit], view.rollover.by_word);
}

/** Those of the values, and the old ones beside them. */
export function signingOf({ project, rollover }: ProjectView): Certificate[] {
  const given = project.saml.values?.certificates ?? [];
  if (!rollover) return given;
  if (rollover.stage === "called-off") return rollover.old;
  return rollover.stage === "done" ? rollover.new : [...rollover.new, ...rollover.old];
}

/** Many companies, each with a certificate of its own. */
export const many = (project: ProjectView): ProjectView[] =>
  ["Adatum", "Contoso", "Fabrikam", "Litware", "Northwind", "Proseware", "Tailspin", "Trey Research", "Wingtip", "Woodgrove"].map((organization, index) => {
    const until = (index - 1) * 40 * days + 5 * days;
    const own = certificate(`${String(10 + index)}:9A`, until - 3 * 365 * days, until);
    return {
      ...structuredClone(project),
      project: { ...structuredClone(project.project), id: organization, organization },
      signing_certificates: organization === "Litware" ? [] : [own],
    };
  });

