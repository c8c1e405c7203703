"""Namespaces of OpenDocument, ready to be put before a local name."""

_URN = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
OFFICE, TEXT, TABLE, DRAW, STYLE = (_URN % name for name in ("office", "text", "table", "drawing", "style"))
FO = _URN % "xsl-fo-compatible"


def whole(text: str | None, otherwise: int) -> int:
    """A count from an attribute; `otherwise` where it is missing or no number."""
    digits = text or ""
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 7 else otherwise
