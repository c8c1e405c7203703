"""What pages of selecting ask for."""

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khue.core.clock import today
from khue.core.days import DayField, day_input
from khue.core.form_rendering import needed
from khue.directory.fields import UnitField
from khue.flow.shelf.words import choices, words
from khue.missions.models import Application, Attachment, Eligibility, Order

CLOSES = time(16)


class ClosingForm(forms.Form):
    """The closing moment."""

    closes_on = DayField(
        label=gettext_lazy("Closes on"),
        widget=day_input(),
        help_text=gettext_lazy("The day until whose hour applications are taken."),
    )
    closes_time = forms.TimeField(
        label=gettext_lazy("At"), initial=CLOSES, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )

    @property
    def closes_at(self) -> datetime:
        """Day and hour together."""
        day, hour = self.cleaned_data["closes_on"], self.cleaned_data["closes_time"]
        return datetime.combine(day, hour, timezone.get_default_timezone())


class CallForm(ClosingForm):
    """A call: which orders, what is said, until when."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=250)
    orders = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Missions"), queryset=Order.objects.none(), widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("From approved order lists; each finds its own lead organisation."),
    )  # fmt: skip
    sign = forms.CharField(label=gettext_lazy("Number and sign of the notice"), max_length=60, required=False)
    text = forms.CharField(
        label=gettext_lazy("What applicants should know"), required=False, widget=forms.Textarea(attrs={"rows": 6})
    )
    field_order = ("title", "orders", "closes_on", "closes_time", "sign", "text")

    def __init__(self, *args: Any, orders: "QuerySet[Order] | None", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if orders is None:
            del self.fields["orders"]
        else:
            chosen = self.fields["orders"]
            assert isinstance(chosen, forms.ModelMultipleChoiceField)  # noqa: S101 - declared above
            chosen.queryset = orders


class InviteForm(ClosingForm):
    """Whom a direct assignment asks, and why it is direct."""

    unit = UnitField(label=gettext_lazy("Organisation"))
    ground = forms.ChoiceField(label=gettext_lazy("Why it is assigned directly"))
    field_order = ("unit", "ground", "closes_on", "closes_time")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ground = self.fields["ground"]
        assert isinstance(ground, forms.ChoiceField)  # noqa: S101 - declared above
        ground.choices = [("", _("Not chosen")), *choices("grounds", today())]
        if not all(word.basis.verified for word in words("grounds").values()):
            ground.help_text = _("The list of grounds is not held against the instruments yet (not verified).")


class OpeningForm(forms.Form):
    """The opening as the minutes tell it."""

    note = forms.CharField(
        label=gettext_lazy("What was seen at the opening"), widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("How many applications, whether the seals were whole; goes into the minutes."),
    )  # fmt: skip
    witnesses = forms.CharField(label=gettext_lazy("Witnesses"), max_length=400)
    venue = forms.CharField(label=gettext_lazy("Where"), max_length=200, required=False)


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=gettext_lazy("Why"), widget=forms.Textarea(attrs={"rows": 2}))


class DecisionForm(forms.Form):
    """A signed decision."""

    decision_sign = forms.CharField(label=gettext_lazy("Number and sign of the decision"), max_length=60)
    decided_on = DayField(label=gettext_lazy("Day of the decision"))


ASKED: Mapping[str, type[forms.Form]] = {"opening": OpeningForm, "reason": ReasonForm, "decision": DecisionForm}
"""The forms of acts by name."""


class AttachForm(forms.Form):
    """A file and what it is."""

    file = forms.FileField(label=gettext_lazy("File"))
    kind = forms.ChoiceField(label=gettext_lazy("What it is"), choices=Attachment.Kind.choices)
    whose = needed(
        forms.ChoiceField(label=gettext_lazy("Whose"), required=False),
        gettext_lazy("needed for a CV or the consent of a partner"),
    )
    issued_on = needed(
        DayField(label=gettext_lazy("Day on the paper"), required=False),
        gettext_lazy("needed for a quotation"),
    )

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plan = application.selection.completed if application.selection.winner_id == application.pk else None
        plan = plan or application.plan
        people = [(f"person:{one.name}", one.named) for one in plan.people.all()]
        units = [(f"unit:{one.unit_id}", one.unit.name) for one in plan.partners.select_related("unit")]
        whose = self.fields["whose"]
        assert isinstance(whose, forms.ChoiceField)  # noqa: S101 - declared above
        whose.choices = [("", "—"), *people, *units]

    def part(self, kind: str) -> str:
        """The name of the person, or the number of the unit, that was chosen."""
        chosen, _colon, value = str(self.cleaned_data.get("whose") or "").partition(":")
        return value if chosen == kind else ""


class JudgeForm(forms.Form):
    """An officer's own judgement of one bar."""

    row = forms.IntegerField(widget=forms.HiddenInput)
    finding = forms.ChoiceField(
        label=gettext_lazy("Judgement"),
        choices=[
            (Eligibility.Finding.CLEAR.value, Eligibility.Finding.CLEAR.label),
            (Eligibility.Finding.BARRED.value, Eligibility.Finding.BARRED.label),
        ],
    )
    reason = forms.CharField(label=gettext_lazy("On what it rests"), max_length=500)
