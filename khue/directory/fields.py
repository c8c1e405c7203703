"""A form field in which a person writes a unit the way people do, and gets the unit."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy
from django.utils.translation import gettext as _

from khue.core.clock import today
from khue.directory.models import Unit
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


def _refused(text: str, candidates: list[Unit]) -> str:
    if not candidates:
        return _("No unit is called “%(name)s”. Check the spelling, or look it up in the directory.") % {"name": text}
    names = "; ".join(f"{unit.name} ({unit.code})" for unit in candidates[:5])
    return _("“%(name)s” is not clear. Did you mean: %(candidates)s? Write the full name or the code.") % {
        "name": text,
        "candidates": names,
    }
