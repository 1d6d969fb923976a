import type { Backend } from "../host/types";

/** What is asked about a place in Ory Polis, by the name that the core gives each field. */
export interface PolisAnswers {
  "polis-url": string;
  tenant: string;
  product: string;
  "default-redirect-url": string;
  "redirect-urls": string;
  "api-key": string;
}

export type PolisField = keyof PolisAnswers;

export const noPolis: PolisAnswers = { "polis-url": "https://", tenant: "", product: "", "default-redirect-url": "https://", "redirect-urls": "", "api-key": "" };

/** The fields of the place, in the order they are asked. */
export const placeFields: PolisField[] = ["polis-url", "tenant", "product", "default-redirect-url", "redirect-urls"];

const isAddress = (url: string): boolean => /^https?:\/\/[^/\s]+/.test(url.trim());

/** What is plainly missing; the core judges the rest. */
export const missingOf = (answers: PolisAnswers, withKey: boolean): PolisField[] =>
  (["polis-url", "tenant", "product", "default-redirect-url", "api-key"] as const).filter((field) => {
    if (field === "api-key") return withKey && !/^\S+$/.test(answers[field].trim());
    return field === "tenant" || field === "product" ? answers[field].trim() === "" : !isAddress(answers[field]);
  });

export const polisBackend = (answers: PolisAnswers): Backend => ({
  kind: "polis",
  url: answers["polis-url"].trim(),
  tenant: answers.tenant.trim(),
  product: answers.product.trim(),
  default_redirect_url: answers["default-redirect-url"].trim(),
  redirect_urls: answers["redirect-urls"].split(/\s+/).filter(Boolean),
});

/** What takes the SAML values of a project: Polis by its name, or the service by its own. */
export const takerOf = (backend: Backend, service: string): string => (backend.kind === "polis" ? "Ory Polis" : service);
