"""The filters of the list of missions, as they stand in the address bar."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import Q, QuerySet, Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan
from django.utils.translation import gettext_lazy as _

from khue.core.asked import key, whole
from khue.core.clock import today
from khue.directory.models import Unit
from khue.flow.shelf.words import words
from khue.language.text import fold
from khue.missions.models import Mission
from khue.missions.rules.carry.board import NOT_DONE_WITH

ANY = [("", _("Any"))]
NONE = "none"
STANDINGS = [
    ("", _("Any")), ("open", _("Carried out now")), ("overdue", _("Something overdue")),
    ("closed", _("Closed")), ("past", _("Of the past")),
]  # fmt: skip


class MissionFilters(forms.Form):
    """What the list can be narrowed by. A value that makes no sense counts as not given."""

    standing = forms.ChoiceField(label=_("Standing"), required=False, choices=STANDINGS)
    state = forms.ChoiceField(label=_("Step"), required=False, choices=[*ANY, *Mission.State.choices])
    type = forms.ChoiceField(label=_("Type of mission"), required=False)
    field = forms.ChoiceField(label=_("Field"), required=False)
    year = forms.IntegerField(label=_("First year"), required=False, min_value=1945, max_value=2100)
    rating = forms.ChoiceField(label=_("Rating"), required=False, choices=[*ANY, *Mission.Rating.choices])
    host = forms.CharField(required=False, widget=forms.HiddenInput)
    """A number of a unit: its missions and those of units below."""
    place = forms.CharField(required=False, widget=forms.HiddenInput)
    inside = forms.BooleanField(required=False, widget=forms.HiddenInput)
    """Only missions whose inside the person sees, as the board counts them."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__(data)
        for name, group in (("type", "types"), ("field", "fields")):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                none = [(NONE, _("Not given"))] if name == "field" else []
                field.choices = [*ANY, *((key, str(word)) for key, word in words(group).items()), *none]
        self.is_valid()

    def narrow(self, missions: QuerySet[Mission], *, walked: bool = False) -> QuerySet[Mission]:
        """`missions` that the filters and the words in `q` leave. `walked`: they are many, and the first are found
        sooner on a walk from the newest on, asked in a way that no index answers. The database by itself would look up
        all of them: it takes words that always stand together (`nuôi lươn`) for ones that seldom do."""
        asked = {name: self.cleaned_data.get(name) for name in ("state", "type", "year", "rating")}
        missions = missions.filter(**{name: value for name, value in asked.items() if value not in (None, "")})
        if field := self.cleaned_data.get("field"):
            missions = missions.filter(field="" if field == NONE else field)
        missions = _standing(missions, self.cleaned_data.get("standing", ""))
        missions = _numbered(missions, "host", self.cleaned_data.get("host", ""))
        missions = _numbered(missions, "place", self.cleaned_data.get("place", ""))
        for word in sorted(self.words, key=len):  # what was looked up by the long ones may lack the short ones
            bears = GreaterThan(StrIndex("folded", Value(word)), 0) if walked else Q(folded__contains=word)
            missions = missions.filter(bears)
        return missions

    @property
    def words(self) -> list[str]:
        """What `q` asks for."""
        return fold(str(self.data.get("q", ""))).split()

    @property
    def newest_first(self) -> bool:
        """Whether the list is not one of deadlines."""
        return self.cleaned_data.get("standing") not in ("open", "overdue")

    def ordered(self, missions: QuerySet[Mission]) -> QuerySet[Mission]:
        """What is carried out: what hurts first; otherwise the newest first."""
        return missions.order_by("-year", "-pk") if self.newest_first else missions.order_by("next_due_on", "pk")

    def told(self) -> dict[str, str]:
        """The filters in words, for the head of the sheet."""
        shown = {name: dict(getattr(self.fields[name], "choices", [])) for name in self.fields}
        told = {
            str(self.fields[name].label): str(shown[name].get(str(value), value))
            for name, value in self.cleaned_data.items()
            if value not in (None, "", False) and name not in ("host", "place", "inside")
        }
        unit = _unit(self.cleaned_data.get("host", ""))
        return told | ({str(_("Lead organisation")): unit.name} if unit else {})


def _standing(missions: QuerySet[Mission], standing: str) -> QuerySet[Mission]:
    if standing == "past":
        return missions.filter(case=None)
    if standing == "closed":
        return missions.filter(case__closed_at__isnull=False)
    if standing in ("open", "overdue"):
        missions = missions.filter(NOT_DONE_WITH)
    return missions.filter(next_due_on__lt=today()) if standing == "overdue" else missions


def _numbered(missions: QuerySet[Mission], column: str, value: str) -> QuerySet[Mission]:
    if value == NONE:
        return missions.filter(**{column: None})
    if (found := whole(value)) is None:
        return missions
    if column == "host":
        return missions.filter(host__in=Unit.objects.within([found]))
    return missions.filter(**{column: found})


def _unit(value: str) -> Unit | None:
    return Unit.objects.filter(pk=key(value)).first()
