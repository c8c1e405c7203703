"""The filters of the lists of selecting, as they stand in the address bar."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django import forms
from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from khue.language.text import fold
from khue.missions.models import Application, Call, Way

ANY = [("", _("Any"))]
Row = TypeVar("Row", bound=Model)
STEPS = (
    ("preparing", _("Being prepared")), ("open", _("Open")), ("closed", _("Closed, not opened")),
    ("checking", _("Eligibility")), ("evaluating", _("Council")), ("winner-completing", _("Winner completes")),
    ("appraising", _("Budget appraisal")), ("winner-revising", _("Winner revises")), ("approving", _("Approval")),
    ("assigned", _("Assigned")), ("failed", _("Nobody found")), ("cancelled", _("Cancelled")),
)  # fmt: skip


class Filters(forms.Form):
    """Narrowing by what is asked; a value that makes no sense counts as not given."""

    columns: Mapping[str, str] = {}
    """Filter -> column."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__(data)
        self.is_valid()

    def narrow(self, rows: "QuerySet[Row]") -> "QuerySet[Row]":
        """`rows` that the filters and the words in `q` leave."""
        asked = {self.columns.get(name, name): value for name, value in self.cleaned_data.items() if value}
        rows = rows.filter(**asked)
        for word in fold(str(self.data.get("q", ""))).split():
            rows = rows.filter(folded__contains=word)
        return rows

    def told(self) -> dict[str, str]:
        """The filters in words, for the head of the sheet."""
        shown = {name: dict(getattr(self.fields[name], "choices", [])) for name in self.fields}
        return {
            str(self.fields[name].label): str(shown[name].get(str(value), value))
            for name, value in self.cleaned_data.items()
            if value
        }


class CallFilters(Filters):
    """Of calls."""

    state = forms.ChoiceField(label=_("State"), required=False, choices=[*ANY, *Call.State.choices])


class SelectionFilters(Filters):
    """Of selections."""

    columns = {"step": "case__step", "way": "order__way", "year": "order__list__year"}
    step = forms.ChoiceField(label=_("Step"), required=False, choices=[*ANY, *STEPS])
    way = forms.ChoiceField(label=_("Way"), required=False, choices=[*ANY, *Way.choices])
    year = forms.IntegerField(label=_("Year"), required=False, min_value=2000, max_value=2100)


class ApplicationFilters(Filters):
    """Of applications."""

    columns = {"step": "selection__case__step"}
    state = forms.ChoiceField(label=_("State"), required=False, choices=[*ANY, *Application.State.choices])
    step = forms.ChoiceField(label=_("Step of the selection"), required=False, choices=[*ANY, *STEPS])
