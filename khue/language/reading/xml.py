"""XML of unknown origin: no entity is expanded, nothing is fetched, a document type declaration is refused."""

from lxml import etree

from khue.language.reading import refusals


def parse(data: bytes, name: str, label: str) -> etree._Element:
    """Root of an XML part of the file `name`. Raises Unreadable where it is damaged or declares a document type."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        attack = "ntity" in str(error) or b"<!DOCTYPE" in data[:4096]
        raise (refusals.xml_attack if attack else refusals.truncated)(name, label) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise refusals.xml_attack(name, label)
    return root
