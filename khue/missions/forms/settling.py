"""What the page of assets and settlement asks for."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from khue.core.clock import today
from khue.core.days import DayField
from khue.core.form_rendering import needed
from khue.core.money import MoneyField
from khue.directory.fields import UnitField
from khue.flow.shelf.words import choices, words
from khue.missions.models import Asset, Mission
from khue.missions.rules.carry.settling import refunds_a_failure, sums

ANY = [("", _("Any"))]
STANDINGS = [
    ("uncounted", _("Not counted")), ("open", _("Not decided")), ("decided", _("Decided")), ("missing", _("Missing")),
]  # fmt: skip


def _choose(form: forms.Form, name: str, offered: list[Any]) -> None:
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        field.choices = offered


class AssetForm(forms.Form):
    """One thing that was bought."""

    name = forms.CharField(label=_("What it is"), max_length=250, help_text=_("With its make."))
    code = forms.CharField(label=_("Model and serial number"), max_length=80, required=False)
    quantity = forms.IntegerField(label=_("Quantity"), min_value=1, max_value=100_000, initial=1)
    value = MoneyField(label=_("Value as bought, all together"), help_text=_("Whole đồng."))
    bought_on = DayField(label=_("Bought on"), required=False)
    keeper = forms.CharField(label=_("Who keeps it, where"), max_length=200, required=False)
    wish = forms.ChoiceField(label=_("What the lead organisation asks for"), required=False)

    def __init__(self, data: Any = None, *, asset: Asset | None = None) -> None:
        names = ("name", "code", "quantity", "value", "bought_on", "keeper", "wish")
        super().__init__(data, initial={name: getattr(asset, name) for name in names} if asset else {})
        keep = asset.wish if asset else ""
        _choose(self, "wish", [("", _("Nothing yet")), *choices("asset-handlings", today(), keep)])


class DecideForm(forms.Form):
    """What becomes of the assets that were picked."""

    disposal = forms.ChoiceField(label=_("What becomes of them"))
    receiver = needed(UnitField(label=_("Who receives them"), required=False), _("needed when a body receives them"))
    handling = forms.CharField(label=_("What the decision says beyond that"), max_length=200, required=False)
    decision_sign = forms.CharField(label=_("Number and sign of the decision"), max_length=60)
    decided_on = DayField(label=_("Day of the decision"))

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"decided_on": today()})
        _choose(self, "disposal", choices("asset-handlings", today()))


class SettleForm(forms.Form):
    """The settlement of an accepted mission."""

    liquidated_on = DayField(label=_("Settled and liquidated on"))
    settled = MoneyField(label=_("Money settled"), help_text=_("The same as what was confirmed."))

    def __init__(self, data: Any = None, *, mission: Mission) -> None:
        super().__init__(data, initial={"liquidated_on": today(), "settled": mission.confirmed})


class CloseFailedForm(forms.Form):
    """The end of a mission that was not accepted."""

    decision_sign = forms.CharField(label=_("Number and sign of the decision"), max_length=60)
    decided_on = DayField(label=_("Day of the decision"))
    refund = MoneyField(label=_("To be paid back"), help_text=_("0 when nothing is."))
    assets = forms.CharField(label=_("What becomes of the assets"), required=False, widget=forms.Textarea({"rows": 2}))
    reason = forms.CharField(label=_("Why"), widget=forms.Textarea({"rows": 2}))

    def __init__(self, data: Any = None, *, mission: Mission) -> None:
        owed = max(sums(mission).open, 0) if refunds_a_failure(mission) else 0
        super().__init__(data, initial={"decided_on": today(), "refund": owed})


class AssetFilters(forms.Form):
    """What the list of assets can be narrowed by."""

    standing = forms.ChoiceField(label=_("Standing"), required=False, choices=[*ANY, *STANDINGS])
    condition = forms.ChoiceField(label=_("State it is in"), required=False)
    disposal = forms.ChoiceField(label=_("What became of it"), required=False)

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__(data)
        for name, group in (("condition", "asset-conditions"), ("disposal", "asset-handlings")):
            _choose(self, name, [*ANY, *((key, str(word)) for key, word in words(group).items())])
        self.is_valid()
