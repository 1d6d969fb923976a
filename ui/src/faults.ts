import { hasText, t, te, tf, type SpokenError } from "./texts";

export interface Coded {
  code: string;
  message: string;
  field?: string | null;
  hints?: string[];
  args?: Partial<Record<string, string>>;
}

/**
 * Whatever was thrown, in words. A value that will not do is told by the finding that says why, else by the words for
 * that field; a hint that has words is added to what to do.
 */
export function spokenFault(thrown: unknown): SpokenError {
  const fault = isCoded(thrown) ? thrown : { code: "internal", message: String(thrown) };
  return reason(fault) ?? forField(fault) ?? withHints(fault);
}

function reason({ code, hints = [], args }: Coded): SpokenError | null {
  const finding = hints.find((hint) => hasText(`finding-${hint}`));
  return finding === undefined ? null : { code, ...tf({ code: finding, args }) };
}

function forField(fault: Coded): SpokenError | null {
  const code = `${fault.code}-${fault.field}`;
  return fault.field && hasText(`error-${code}`) ? { ...te({ ...fault, code }), code: fault.code } : null;
}

function withHints(fault: Coded): SpokenError {
  const words = te(fault);
  const helping = (fault.hints ?? []).filter((hint) => hasText(`hint-${hint}`)).map((hint) => t(`hint-${hint}`, fault.args));
  return { ...words, fix: [words.fix, ...helping].filter(Boolean).join(" ") };
}

const isCoded = (thrown: unknown): thrown is Coded =>
  typeof thrown === "object" && thrown !== null && "code" in thrown && typeof thrown.code === "string" && "message" in thrown;
