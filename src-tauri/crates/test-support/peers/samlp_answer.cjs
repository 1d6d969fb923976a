// Has samlp, the library behind several identity providers, answer a sign-in request: JSON on standard input, the
// SAMLResponse in base64 on standard output.
const { readFileSync } = require("node:fs");
const samlp = require("samlp");

const asked = JSON.parse(readFileSync(0, "utf8"));
const profileMapper = () => ({
  getClaims: () => ({ email: asked.name_id, groups: asked.groups }),
  getNameIdentifier: () => ({
    nameIdentifier: asked.name_id,
    nameIdentifierFormat: "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress",
  }),
});
const options = {
  issuer: asked.idp_entity_id,
  cert: readFileSync(asked.cert_file),
  key: readFileSync(asked.key_file),
  audience: asked.sp_entity_id,
  recipient: asked.acs,
  destination: asked.acs,
  inResponseTo: asked.request_id,
  signatureAlgorithm: "rsa-sha256",
  digestAlgorithm: "sha256",
  signResponse: asked.sign_response,
  lifetimeInSeconds: 600,
  profileMapper,
};
samlp.getSamlResponse(options, {}, (error, xml) => {
  if (error) throw error;
  process.stdout.write(Buffer.from(xml).toString("base64"));
});
