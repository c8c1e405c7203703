"""What is filled in about measured products and independent experts of an acceptance."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from khue.core.days import DayField
from khue.councils.models import Council
from khue.councils.rules.composition import seats_of
from khue.directory.fields import UnitField
from khue.directory.models import Person
from khue.missions.forms.reviewing import TEXT, PeopleForm
from khue.missions.models import Mission


class MeasuredForm(PeopleForm):
    """Who of a council on paper measured, when, and what it gave."""

    called = _("Member %(number)s")
    measured_on = DayField(label=_("Measured on"))
    findings = forms.CharField(label=_("What was measured, and what it gave"), widget=TEXT)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields([name for name in self.fields if name.startswith("person_")])


class MeasuringForm(forms.Form):
    """The same of a council that sits here: its members are known."""

    members = forms.MultipleChoiceField(
        label=_("Members of the council who measured"), widget=forms.CheckboxSelectMultiple
    )
    measured_on = DayField(label=_("Measured on"))
    findings = forms.CharField(label=_("What was measured, and what it gave"), widget=TEXT)

    def __init__(self, *args: Any, council: Council, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._people = {str(seat.person_id): seat.person for seat in seats_of(council)}
        self.fields["members"].choices = [(pk, str(one)) for pk, one in self._people.items()]  # type: ignore[attr-defined]

    @property
    def people(self) -> list[Person]:
        """Those who were ticked."""
        return [self._people[pk] for pk in self.cleaned_data["members"]]


class ConfirmForm(forms.Form):
    """What only a person can know, confirmed with name and reason."""

    reason = forms.CharField(label=_("Why"), widget=TEXT)
    confirmed = forms.BooleanField(label=_("I confirm this; my name and the reason stay on record"))


class OpinionsForm(PeopleForm):
    """Whom to ask, and what."""

    unit = UnitField(label=_("or one organisation"), required=False)
    question = forms.CharField(label=_("What you want to know"), widget=TEXT)


class ReportForm(forms.Form):
    """The report of an independent expert or organisation, as it came."""

    text = forms.CharField(label=_("Opinion"), widget=TEXT)
    conclusion = forms.ChoiceField(label=_("Conclusion"), choices=Mission.Rating.choices, widget=forms.RadioSelect)
    no_contact = forms.BooleanField(
        label=_("The report states that there was no contact with those who carry the mission out")
    )


class SignedForm(forms.Form):
    """The confirmation that the file was completed, as it was signed on paper."""

    confirmed_by = forms.CharField(label=_("Who signed it"), max_length=200)
    confirmed_on = DayField(label=_("Signed on"))
    reason = forms.CharField(label=_("Why it was not confirmed here"), widget=TEXT, max_length=2000)
    scan = forms.FileField(label=_("The signed confirmation"))
