import { describe, expect, it } from "vitest";
import type { Finding } from "../../src/host/types";
import { isServiceSide } from "../../src/metadata/saml-facts";

const error = (code: string, args: Finding["args"] = {}): Finding => ({ code, severity: "error", args, evidence: [] });

describe("a finding of the SAML step", () => {
  it("stands beside the service's values when it is about their document", () => {
    expect(isServiceSide(error("sp-metadata-is-idp"))).toBe(true);
    expect(isServiceSide(error("metadata-not-xml", { side: "service" }))).toBe(true);
    expect(isServiceSide(error("acs-url-invalid", { field: "acs-url" }))).toBe(true);
    expect(isServiceSide(error("slo-url-not-https", { field: "slo-url" }))).toBe(true);
  });

  it("stands beside the identity provider's otherwise", () => {
    expect(isServiceSide(error("metadata-not-xml"))).toBe(false);
    expect(isServiceSide(error("sso-url-invalid", { field: "sso-url" }))).toBe(false);
  });
});
