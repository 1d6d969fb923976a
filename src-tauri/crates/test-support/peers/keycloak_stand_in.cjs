// A stand-in for Keycloak, on this computer only and with everything in memory. It is NOT Keycloak: that needs a Java
// distribution which no package registry that the tests may use has. What it does was written from the documented Admin
// REST API and from what Keycloak 26 does with the same requests, and it is strict where Keycloak is: the token, its
// roles, media types, unknown fields, aliases, addresses, duplicates. It reads metadata as Keycloak does, with the same
// gaps: of several entities the first, of keys without a use the last, HTTP-POST before HTTP-Redirect, no check without a
// key. It signs nobody in.
//
// KEYCLOAK_SECRET has the secret of the client `signpost` in the realm `staff`, which has some groups and a role; the tokens
// `read-only` and `providers-only` are of accounts that may less. The address is the first line on standard
// output. It ends when standard input does. For the tests alone: PUT /stand-in/keeps has it keep other settings than it is
// sent, GET /stand-in/asked counts the other requests.
const { createServer } = require("node:http");
const { randomUUID } = require("node:crypto");
const { DOMParser } = require("@xmldom/xmldom");

const MD = "urn:oasis:names:tc:SAML:2.0:metadata";
const DSIG = "http://www.w3.org/2000/09/xmldsig#";
const BINDING = "urn:oasis:names:tc:SAML:2.0:bindings:";
const TRANSIENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient";
const REALM = "staff";
const FIELDS = [
  "alias", "displayName", "internalId", "providerId", "enabled", "updateProfileFirstLoginMode", "trustEmail", "storeToken",
  "addReadTokenRoleOnCreate", "authenticateByDefault", "linkOnly", "hideOnLogin", "firstBrokerLoginFlowAlias",
  "postBrokerLoginFlowAlias", "organizationId", "types", "config",
];
const MAPPER_FIELDS = ["id", "name", "identityProviderAlias", "identityProviderMapper", "config"];
const property = (name, type = "String") => ({ name, label: name, type });
const MAPPER_TYPES = {
  "saml-advanced-group-idp-mapper": ["attributes", "are.attribute.values.regex", "group"],
  "saml-role-idp-mapper": ["attribute.name", "attribute.friendly.name", "attribute.value", "role"],
  "saml-user-attribute-idp-mapper": ["attribute.name", "attribute.friendly.name", "user.attribute"],
};

const GROUPS = ["admins", "Desktop users", "Desktop users/Berlin"];
const ROLES = ["shop-admin"];

const tokens = new Map([["read-only", { manages: false, sees: true }], ["providers-only", { manages: true, sees: false }]]);
const providers = new Map();
const mappers = new Map();
let keeps = {};
let asked = 0;

class Refused extends Error {
  constructor(status, body) {
    super(String(status));
    Object.assign(this, { status, body });
  }
}
const refuse = (status, message) => {
  throw new Refused(status, { errorMessage: message });
};
const plain = (status, name) => {
  throw new Refused(status, { error: `HTTP ${status} ${name}` });
};

const children = (element, name, space = MD) =>
  Array.from(element.childNodes).filter((one) => one.namespaceURI === space && one.localName === name);

