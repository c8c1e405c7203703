"""Word out: papers in the layout of state or Party documents, and templates that are filled in."""

from khue.office.word.official import official
from khue.office.word.paper import (
    Block,
    Heading,
    Item,
    OfficialPaper,
    Paragraph,
    Picture,
    Signature,
    Table,
)
from khue.office.word.template import render

__all__ = [
    "Block",
    "Heading",
    "Item",
    "OfficialPaper",
    "Paragraph",
    "Picture",
    "Signature",
    "Table",
    "official",
    "render",
]
