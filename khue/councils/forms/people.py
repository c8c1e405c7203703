"""What people declare, and whom an officer puts where."""

from django import forms
from django.utils.translation import gettext_lazy as _

from khue.core.days import DayField
from khue.councils.models import Kinship
from khue.directory.fields import PersonField


class KinForm(forms.Form):
    """A relative."""

    relative = PersonField(label=_("Relative"))
    kind = forms.ChoiceField(label=_("Is my"), choices=Kinship.Kind.choices)


class SanctionForm(forms.Form):
    """A sanction that stands."""

    reason = forms.CharField(label=_("What was decided"), max_length=300)
    document = forms.CharField(label=_("Document"), max_length=120, required=False)
    valid_from = DayField(label=_("From"))
    valid_to = DayField(label=_("Until"), required=False)


class AddForm(forms.Form):
    """Somebody put in by hand."""

    person = PersonField(label=_("Person"))
