"""How a day is asked for, in every form."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

TYPED = ["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"]
"""What browsers send, and what people type where there is no calendar: in Vietnam the day comes first."""

YEARS = (1900, 2100)
"""What somebody can mean; browsers send 0202 and 20266 while a year is being typed."""


def mistyped(day: date) -> str:
    """Why nobody can mean this day; empty for all others."""
    first, last = YEARS
    if first <= day.year <= last:
        return ""
    told = {"year": day.year, "first": first, "last": last}
    return _("The year %(year)s is not one between %(first)s and %(last)s. Look at it again.") % told


def day_input() -> forms.DateInput:
    """A day, entered with the browser's own calendar."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class DayField(forms.DateField):
    """A day of the browser's calendar, or typed by hand, whatever the language of the page."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**{"widget": day_input(), "input_formats": TYPED, **more})

    def clean(self, value: Any) -> Any:
        """The day, of a year that somebody can mean."""
        day = super().clean(value)
        if isinstance(day, date) and (sentence := mistyped(day)):
            raise ValidationError(sentence, code="mistyped")
        return day
