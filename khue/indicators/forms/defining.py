"""What is asked when a programme begins, an indicator is defined, a number is promised."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khue.core.clock import today
from khue.core.days import DayField
from khue.core.refusals import Refused
from khue.directory.fields import UnitField
from khue.directory.models import Unit
from khue.indicators import measures
from khue.indicators.actions.defining import NewSet
from khue.indicators.actions.figures import read_number
from khue.indicators.models import Dimension, Indicator, IndicatorVersion, Programme, ReportSet, Target
from khue.indicators.rules.checking import told
from khue.language.text import fold

NEW = "new"
PLACES = 6
REPORTING = [Unit.Kind.COMMUNE, Unit.Kind.DEPARTMENT, Unit.Kind.DISTRICT, Unit.Kind.INSTITUTE, Unit.Kind.ENTERPRISE]
VERIFIED = gettext_lazy("I have held this against the document itself")
VERIFIED_WHY = gettext_lazy("Until somebody has, pages say “not verified yet” beside it.")


class NumberField(forms.CharField):
    """A number as people here write it, 1.250,5."""

    def __init__(self, *, decimals: int = PLACES, **more: Any) -> None:
        self.decimals = decimals
        super().__init__(widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}), **more)

    def prepare_value(self, value: Any) -> Any:
        return told(value) if isinstance(value, Decimal) else value

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        try:
            return read_number(text, self.decimals)
        except Refused as refused:
            raise ValidationError(str(refused)) from refused


def _day(label: Any, **more: Any) -> forms.DateField:
    return DayField(label=label, **more)


def _year(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=2000, max_value=2100)


def _verified() -> forms.BooleanField:
    return forms.BooleanField(label=VERIFIED, required=False, help_text=VERIFIED_WHY)


class ProgrammeForm(forms.Form):
    """What a programme of the office's own is."""

    title = forms.CharField(label=gettext_lazy("Title of the programme"), max_length=400)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Programme.Kind.choices, initial="plan")
    number = forms.CharField(label=gettext_lazy("Number and sign of its document"), max_length=60, required=False)
    issuer = forms.CharField(label=gettext_lazy("Who issued it"), max_length=200, required=False)
    issued_on = _day(gettext_lazy("Day of the document"), required=False)
    first_year = _year(gettext_lazy("First year"))
    last_year = _year(gettext_lazy("Last year"))
    lead = UnitField(
        label=gettext_lazy("Who receives its reports"), required=False,
        help_text=gettext_lazy("Left empty: the department that runs this system."),
    )  # fmt: skip
    summary = forms.CharField(
        label=gettext_lazy("What it wants, in a sentence or two"), required=False, max_length=2000,
        widget=forms.Textarea({"rows": 2}),
    )  # fmt: skip
    source = forms.CharField(label=gettext_lazy("Source"), max_length=400, help_text=gettext_lazy(
        "Where this stands: the document, or “nội bộ” for an arrangement of the office."
    ))  # fmt: skip
    verified = _verified()

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        first, last = found.get("first_year"), found.get("last_year")
        if first and last and last < first:
            self.add_error("last_year", _("The last year lies before the first one."))
        return found


