"""How a day is asked for, in every form."""

from typing import Any

from django import forms

TYPED = ["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"]
"""What browsers send, and what people type where there is no calendar: in Vietnam the day comes first."""


def day_input() -> forms.DateInput:
    """A day, entered with the browser's own calendar."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class DayField(forms.DateField):
    """A day of the browser's calendar, or typed by hand, whatever the language of the page."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**{"widget": day_input(), "input_formats": TYPED, **more})
