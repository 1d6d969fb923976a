"""Has pysaml2 ask that a user is signed out: JSON on standard input, the signed LogoutRequest on standard output."""

import json
import sys

from saml2 import BINDING_HTTP_REDIRECT, server
from saml2.config import IdPConfig
from saml2.saml import NameID
from saml2.time_util import in_a_while
from saml2.xmldsig import DIGEST_SHA256, SIG_RSA_SHA256

asked = json.load(sys.stdin)
config = IdPConfig().load(
    {
        "entityid": asked["idp_entity_id"],
        "key_file": asked["key_file"],
        "cert_file": asked["cert_file"],
        "xmlsec_binary": "/usr/bin/xmlsec1",
        "service": {
            "idp": {"endpoints": {"single_sign_on_service": [("https://idp.example/sso", BINDING_HTTP_REDIRECT)]}}
        },
    }
)
_, request = server.Server(config=config).create_logout_request(
    asked["slo"],
    asked["sp_entity_id"],
    name_id=NameID(text=asked["name_id"]),
    expire=in_a_while(minutes=5),
    sign=True,
    sign_alg=SIG_RSA_SHA256,
    digest_alg=DIGEST_SHA256,
)
print(request)
