"""The card of a proposal while it is being corrected."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from khue.core.clock import today
from khue.core.days import DayField
from khue.directory.models import Unit
from khue.documents.actions.proposals import Correction, Named
from khue.documents.models import Directive, Proposal, ProposalUnit
from khue.documents.rules.assignees import resolve
from khue.documents.rules.directive_words import fields


class ProposalForm(forms.Form):
    """Content, deadline, priority, field, product; who does it comes as repeated `lead` and `support` values."""

    content = forms.CharField(label=_("What is to be done"), widget=forms.Textarea(attrs={"rows": 4}))
    due_on = DayField(label=_("Deadline"), required=False)
    priority = forms.ChoiceField(label=_("Priority"), choices=Directive.Priority.choices)
    field = forms.ChoiceField(label=_("Field"), required=False)
    product = forms.CharField(label=_("Expected product"), required=False, max_length=300)
    recurs = forms.ChoiceField(label=_("Repeats"), required=False)
    spread = forms.ChoiceField(label=_("When several units are named"), required=False, choices=Proposal.Spread.choices)

    def __init__(self, *args: object, proposal: Proposal, **kwargs: object) -> None:
        self.proposal = proposal
        kwargs.setdefault("initial", {name: getattr(proposal, name) for name in self.base_fields})
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["field"].choices = [("", "—"), *((f.name, str(f.label)) for f in fields().values())]  # type: ignore[attr-defined]
        self.fields["recurs"].choices = [("", _("Once")), *Directive.Every.choices]  # type: ignore[attr-defined]

    def correction(self, leads: Iterable[str], supports: Iterable[str]) -> Correction:
        """What the valid form and the named units say."""
        data = self.cleaned_data
        before = {(row.part, row.name): row for row in self.proposal.units.all()}
        return Correction(
            content=data["content"],
            due_on=data["due_on"],
            due_text=self.proposal.due_text,
            recurs=data["recurs"],
            priority=data["priority"],
            field=data["field"],
            product=data["product"],
            spread=data["spread"] or Proposal.Spread.EACH,
            units=tuple(
                named(name.strip(), part, before.get((part, name.strip())))
                for part, names in ((ProposalUnit.Part.LEAD, leads), (ProposalUnit.Part.SUPPORT, supports))
                for name in names
                if name.strip()
            ),
        )


def named(name: str, part: str, before: ProposalUnit | None) -> Named:
    """What a typed name means today; an unchanged one keeps the unit it was resolved to."""
    if before is not None and (before.unit_id or before.group):
        return Named(part, name, before.unit_id, before.group)
    exact = Unit.objects.as_of(today()).filter(name=name).first()
    unit, group = (exact, "") if exact else resolve(name, today())
    return Named(part, name, unit.pk if unit else None, group)