class TargetForm(forms.Form):
    """A number for a year, for the city or one unit."""

    year = _year(gettext_lazy("Year"))
    unit = UnitField(label=gettext_lazy("Unit"), required=False, help_text=gettext_lazy("Left empty: the whole city."))
    bound = forms.ChoiceField(label=gettext_lazy("Bound"), choices=Target.Bound.choices)
    value = NumberField(label=gettext_lazy("Number"))
    value_to = NumberField(
        label=gettext_lazy("To the number"), required=False, help_text=gettext_lazy("Only for a range.")
    )
    words = forms.CharField(
        label=gettext_lazy("In the words of the document"), required=False, max_length=120,
        help_text=gettext_lazy("As the document has it; left empty, the bound and the number are shown."),
    )  # fmt: skip
    source = forms.CharField(label=gettext_lazy("Source"), max_length=400, help_text=gettext_lazy(
        "The document that promises or corrects it, with its day; “nội bộ” for an arrangement of the office."
    ))  # fmt: skip
    verified = _verified()

    def __init__(self, *args: Any, decimals: int = PLACES, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("value", "value_to"):
            field = self.fields[name]
            assert isinstance(field, NumberField)  # noqa: S101 - declared above
            field.decimals = decimals

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        first, last = found.get("value"), found.get("value_to")
        if found.get("bound") != Target.Bound.RANGE and last is not None:
            self.add_error("value_to", _("Only a range has a second number; choose “from … to …” or leave it empty."))
        if found.get("bound") == Target.Bound.RANGE and first is not None and (last is None or last <= first):
            self.add_error("value_to", _("The second number of a range is larger than the first one."))
        return found


class IndicatorForm(forms.Form):
    """What an indicator means, who reports it, and from when."""

    name = forms.CharField(label=gettext_lazy("Name of the indicator"), max_length=300)
    unit_of_measure = forms.CharField(label=gettext_lazy("Unit of measure"), max_length=60)
    kind = forms.ChoiceField(
        label=gettext_lazy("How it comes in"), choices=IndicatorVersion.Kind.choices, initial="entered"
    )
    measure = forms.ChoiceField(label=gettext_lazy("Counted by"), required=False)
    formula = forms.CharField(
        label=gettext_lazy("Formula"), required=False, max_length=500,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip
    report_set = forms.ChoiceField(label=gettext_lazy("Reported with"), required=False)
    set_label = forms.CharField(label=gettext_lazy("Name of the new report"), required=False, max_length=250)
    every = forms.ChoiceField(label=gettext_lazy("How often"), choices=ReportSet.Every.choices, initial="quarter")
    levels = forms.MultipleChoiceField(
        label=gettext_lazy("Who reports"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=[(kind.value, kind.label) for kind in REPORTING], initial=[Unit.Kind.COMMUNE],
    )  # fmt: skip
    direction = forms.ChoiceField(label=gettext_lazy("Direction"), choices=IndicatorVersion.Direction.choices)
    across = forms.ChoiceField(
        label=gettext_lazy("Across units"),
        choices=[one for one in IndicatorVersion.Across.choices if one[0] != IndicatorVersion.Across.RATIO],
    )
    over_time = forms.ChoiceField(label=gettext_lazy("Over time"), choices=IndicatorVersion.OverTime.choices)
    decimals = forms.IntegerField(
        label=gettext_lazy("Digits after the comma"), min_value=0, max_value=PLACES, initial=0
    )
    least = NumberField(label=gettext_lazy("At least"), required=False, initial="0")
    most = NumberField(label=gettext_lazy("At most"), required=False)
    jump = forms.IntegerField(
        label=gettext_lazy("A change of more per cent asks for a reason"), required=False, min_value=1, max_value=10_000
    )
    breakdowns = forms.MultipleChoiceField(
        label=gettext_lazy("Broken down by"), required=False, widget=forms.CheckboxSelectMultiple
    )
    proof_needed = forms.BooleanField(label=gettext_lazy("A unit has to name its proof"), required=False)
    proof = forms.CharField(label=gettext_lazy("What proves it"), required=False, max_length=300)
    why = forms.CharField(label=gettext_lazy("What is counted and what not"), required=False, max_length=400)
    basis = forms.CharField(label=gettext_lazy("Basis"), max_length=400, help_text=gettext_lazy(
        "Document and article, or “nội bộ” for an arrangement of the office."
    ))  # fmt: skip
    source = forms.CharField(label=gettext_lazy("Source"), required=False, max_length=400)
    verified = _verified()
    since = _day(gettext_lazy("From the day"))

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.programme = programme
        self.sets = {str(one.pk): one for one in programme.sets.filter(valid_to=None)}
        if programme.shelved:
            self._keep_what_the_shelf_says()
        counted = sorted((str(one.label), name) for name, one in measures.countable().items())
        self._offer("measure", [("", "–"), *((name, label) for label, name in counted)])
        self._offer("report_set", [*((pk, one.label) for pk, one in self.sets.items()), (NEW, _("A new report …"))])
        self._offer("breakdowns", [(one.code, one.label) for one in Dimension.objects.all()])

    def _keep_what_the_shelf_says(self) -> None:
        """An office changes what an indicator of the shelf means, not with which report it comes in, nor whether it is
        reported or calculated."""
        for name in ("report_set", "set_label", "every", "levels"):
            del self.fields[name]
        of_formula = self.initial.get("kind") == "formula"
        kinds = [one for one in IndicatorVersion.Kind.choices if (one[0] == "formula") is of_formula]
        self._offer("kind", kinds)

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        if name not in self.fields:
            return
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        kind = found.get("kind")
        for wanted, name in (("measured", "measure"), ("formula", "formula")):
            if kind != wanted:
                found[name] = ""
            elif not found.get(name) and name not in self.errors:
                self.add_error(name, _("Say how it is counted, or choose that units are asked."))
        if kind != "formula" and "report_set" in self.fields:
            self._clean_set(found)
        return found

    def _clean_set(self, found: Mapping[str, Any]) -> None:
        if found.get("report_set") not in (NEW, *self.sets):
            self.add_error("report_set", _("Say with which report it comes in."))
        elif found["report_set"] == NEW and not found.get("set_label"):
            self.add_error("set_label", _("Give the new report a name."))
        elif found["report_set"] == NEW and not found.get("levels"):
            self.add_error("levels", _("Say who reports it."))

    @property
    def meaning(self) -> dict[str, Any]:
        """Columns of the version; a formula has no bounds and no way of its own to be put together."""
        bare = {"kind", "report_set", "set_label", "every", "levels", "breakdowns", "since"}
        return {name: value for name, value in self.cleaned_data.items() if name not in bare}

    @property
    def reported_with(self) -> ReportSet | NewSet | None:
        """The set it comes in with; None for a formula."""
        told_ = self.cleaned_data
        if told_["kind"] == "formula":
            return None
        if told_["report_set"] != NEW:
            return self.sets[told_["report_set"]]
        taken = set(ReportSet.objects.values_list("code", flat=True))
        own = {code.removeprefix(f"{self.programme.code}-") for code in taken}
        code = code_of(told_["set_label"], taken=own, sign="-", longest=60 - len(self.programme.code) - 4)
        return NewSet(code, told_["set_label"], told_["every"], tuple(told_["levels"]))


def meaning_of(indicator: Indicator) -> dict[str, Any]:
    """How the form begins for an indicator that there is."""
    version = indicator.versions.order_by("-valid_from").first()
    if version is None:
        return {"name": indicator.name}
    names = [*IndicatorForm.base_fields.keys() & {field.name for field in version._meta.fields}]
    told_ = {name: getattr(version, name) for name in names}
    return {
        **told_, "breakdowns": [one.code for one in version.breakdowns.all()], "since": today(),
        "report_set": str(indicator.report_set_id or ""),
    }  # fmt: skip


def code_of(words: str, *, taken: set[str], sign: str = "_", longest: int = 50) -> str:
    """A code that nobody has to think up: the words without accents, with a number where it is taken."""
    plain = re.sub("[^a-z0-9]+", sign, fold(words)).strip(sign)[:longest].strip(sign)
    base = plain if sign == "-" or re.match("[a-z]", plain) else f"x{sign}{plain}".strip(sign)
    found, number = base, 1
    while found in taken:
        number += 1
        found = f"{base}{sign}{number}"
    return found


def first_day() -> date:
    """From when a new indicator is followed unless said otherwise: the year's first day, so that no period is lost."""
    return date(today().year, 1, 1)
