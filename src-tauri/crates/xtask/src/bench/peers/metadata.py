"""metadata.py LIBRARY FILE ENTITY: reads a federation's metadata; fails unless the entity with its certificate is there."""

import sys

library, file, wanted = sys.argv[1:]
MD = "{urn:oasis:names:tc:SAML:2.0:metadata}"


def lxml():
    from lxml import etree

    found, entities = None, 0
    for _, element in etree.iterparse(file, events=("end",), tag=MD + "EntityDescriptor", huge_tree=True):
        entities += 1
        certificates = [one.text for one in element.iter("{http://www.w3.org/2000/09/xmldsig#}X509Certificate")]
        locations = [one.get("Location") for one in element.iter(MD + "SingleSignOnService")]
        if element.get("entityID") == wanted:
            found = certificates and locations
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]
    return found


def python3_saml():
    from onelogin.saml2.idp_metadata_parser import OneLogin_Saml2_IdPMetadataParser

    with open(file, "rb") as document:
        return OneLogin_Saml2_IdPMetadataParser.parse(document.read(), entity_id=wanted).get("idp")


def pysaml2():
    from saml2.attribute_converter import ac_factory
    from saml2.mdstore import MetaDataFile

    metadata = MetaDataFile(ac_factory(), file)
    metadata.load()
    return metadata.certs(wanted, "idpsso", "signing")


if not {"lxml": lxml, "python3-saml": python3_saml, "pysaml2": pysaml2}[library]():
    sys.exit(f"{library} did not find {wanted}")
