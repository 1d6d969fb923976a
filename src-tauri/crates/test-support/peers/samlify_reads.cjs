// Has samlify read what a service sent to its identity provider: JSON on standard input with the query of a redirect or
// the form's value, and the service's metadata. What samlify read of it on standard output; it ends with 1 when the
// signature is not good.
const { readFileSync } = require("node:fs");
const samlify = require("samlify");

const asked = JSON.parse(readFileSync(0, "utf8"));
samlify.setSchemaValidator({ validate: () => Promise.resolve("not looked at") });
const { redirect, post } = samlify.Constants.namespace.binding;
const idp = samlify.IdentityProvider({
  entityID: asked.idp_entity_id,
  wantAuthnRequestsSigned: true,
  wantLogoutRequestSigned: true,
  wantLogoutResponseSigned: true,
  singleSignOnService: [{ Binding: asked.query ? redirect : post, Location: "https://idp.example/sso" }],
});
const sp = samlify.ServiceProvider({ metadata: asked.sp_metadata });
const request = { body: { [asked.field]: asked.form } };
if (asked.query) {
  request.query = Object.fromEntries(new URLSearchParams(asked.query));
  request.octetString = asked.query.split("&Signature=")[0];
}
const read = { AuthnRequest: "parseLoginRequest", LogoutRequest: "parseLogoutRequest", LogoutResponse: "parseLogoutResponse" };
idp[read[asked.kind]](sp, asked.query ? "redirect" : "post", request)
  .then(({ extract }) => process.stdout.write(JSON.stringify(extract)))
  .catch((error) => {
    console.error(error);
    process.exit(1);
  });
