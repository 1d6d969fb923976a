// Serves the documented API of Ory Polis over the library that Polis is made of, for this computer only and with
// everything in memory. The API key is in POLIS_API_KEY; the address is the first line on standard output. It ends when
// standard input does, so that it does not outlive the test that started it.
const { createServer } = require("node:http");

const key = process.env.POLIS_API_KEY;
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** What Polis answers to a call of the directory sync: its library returns failures there and throws them elsewhere. */
function directory(response, { data, error }, status) {
  return error ? response(error.code, { error }) : response(status, { data });
}

/** What has arrived in a directory, whose tenant and product have to be looked up. */
async function arrived(response, dsync, query, kind, call) {
  const { data: of } = await dsync.directories.get(query.directoryId);
  const page = { ...query, pageOffset: Number(query.pageOffset), pageLimit: Number(query.pageLimit) };
  return directory(response, await dsync[kind].setTenantAndProduct(of.tenant, of.product)[call](page), 200);
}

/** The routes by method and path; those below /api/v1/ ask for the key. */
function routes({ connectionAPIController: sso, directorySyncController: dsync, adminController: admin, oauthController: oauth, spConfig }) {
  return {
    "GET /.well-known/sp-metadata": async (_, response) => response(200, await spConfig.toXMLMetadata()),
    "GET /api/v1/sso": async ({ query }, response) => response(200, await sso.getConnections(query)),
    "POST /api/v1/sso": async ({ body }, response) => response(200, await sso.createSAMLConnection(body)),
    "PATCH /api/v1/sso": async ({ body }, response) => {
      if (!["rawMetadata", "encodedRawMetadata", "metadataUrl", "isSAML"].some((name) => name in body)) {
        return response(400, { error: { message: "Missing SSO connection params" } });
      }
      await sso.updateSAMLConnection(body);
      return response(204);
    },
    "DELETE /api/v1/sso": async ({ query }, response) => response(204, await sso.deleteConnections(query)),
    "GET /api/v1/dsync": async ({ query }, response) =>
      directory(response, await dsync.directories.getByTenantAndProduct(query.tenant, query.product), 200),
    "POST /api/v1/dsync": async ({ body }, response) => directory(response, await dsync.directories.create(body), 201),
    "DELETE /api/v1/dsync/:id": async ({ id }, response) => directory(response, await dsync.directories.delete(id), 200),
    "GET /api/v1/dsync/users": async ({ query }, response) => arrived(response, dsync, query, "users", "getAll"),
    "GET /api/v1/dsync/groups": async ({ query }, response) => arrived(response, dsync, query, "groups", "getAll"),
    "GET /api/v1/dsync/groups/:id/members": async ({ query, id }, response) =>
      arrived(response, dsync, { ...query, groupId: id }, "groups", "getGroupMembers"),
    "/api/scim/v2.0": async ({ method, path, query, body, secret }, response) => {
      const [directoryId, resourceType, resourceId] = path;
      const numbers = { count: Number(query.count) || undefined, startIndex: Number(query.startIndex) || undefined };
      const asked = { method, body, directoryId, resourceType, resourceId, apiSecret: secret, query: { ...query, ...numbers } };
      const { status, data } = await dsync.requests.handle(asked, dsync.events.callback);
      return response(status, data ?? undefined);
    },
    "GET /api/v1/sso-traces": async ({ query }, response) => response(200, { data: await admin.getSSOTraceById(query.id) }),
    "GET /api/v1/sso-traces/product": async ({ query }, response) =>
      response(200, await admin.getTracesByProduct(query.product, Number(query.pageOffset), Number(query.pageLimit))),
    "GET /api/oauth/authorize": async ({ query }, response) => response(302, (await oauth.authorize(query)).redirect_url),
    "POST /api/oauth/saml": async ({ body }, response) => response(302, (await oauth.samlResponse(body)).redirect_url),
  };
}

/** The route of an address, and the id in it. */
function route(table, method, pathname) {
  if (pathname.startsWith("/api/scim/v2.0/")) return [table["/api/scim/v2.0"]];
  const plain = table[`${method} ${pathname}`];
  const [, id] = /^\/api\/v1\/dsync\/(?:groups\/)?([^/]+)(?:\/members)?$/.exec(pathname) ?? [];
  return plain ? [plain] : [table[`${method} ${pathname.replace(id, ":id")}`], id];
}

async function answer(table, request, response) {
  const url = new URL(request.url, "http://localhost");
  let text = "";
  for await (const piece of request) text += piece;
  const [call, id] = route(table, request.method, url.pathname);
  if (!call) return response(404, "no such page");
  const secret = request.headers.authorization?.split(" ")[1];
  if (url.pathname.startsWith("/api/v1/") && secret !== key) return response(401, { error: { message: "Unauthorized" } });
  const isForm = request.headers["content-type"]?.includes("form-urlencoded");
  const body = isForm ? Object.fromEntries(new URLSearchParams(text)) : JSON.parse(text || "{}");
  const path = url.pathname.split("/").slice(4);
  return call({ method: request.method, path, id, secret, query: Object.fromEntries(url.searchParams), body }, response);
}

const server = createServer();
server.listen(0, "127.0.0.1", async () => {
  const externalUrl = `http://127.0.0.1:${server.address().port}`;
  const { controllers } = require("@boxyhq/saml-jackson");
  const options = { externalUrl, samlPath: "/api/oauth/saml", oidcPath: "/api/oauth/oidc", db: { engine: "mem" }, noAnalytics: true, logger: quiet };
  const table = routes(await controllers(options));
  server.on("request", (request, answering) => {
    const response = (status, body) => {
      const isText = typeof body === "string";
      answering.writeHead(status, status === 302 ? { location: body } : { "content-type": isText ? "text/plain" : "application/json" });
      answering.end(isText || body === undefined ? body : JSON.stringify(body));
    };
    answer(table, request, response).catch(({ message, statusCode = 500 }) => response(statusCode, { error: { message } }));
  });
  console.log(externalUrl);
});
process.stdin.resume().on("end", () => process.exit(0));
