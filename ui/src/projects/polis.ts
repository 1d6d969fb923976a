import type { Broker } from "./brokers";

export const polis: Broker = {
  kind: "polis",
  name: "Ory Polis",
  fields: ["polis-url", "tenant", "product", "default-redirect-url", "redirect-urls"],
  secret: "api-key",
  addresses: ["polis-url", "default-redirect-url"],
  optional: ["redirect-urls"],
  long: ["redirect-urls"],
  backend: (answer) => ({
    kind: "polis",
    url: answer("polis-url"),
    tenant: answer("tenant"),
    product: answer("product"),
    default_redirect_url: answer("default-redirect-url"),
    redirect_urls: answer("redirect-urls").split(/\s+/).filter(Boolean),
  }),
};
