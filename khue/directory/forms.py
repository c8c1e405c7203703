"""What is asked about units and people."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khue.core.clock import today
from khue.core.days import DayField
from khue.directory.fields import UnitField, UnitsInput
from khue.directory.models import Place, Unit
from khue.language.text import fold


class PlaceField(forms.CharField):
    """A place of today by its code, or by its full name where only one bears it."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        here = Place.objects.as_of(today())
        found = list(here.filter(code=text)) or list(here.filter(folded=fold(text)).select_related("parent"))
        if len(found) == 1:
            return found[0]
        names = "; ".join(f"{place.code} {place} ({place.parent})" for place in found[:5])
        if found:
            raise ValidationError(_("Several places bear this name; write the code: %(names)s.") % {"names": names})
        raise ValidationError(_("No place of today bears this name or code."))

    def prepare_value(self, value: Any) -> Any:
        return value.code if isinstance(value, Place) else value


class DetailsForm(forms.Form):
    """The details of a unit that have no history of their own."""

    abbreviation = forms.CharField(label=gettext_lazy("Abbreviation"), max_length=40, required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Unit.Kind.choices)
    parent = UnitField(label=gettext_lazy("Stands below"), required=False)
    place = PlaceField(label=gettext_lazy("Place"), required=False)
    email = forms.EmailField(label=gettext_lazy("E-mail address"), required=False)
    phone = forms.CharField(label=gettext_lazy("Telephone"), max_length=30, required=False)


class UnitForm(DetailsForm):
    """A new unit."""

    name = forms.CharField(label=gettext_lazy("Full name"), max_length=250)
    valid_from = DayField(label=gettext_lazy("Exists from"), initial=today)
    field_order = ["name", "abbreviation", "kind", "parent", "valid_from", "place", "email", "phone"]


class RenameForm(forms.Form):
    """Another name from a day on."""

    name = forms.CharField(label=gettext_lazy("New name"), max_length=250)
    abbreviation = forms.CharField(label=gettext_lazy("Abbreviation"), max_length=40, required=False)
    on = DayField(label=gettext_lazy("From"), initial=today)
    basis = forms.CharField(label=gettext_lazy("Basis"), max_length=400, required=False)


class AliasForm(forms.Form):
    """Another way to write the name."""

    name = forms.CharField(label=gettext_lazy("Also called"), max_length=250)
    abbreviation = forms.CharField(label=gettext_lazy("Abbreviation"), max_length=40, required=False)


class EndForm(forms.Form):
    """The end of a unit, and who takes over, the main one first."""

    on = DayField(
        label=gettext_lazy("The successors work from"), initial=today,
        help_text=gettext_lazy("The unit ends the day before, and so do roles in it: give its people new ones."),
    )  # fmt: skip
    successors = forms.Field(
        label=gettext_lazy("Successors"),
        widget=UnitsInput({"data-suggest": reverse_lazy("directory:suggest"), "autocomplete": "off"}),
        required=False,
        help_text=gettext_lazy(
            "The main one first: what is open here passes on to it. With none, open work stays where it is."
        ),
    )
    nobody = forms.BooleanField(label=gettext_lazy("Nobody takes over, or it is not known yet"), required=False)
    basis = forms.CharField(label=gettext_lazy("Basis"), max_length=400, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        nobody = cleaned.pop("nobody", False)
        field = UnitField(on=cleaned.get("on"))
        lines = [name.strip() for name in cleaned.get("successors") or [] if name.strip()]
        try:
            cleaned["successors"] = [field.clean(line) for line in lines]
        except ValidationError as error:
            self.add_error("successors", error)
        if bool(lines) == nobody:
            self.add_error("successors", _("Name who takes over, or tick that nobody does."))
        return cleaned


class PersonForm(forms.Form):
    """Who somebody is."""

    full_name = forms.CharField(label=gettext_lazy("Name and surname"), max_length=120)
    title = forms.CharField(label=gettext_lazy("Academic title"), max_length=60, required=False)
    email = forms.EmailField(label=gettext_lazy("E-mail address"), required=False)
    phone = forms.CharField(label=gettext_lazy("Telephone"), max_length=30, required=False)


class PostForm(forms.Form):
    """A post somebody takes."""

    position = forms.CharField(label=gettext_lazy("Position"), max_length=120)
    unit = UnitField(label=gettext_lazy("Unit"))
    valid_from = DayField(label=gettext_lazy("From"), initial=today)


class LastDayForm(forms.Form):
    """The last day of a post."""

    last_day = DayField(label=gettext_lazy("Last day"), initial=today)


class ExpertiseForm(forms.Form):
    """A field somebody knows."""

    topic = forms.CharField(label=gettext_lazy("Field"), max_length=200)
    since = forms.IntegerField(label=gettext_lazy("Since the year"), min_value=1940, max_value=2100, required=False)
    evidence = forms.CharField(label=gettext_lazy("What shows it"), max_length=400, required=False)
