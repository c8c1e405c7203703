"""Word templates with fields, such as the forms on the shelf."""

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate


def render(template: Path, context: Mapping[str, Any]) -> bytes:
    """Fill a .docx template; whatever a person typed is escaped."""
    document = DocxTemplate(template)
    document.render(dict(context), autoescape=True)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()
