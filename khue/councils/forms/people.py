"""What people declare, and whom an officer puts where."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from khue.councils.models import Kinship
from khue.directory.models import Person
from khue.language.text import fold

DAY = {"type": "date"}


class PersonField(forms.CharField):
    """A person by name: the number that the list offers, or a name that only one person bears."""

    def to_python(self, value: Any) -> Any:
        """The person."""
        text = super().to_python(value)
        if not text:
            return None
        name, _sep, number = str(text).rpartition("#")
        if number.isdigit() and (found := Person.objects.filter(pk=number).first()):
            return found
        same = list(Person.objects.filter(folded=fold(name or text).strip())[:2])
        if len(same) == 1:
            return same[0]
        if same:
            raise forms.ValidationError(_("Several people bear this name: choose one from the list."))
        raise forms.ValidationError(_("Nobody of this name is known. Enter the person in the directory first."))


class KinForm(forms.Form):
    """A relative."""

    relative = PersonField(label=_("Relative"), widget=forms.TextInput({"autocomplete": "off", "list": "people"}))
    kind = forms.ChoiceField(label=_("Is my"), choices=Kinship.Kind.choices)


class SanctionForm(forms.Form):
    """A sanction that stands."""

    reason = forms.CharField(label=_("What was decided"), max_length=300)
    document = forms.CharField(label=_("Document"), max_length=120, required=False)
    valid_from = forms.DateField(label=_("From"), widget=forms.DateInput(DAY, format="%Y-%m-%d"))
    valid_to = forms.DateField(label=_("Until"), required=False, widget=forms.DateInput(DAY, format="%Y-%m-%d"))


class AddForm(forms.Form):
    """Somebody put in by hand."""

    person = PersonField(label=_("Person"), widget=forms.TextInput({"autocomplete": "off", "list": "people"}))
