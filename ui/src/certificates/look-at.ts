import type { Shape } from "../components/types";
import type { CertificateReport } from "../host/types";
import { t } from "../texts";

/** One sentence about what was looked at. */
export function verdictOf({ certificates, findings }: CertificateReport): { shape: Shape; word: string } {
  const count = certificates.length;
  if (count === 0) return { shape: "error", word: t("look-at-none") };
  if (findings.some(({ severity }) => severity === "error")) return { shape: "error", word: t("look-at-bad", { count }) };
  if (findings.some(({ severity }) => severity === "warning")) return { shape: "warning", word: t("look-at-warned", { count }) };
  return { shape: "done-by-evidence", word: t("look-at-good", { count }) };
}
