"""Answers to the form of a move, checked against the form that the case's version has."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from khue.core.refusals import Refusal, Refused
from khue.directory.models import Unit
from khue.flow.models import Data
from khue.flow.shelf.values import Field, Form


def checked(form: Form | None, data: Mapping[str, Any] | None) -> Data:
    """The answers as JSON values: dates as `2026-01-31`, units by number. Without a form they are kept as they came.

    Raises Refused (`flow.answer`) that names the field, what is wrong and an example.
    """
    given = dict(data or {})
    if form is None:
        return given
    answers = {field.name: _answer(field, given.pop(field.name, None)) for field in form.fields}
    if given:
        raise Refused(Refusal("flow.answer", _("«%(form)s» has no field %(name)s.") % _names(form, min(given))))
    return {name: value for name, value in answers.items() if value is not None}


def _names(form: Form, name: str) -> dict[str, str]:
    return {"form": str(form.label), "name": name}


def _answer(field: Field, value: Any) -> str | int | bool | None:
    if value is None or value == "":
        if field.required and field.kind != "flag":
            raise _refused(field, _("Fill in «%(field)s»."))
        return None
    try:
        answer: str | int | bool = READERS[field.kind](field, value)
    except (ValueError, TypeError, KeyError):
        raise _refused(field, _("«%(field)s» is not right: %(value)s."), value) from None
    return answer


def _refused(field: Field, sentence: str, value: Any = "") -> Refused:
    told = sentence % {"field": str(field.label), "value": value}
    if str(field.example):
        told += " " + _("For example: %(example)s") % {"example": str(field.example)}
    return Refused(Refusal("flow.answer", told))


def _date(_field: Field, value: Any) -> str:
    return (value if isinstance(value, date) else date.fromisoformat(value)).isoformat()


def _choice(field: Field, value: Any) -> str:
    if value not in field.choices:
        raise ValueError(value)
    return str(value)


def _unit(_field: Field, value: Any) -> int:
    number = value.pk if isinstance(value, Unit) else int(value)
    if not Unit.objects.filter(pk=number).exists():
        raise ValueError(value)
    return int(number)


READERS: dict[str, Any] = {
    "text": lambda _field, value: str(value).strip(),
    "integer": lambda _field, value: int(value),
    "flag": lambda _field, value: value in (True, "true", "on", "1"),
    "date": _date,
    "choice": _choice,
    "unit": _unit,
}
