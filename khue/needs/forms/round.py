"""The form of a collecting round."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from khue.core.clock import today
from khue.core.days import DayField
from khue.needs.rules.rounds import groups


class RoundForm(forms.Form):
    """What is asked for, until when; whom, only when it is new."""

    title = forms.CharField(label=_("Title"), max_length=200)
    year = forms.IntegerField(
        label=_("Plan year"), min_value=2020, max_value=2100, help_text=_("The year in which missions would begin.")
    )
    opens_on = DayField(label=_("Opens on"))
    closes_on = DayField(label=_("Closes on"), help_text=_("Late answers count until you close the round."))
    guidance = forms.CharField(
        label=_("What is asked for"), required=False, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Stands in the notice to every unit and above its answer."),
    )  # fmt: skip
    kinds = forms.MultipleChoiceField(
        label=_("Who is asked"), required=False, choices=groups, widget=forms.CheckboxSelectMultiple,
        help_text=_("Single units can be added afterwards."),
    )  # fmt: skip

    def __init__(self, *args: Any, new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not new:
            del self.fields["kinds"]

    def clean(self) -> dict[str, Any]:
        """A round closes after it opens, and before the year is over that it plans."""
        data = super().clean() or {}
        opens, closes = data.get("opens_on"), data.get("closes_on")
        if opens and closes and closes < opens:
            self.add_error("closes_on", gettext("The closing day lies before the opening day."))
        if closes and data.get("year") and closes.year > data["year"]:
            self.add_error("closes_on", gettext("The plan year is over by then: close it earlier."))
        return data


def proposed() -> dict[str, Any]:
    """What a new round usually says: next year's plan, asked for until mid April or for six weeks."""
    year = today().year + 1
    return {
        "title": gettext("Needs and proposals for the plan of %(year)s") % {"year": year}, "year": year,
        "opens_on": today(), "kinds": ["commune", "department"],
    }  # fmt: skip
