"""Describing results and reporting on their use."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from khue.core.asked import whole
from khue.core.clock import today
from khue.core.money import dong, read_dong
from khue.directory.fields import UnitField
from khue.directory.models import Place
from khue.flow.shelf.words import choices, words
from khue.missions.models import Mission, PlanProduct, Result, UseReport

ANY = [("", _("Any"))]


class ResultForm(forms.Form):
    """What a result is, how ready, where it can be used."""

    product = forms.ModelChoiceField(
        PlanProduct.objects.none(), required=False, label=_("Product of the plan"), empty_label=_("None of them")
    )
    title = forms.CharField(label=_("Name of the result"), max_length=300, help_text=_("By this name others find it."))
    kind = forms.ChoiceField(label=_("Kind of result"))
    description = forms.CharField(
        label=_("Description"), widget=forms.Textarea(attrs={"rows": 4}), required=False,
        help_text=_("What it does, for whom, what is better than before."),
    )  # fmt: skip
    readiness = forms.TypedChoiceField(
        label=_("Readiness"), required=False, coerce=int, empty_value=None,
        help_text=_("From 1 (an idea) to 9 (in use), ISO 16290."),
    )  # fmt: skip
    usable_where = forms.CharField(
        label=_("Where it can be used"), widget=forms.Textarea(attrs={"rows": 2}), required=False
    )
    conditions = forms.CharField(
        label=_("What it needs"), widget=forms.Textarea(attrs={"rows": 2}), required=False,
        help_text=_("Soil, power, people, licence, cost of use."),
    )  # fmt: skip
    owner = UnitField(label=_("Owner"), required=False)
    ownership_basis = forms.CharField(label=_("Basis of ownership"), max_length=200, required=False)
    public = forms.BooleanField(
        label=_("Show this result to everybody"), required=False,
        help_text=_("A result that is not shown is seen by the lead organisation and the department only."),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, mission: Mission, result: Result | None = None, product: str = "") -> None:
        initial = _kept(result) if result else _from_product(mission, product)
        super().__init__(data, initial=initial)
        field = self.fields["product"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = mission.plan.products.all() if mission.plan else PlanProduct.objects.none()
        keep = result.kind if result else ""
        self._choose("kind", choices("results", today(), keep))
        self._choose("readiness", [("", _("Not assessed")), *readiness_choices()])

    def _choose(self, name: str, offered: list[Any]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = offered


def readiness_choices() -> list[tuple[str, str]]:
    """The nine levels with their plain words."""
    return [(name, f"{name}. {word}") for name, word in words("readiness").items()]


def _kept(result: Result) -> dict[str, Any]:
    names = (
        "title",
        "kind",
        "description",
        "readiness",
        "usable_where",
        "conditions",
        "owner",
        "ownership_basis",
        "public",
    )
    return {"product": result.product_id, **{name: getattr(result, name) for name in names}}


def _from_product(mission: Mission, product: str) -> dict[str, Any]:
    """What the plan says already of the product that is described, or of the first that nobody described yet."""
    told: dict[str, Any] = {"public": True, "owner": mission.host}
    if mission.plan is None:
        return told
    described = mission.results.exclude(product=None).values("product")
    rows = mission.plan.products.all()
    asked = whole(product)
    found = (rows.exclude(pk__in=described) if asked is None else rows.filter(pk=asked)).first()
    if found is None:
        return told
    kinds = [name for name, word in words("results").items() if found.kind in word.facts.get("products", ())]
    return {
        **told, "product": found.pk, "title": found.name, "kind": kinds[0] if kinds else "",
        "description": found.quality,
    }  # fmt: skip


class UseForm(forms.Form):
    """Where and with what effect results were used in a year."""

    used = forms.TypedChoiceField(
        label=_("Were the results used this year?"), choices=[("yes", _("Put to use")), ("no", _("Not put to use"))],
        coerce=lambda value: value == "yes", widget=forms.RadioSelect,
    )  # fmt: skip
    result = forms.ModelChoiceField(
        Result.objects.none(), label=_("Which result"), required=False, empty_label=_("All results")
    )
    unit = UnitField(label=_("Who uses it"), required=False)
    place = forms.CharField(label=_("Where it is put to use"), required=False, help_text=_("Commune or ward."))
    effect = forms.CharField(
        label=_("With what effect, or why not"), widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Area, output, income, people served; or what stands in the way."),
    )  # fmt: skip
    value = forms.CharField(
        label=_("Benefit of the year in đồng"), required=False, widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        help_text=_("Only where it can be counted."),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, report: UseReport) -> None:
        initial = {
            "used": "" if report.used is None else "yes" if report.used else "no",
            "result": report.result_id, "unit": report.unit,
            "place": report.place.name if report.place else "", "effect": report.effect,
            "value": dong(report.value).removesuffix(" ₫") if report.value is not None else "",
        }  # fmt: skip
        super().__init__(data, initial=initial)
        field = self.fields["result"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = report.mission.results.all()

    def clean_value(self) -> int | None:
        """Whole đồng."""
        written = str(self.cleaned_data["value"]).strip()
        if not written:
            return None
        try:
            return read_dong(written)
        except ValueError:
            sentence = gettext("«%(written)s» is no amount in whole đồng. Write for example 1.250.000.000.")
            raise ValidationError(sentence % {"written": written}) from None

    def clean_place(self) -> Place | None:
        """The commune of today that is meant."""
        name = str(self.cleaned_data["place"]).strip()
        if not name:
            return None
        found = list(Place.objects.as_of(today()).filter(name__iexact=name)[:2])
        if len(found) != 1:
            sentence = gettext(
                "No single commune or ward is called “%(name)s”. Write its full name, such as Phường Láng."
            )
            raise ValidationError(sentence % {"name": name})
        return found[0]


def told(form: forms.Form) -> Mapping[str, str]:
    """The filters of a list in words, for the head of its sheet."""
    shown = {name: dict(getattr(form.fields[name], "choices", [])) for name in form.fields}
    return {
        str(form.fields[name].label): str(shown[name].get(str(value), value))
        for name, value in form.cleaned_data.items()
        if value not in (None, "")
    }


class ResultFilters(forms.Form):
    """What the list of results can be narrowed by."""

    kind = forms.ChoiceField(label=_("Kind of result"), required=False)
    field = forms.ChoiceField(label=_("Field"), required=False)
    readiness = forms.ChoiceField(
        label=_("Readiness at least"), required=False, choices=[*ANY, *((str(n), str(n)) for n in range(1, 10))]
    )
    registered = forms.ChoiceField(
        label=_("Registration"), required=False, choices=[*ANY, ("yes", _("Registered")), ("no", _("Not registered"))]
    )
    shown = forms.ChoiceField(
        label=_("Shown to everybody"), required=False, choices=[*ANY, ("yes", _("Shown")), ("no", _("Not shown"))]
    )

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__(data)
        for name, group in (("kind", "results"), ("field", "fields")):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [*ANY, *((key, str(word)) for key, word in words(group).items())]
        self.is_valid()


class UseFilters(forms.Form):
    """What the list of reports on use can be narrowed by."""

    standing = forms.ChoiceField(
        label=_("Standing"), required=False,
        choices=[*ANY, ("late", _("Overdue")), ("soon", _("Due soon")), ("due", _("Waiting")),
                 ("submitted", _("Submitted")), ("accepted", _("Accepted"))],
    )  # fmt: skip
    used = forms.ChoiceField(
        label=_("In use"), required=False, choices=[*ANY, ("yes", _("Put to use")), ("no", _("Not put to use"))]
    )
    year = forms.IntegerField(label=_("Year"), required=False, min_value=1990, max_value=2100)

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__(data)
        self.is_valid()
