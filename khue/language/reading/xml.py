"""XML of unknown origin: no entity is expanded, nothing is fetched, a document type declaration is refused."""

import re

from lxml import etree

from khue.language.reading.refusals import refusal

PROLOG = 65_536
"""Bytes in which the root element must have begun; nothing honest puts more before it."""
_HARMLESS = re.compile(r"\s+|<\?.*?\?>|<!--.*?-->", re.DOTALL)


def declares_type(start: bytes) -> bool:
    """Whether the first bytes of an XML part hold a document type declaration, or hide what comes first."""
    encoding = "utf-16" if start[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    text = start.decode(encoding, "ignore")
    at = 0
    while found := _HARMLESS.match(text, at):
        at = found.end()
    return text.startswith("<!", at)


def parse(data: bytes, name: str, label: str) -> etree._Element:
    """Root of an XML part of the file `name`. Raises Unreadable where it is damaged or declares a document type."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        attack = "ntity" in str(error) or b"<!DOCTYPE" in data[:4096]
        raise refusal("xml-entities" if attack else "damaged", name, label=label) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise refusal("xml-entities", name, label=label)
    return root
