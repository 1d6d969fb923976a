// Has samlify ask that a user is signed out: JSON on standard input, the address of the redirect on standard output.
const { readFileSync } = require("node:fs");
const samlify = require("samlify");

const asked = JSON.parse(readFileSync(0, "utf8"));
samlify.setSchemaValidator({ validate: () => Promise.resolve("not looked at") });
const { redirect } = samlify.Constants.namespace.binding;
const nameIDFormat = ["urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress"];
const idp = samlify.IdentityProvider({
  entityID: asked.idp_entity_id,
  privateKey: readFileSync(asked.key_file),
  signingCert: readFileSync(asked.cert_file),
  requestSignatureAlgorithm: "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
  nameIDFormat,
  singleSignOnService: [{ Binding: redirect, Location: "https://idp.example/sso" }],
});
const sp = samlify.ServiceProvider({
  entityID: asked.sp_entity_id,
  wantLogoutRequestSigned: true,
  singleLogoutService: [{ Binding: redirect, Location: asked.slo }],
});
const user = { logoutNameID: asked.name_id, sessionIndex: asked.session_index };
const { context } = idp.createLogoutRequest(sp, "redirect", user, { relayState: asked.relay_state });
process.stdout.write(context);
