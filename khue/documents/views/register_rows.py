"""The rows of registers, written at once: a page has five hundred cells, too many for a template to look up each."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from khue.core.templatetags.khue import date_vn
from khue.documents.models import Document
from khue.documents.views.columns import Column


def rows(documents: Iterable[Document], columns: Sequence[Column]) -> Iterator[tuple[Document, SafeString]]:
    """Each document with the cells of its row."""
    labelled = [(column, str(column.label)) for column in columns]
    for document in documents:
        yield document, format_html_join("", "{}", ((_cell(document, *each),) for each in labelled))


def _cell(document: Document, column: Column, label: str) -> SafeString:
    value = column.value(document)
    if column.look == "title":
        marks = render_to_string("documents/_marks.html", {"document": document}) if document.is_marked else ""
        return format_html('<td class="title"><a href="{}">{}</a>{}</td>', document.get_absolute_url(), value, marks)
    text = date_vn(value) if column.look == "date" else "" if value is None else str(value)
    return format_html('<td class="{}" data-label="{}">{}</td>', _look(column, value), label, text)


def _look(column: Column, value: Any) -> str:
    """Its class in the style sheet; an empty cell is `blank`, which a narrow screen leaves out."""
    if column.look == "text":
        return "" if value else "blank"
    return "date blank" if column.look == "date" and not value else column.look