/** What Keycloak reads from metadata. What makes it fail fails here. */
function parsed(text) {
  const fail = () => {
    throw new Refused(500, { error: "unknown_error", error_description: "For more on this error consult the server log." });
  };
  let root;
  try {
    root = new DOMParser({ onError: (level, message) => { if (level !== "warning") throw new Error(message); } })
      .parseFromString(text.replace(/^\uFEFF/, ""), "text/xml").documentElement;
  } catch {
    fail();
  }
  let entity = root;
  if (root?.localName === "EntitiesDescriptor") entity = children(root, "EntityDescriptor")[0] ?? fail();
  if (entity?.localName !== "EntityDescriptor") fail();
  const idp = children(entity, "IDPSSODescriptor")[0];
  if (!idp) return { syncMode: "LEGACY" };
  const endpoint = (name) => {
    let found = { url: null, isPost: false };
    for (const one of children(idp, name)) {
      const url = one.getAttribute("Location");
      if (one.getAttribute("Binding") === `${BINDING}HTTP-POST`) return { url, isPost: true };
      if (one.getAttribute("Binding") === `${BINDING}HTTP-Redirect`) found = { url, isPost: false };
    }
    return found;
  };
  const sso = endpoint("SingleSignOnService");
  const slo = endpoint("SingleLogoutService");
  const wantsSigned = idp.getAttribute("WantAuthnRequestsSigned") === "true";
  const config = {
    idpEntityId: entity.getAttribute("entityID"),
    singleSignOnServiceUrl: sso.url,
    singleLogoutServiceUrl: slo.url,
    artifactResolutionServiceUrl: null,
    wantAuthnRequestsSigned: String(wantsSigned),
    validateSignature: String(wantsSigned),
    addExtensionsElementWithKeyInfo: "false",
    postBindingResponse: String(sso.isPost),
    postBindingAuthnRequest: String(sso.isPost),
    postBindingLogout: String(slo.isPost),
    artifactBindingResponse: "false",
    loginHint: "false",
    enabledFromMetadata: String(!entity.getAttribute("validUntil") || new Date(entity.getAttribute("validUntil")) > new Date()),
  };
  const format = children(idp, "NameIDFormat")[0];
  if (format) config.nameIDPolicyFormat = format.textContent.trim();
  let unspecified = null;
  const signing = [];
  for (const key of children(idp, "KeyDescriptor")) {
    const certificate = key.getElementsByTagNameNS(DSIG, "X509Certificate")[0] ?? fail();
    const use = key.getAttribute("use");
    if (use === "signing") signing.push(certificate.textContent);
    else if (use === "encryption") config.encryptionPublicKey = certificate.textContent;
    else unspecified = certificate.textContent;
  }
  if (unspecified !== null) {
    if (signing.length === 0) signing.push(unspecified);
    config.encryptionPublicKey ??= unspecified;
  }
  if (signing.length > 0) Object.assign(config, { signingCertificate: signing.join(","), validateSignature: "true" });
  return { ...config, syncMode: "LEGACY" };
}

function fields(body, known, kind) {
  if (body === null || typeof body !== "object" || Array.isArray(body)) plain(400, "Bad Request");
  const unknown = Object.keys(body).find((name) => !known.includes(name));
  if (unknown) throw new Refused(400, { error: `Unrecognized field "${unknown}" (class ${kind}), not marked as ignorable` });
  const values = Object.values(body.config ?? {});
  if (values.some((value) => value !== null && typeof value !== "string")) throw new Refused(400, { error: "Cannot deserialize value" });
}

function settings(rep) {
  const config = { ...rep.config, ...keeps };
  for (const name of ["singleLogoutServiceUrl", "singleSignOnServiceUrl", "metadataDescriptorUrl", "artifactResolutionServiceUrl"]) {
    if (!config[name]) continue;
    const url = URL.canParse(config[name]) ? new URL(config[name]) : undefined;
    if (!url || !/^https?:$/.test(url.protocol)) refuse(400, `The url [${name}] is malformed`);
    const isLocal = ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname);
    if (url.protocol === "http:" && !isLocal) refuse(400, `The url [${name}] requires secure connections`);
  }
  if (config.useMetadataDescriptorUrl === "true" && !config.metadataDescriptorUrl) {
    refuse(400, "useMetadataDescriptorUrl needs a non-empty URL for metadataDescriptorUrl");
  }
  if (config.nameIDPolicyFormat === TRANSIENT && (config.principalType ?? "SUBJECT") === "SUBJECT") {
    refuse(400, "Can not have Transient NameID Policy Format together with SUBJECT Principal Type");
  }
  return Object.fromEntries(Object.entries(config).filter(([, value]) => value !== null));
}

function spMetadata(base, alias) {
  const acs = `${base}/realms/${REALM}/broker/${alias}/endpoint`;
  return `<md:EntityDescriptor xmlns:md="${MD}" entityID="${base}/realms/${REALM}"><md:SPSSODescriptor AuthnRequestsSigned="false" WantAssertionsSigned="false" protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"><md:SingleLogoutService Binding="${BINDING}HTTP-POST" Location="${acs}"/><md:NameIDFormat>urn:oasis:names:tc:SAML:2.0:nameid-format:persistent</md:NameIDFormat><md:AssertionConsumerService Binding="${BINDING}HTTP-POST" Location="${acs}" index="1" isDefault="true"/></md:SPSSODescriptor></md:EntityDescriptor>`;
}

