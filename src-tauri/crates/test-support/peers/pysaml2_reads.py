"""Has pysaml2 read a signed AuthnRequest out of a redirect: JSON on standard input with the query and the service's
metadata, the request's ID on standard output. It fails when the signature is not good."""

import json
import sys
from urllib.parse import parse_qs

from saml2 import BINDING_HTTP_REDIRECT, server
from saml2.config import IdPConfig

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
                "want_authn_requests_signed": True,
                "endpoints": {"single_sign_on_service": [("https://idp.example/sso", BINDING_HTTP_REDIRECT)]},
            }
        },
    }
)
query = {name: values[0] for name, values in parse_qs(asked["query"]).items()}
read = server.Server(config=config).parse_authn_request(
    query["SAMLRequest"],
    BINDING_HTTP_REDIRECT,
    sigalg=query.get("SigAlg"),
    signature=query.get("Signature"),
)
print(read.message.id)
