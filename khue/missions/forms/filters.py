"""The filters of the list of missions, as they stand in the address bar."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from khue.flow.shelf.words import words
from khue.language.text import fold
from khue.missions.models import Mission

ANY = [("", _("Any"))]


class MissionFilters(forms.Form):
    """What the list can be narrowed by. A value that makes no sense counts as not given."""

    state = forms.ChoiceField(label=_("State"), required=False, choices=[*ANY, *Mission.State.choices])
    type = forms.ChoiceField(label=_("Type of mission"), required=False)
    field = forms.ChoiceField(label=_("Field"), required=False)
    year = forms.IntegerField(label=_("First year"), required=False, min_value=1945, max_value=2100)
    rating = forms.ChoiceField(label=_("Rating"), required=False, choices=[*ANY, *Mission.Rating.choices])

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__(data)
        for name, group in (("type", "types"), ("field", "fields")):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [*ANY, *((key, str(word)) for key, word in words(group).items())]
        self.is_valid()

    def narrow(self, missions: QuerySet[Mission]) -> QuerySet[Mission]:
        """`missions` that the filters and the words in `q` leave."""
        asked = {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}
        missions = missions.filter(**asked)
        for word in fold(str(self.data.get("q", ""))).split():
            missions = missions.filter(folded__contains=word)
        return missions

    def told(self) -> dict[str, str]:
        """The filters in words, for the head of the sheet."""
        shown = {name: dict(getattr(self.fields[name], "choices", [])) for name in self.fields}
        return {
            str(self.fields[name].label): str(shown[name].get(str(value), value))
            for name, value in self.cleaned_data.items()
            if value not in (None, "")
        }
