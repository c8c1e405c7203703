"""Word files for the tests: python-docx for the frame, WordprocessingML where it has no words for it."""

import io
import re
import zipfile
from typing import Any

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls


def element(xml: str) -> Any:
    """An element of WordprocessingML from its source without namespace declarations."""
    others = (
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    )
    return parse_xml(re.sub(r"^<[\w:]+", rf"\g<0> {nsdecls('w')} {others}", xml))


def bytes_of(document: Any) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def of_paragraphs(*texts: str) -> bytes:
    document = docx.Document()
    for text in texts:
        document.add_paragraph(text)
    return bytes_of(document)


def of_body(*xml: str) -> bytes:
    """A document whose body is exactly these elements."""
    document = docx.Document()
    body = document.element.body
    for position, source in enumerate(xml):
        body.insert(position, element(source))
    return bytes_of(document)


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def with_parts(data: bytes, parts: dict[str, bytes]) -> bytes:
    """The zip with parts put in or replaced."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
    ):
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, content in parts.items():
            new.writestr(name, content)
    return buffer.getvalue()


def level(number: int, kind: str, text: str, extra: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>{extra}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def numbered(levels: str, nums: str, *paragraphs: str) -> bytes:
    """A document with one abstract list of these levels, these `w:num`, and these paragraphs."""
    document = docx.Document()
    numbering = document.part.numbering_part.element
    for child in list(numbering):
        numbering.remove(child)
    numbering.append(element(f'<w:abstractNum w:abstractNumId="7">{levels}</w:abstractNum>'))
    for num in element(f"<w:numbering>{nums}</w:numbering>"):
        numbering.append(num)
    for position, source in enumerate(paragraphs):
        document.element.body.insert(position, element(source))
    return bytes_of(document)


def item(text: str, depth: int = 0, num: int = 1) -> str:
    numbering = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{num}"/></w:numPr>'
    return f"<w:p><w:pPr>{numbering}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


NUM = '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
