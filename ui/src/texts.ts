import { FluentBundle, FluentResource, type FluentVariable } from "@fluent/bundle";
import { dayAndTime, isTimestamp } from "./format";

/** The variables of a message. Timestamps (RFC 3339) are shown in local time; numbers only select plural forms. */
export type TextArgs = Partial<Record<string, string | number>>;

export interface SpokenFinding {
  message: string;
  /** What to do; empty when nothing is to be done. */
  fix: string;
}

/** A text the screens need does not exist, or its variables are not the ones given. */
export class TextError extends Error {}

/** The texts of one language, read from its Fluent files. */
export class Texts {
  readonly #bundle: FluentBundle;
  readonly #strict: boolean;

  /** `strict` throws for a missing id; otherwise the id itself is shown. */
  constructor(language: string, sources: string[], strict: boolean) {
    this.#strict = strict;
    this.#bundle = new FluentBundle(language, { useIsolating: false });
    for (const source of sources) this.add(source);
  }

  /** Adds a file's worth of texts. */
  add(source: string): void {
    const faults = this.#bundle.addResource(new FluentResource(source));
    if (faults.length > 0 && this.#strict) throw new TextError(faults.join("\n"));
  }

  has(id: string): boolean {
    return this.#pattern(id) !== null;
  }

  /** The text of `id` or, for `id.attribute`, of that attribute. */
  text(id: string, args: TextArgs = {}): string {
    const pattern = this.#pattern(id);
    if (pattern === null) return this.#missing(id);
    const faults: Error[] = [];
    const text = this.#bundle.formatPattern(pattern, spoken(args), faults);
    if (faults.length > 0 && this.#strict) throw new TextError(`${id}: ${faults.join(", ")}`);
    return text;
  }

  /** The first of `ids` that has a text. */
  firstOf(ids: string[], args: TextArgs = {}): string {
    return this.text(ids.find((id) => this.has(id)) ?? ids[0] ?? "", args);
  }

  #pattern(id: string) {
    const [name = "", attribute] = id.split(".");
    const message = this.#bundle.getMessage(name);
    if (!message) return null;
    return attribute === undefined ? message.value : (message.attributes[attribute] ?? null);
  }

  #missing(id: string): string {
    if (this.#strict) throw new TextError(`no text ${id}`);
    return id;
  }
}

function spoken(args: TextArgs): Record<string, FluentVariable> {
  const entries = Object.entries(args).filter((entry): entry is [string, string | number] => entry[1] !== undefined);
  return Object.fromEntries(entries.map(([name, value]) => [name, speak(value)]));
}

/** Counts arrive as text from the core; they select plural forms like numbers do. */
function speak(value: string | number): FluentVariable {
  if (typeof value === "number") return value;
  if (/^\d{1,6}$/.test(value)) return Number(value);
  return isTimestamp(value) ? dayAndTime(value) : value;
}

const files = import.meta.glob<string>("./locales/en/*.ftl", { eager: true, query: "?raw", import: "default" });
const english = new Texts("en", Object.values(files), !import.meta.env.PROD);

export const t = (id: string, args?: TextArgs): string => english.text(id, args);
export const hasText = (id: string): boolean => english.has(id);
/** The text of the first id that has one: a general text behind a special one. */
export const firstText = (ids: string[], args?: TextArgs): string => english.firstOf(ids, args);

/** A finding in words. A code without a text is shown as itself, so that nothing is hidden. */
export function tf(finding: { code: string; args?: TextArgs }): SpokenFinding {
  const id = `finding-${finding.code}`;
  if (!english.has(id)) return { message: t("finding-without-words", { code: finding.code }), fix: "" };
  const fix = english.has(`${id}.fix`) ? t(`${id}.fix`, finding.args) : "";
  return { message: t(id, finding.args), fix };
}

export interface SpokenError extends SpokenFinding {
  code: string;
}

/** An error of the host in words. */
export function te(error: { code: string; message: string; args?: TextArgs }): SpokenError {
  const id = `error-${error.code}`;
  const { code } = error;
  if (!english.has(id)) return { code, message: error.message, fix: t("error-without-words.fix", { code }) };
  const fix = english.has(`${id}.fix`) ? t(`${id}.fix`, error.args) : "";
  return { code, message: t(id, error.args), fix };
}
