"""Form fields in which a person writes a unit or somebody the way people do, and gets the unit or the person."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy
from django.utils.translation import gettext as _

from khue.core.clock import today
from khue.core.refusals import Refused
from khue.directory.meant import person_meant
from khue.directory.models import Person, Unit
from khue.directory.search import find_units, resolve_many


class UnitField(forms.CharField):
    """Any name or abbreviation of a unit that exists on `on` (today); wrong ones are answered with suggestions."""

    def __init__(self, *, on: date | None = None, **kwargs: Any) -> None:
        super().__init__(max_length=250, **kwargs)
        self.on = on
        self.widget.attrs.update({"data-suggest": reverse_lazy("directory:suggest"), "autocomplete": "off"})

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        day = self.on or today()
        by_code = Unit.objects.as_of(day).filter(code=text).first()
        if by_code:
            return by_code
        resolution = resolve_many([text], day)[text]
        if resolution.unit:
            return resolution.unit
        raise ValidationError(_refused(text, resolution.candidates or [hit.unit for hit in find_units(text, day, 4)]))

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, Unit):
            return value.name
        return value


class PersonInput(forms.TextInput):
    """A name that is being written, with people of the directory offered; anything else may be written too.

    Who is chosen also fills the cells `title` and `unit` of the same row of a table. With `numbered` a namesake is
    written with the number that `meant.person_meant` reads.
    """

    template_name = "directory/_person_input.html"

    def __init__(self, attrs: dict[str, Any] | None = None, *, numbered: bool = False) -> None:
        given = {
            "data-people": reverse_lazy("directory:suggest-people"), "autocomplete": "off", "role": "combobox",
            "aria-autocomplete": "list", "aria-expanded": "false", "spellcheck": "false",
        }  # fmt: skip
        super().__init__({**given, **({"data-numbered": "1"} if numbered else {}), **(attrs or {})})


class PersonField(forms.CharField):
    """Somebody of the directory, by a name that only one person bears or that was chosen from the list."""

    widget = PersonInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 140, "widget": PersonInput(numbered=True), **kwargs})

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            return person_meant(text)
        except Refused as refused:
            raise ValidationError(str(refused)) from None

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, Person):
            return f"{value.full_name} #{value.pk}"
        return value


def _refused(text: str, candidates: list[Unit]) -> str:
    if not candidates:
        return _("No unit is called “%(name)s”. Check the spelling, or look it up in the directory.") % {"name": text}
    names = "; ".join(f"{unit.name} ({unit.code})" for unit in candidates[:5])
    return _("“%(name)s” is not clear. Did you mean: %(candidates)s? Write the full name or the code.") % {
        "name": text,
        "candidates": names,
    }
