"""What is filled in about a site check and independent experts."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from khue.core.days import DayField
from khue.directory.fields import PersonField
from khue.directory.models import Person
from khue.missions.models import ExpertOpinion

ROOM = 4
"""People there is room for in one form; more can be asked with it again."""
TEXT = forms.Textarea(attrs={"rows": 3})


class PeopleForm(forms.Form):
    """Several people, each by name."""

    called = _("Expert %(number)s")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, ROOM + 1):
            self.fields[f"person_{number}"] = PersonField(label=self.called % {"number": number}, required=False)

    @property
    def people(self) -> list[Person]:
        """Those who were named."""
        named = (self.cleaned_data.get(f"person_{number}") for number in range(1, ROOM + 1))
        return [one for one in named if isinstance(one, Person)]


class SiteGroupForm(PeopleForm):
    """Who goes where, by which decision."""

    decision_sign = forms.CharField(label=_("Number and sign of the decision"), max_length=60)
    decided_on = DayField(label=_("Day of the decision"))
    visits_on = DayField(label=_("Day of the visit"))
    place = forms.CharField(label=_("Place that is looked at"), max_length=200)
    leader = PersonField(label=_("Leader of the group"))


class VisitForm(forms.Form):
    """The minutes."""

    visited_on = DayField(label=_("Visited on"))
    findings = forms.CharField(label=_("What the group saw"), widget=TEXT)
    fit = forms.ChoiceField(
        label=_("Is the place fit for the mission"), widget=forms.RadioSelect,
        choices=[("yes", _("Fit")), ("no", _("Not fit"))],
    )  # fmt: skip
    conclusion = forms.CharField(label=_("Conclusion"), widget=TEXT)


class ExpertsForm(PeopleForm):
    """Whom to ask, and what."""

    question = forms.CharField(label=_("What you want to know"), widget=TEXT)


class OpinionForm(forms.Form):
    """The report of an independent expert."""

    text = forms.CharField(label=_("Opinion"), widget=forms.Textarea(attrs={"rows": 6}))
    conclusion = forms.ChoiceField(
        label=_("Conclusion"), choices=ExpertOpinion.Conclusion.choices, widget=forms.RadioSelect
    )
    no_contact = forms.BooleanField(
        label=_("There was no contact with the applicants about this application"), required=True
    )
