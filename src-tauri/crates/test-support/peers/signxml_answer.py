"""Has signxml sign an answer to a sign-in request: JSON on standard input, the SAMLResponse in base64 on standard output.

signxml knows no SAML, so that the message is written here; every canonical form, digest and signature is its own."""

import base64
import json
import sys
import uuid
from datetime import datetime, timedelta, timezone

from lxml import etree
from signxml import CanonicalizationMethod, XMLSigner

PROTOCOL = "urn:oasis:names:tc:SAML:2.0:protocol"
ASSERTION = "urn:oasis:names:tc:SAML:2.0:assertion"
SIGNATURE = "http://www.w3.org/2000/09/xmldsig#"
PLACE = {"Id": "placeholder"}

asked = json.load(sys.stdin)
now = datetime.now(timezone.utc)


def at(minutes):
    return (now + timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M:%SZ")


def element(parent, namespace, name, text=None, **attributes):
    made = etree.SubElement(parent, f"{{{namespace}}}{name}", attributes)
    made.text = text
    return made


def message(parent, namespace, name):
    attributes = {"ID": f"_{uuid.uuid4().hex}", "Version": "2.0", "IssueInstant": at(0)}
    prefixes = {"samlp": PROTOCOL, "saml": ASSERTION, "ds": SIGNATURE}
    tag = f"{{{namespace}}}{name}"
    if parent is None:
        made = etree.Element(tag, attributes, nsmap=prefixes)
    else:
        made = etree.SubElement(parent, tag, attributes)
    element(made, ASSERTION, "Issuer", asked["idp_entity_id"])
    return made


def attribute(statement, name, values):
    made = element(statement, ASSERTION, "Attribute", Name=name)
    for value in values:
        element(made, ASSERTION, "AttributeValue", value)


def signed(xml):
    with open(asked["key_file"], "rb") as key, open(asked["cert_file"], "rb") as certificate:
        signer = XMLSigner(c14n_algorithm=CanonicalizationMethod.EXCLUSIVE_XML_CANONICALIZATION_1_0)
        return signer.sign(xml, key=key.read(), cert=certificate.read(), reference_uri=xml.get("ID"), id_attribute="ID")


response = message(None, PROTOCOL, "Response")
response.set("Destination", asked["acs"])
response.set("InResponseTo", asked["request_id"])
element(element(response, PROTOCOL, "Status"), PROTOCOL, "StatusCode", Value="urn:oasis:names:tc:SAML:2.0:status:Success")

assertion = message(None, ASSERTION, "Assertion")
element(assertion, SIGNATURE, "Signature", **PLACE)
subject = element(assertion, ASSERTION, "Subject")
element(subject, ASSERTION, "NameID", asked["name_id"], Format="urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress")
confirmation = element(subject, ASSERTION, "SubjectConfirmation", Method="urn:oasis:names:tc:SAML:2.0:cm:bearer")
element(
    confirmation,
    ASSERTION,
    "SubjectConfirmationData",
    NotOnOrAfter=at(10),
    Recipient=asked["acs"],
    InResponseTo=asked["request_id"],
)
conditions = element(assertion, ASSERTION, "Conditions", NotBefore=at(0), NotOnOrAfter=at(10))
element(element(conditions, ASSERTION, "AudienceRestriction"), ASSERTION, "Audience", asked["sp_entity_id"])
statement = element(assertion, ASSERTION, "AuthnStatement", AuthnInstant=at(0))
context = element(statement, ASSERTION, "AuthnContext")
element(context, ASSERTION, "AuthnContextClassRef", "urn:oasis:names:tc:SAML:2.0:ac:classes:Password")
attributes = element(assertion, ASSERTION, "AttributeStatement")
attribute(attributes, "email", [asked["name_id"]])
attribute(attributes, "groups", asked["groups"])

response.append(signed(assertion))
print(base64.b64encode(etree.tostring(response)).decode())
