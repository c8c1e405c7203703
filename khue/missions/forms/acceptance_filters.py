"""The filters of the list of acceptances, as they stand in the address bar."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, When
from django.utils.translation import gettext_lazy as _

from khue.core.clock import today
from khue.flow.models import Holding, ProcessVersion
from khue.language.text import fold
from khue.missions.models import Acceptance, Mission

ANY = [("", _("Any"))]
LATE = [
    *ANY, ("late", _("Overdue")), ("open", _("Under way")), ("closed", _("Ended")),
    ("effect", _("Output to be evaluated")),
]  # fmt: skip


class AcceptanceFilters(forms.Form):
    """What the list can be narrowed by. A value that makes no sense counts as not given."""

    standing = forms.ChoiceField(label=_("Standing"), required=False, choices=LATE)
    step = forms.ChoiceField(label=_("Step"), required=False)
    rating = forms.ChoiceField(label=_("Rating"), required=False, choices=[*ANY, *Mission.Rating.choices])
    year = forms.IntegerField(label=_("Year the file was due"), required=False, min_value=1990, max_value=2100)

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__(data)
        field = self.fields["step"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [*ANY, *step_labels().items()]
        self.is_valid()

    def narrow(self, rows: QuerySet[Acceptance]) -> QuerySet[Acceptance]:
        """`rows` that the filters and the words in `q` leave, what is late first, what has ended last."""
        asked = {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}
        rows = self._standing(with_deadline(rows), asked.get("standing", ""))
        if "step" in asked:
            rows = rows.filter(case__step=asked["step"])
        if "rating" in asked:
            rows = rows.filter(rating=asked["rating"])
        if "year" in asked:
            rows = rows.filter(due_on__year=asked["year"])
        for word in fold(str(self.data.get("q", ""))).split():
            rows = rows.filter(mission__folded__contains=word)
        return rows.order_by(F("case__closed_at").desc(nulls_first=True), F("step_due").asc(nulls_last=True), "-pk")

    @staticmethod
    def _standing(rows: QuerySet[Acceptance], standing: str) -> QuerySet[Acceptance]:
        kinds = {
            "late": Q(case__closed_at=None, step_due__lt=today()),
            "open": Q(case__closed_at=None),
            "closed": Q(case__closed_at__isnull=False),
            "effect": Q(effect_on=None, effect_due_on__isnull=False),
        }
        return rows.filter(kinds[standing]) if standing in kinds else rows

    def told(self) -> dict[str, str]:
        """The filters in words, for the head of the sheet."""
        shown = {name: dict(getattr(self.fields[name], "choices", [])) for name in self.fields}
        return {
            str(self.fields[name].label): str(shown[name].get(str(value), value))
            for name, value in self.cleaned_data.items()
            if value not in (None, "")
        }


def with_deadline(rows: QuerySet[Acceptance]) -> QuerySet[Acceptance]:
    """`rows` with `step_due`: the day of the file until it is handed in, then the deadline of the step."""
    held = Holding.objects.current().filter(case=OuterRef("case")).values("due_on")[:1]
    waiting = When(submitted_on=None, case__closed_at=None, then="due_on")
    return rows.annotate(step_due=Case(waiting, default=Subquery(held)))


def step_labels() -> dict[str, str]:
    """The steps of the process by name, as the newest version calls them."""
    newest = ProcessVersion.objects.filter(process="mission-accept").order_by("-version").first()
    return {name: str(step.staff) for name, step in newest.definition.steps.items()} if newest else {}
