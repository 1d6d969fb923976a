/** What components take. Structural on purpose: they know neither the host nor a step. */

export type Severity = "info" | "warning" | "error";

export interface FindingData {
  code: string;
  severity: Severity;
  args?: Partial<Record<string, string>>;
  evidence?: { source: string; value: string }[];
}

/** The eight shapes a state can have. */
export type Shape =
  | "not-started"
  | "in-progress"
  | "waiting"
  | "error"
  | "warning"
  | "done-by-evidence"
  | "done-by-word"
  | "not-needed"
  | "cannot-be-seen";

export type StateData =
  | { kind: "not-started" }
  | { kind: "in-progress" }
  | { kind: "waiting" }
  | { kind: "needs-attention"; severity: Severity }
  | { kind: "done"; by: "evidence" | "word" }
  | { kind: "not-needed" };

export type InlineNode =
  | { kind: "text" | "label" | "value"; text: string }
  | { kind: "link"; text: string; url: string };

export interface Choice {
  value: string;
  label: string;
  hint?: string;
}

export interface FieldFault {
  /** The id of the control to go to. */
  field?: string;
  message: string;
  fix?: string;
}

/** A certificate as a bar on the time line. Times are RFC 3339. */
export interface CertificateBar {
  sha256: string;
  subject: string;
  key: string;
  not_before: string;
  not_after: string;
}

/** One value that differs between what is here and what the service has. */
export interface Difference {
  label: string;
  mine: string;
  theirs: string;
}
