import { te, type SpokenError } from "./texts";

/** Whatever was thrown, in words. */
export function spokenFault(thrown: unknown): SpokenError {
  return te(isCoded(thrown) ? thrown : { code: "internal", message: String(thrown) });
}

interface Coded {
  code: string;
  message: string;
  args?: Partial<Record<string, string>>;
}

const isCoded = (thrown: unknown): thrown is Coded =>
  typeof thrown === "object" && thrown !== null && "code" in thrown && typeof thrown.code === "string" && "message" in thrown;