/** The token endpoint, for client credentials (RFC 6749, section 4.4). */
function granted({ type, text, request }) {
  if (type !== "application/x-www-form-urlencoded") plain(415, "Unsupported Media Type");
  const form = new URLSearchParams(text);
  if (form.get("grant_type") !== "client_credentials") throw new Refused(400, { error: "unsupported_grant_type" });
  const basic = /^basic (.+)$/i.exec(request.headers.authorization ?? "")?.[1];
  const own = basic ? Buffer.from(basic, "base64").toString() : `${form.get("client_id")}:${form.get("client_secret")}`;
  if (own !== `signpost:${process.env.KEYCLOAK_SECRET}`) {
    throw new Refused(401, { error: "unauthorized_client", error_description: "Invalid client or Invalid client credentials" });
  }
  const token = randomUUID();
  tokens.set(token, { manages: true, sees: true });
  return [200, { access_token: token, expires_in: 60, token_type: "Bearer", scope: "" }];
}

async function imported({ type, request, bytes, json }) {
  if (type === "multipart/form-data") {
    const form = await new Response(bytes, { headers: { "content-type": request.headers["content-type"] } }).formData();
    const file = form.get("file");
    if (form.get("providerId") !== "saml" || file === null) plain(400, "Bad Request");
    return [200, parsed(typeof file === "string" ? file : await file.text())];
  }
  const body = json();
  if (!body?.providerId || !body.fromUrl) plain(400, "Bad Request");
  if (/\s/.test(body.alias ?? "")) throw new Refused(400, { error: "Empty Space not allowed." });
  const text = await (await fetch(body.fromUrl)).text();
  return [200, { ...parsed(text), metadataDescriptorUrl: body.fromUrl }];
}

