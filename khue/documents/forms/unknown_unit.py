"""The small form of a unit that a document names and the directory does not know."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khue.core.clock import today
from khue.core.days import DayField
from khue.directory.fields import UnitField
from khue.directory.guessing import guess_kind, guess_parent, tidied
from khue.directory.models import Unit
from khue.directory.search import resolve_many
from khue.documents.actions.unknown_units import NewUnit
from khue.documents.models import Document


class OtherUnitForm(forms.Form):
    """Another unit that is there already, by any of its names."""

    unit = UnitField(label=gettext_lazy("Unit in the directory"))


class NewUnitForm(forms.Form):
    """Filled in as far as the name tells."""

    name = forms.CharField(label=gettext_lazy("Full name"), max_length=250)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Unit.Kind.choices)
    parent = UnitField(label=gettext_lazy("Stands below"), required=False)
    valid_from = DayField(label=gettext_lazy("Exists from"))
    why = forms.CharField(label=gettext_lazy("Word to the administrator"), max_length=500, required=False)
    sure = forms.BooleanField(required=False)

    def __init__(self, *args: Any, words: str, document: Document, asks: bool, **kwargs: Any) -> None:
        self.doubted = False
        """Whether the form was sent back because of a unit of the same name."""
        kind = guess_kind(words)
        kwargs["initial"] = {
            "name": tidied(words),
            "kind": kind,
            "parent": guess_parent(kind, document.unit),
            "valid_from": min(document.issued_on or today(), today()),
        }
        super().__init__(*args, **kwargs)
        if not asks:
            del self.fields["why"]

    def clean(self) -> dict[str, Any]:
        """A unit of that very name is there: the form wants to be sent once more."""
        cleaned = super().clean() or {}
        name = cleaned.get("name", "")
        there = resolve_many([name], today())[name] if name else None
        if there and there.candidates and not cleaned.get("sure"):
            self.doubted = True
            sentence = _("There is %(unit)s already. If you mean another one, press the button once more.")
            raise forms.ValidationError(sentence % {"unit": "; ".join(each.name for each in there.candidates[:3])})
        return cleaned

    def unit(self) -> NewUnit:
        """What the valid form says."""
        data = self.cleaned_data
        return NewUnit(data["name"].strip(), data["kind"], data["valid_from"], data["parent"])
