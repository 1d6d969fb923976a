import type { Diagnosis, DiagnosisMatch, Explanation } from "../types";
import data from "./diagnoses.json";

/** Every row of the core's own table. */
export const diagnoses = data as Diagnosis[];

const words = (text: string): Set<string> => new Set(text.toLowerCase().match(/[\p{L}\d_-]{4,}/gu));

/** Found by code, else by the words that a row has in common with the text: enough to see how answers look. */
export function explain(text: string): Explanation {
  const asked = words(text);
  const matches = diagnoses.flatMap((row): DiagnosisMatch[] => {
    const codes = [...row.codes, ...row.findings].filter((code) => text.toLowerCase().includes(code.toLowerCase()));
    const shared = [...words(`${row.symptom} ${row.cause} ${row.fix}`)].filter((word) => asked.has(word));
    const score = codes.length > 0 ? 1000 : shared.length * 10;
    return score >= 30 ? [{ row, score, why: codes.length > 0 ? codes : shared }] : [];
  });
  return { matches: matches.sort((a, b) => b.score - a.score).slice(0, 5), whole: text.length <= 1024 * 1024, is_answer: text.includes("SAMLResponse") };
}
