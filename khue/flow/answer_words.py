"""Answers to a form as people read them: on pages, in sheets and in papers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from khue.core.money import dong
from khue.directory.models import Unit
from khue.flow.answers import NOTHING
from khue.flow.shelf.values import Field, Form

Names = dict[int, str]


@dataclass(frozen=True, slots=True)
class Told:
    """One question with its answer in words; a table besides as `header` and `rows`."""

    name: str
    label: str
    value: str
    header: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)


def told(form: Form, data: Mapping[str, Any]) -> list[Told]:
    """Every question of `form` with what `data` answers, empty where it says nothing. At most one query."""
    names = _names(form, data)
    return [_told(one, data.get(one.name), names) for one in form.fields]


def _told(one: Field, value: Any, names: Names) -> Told:
    if one.kind != "rows":
        return Told(one.name, str(one.label), _word(one, value, names))
    rows = [[_word(column, row.get(column.name), names) for column in one.columns] for row in value or []]
    labels = [str(column.label) for column in one.columns]
    lines = ("; ".join(_said(label, word) for label, word in zip(labels, row, strict=True) if word) for row in rows)
    return Told(one.name, str(one.label), "\n".join(lines), labels, rows)


def _said(label: str, word: str) -> str:
    """An answer under its question; alone where it says the question itself, as "Dạng II: quy trình"."""
    return word if word.startswith(f"{label} ") else f"{label}: {word}"


def _word(one: Field, value: Any, names: Names) -> str:
    if one.kind == "flag":
        return _("yes") if value else _("no")
    if value in NOTHING:
        return ""
    if one.kind == "choice":
        return str(one.choices.get(value, value))
    if one.kind == "money":
        return dong(value)
    if one.kind == "date":
        return f"{date.fromisoformat(value):%d/%m/%Y}"
    if one.kind == "number":
        return str(value).replace(".", ",")
    return names.get(value, str(value)) if one.kind == "unit" else str(value)


def _names(form: Form, data: Mapping[str, Any]) -> Names:
    """The names of the units that are answers."""
    asked: set[int] = set()
    for one in form.fields:
        rows = data.get(one.name) or [] if one.kind == "rows" else [data]
        for column in one.columns or (one,):
            if column.kind == "unit":
                asked |= {row[column.name] for row in rows if row.get(column.name)}
    return dict(Unit.objects.filter(pk__in=asked).values_list("pk", "name")) if asked else {}
