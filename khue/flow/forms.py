"""Forms of the shelf on a page: every question a field of a Django form, tables with rows to add and take away.

A view makes `ShelfForm(definition.forms["a1"], request.POST, answers=kept)`, shows it with `flow/_shelf_form.html` and
takes `form.answers`, which are what `khue.flow.answers.checked` would give.
"""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import BaseRenderer, get_default_renderer
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from khue.core.clock import today
from khue.core.days import day_input
from khue.core.money import dong
from khue.core.refusals import Refused
from khue.directory.fields import PersonInput, UnitInput
from khue.directory.models import Unit
from khue.directory.search import resolve_unit
from khue.flow.answers import NOTHING, answer_to
from khue.flow.models import Data
from khue.flow.shelf.values import Field, Form

MOST_ROWS = 500
"""Rows read from one table; more is no table that a person filled in."""
EMPTY_ROWS = 1


class ShelfForm(forms.Form):
    """A form of the shelf. As a draft it takes what is there; what is wrong is told, the rest is kept."""

    use_required_attribute = False

    def __init__(
        self,
        shelf: Form,
        data: Any = None,
        *,
        answers: Mapping[str, Any] | None = None,
        draft: bool = False,
        prefix: str | None = None,
    ) -> None:
        super().__init__(data, initial=dict(answers or {}), prefix=prefix)
        self.shelf = shelf
        for one in shelf.fields:
            self.fields[one.name] = ShelfField(one, draft=draft)

    @property
    def answers(self) -> Data:
        """What was answered and is right, as JSON values; complete when `is_valid()`."""
        return {name: value for name, value in self.cleaned_data.items() if value is not None}


class ShelfField(forms.Field):
    """One question. Its answer is judged where every answer is judged, so that a page asks no more than a move."""

    def __init__(self, shelf: Field, *, draft: bool) -> None:
        optional = shelf.kind == "flag" or not shelf.required
        super().__init__(label=str(shelf.label), help_text=str(shelf.why), required=not optional, widget=widget(shelf))
        self.shelf, self.draft = shelf, draft
        self.example = "" if shelf.kind in ("choice", "flag") else str(shelf.example)
        self.is_table = shelf.kind == "rows"

    def clean(self, value: Any) -> Any:
        """The answer as a JSON value; None where nothing was said."""
        try:
            return answer_to(self.shelf, given(self.shelf, value), self.draft)
        except Refused as refused:
            raise ValidationError(str(refused)) from None

    def prepare_value(self, value: Any) -> Any:
        """An answer as it is typed; what a person typed stays as it is."""
        return typed(self.shelf, value)


def given(field: Field, value: Any) -> Any:
    """What was typed, with names of units as their numbers."""
    if field.kind == "rows":
        return [
            {column.name: given(column, row.get(column.name)) for column in field.columns}
            for row in (value if isinstance(value, list) else [])
            if isinstance(row, Mapping)
        ]
    text = value.strip() if isinstance(value, str) else value
    if text in NOTHING or not isinstance(text, str) or text.isdigit():
        return text
    if field.kind == "unit":
        unit = resolve_unit(text, today())
        return unit.pk if unit else text
    return text


def typed(field: Field, value: Any) -> Any:
    """A kept answer as it stands in its control."""
    if field.kind == "money" and isinstance(value, int):
        return dong(value).removesuffix(" ₫")
    if field.kind == "number" and isinstance(value, str):
        return value.replace(".", ",") if re.fullmatch(r"-?\d+\.\d+", value) else value
    if field.kind == "unit" and isinstance(value, int):
        return Unit.objects.filter(pk=value).values_list("name", flat=True).first() or value
    return value


def widget(field: Field) -> forms.Widget:
    """The control of a question."""
    if field.kind == "rows":
        return Table(field)
    if field.kind == "choice":
        chosen = [(name, str(label)) for name, label in field.choices.items()]
        return forms.Select(choices=[("", _("Not chosen")), *chosen])
    if field.kind == "date":
        return day_input()
    if field.kind == "paragraph":
        return forms.Textarea(attrs={"rows": 3})
    if field.kind == "flag":
        return forms.CheckboxInput()
    if field.kind in ("integer", "number", "money"):
        return forms.TextInput(attrs={"inputmode": "numeric" if field.kind != "number" else "decimal", "size": 18})
    if field.kind == "unit":
        return UnitInput()
    return PersonInput() if field.kind == "person" else forms.TextInput()


class Table(forms.Widget):
    """A table with one control a cell; rows are added and taken away by `flow/forms.js`, one row stands without it."""

    template_name = "flow/_shelf_table.html"
    use_fieldset = True

    def __init__(self, field: Field) -> None:
        super().__init__()
        self.field = field

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> list[dict[str, Any]]:
        """The rows that were sent, in their order: `products-0-name`, `products-0-quantity` …"""
        wanted = re.compile(rf"{re.escape(name)}-(\d{{1,6}})-")
        numbers = sorted({int(found[1]) for key in data if (found := wanted.match(key))})[:MOST_ROWS]
        return [
            {
                column.name: widget(column).value_from_datadict(data, files, f"{name}-{row}-{column.name}")
                for column in self.field.columns
            }
            for row in numbers
        ]

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """Whether no row was sent."""
        return not self.value_from_datadict(data, files, name)

    def id_for_label(self, id_: str) -> str:
        """Where an error leads: the first cell."""
        return f"{id_}_0_{self.field.columns[0].name}" if self.field.columns else id_

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: BaseRenderer | None = None
    ) -> SafeString:
        """The table, and behind it a row to copy."""
        rows = [row for row in value or [] if isinstance(row, Mapping)] or [{}] * EMPTY_ROWS
        id_ = (attrs or {}).get("id", f"id_{name}")
        context = {
            "name": name,
            "columns": self.field.columns,
            "label": str(self.field.label),
            "described": (attrs or {}).get("aria-describedby", ""),
            "rows": [self._row(name, id_, number, row) for number, row in enumerate(rows)],
            "blank": self._row(name, id_, "__row__", {}),
        }
        return mark_safe((renderer or get_default_renderer()).render(self.template_name, context))  # noqa: S308 - a template

    def _row(self, name: str, id_: str, number: int | str, row: Mapping[str, Any]) -> list[dict[str, Any]]:
        return [self._cell(column, name, id_, number, row.get(column.name)) for column in self.field.columns]

    def _cell(self, column: Field, name: str, id_: str, number: int | str, value: Any) -> dict[str, Any]:
        control = widget(column)
        look = "form-select" if column.kind == "choice" else "form-control"
        attrs = {
            "id": f"{id_}_{number}_{column.name}",
            "class": "form-check-input" if column.kind == "flag" else look,
            "aria-label": str(column.label),
            "placeholder": str(column.example) if column.kind not in ("choice", "flag", "date") else "",
        }
        html = control.render(f"{name}-{number}-{column.name}", typed(column, value), attrs)
        return {"column": column, "html": html, "kind": column.kind}
