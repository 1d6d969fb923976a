// Serves the documented API of Ory Polis over the library that Polis is made of, for this computer only and with
// everything in memory. The API key is in POLIS_API_KEY; the address is the first line on standard output. It ends when
// standard input does, so that it does not outlive the test that started it.
const { createServer } = require("node:http");

const key = process.env.POLIS_API_KEY;
const quiet = { info: () => undefined, warn: () => undefined, error: console.error };

/** What Polis answers to a call of the directory sync: its library returns failures there and throws them elsewhere. */
function directory(response, { data, error }, status) {
  return error ? response(error.code, { error }) : response(status, { data });
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
    "GET /api/v1/sso-traces": async ({ query }, response) => response(200, { data: await admin.getSSOTraceById(query.id) }),
    "GET /api/v1/sso-traces/product": async ({ query }, response) =>
      response(200, await admin.getTracesByProduct(query.product, Number(query.pageOffset), Number(query.pageLimit))),
    "GET /api/oauth/authorize": async ({ query }, response) => response(302, (await oauth.authorize(query)).redirect_url),
    "POST /api/oauth/saml": async ({ body }, response) => response(302, (await oauth.samlResponse(body)).redirect_url),
  };
}

async function answer(table, request, response) {
  const url = new URL(request.url, "http://localhost");
  let text = "";
  for await (const piece of request) text += piece;
  const [, id] = /^\/api\/v1\/dsync\/([^/]+)$/.exec(url.pathname) ?? [];
  const call = table[`${request.method} ${id ? "/api/v1/dsync/:id" : url.pathname}`];
  if (!call) return response(404, "no such page");
  if (url.pathname.startsWith("/api/v1/") && request.headers.authorization?.split(" ")[1] !== key) {
    return response(401, { error: { message: "Unauthorized" } });
  }
  const isForm = request.headers["content-type"]?.includes("form-urlencoded");
  const body = isForm ? Object.fromEntries(new URLSearchParams(text)) : JSON.parse(text || "{}");
  return call({ id, query: Object.fromEntries(url.searchParams), body }, response);
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
