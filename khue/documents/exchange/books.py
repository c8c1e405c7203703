"""The books that rows of an outgoing register belong to: series that are there, and those that are to be opened."""

import re
from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from khue.core.exchange import WrongCell
from khue.core.refusals import Refusal, Refused
from khue.directory.models import Unit
from khue.documents.actions.numbering import year_of
from khue.documents.models import Direction, Document, Family, NumberSeries
from khue.documents.rules.numbering import LETTER

Kind = tuple[int, str, str, bool]
"""Unit, family, council, secret."""
_TYPED = re.compile(r"^\d+/(?:\d{4}/)?(?P<type>[^/-]+)-(?P<issuer>.+)$")
_LETTER = re.compile(r"^\d+/(?P<issuer>[^/-]+)")


class Books:
    """Every outgoing series, read once, and what stands in those that are asked for."""

    def __init__(self) -> None:
        self._kept: dict[Kind, list[NumberSeries]] = {}
        for series in NumberSeries.objects.filter(direction=Direction.OUT).select_related("unit"):
            self._keep(series)
        self._held: dict[int, dict[int, Document]] = {}
        self._new: dict[int, list[Document]] = {}
        self._of: dict[int, NumberSeries] = {}

    def _keep(self, series: NumberSeries) -> None:
        kind = (series.unit_id, series.family, series.council, series.secret)
        self._kept.setdefault(kind, []).append(series)

    def find(
        self,
        unit: Unit,
        *,
        family: str,
        type: str,  # noqa: A002
        council: str,
        secret: bool,
        on: date,
        own: int | None,
        sign: str,
    ) -> NumberSeries:
        """The series of the day for this type, or one of its year that is not saved yet. Raises `Refused`."""
        kept = self._kept.get((unit.pk, family, council, secret), [])
        name = type or LETTER
        by_itself = any(series.type == name for series in kept) if own is None else bool(own)
        fitting = [series for series in kept if series.type == (name if by_itself else "")]
        found = next((series for series in fitting if _covers(series, on)), None)
        if found is None:
            if family == Family.PARTY:
                sentence = _("No series of %(unit)s covers %(day)s. Open the series of that term first.")
                raise Refused(Refusal("series-missing", sentence % {"unit": unit.name, "day": f"{on:%d/%m/%Y}"}))
            found = NumberSeries(
                unit=unit, direction=Direction.OUT, family=family, type=name if by_itself else "", council=council,
                secret=secret, period=year_of(on), period_name=str(on.year),
                issuer_code="" if council else _issuer(sign, bool(type)) or _latest(kept) or unit.abbreviation,
            )  # fmt: skip
            if not (found.issuer_code or council):
                raise WrongCell(_("Number and sign"), _("Fill it in: it says how the issuing body is abbreviated."))
            self._keep(found)
        return found

    def holder(self, series: NumberSeries, number: int) -> Document | None:
        """The document that has the number, in the register or in an earlier row."""
        key = id(series)
        if key not in self._held:
            self._of[key] = series
            there = [] if series._state.adding else Document.objects.filter(series=series, serial__isnull=False)
            self._held[key] = {document.serial or 0: document for document in there}
        return self._held[key].get(number)

    def put(self, series: NumberSeries, document: Document) -> None:
        """Note that the document of a row takes its number."""
        self._held[id(series)][document.serial or 0] = document
        self._new.setdefault(id(series), []).append(document)

    def filled(self) -> Sequence[tuple[NumberSeries, Sequence[Document]]]:
        """Each book with the documents to be entered in it."""
        return [(self._of[key], documents) for key, documents in self._new.items()]


def _covers(series: NumberSeries, day: date) -> bool:
    return bool(series.period.lower <= day and (series.period.upper is None or day < series.period.upper))


def _issuer(sign: str, typed: bool) -> str:
    found = (_TYPED if typed else _LETTER).match(sign)
    return found["issuer"][:30] if found else ""


def _latest(kept: Sequence[NumberSeries]) -> str:
    return max(kept, key=lambda series: series.period.lower).issuer_code if kept else ""
