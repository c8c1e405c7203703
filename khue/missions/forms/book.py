"""What the acts in the book of a mission ask for."""

from dataclasses import asdict
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khue.core.clock import today
from khue.core.days import DayField
from khue.core.form_rendering import needed
from khue.core.money import MoneyField
from khue.directory.fields import PersonInput
from khue.directory.models import Unit
from khue.flow.shelf.words import words
from khue.missions.models import Mission
from khue.missions.rules.carry.adjusting import CHANGES, GROUNDS, matrix
from khue.missions.rules.carry.contracts import NAMES, Payment, sides_of

ROWS = 6
"""Instalments that the form of a contract has room for."""


def _words(rows: int = 2) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class WhyForm(forms.Form):
    """Only a reason."""

    comment = forms.CharField(label=gettext_lazy("Why"), widget=_words())


class VoucherForm(forms.Form):
    """By which paper money was paid."""

    comment = forms.CharField(label=gettext_lazy("Voucher: number, day, amount"), max_length=300)


class LackForm(forms.Form):
    """What a request lacks."""

    comment = forms.CharField(label=gettext_lazy("What is missing"), widget=_words())


class MoreForm(forms.Form):
    """What is added to a request."""

    comment = forms.CharField(label=gettext_lazy("What is added"), widget=_words())


class NothingForm(forms.Form):
    """Only a button."""


class SidesForm(forms.Form):
    """Who signs a contract, and the account of the lead organisation; what is known stands there already."""

    department_head = forms.CharField(label=gettext_lazy("Signs for the department"), max_length=120)
    department_post = forms.CharField(label=gettext_lazy("Position in the department"), max_length=120)
    host_head = forms.CharField(label=gettext_lazy("Signs for the lead organisation"), max_length=120)
    host_post = forms.CharField(label=gettext_lazy("Position in the lead organisation"), max_length=120)
    host_account = forms.CharField(
        label=gettext_lazy("Account of the lead organisation"), max_length=200,
        help_text=gettext_lazy("Number, and the treasury or bank that keeps it"),
    )  # fmt: skip

    def __init__(self, *args: Any, mission: Mission, **more: Any) -> None:
        more["initial"] = asdict(sides_of(mission)) | more.get("initial", {})
        more["auto_id"] = f"{type(self).__name__.lower()}-%s"  # both of them stand on one page
        super().__init__(*args, **more)

    def sides(self) -> list[Any]:
        """Their fields."""
        return [self[name] for name in NAMES]


class ContractForm(SidesForm):
    """The signed contract with its schedule of payments."""

    sign = forms.CharField(label=gettext_lazy("Number of the contract"), max_length=80)
    signed_on = DayField(label=gettext_lazy("Signed on"))
    starts_on = DayField(label=gettext_lazy("The mission begins on"))

    def __init__(self, *args: Any, mission: Mission, **more: Any) -> None:
        more.setdefault("initial", {"signed_on": today(), "starts_on": mission.starts_on})
        super().__init__(*args, mission=mission, **more)
        for number in range(1, ROWS + 1):
            day = _("Day of instalment %(n)s") % {"n": number}
            self.fields[f"due_on-{number}"] = DayField(label=day, required=False)
            self.fields[f"amount-{number}"] = MoneyField(
                label=_("Amount of instalment %(n)s") % {"n": number}, required=False
            )
            self.fields[f"condition-{number}"] = forms.CharField(
                label=_("Condition of instalment %(n)s") % {"n": number}, required=False, max_length=300
            )

    def rows(self) -> list[tuple[Any, Any, Any]]:
        """The fields of each instalment."""
        return [
            (self[f"due_on-{number}"], self[f"amount-{number}"], self[f"condition-{number}"])
            for number in range(1, ROWS + 1)
        ]

    def clean(self) -> dict[str, Any]:
        """The instalments that were filled in; each needs its day and its amount."""
        data = self.cleaned_data
        data["payments"] = []
        for number in range(1, ROWS + 1):
            due_on, amount = data.get(f"due_on-{number}"), data.get(f"amount-{number}")
            if due_on is None and amount is None:
                continue
            if due_on is None or amount is None:
                missing = f"due_on-{number}" if due_on is None else f"amount-{number}"
                if missing not in self.errors:
                    self.add_error(missing, _("An instalment needs its day and its amount."))
                continue
            data["payments"].append(Payment(due_on, amount, data.get(f"condition-{number}", "")))
        return data


class RegisterForm(forms.Form):
    """The registration as a running mission."""

    number = forms.CharField(label=gettext_lazy("Number of the registration"), max_length=60)
    registered_on = DayField(label=gettext_lazy("Registered on"))


class PayForm(forms.Form):
    """A payment."""

    amount = MoneyField(label=gettext_lazy("Amount"))
    paid_on = DayField(label=gettext_lazy("Paid on"))


class PayOnConditionForm(PayForm):
    """A payment out of an instalment that has a condition."""

    condition_met = forms.BooleanField(label=gettext_lazy("The condition is met"), required=False)


class DecisionForm(forms.Form):
    """Money by a decision."""

    amount = MoneyField(label=gettext_lazy("Amount"))
    decision_sign = forms.CharField(label=gettext_lazy("Number and sign of the decision"), max_length=60)
    decided_on = DayField(label=gettext_lazy("Day of the decision"))


class CarryOverForm(DecisionForm):
    """Money of a year for the next one."""

    year = forms.IntegerField(label=gettext_lazy("Money of the year"), min_value=2000, max_value=2100)
    field_order = ["year", "amount", "decision_sign", "decided_on"]


