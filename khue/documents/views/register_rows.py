"""The rows of registers, written at once: a page has five hundred cells, too many for a template to look up each."""

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from khue.core.templatetags.khue import date_vn
from khue.documents.models import Document
from khue.documents.views.columns import Column


def rows(documents: Iterable[Document], columns: Sequence[Column]) -> Iterator[tuple[Document, SafeString]]:
    """Each document with the cells of its row."""
    labelled = [(column, _safe(str(column.label))) for column in columns]
    for document in documents:
        yield document, SafeString("".join(_cell(document, *each) for each in labelled))


def _cell(document: Document, column: Column, label: str) -> str:
    value = column.value(document)
    if column.look == "title":
        marks = render_to_string("documents/_marks.html", {"document": document}) if document.is_marked else ""
        return f'<td class="title"><a href="{_safe(document.get_absolute_url())}">{_safe(value)}</a>{marks}</td>'
    text = date_vn(value) if column.look == "date" else "" if value is None else str(value)
    return f'<td class="{_look(column, value)}" data-label="{label}">{_safe(text)}</td>'


def _safe(value: Any) -> str:
    """As HTML; what is HTML already stays. Five hundred calls of Django's own way cost a tenth of the page."""
    return str(value) if hasattr(value, "__html__") else escape(str(value))


def _look(column: Column, value: Any) -> str:
    """Its class in the style sheet; an empty cell is `blank`, which a narrow screen leaves out."""
    if column.look == "text":
        return "" if value else "blank"
    return f"{column.look} blank" if column.look in {"date", "sign"} and not value else column.look
