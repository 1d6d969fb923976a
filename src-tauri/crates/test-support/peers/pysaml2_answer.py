"""Has pysaml2 answer a sign-in request: JSON on standard input, the SAMLResponse in base64 on standard output."""

import base64
import json
import sys

from saml2 import BINDING_HTTP_REDIRECT, server
from saml2.authn_context import PASSWORDPROTECTEDTRANSPORT
from saml2.config import IdPConfig
from saml2.saml import NAMEID_FORMAT_EMAILADDRESS, NameID
from saml2.xmldsig import DIGEST_SHA256, SIG_RSA_SHA256

asked = json.load(sys.stdin)
config = IdPConfig().load(
    {
        "entityid": asked["idp_entity_id"],
        "key_file": asked["key_file"],
        "cert_file": asked["cert_file"],
        "xmlsec_binary": "/usr/bin/xmlsec1",
        "metadata": {"inline": [asked["sp_metadata"]]},
        "service": {
            "idp": {
                "endpoints": {"single_sign_on_service": [("https://idp.example/sso", BINDING_HTTP_REDIRECT)]},
                "policy": {"default": {"lifetime": {"minutes": 10}, "attribute_restrictions": None}},
            }
        },
    }
)
idp = server.Server(config=config)
answer = idp.create_authn_response(
    {"mail": [asked["name_id"]], "groups": asked["groups"]},
    asked["request_id"],
    asked["acs"],
    asked["sp_entity_id"],
    name_id=NameID(format=NAMEID_FORMAT_EMAILADDRESS, text=asked["name_id"]),
    authn={"class_ref": PASSWORDPROTECTEDTRANSPORT, "authn_auth": "https://idp.example"},
    sign_assertion=True,
    sign_response=True,
    sign_alg=SIG_RSA_SHA256,
    digest_alg=DIGEST_SHA256,
)
print(base64.b64encode(str(answer).encode()).decode())
