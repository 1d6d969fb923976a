import type { Broker } from "./brokers";

export const keycloak: Broker = {
  kind: "keycloak",
  name: "Keycloak",
  fields: ["keycloak-url", "realm", "alias", "client-id", "client-realm"],
  secret: "client-secret",
  addresses: ["keycloak-url"],
  optional: ["client-realm"],
  long: [],
  backend: (answer) => ({
    kind: "keycloak",
    url: answer("keycloak-url"),
    realm: answer("realm"),
    alias: answer("alias"),
    client_id: answer("client-id"),
    client_realm: answer("client-realm"),
  }),
};
