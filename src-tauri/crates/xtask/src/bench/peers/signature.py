"""signature.py FILE CERTIFICATE once|often: verifies the XML signature of a document with python xmlsec.

`often` takes the document for a SAML response in base64, as it arrives, and prints the median time in nanoseconds."""

import base64
import statistics
import sys
import time

import xmlsec
from lxml import etree

file, certificate, how = sys.argv[1:]
with open(file, "rb") as document:
    content = document.read()
key = xmlsec.Key.from_file(certificate, xmlsec.constants.KeyDataFormatCertPem)


def verify(document):
    root = etree.fromstring(document, etree.XMLParser(huge_tree=True, resolve_entities=False))
    signature = xmlsec.tree.find_node(root, "Signature")
    xmlsec.tree.add_ids(signature.getparent(), ["ID"])
    context = xmlsec.SignatureContext()
    context.key = key
    context.verify(signature)


if how == "once":
    verify(content)
else:
    sent = base64.b64encode(content)
    times, end = [], time.perf_counter() + 2
    while time.perf_counter() < end:
        begin = time.process_time_ns()
        verify(base64.b64decode(sent))
        times.append(time.process_time_ns() - begin)
    print(int(statistics.median(times)))
