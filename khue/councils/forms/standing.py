"""What the decision on a standing council says."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from khue.core.days import DayField
from khue.councils.models import Seat
from khue.councils.rules.standing import KINDS
from khue.directory.fields import PersonField
from khue.directory.models import Person

ROOM = 11
"""The most members that any council may have."""
FIRST = (Seat.Role.CHAIR, Seat.Role.VICE_CHAIR, Seat.Role.SECRETARY)
ROLES = [(role.value, role.label) for role in Seat.Role if role != Seat.Role.REVIEWER]


def _day(label: Any) -> forms.DateField:
    return DayField(label=label)


class StandingForm(forms.Form):
    """Title, decision, term, members."""

    title = forms.CharField(label=_("Name of the council"), max_length=300)
    kind = forms.ChoiceField(label=_("What it does"))
    decision_sign = forms.CharField(label=_("Number and sign of the decision"), max_length=60)
    decided_on = _day(_("Day of the decision"))
    term_from = _day(_("Term begins on"))
    term_to = _day(_("Term ends on"))

    def __init__(self, *args: Any, labels: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)  # noqa: S101 - declared above
        kind.choices = [(one, labels[one]) for one in KINDS]
        for number in range(1, ROOM + 1):
            first = FIRST[number - 1] if number <= len(FIRST) else Seat.Role.MEMBER
            self.fields[f"person_{number}"] = PersonField(
                label=_("Member %(number)s") % {"number": number}, required=False
            )
            self.fields[f"role_{number}"] = forms.ChoiceField(label=_("Role"), choices=ROLES, initial=first)

    @property
    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Members and their roles, side by side."""
        return [(self[f"person_{number}"], self[f"role_{number}"]) for number in range(1, ROOM + 1)]

    @property
    def members(self) -> dict[Person, str]:
        """Who sits, in which role."""
        told = self.cleaned_data
        numbers = [number for number in range(1, ROOM + 1) if told.get(f"person_{number}")]
        return {told[f"person_{number}"]: told[f"role_{number}"] for number in numbers}

    @property
    def decision(self) -> dict[str, Any]:
        """Everything but the members."""
        return {name: self.cleaned_data[name] for name in self.base_fields}


class StandingMemberForm(forms.Form):
    """Somebody taken in."""

    person = PersonField(label=_("Person"))
    role = forms.ChoiceField(label=_("Role"), choices=ROLES, initial=Seat.Role.MEMBER)