class RefundForm(DecisionForm):
    """Money back."""

    reason = forms.CharField(label=gettext_lazy("Why"), widget=_words())


class AnnounceForm(forms.Form):
    """A visit to come."""

    held_on = DayField(label=gettext_lazy("Day of the inspection"))
    members = forms.CharField(label=gettext_lazy("Who inspects"), widget=_words())
    regular = forms.BooleanField(label=gettext_lazy("The regular inspection of the year"), required=False, initial=True)


class ConcludeForm(forms.Form):
    """What a visit found."""

    held_on = DayField(label=gettext_lazy("Held on"))
    findings = forms.CharField(label=gettext_lazy("What was found"), widget=_words(3))
    conclusion = forms.CharField(label=gettext_lazy("Conclusion"), widget=_words())
    minutes = forms.FileField(label=gettext_lazy("Signed minutes"), required=False)


class AskForm(forms.Form):
    """A change of the mission; only the field of its kind counts."""

    kind = forms.ChoiceField(label=gettext_lazy("What is to be changed"))
    ground = needed(
        forms.ChoiceField(label=gettext_lazy("Ground"), required=False),
        gettext_lazy("needed for a new principal investigator"),
    )
    end = needed(DayField(label=gettext_lazy("New end"), required=False), gettext_lazy("needed to extend or shorten"))
    investigator = needed(
        forms.CharField(
            label=gettext_lazy("New principal investigator"), required=False, widget=PersonInput(numbered=True),
            help_text=gettext_lazy("A few letters of the name; choose from the list."),
        ),
        gettext_lazy("needed to change the investigator"),
    )  # fmt: skip
    lead = needed(
        forms.CharField(
            label=gettext_lazy("New lead organisation"), required=False, help_text=gettext_lazy("Name in full.")
        ),
        gettext_lazy("needed to change the lead organisation"),
    )
    text = needed(
        forms.CharField(
            label=gettext_lazy("How it is to be afterwards"), required=False, widget=_words(3),
            help_text=gettext_lazy("The new name, objective, product or content; nothing for the fields above."),
        ),
        gettext_lazy("needed for every other change"),
    )  # fmt: skip
    reason = forms.CharField(label=gettext_lazy("Why the change is needed"), widget=_words())
    council = needed(
        forms.CharField(
            label=gettext_lazy("Advice of the council"), required=False, help_text=gettext_lazy("Day of the minutes.")
        ),
        gettext_lazy("needed where the table below asks for it"),
    )
    orderer = needed(
        forms.CharField(
            label=gettext_lazy("Consent of the ordering body"), required=False,
            help_text=gettext_lazy("Number and sign of its letter."),
        ),
        gettext_lazy("needed where the table below asks for it"),
    )  # fmt: skip

    def __init__(self, *args: Any, mission: Mission, **more: Any) -> None:
        super().__init__(*args, **more)
        deciders = {"head": _("the department decides"), "host": _("you decide, the department may object")}
        told = words("adjustments")
        kinds = [(kind, f"{told[kind]} — {deciders[who]}") for kind, who in matrix(mission).items() if who in deciders]
        _choose(self, "kind", kinds)
        _choose(self, "ground", [("", "—"), *((name, str(label)) for name, label in GROUNDS.items())])

    def what(self) -> str:
        """The one thing that the chosen kind changes."""
        return CHANGES.get(self.cleaned_data["kind"], "text")


def _choose(form: forms.Form, name: str, choices: list[tuple[str, str]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 - as declared above
    field.choices = choices


class AnswerForm(forms.Form):
    """The answer to a request for a change."""

    granted = forms.ChoiceField(
        label=gettext_lazy("Answer"), choices=[("yes", gettext_lazy("Granted")), ("no", gettext_lazy("Not agreed"))],
        widget=forms.RadioSelect,
    )  # fmt: skip
    decision_sign = forms.CharField(label=gettext_lazy("Number and sign of the answer"), max_length=60)
    decided_on = DayField(label=gettext_lazy("Answered on"))
    answer = forms.CharField(label=gettext_lazy("In words"), widget=_words())


class TerminateForm(forms.Form):
    """The end before the time."""

    decision_sign = forms.CharField(label=gettext_lazy("Number and sign of the decision"), max_length=60)
    decided_on = DayField(label=gettext_lazy("Day of the decision"))
    refund = MoneyField(label=gettext_lazy("To be paid back"), help_text=gettext_lazy("0 when nothing is."))
    assets = forms.CharField(label=gettext_lazy("What becomes of the assets"), required=False, widget=_words())
    reason = forms.CharField(label=gettext_lazy("Why"), widget=_words())


class DivisionForm(forms.Form):
    """Which division follows the mission."""

    division = forms.ModelChoiceField(label=gettext_lazy("Division"), queryset=Unit.objects.none())
    comment = forms.CharField(label=gettext_lazy("Why"), widget=_words())

    def __init__(self, *args: Any, divisions: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["division"]
        field.queryset = divisions  # type: ignore[attr-defined]
        # The page has read them to know whether there are some; Django would read them again, through a cursor.
        names = [(one.pk, str(one)) for one in divisions]
        field.choices = [("", _("Not chosen")), *names]  # type: ignore[attr-defined]


class FileForm(forms.Form):
    """A paper for the mission's file."""

    file = forms.FileField(label=gettext_lazy("File"))
    title = forms.CharField(label=gettext_lazy("What it is"), required=False, max_length=200)
    restricted = forms.BooleanField(label=gettext_lazy("Only for those in the mission"), required=False, initial=True)
