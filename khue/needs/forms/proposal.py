"""What is asked about a proposal besides the form of its type."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from khue.core.clock import today
from khue.core.days import DayField
from khue.core.form_rendering import needed
from khue.directory.fields import PersonField, UnitField
from khue.directory.models import Place, Unit
from khue.needs.models import Proposal
from khue.needs.rules.proposal_forms import LONGEST_TITLE, fields, types

TEXT = forms.Textarea(attrs={"rows": 3})


class StartForm(forms.Form):
    """What kind of mission, and what it is called: the rest is asked on the next page."""

    title = forms.CharField(
        label=_("Name of the mission"), max_length=LONGEST_TITLE, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("What is to be found or made, and where it will be used."),
    )  # fmt: skip
    type = forms.ChoiceField(label=_("Type of mission"), widget=forms.RadioSelect)
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("In the name of"), empty_label=None)

    def __init__(self, *args: Any, units: set[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["type"].choices = types()  # type: ignore[attr-defined]
        unit = self.fields["unit"]
        if isinstance(unit, forms.ModelChoiceField):
            unit.queryset = Unit.objects.filter(pk__in=units).order_by("sort_name")
            unit.initial = unit.queryset.first()


class HeadForm(forms.Form):
    """The columns of a proposal, above the questions of its form."""

    use_required_attribute = False

    title = forms.CharField(
        label=_("Name of the mission"), max_length=LONGEST_TITLE, widget=forms.Textarea(attrs={"rows": 2})
    )
    field = forms.ChoiceField(label=_("Field"), required=False)
    place = forms.ModelChoiceField(
        Place.objects.none(), label=_("Place"), required=False, empty_label=_("The whole city, or not chosen")
    )
    year = forms.IntegerField(label=_("Plan year"), min_value=2015, max_value=2100)

    def __init__(self, *args: Any, of: Proposal, **kwargs: Any) -> None:
        facts = {"title": of.title, "field": of.field, "place": of.place_id, "year": of.year}
        kwargs["initial"] = facts
        super().__init__(*args, **kwargs)
        self.fields["field"].choices = [("", _("Not chosen")), *fields(of.field)]  # type: ignore[attr-defined]
        place = self.fields["place"]
        if isinstance(place, forms.ModelChoiceField):
            place.queryset = Place.objects.as_of(today()).filter(level=Place.Level.COMMUNE)

    def facts(self) -> dict[str, Any]:
        """What is right of it, as `save_draft` takes it."""
        self.is_valid()
        wanted = ("title", "field", "place", "year")
        return {name: self.cleaned_data[name] for name in wanted if name in self.cleaned_data}


class CouncilForm(forms.Form):
    """What the council is called."""

    title = forms.CharField(label=_("Name of the council"), max_length=300)


class OpinionForm(forms.Form):
    """Whom to ask, what, until when."""

    unit = needed(UnitField(label=_("Body that is asked"), required=False), _("needed unless a person is asked"))
    person = needed(
        PersonField(
            label=_("Or a person"), required=False, help_text=_("A few letters of the name; choose from the list.")
        ),
        _("needed unless a body is asked"),
    )
    question = forms.CharField(label=_("What you want to know"), widget=TEXT)
    due_on = DayField(label=_("Answer by"), required=False)


class OrderStartForm(forms.Form):
    """Whose order proposal, for which year."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("In the name of"), empty_label=None)
    year = forms.IntegerField(label=_("Plan year"), min_value=2015, max_value=2100)

    def __init__(self, *args: Any, units: set[int], **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"year": today().year + 1})
        super().__init__(*args, **kwargs)
        unit = self.fields["unit"]
        if isinstance(unit, forms.ModelChoiceField):
            unit.queryset = Unit.objects.filter(pk__in=units).order_by("sort_name")
            unit.initial = unit.queryset.first()
