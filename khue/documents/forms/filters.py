"""The filters of the registers, as they stand in the address bar."""

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from khue.core.clock import today
from khue.core.days import DayField
from khue.directory.models import Unit
from khue.documents.models import CaseFile, Direction, Document, Family, NumberSeries, Reading, Urgency
from khue.documents.rules.archive import due_for_archive
from khue.documents.rules.retention import retention_over
from khue.documents.rules.searching import matching
from khue.documents.rules.shelf import types
from khue.language.text import fold

ANY = [("", _("Any"))]
PRIORITIES = [(str(value), label) for value, label in Urgency.choices]


def day_field(label: Any, *, required: bool = False, **more: Any) -> DayField:
    """A day that may be left empty."""
    return DayField(label=label, required=required, **more)


class DocumentFilters(forms.Form):
    """What the registers of documents can be narrowed by. A value that makes no sense counts as not given."""

    unit = forms.TypedChoiceField(label=_("Register of"), required=False, coerce=int, empty_value=None)
    year = forms.TypedChoiceField(label=_("Year"), required=False, coerce=int, empty_value=None)
    type = forms.ChoiceField(label=_("Type"), required=False)
    family = forms.ChoiceField(label=_("Family"), required=False, choices=[*ANY, *Family.choices])
    urgency = forms.TypedChoiceField(
        label=_("Urgency"), required=False, coerce=int, empty_value=None, choices=[*ANY, *PRIORITIES]
    )
    state = forms.ChoiceField(
        label=_("Handling"),
        required=False,
        choices=[
            *ANY,
            ("open", _("In hand")),
            ("overdue", _("Overdue")),
            ("closed", _("Settled")),
            ("check", _("Read by machine, to be checked")),
            ("unread", _("Could not be read")),
            ("drafts", _("Being drafted")),
            ("unsigned", _("Waiting for number or issue")),
            ("recalled", _("Recalled")),
        ],
    )
    since = day_field(_("From"))
    until = day_field(_("To"))
    series = forms.ModelChoiceField(
        NumberSeries.objects.select_related("unit"), label=_("Number series"), required=False
    )
    """The book of one series; the page of series leads to it."""

    def __init__(self, data: Mapping[str, Any], *, units: Mapping[int, str], years: list[int]) -> None:
        super().__init__(data)
        self.units = units
        self._choose("unit", [*ANY, *((str(pk), name) for pk, name in units.items())])
        self._choose("year", [*ANY, *((str(year), str(year)) for year in years)])
        names = {**types(), "-": _("Letter, without type")}
        self._choose("type", [*ANY, *((code, f"{code} · {name}") for code, name in names.items())])
        self.is_valid()

    def _choose(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def narrow(self, documents: QuerySet[Document], *, by: str) -> QuerySet[Document]:
        """`documents` that the filters and the words in `q` leave; dates count on the column `by`."""
        asked = self.cleaned_data
        simple = {
            "unit": asked.get("unit"),
            "family": asked.get("family"),
            "urgency": asked.get("urgency"),
            "series": asked.get("series"),
            f"{by}__year": asked.get("year"),
            f"{by}__gte": asked.get("since"),
            f"{by}__lte": asked.get("until"),
        }
        documents = documents.filter(**{name: value for name, value in simple.items() if value not in (None, "")})
        if kind := asked.get("type"):
            documents = documents.filter(type="" if kind == "-" else kind)
        return matching(_in_state(documents, asked.get("state", "")), self.words)

    @property
    def words(self) -> str:
        """What stands in the search box."""
        return str(self.data.get("q", ""))

    def told(self) -> dict[str, str]:
        """The filters in words, for the head of an Excel sheet."""
        told = {}
        for name, value in self.cleaned_data.items():
            if value in (None, ""):
                continue
            field = self.fields[name]
            shown = value
            if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
                labels: dict[Any, Any] = dict(cast(Any, field.choices))
                shown = labels.get(str(value), value)
            told[str(field.label)] = f"{shown:%d/%m/%Y}" if hasattr(shown, "strftime") else str(shown)
        return told | ({str(_("Words")): self.words} if self.words else {})


def _in_state(documents: QuerySet[Document], state: str) -> QuerySet[Document]:
    conditions = {
        "open": Q(case__closed_at=None, case__isnull=False),
        "overdue": Q(case__closed_at=None, case__holdings__until=None, case__holdings__due_on__lt=today()),
        "closed": Q(case__closed_at__isnull=False),
        "check": ~Q(read_fields=[]),
        "unread": Q(reading=Reading.FAILED),
        "drafts": Q(direction=Direction.OUT, issued_at=None, signed_copy=None),
        "unsigned": Q(direction=Direction.OUT, issued_at=None, signed_copy__isnull=False),
        "recalled": Q(recalled_at__isnull=False),
    }
    return documents.filter(conditions[state]) if state in conditions else documents


class FileFilters(forms.Form):
    """What the list of case files can be narrowed by."""

    year = forms.TypedChoiceField(label=_("Year"), required=False, coerce=int, empty_value=None)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            *ANY,
            ("open", _("Open")),
            ("closed", _("Closed")),
            ("due", _("Due for the archive")),
            ("over", _("Retention over")),
            ("destroyed", _("Destroyed")),
            ("frozen", _("Frozen")),
        ],
    )

    def __init__(self, data: Mapping[str, Any], *, years: list[int]) -> None:
        super().__init__(data)
        year = self.fields["year"]
        if isinstance(year, forms.ChoiceField):
            year.choices = [*ANY, *((str(one), str(one)) for one in years)]
        self.is_valid()

    def narrow(self, files: QuerySet[CaseFile]) -> QuerySet[CaseFile]:
        """`files` that the filters leave."""
        if year := self.cleaned_data.get("year"):
            files = files.filter(year=year)
        state = self.cleaned_data.get("state")
        if state == "open":
            files = files.filter(ended_on=None)
        elif state == "closed":
            files = files.filter(ended_on__isnull=False)
        elif state == "due":
            files = files.filter(due_for_archive())
        elif state == "over":
            files = files.filter(retention_over())
        elif state == "destroyed":
            files = files.filter(destroyed_at__isnull=False)
        elif state == "frozen":
            files = files.filter(frozen_at__isnull=False)
        for word in fold(str(self.data.get("q", ""))).split():
            files = files.filter(folded__contains=word)
        return files

    def told(self) -> dict[str, str]:
        """The filters in words."""
        told = {str(self.fields[name].label): str(value) for name, value in self.cleaned_data.items() if value}
        return told | ({str(_("Words")): str(self.data["q"])} if self.data.get("q") else {})


def unit_names(pks: set[int]) -> dict[int, str]:
    """Names of units, in Vietnamese order."""
    return dict(Unit.objects.filter(pk__in=pks).order_by("sort_name").values_list("pk", "name"))