function instances({ method, alias, json, base }) {
  if (!alias && method === "GET") return [200, [...providers.values()]];
  if (!alias && method === "POST") {
    const rep = json();
    fields(rep, FIELDS, "IdentityProviderRepresentation");
    const bad = /[:/?#@!$&()*+,;=[\]\\\s]/.exec(rep.alias ?? "");
    if (bad) throw new Refused(400, { error: bad[0].trim() ? `Character '${bad[0]}' not allowed.` : "Empty Space not allowed." });
    if (rep.providerId !== "saml" || !rep.alias) refuse(400, `Invalid identity provider id [${rep.providerId}]`);
    const config = settings(rep);
    if (providers.has(rep.alias)) refuse(409, `Identity Provider ${rep.alias} already exists`);
    providers.set(rep.alias, { trustEmail: false, storeToken: false, linkOnly: false, enabled: true, ...rep, internalId: randomUUID(), config });
    mappers.set(rep.alias, new Map());
    return [201, undefined, { location: `${base}/admin/realms/${REALM}/identity-provider/instances/${rep.alias}` }];
  }
  const there = providers.get(alias) ?? plain(404, "Not Found");
  if (method === "GET") return [200, there];
  if (method === "DELETE") return providers.delete(alias), mappers.delete(alias), [204];
  if (method !== "PUT") plain(405, "Method Not Allowed");
  const rep = json();
  fields(rep, FIELDS, "IdentityProviderRepresentation");
  if (rep.alias && rep.alias !== alias) refuse(400, "Identity Provider alias cannot be changed");
  // A PUT replaces: what is not sent is gone.
  providers.set(alias, { trustEmail: false, storeToken: false, linkOnly: false, enabled: true, ...rep, alias, internalId: there.internalId, config: settings(rep) });
  return [204];
}

function mapped({ method, alias, id, json, base }) {
  const all = mappers.get(alias) ?? plain(404, "Not Found");
  if (!id && method === "GET") return [200, [...all.values()]];
  if (method === "GET") return [200, all.get(id) ?? plain(404, "Not Found")];
  if (method === "DELETE") return all.delete(id) ? [204] : plain(404, "Not Found");
  const rep = json();
  fields(rep, MAPPER_FIELDS, "IdentityProviderMapperRepresentation");
  if (method === "PUT" && all.has(id)) return all.set(id, { ...rep, id }), [204];
  if (method !== "POST" || id) plain(404, "Not Found");
  const isTwice = [...all.values()].some((one) => one.name === rep.name);
  if (isTwice || !rep.name || rep.identityProviderAlias !== alias) {
    refuse(400, `Failed to add mapper '${rep.name}' to identity provider [saml].`);
  }
  const made = { ...rep, id: randomUUID() };
  all.set(made.id, made);
  return [201, undefined, { location: `${base}/admin/realms/${REALM}/identity-provider/instances/${alias}/mappers/${made.id}` }];
}

async function answer(call, url) {
  if (url.pathname === "/stand-in/asked") return [200, String(asked)];
  if (url.pathname === "/stand-in/keeps") return (keeps = call.json()), [204];
  asked += 1;
  const [realms, realm, ...rest] = url.pathname.split("/").slice(url.pathname.startsWith("/admin/") ? 2 : 1).map(decodeURIComponent);
  if (realms !== "realms") return [404, "<html>no such page</html>"];
  const isToken = rest.join("/") === "protocol/openid-connect/token" && call.method === "POST";
  if (isToken) return realm === REALM ? granted(call) : [404, { error: "Realm does not exist" }];
  // OpenID Connect Discovery 1.0: the realm by the address that everybody else knows it at.
  if (!url.pathname.startsWith("/admin/") && rest.join("/") === ".well-known/openid-configuration" && call.method === "GET") {
    return realm === REALM ? [200, { issuer: `${call.base}/realms/${REALM}` }] : [404, { error: "Realm does not exist" }];
  }
  if (!url.pathname.startsWith("/admin/")) plain(404, "Not Found");
  const who = tokens.get(/^bearer (.+)$/i.exec(call.request.headers.authorization ?? "")?.[1]) ?? plain(401, "Unauthorized");
  if (realm !== REALM) return [404, { error: "Realm not found.", error_description: "For more on this error consult the server log." }];
  if (call.method !== "GET" && !who.manages) plain(403, "Forbidden");
  if (call.method === "GET" && (rest[0] === "group-by-path" || rest[0] === "roles")) {
    if (!who.sees) plain(403, "Forbidden");
    const name = rest.slice(1).join("/");
    if (!(rest[0] === "roles" ? ROLES : GROUPS).includes(name)) throw new Refused(404, { error: "Could not find it" });
    return [200, { id: randomUUID(), name: rest.at(-1) }];
  }
  const [resource, what, alias, part, id, ...more] = rest;
  if (resource !== "identity-provider" || more.length > 0) plain(404, "Not Found");
  if (what === "import-config" && call.method === "POST" && !alias) return imported(call);
  if (what !== "instances") plain(404, "Not Found");
  if (!part) return instances({ ...call, alias });
  if (!providers.has(alias)) plain(404, "Not Found");
  if (part === "export" && call.method === "GET") return [200, spMetadata(call.base, alias), { "content-type": "application/xml" }];
  if (part === "mappers") return mapped({ ...call, alias, id });
  if (part !== "mapper-types" || call.method !== "GET") plain(404, "Not Found");
  const types = Object.entries(MAPPER_TYPES);
  return [200, Object.fromEntries(types.map(([name, known]) => [name, { id: name, name, properties: known.map((one) => property(one)) }]))];
}

const server = createServer(async (request, response) => {
  const pieces = [];
  for await (const piece of request) pieces.push(piece);
  const bytes = Buffer.concat(pieces);
  const type = request.headers["content-type"]?.split(";")[0].trim();
  const json = () => {
    if (type !== "application/json") plain(415, "Unsupported Media Type");
    try {
      return JSON.parse(bytes.toString());
    } catch {
      throw new Refused(400, { error: "Unable to read contents from stream" });
    }
  };
  const base = `http://127.0.0.1:${server.address().port}`;
  const call = { method: request.method, request, bytes, text: bytes.toString(), type, json, base };
  const [status, body, headers] = await answer(call, new URL(request.url, base)).catch((error) =>
    error instanceof Refused ? [error.status, error.body] : [500, { error: "unknown_error", error_description: String(error) }],
  );
  const isText = typeof body === "string";
  response.writeHead(status, { ...(body === undefined ? {} : { "content-type": isText ? "text/html" : "application/json" }), ...headers });
  response.end(isText || body === undefined ? body : JSON.stringify(body));
});
server.listen(0, "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}`));
process.stdin.resume().on("end", () => process.exit(0));
