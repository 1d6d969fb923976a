// Has samlify answer a sign-in request: JSON on standard input, the SAMLResponse in base64 on standard output.
const { readFileSync } = require("node:fs");
const { randomUUID } = require("node:crypto");
const samlify = require("samlify");

const asked = JSON.parse(readFileSync(0, "utf8"));
samlify.setSchemaValidator({ validate: () => Promise.resolve("not looked at") });
const nameIDFormat = ["urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress"];
const idp = samlify.IdentityProvider({
  entityID: asked.idp_entity_id,
  privateKey: readFileSync(asked.key_file),
  signingCert: readFileSync(asked.cert_file),
  requestSignatureAlgorithm: "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
  messageSigningOrder: "encrypt-then-sign",
  nameIDFormat,
  singleSignOnService: [{ Binding: samlify.Constants.namespace.binding.redirect, Location: "https://idp.example/sso" }],
  loginResponseTemplate: {
    context: samlify.SamlLib.defaultLoginResponseTemplate.context,
    attributes: [
      { name: "email", nameFormat: "urn:oasis:names:tc:SAML:2.0:attrname-format:basic", valueXsiType: "xs:string", valueTag: "mail" },
      { name: "groups", nameFormat: "urn:oasis:names:tc:SAML:2.0:attrname-format:basic", valueXsiType: "xs:string", valueTag: "groups" },
    ],
  },
});
const sp = samlify.ServiceProvider({
  entityID: asked.sp_entity_id,
  wantAssertionsSigned: true,
  wantMessageSigned: asked.sign_response,
  nameIDFormat,
  assertionConsumerService: [{ Binding: samlify.Constants.namespace.binding.post, Location: asked.acs }],
});
const minutes = (count) => new Date(Date.now() + count * 60_000).toISOString();
const fill = (template) => {
  const id = `_${randomUUID()}`;
  const values = {
    ID: id,
    AssertionID: `_${randomUUID()}`,
    Destination: asked.acs,
    Audience: asked.sp_entity_id,
    SubjectRecipient: asked.acs,
    AssertionConsumerServiceURL: asked.acs,
    Issuer: asked.idp_entity_id,
    IssueInstant: minutes(0),
    StatusCode: samlify.Constants.StatusCode.Success,
    ConditionsNotBefore: minutes(-1),
    ConditionsNotOnOrAfter: minutes(10),
    SubjectConfirmationDataNotOnOrAfter: minutes(10),
    NameIDFormat: nameIDFormat[0],
    NameID: asked.name_id,
    InResponseTo: asked.request_id,
    AuthnStatement: "",
    attrMail: asked.name_id,
    attrGroups: asked.groups[0],
  };
  return { id, context: samlify.SamlLib.replaceTagsByValue(template, values) };
};
idp
  .createLoginResponse(sp, { extract: { request: { id: asked.request_id } } }, "post", {}, fill)
  .then(({ context }) => process.stdout.write(context))
  .catch((error) => {
    console.error(error);
    process.exit(1);
  });
