"""Answers to the form of a move, checked against the form that the case's version has."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from khue.core.days import mistyped
from khue.core.money import read_dong
from khue.core.refusals import Refusal, Refused
from khue.directory.models import Person, Unit
from khue.flow.models import Data
from khue.flow.shelf.values import Field, Form
from khue.language.text import nfc

Answer = str | int | bool | list[Data]
LONGEST_LINE = 500
MOST_WHOLE, MOST_NUMBER = 2**31 - 1, 10**10
"""What the columns can keep in which answers end; nothing that is counted here comes near."""
NOTHING: tuple[Any, ...] = (None, "", [], ())


def checked(form: Form | None, data: Mapping[str, Any] | None, *, draft: bool = False) -> Data:
    """The answers as JSON values: dates as `2026-01-31`, units by number, people by name, money in whole đồng, numbers
    as text, tables as lists of rows. Without a form they are kept as they came. In a draft nothing is required yet.

    Raises Refused (`flow.answer`) that names the field (and the row), what is wrong and an example.
    """
    given = dict(data or {})
    if form is None:
        return given
    answers = {field.name: answer_to(field, given.pop(field.name, None), draft) for field in form.fields}
    if given:
        raise Refused(Refusal("flow.answer", _("«%(form)s» has no field %(name)s.") % _names(form, min(given))))
    return {name: value for name, value in answers.items() if value is not None}


def _names(form: Form, name: str) -> dict[str, str]:
    return {"form": str(form.label), "name": name}


def missing(form: Form, data: Mapping[str, Any]) -> list[Field]:
    """The required questions that have no answer yet, for showing how complete a draft is."""
    return [
        field for field in form.fields if field.required and field.kind != "flag" and data.get(field.name) in NOTHING
    ]


def answer_to(field: Field, value: Any, draft: bool = False) -> Answer | None:
    """The answer to one question as a JSON value, None where nothing was said; raises Refused (`flow.answer`)."""
    if value in NOTHING:
        if field.required and field.kind != "flag" and not draft:
            raise _refused(field, _("Fill in «%(field)s»."))
        return None
    if field.kind == "rows":
        return _rows(field, value, draft)
    try:
        answer: Answer = READERS[field.kind](field, value)
    except (ValueError, TypeError, KeyError, ArithmeticError):
        raise _refused(field, f"{_('«%(field)s» is not right: %(value)s.')} {_expected(field)}", value) from None
    return answer


def _rows(field: Field, rows: Any, draft: bool) -> list[Data]:
    """The rows that have anything in them; a refusal names the row, counted from 1."""
    if not isinstance(rows, Sequence) or isinstance(rows, str):
        raise _refused(field, _("«%(field)s» is not right: %(value)s."), rows)
    answers = []
    for number, row in enumerate(rows, 1):
        given = {column.name: row.get(column.name) for column in field.columns}
        if all(value in NOTHING for value in given.values()):
            continue
        try:
            found = {column.name: answer_to(column, given[column.name], draft) for column in field.columns}
        except Refused as refused:
            where = _("«%(field)s», row %(row)s: %(problem)s")
            told = {"field": str(field.label), "row": number, "problem": str(refused.refusal.sentence)}
            raise Refused(Refusal("flow.answer", where % told)) from None
        answers.append({name: value for name, value in found.items() if value is not None})
    return answers


def _expected(field: Field) -> str:
    """What would have been right."""
    return {
        "money": _("Write an amount in đồng, not below 0."),
        "integer": _("Write a whole number."),
        "number": _("Write a number."),
        "date": _("Write a day that the calendar has."),
        "choice": _("Choose one of the list."),
        "unit": _("Choose a unit of the directory."),
        "person": _("Write a name."),
    }.get(field.kind, "")


def _refused(field: Field, sentence: str, value: Any = "") -> Refused:
    told = sentence.strip() % {"field": str(field.label), "value": value}
    if str(field.example):
        told += " " + _("For example: %(example)s") % {"example": str(field.example)}
    return Refused(Refusal("flow.answer", told))


def _date(_field: Field, value: Any) -> str:
    day = value if isinstance(value, date) else date.fromisoformat(value)
    if mistyped(day):
        raise ValueError(day)
    return day.isoformat()


def _choice(field: Field, value: Any) -> str:
    if value not in field.choices:
        raise ValueError(value)
    return str(value)


def _unit(_field: Field, value: Any) -> int:
    number = value.pk if isinstance(value, Unit) else int(value)
    if not Unit.objects.filter(pk=number).exists():
        raise ValueError(value)
    return int(number)


def _person(_field: Field, value: Any) -> str:
    """A name in words: people of an answer need not be in the directory."""
    name = " ".join(nfc(str(value.full_name if isinstance(value, Person) else value)).split())
    if not any(letter.isalpha() for letter in name):
        raise ValueError(value)
    return name


def _text(_field: Field, value: Any) -> str:
    """What was written, its letters put together; nothing that no page can show."""
    return nfc(str(value)).replace("\0", "").strip()


def _line(field: Field, value: Any) -> str:
    """One line of text."""
    said = _text(field, value)
    if len(said) > LONGEST_LINE:
        sentence = _("«%(field)s» is too long: at most %(most)s characters, here %(have)s.")
        told = {"field": str(field.label), "most": LONGEST_LINE, "have": len(said)}
        raise Refused(Refusal("flow.answer", sentence % told))
    return said


def _whole(_field: Field, value: Any) -> int:
    number = int(value)
    if abs(number) > MOST_WHOLE:
        raise ValueError(value)
    return number


def _number(_field: Field, value: Any) -> str:
    """A decimal as text, so that nothing is rounded: `1,5` and `1.5` are the same."""
    number = Decimal(str(value).strip().replace(",", "."))
    if not number.is_finite() or abs(number) >= MOST_NUMBER:
        raise ValueError(value)
    return format(number.normalize(), "f")


def _money(_field: Field, value: Any) -> int:
    amount = value if isinstance(value, int) else read_dong(str(value))
    if amount < 0:
        raise ValueError(value)
    return amount


READERS: dict[str, Any] = {
    "text": _line,
    "paragraph": _text,
    "number": _number,
    "money": _money,
    "person": _person,
    "integer": _whole,
    "flag": lambda _field, value: value in (True, "true", "on", "1"),
    "date": _date,
    "choice": _choice,
    "unit": _unit,
}
