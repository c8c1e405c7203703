"""Taking, reserving and giving back numbers of official documents; no series ever has a gap or a number twice.

Records of other kinds have no series that somebody keeps; they count by the year: `core/yearly_numbers.py`."""

from datetime import date

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.core.locks import hold
from khue.core.refusals import Refusal, Refused, require
from khue.directory.models import Unit
from khue.documents.models import Direction, NumberSeries, ReservedNumber
from khue.documents.rules.numbering import LETTER, may_keep_numbers, number_refusal
from khue.journal.actions import record


def year_of(on: date) -> DateRange:
    """The calendar year of `on`, as the database keeps periods (the end not included)."""
    return DateRange(date(on.year, 1, 1), date(on.year + 1, 1, 1))


@transaction.atomic
def take_number(series: NumberSeries) -> int:
    """The next number of `series`; one that was given back goes first, so that no gap stays.

    The series' row stays locked to the end of the transaction: a number is taken with the document or not at all.
    """
    locked = NumberSeries.objects.select_for_update().get(pk=series.pk)
    given_back = locked.reserved_numbers.filter(state=ReservedNumber.State.RELEASED).order_by("number").first()
    if given_back is not None:
        given_back.state = ReservedNumber.State.USED
        given_back.save(update_fields=["state"])
        return given_back.number
    return take_next(locked)


def take_next(locked: NumberSeries) -> int:
    """The number after the last one; `locked` is the series' locked row."""
    locked.last += 1
    locked.save(update_fields=["last"])
    return locked.last


@transaction.atomic
def claim_number(series: NumberSeries, number: int) -> int:
    """Take exactly `number`: one that was reserved or given back, or the next in turn.

    Raises:
        Refused: `number-used` (the sentence names the document), `number-skips`, `number-too-small`.
    """
    locked = NumberSeries.objects.select_for_update().get(pk=series.pk)
    require(number_refusal(locked, number))
    if number == locked.last + 1:
        return take_next(locked)
    locked.reserved_numbers.filter(number=number).update(state=ReservedNumber.State.USED)
    return number


@transaction.atomic
def reserve_number(series: NumberSeries, *, by: User, reason: str) -> int:
    """Set the next number aside, for a paper that is being signed elsewhere; it stays out of the turn until used.

    Raises:
        Refused: `series-not-yours`, `reason-missing`.
    """
    require(may_keep_numbers(by, series))
    require(_reason_missing(reason))
    locked = NumberSeries.objects.select_for_update().get(pk=series.pk)
    number = take_next(locked)
    ReservedNumber.objects.create(
        series=series, number=number, state=ReservedNumber.State.RESERVED, reason=reason.strip(), by=by
    )
    facts = {"name": str(series), "number": number, "reason": reason.strip()}
    record(series.dossier, "series.reserved", by=by, acting_for=series.unit.name, **facts)
    return number


@transaction.atomic
def release_number(series: NumberSeries, number: int, *, by: User, reason: str) -> None:
    """Give a reserved number back; the next document that asks gets it, so that the series has no gap.

    Raises:
        Refused: `number-used` (the sentence names the document), `number-not-reserved`, `series-not-yours`.
    """
    require(may_keep_numbers(by, series))
    require(_reason_missing(reason))
    locked = NumberSeries.objects.select_for_update().get(pk=series.pk)
    require(number_refusal(locked, number))
    kept = locked.reserved_numbers.filter(number=number, state=ReservedNumber.State.RESERVED).first()
    if kept is None:
        sentence = _("Number %(number)02d is not reserved, so there is nothing to give back.") % {"number": number}
        raise Refused(Refusal("number-not-reserved", sentence))
    kept.state = ReservedNumber.State.RELEASED
    kept.save(update_fields=["state"])
    facts = {"name": str(series), "number": number, "reason": reason.strip()}
    record(series.dossier, "series.released", by=by, acting_for=series.unit.name, **facts)


def _reason_missing(reason: str) -> Refusal | None:
    return None if reason.strip() else Refusal("reason-missing", _("Say why; the reason stays in the journal."))


@transaction.atomic
def arrivals(unit: Unit, *, on: date, secret: bool = False) -> NumberSeries:
    """The unit's register of arrivals of the year of `on`; opened when the first document of the year comes."""
    hold(f"arrivals:{unit.pk}:{on.year}")
    series, _made = NumberSeries.objects.get_or_create(
        unit=unit,
        direction=Direction.IN,
        family="",
        type="",
        council="",
        secret=secret,
        period_name=str(on.year),
        defaults={"period": year_of(on)},
    )
    return series


@transaction.atomic
def outgoing(unit: Unit, *, family: str, type: str, on: date, council: str = "", secret: bool = False) -> NumberSeries:  # noqa: A002
    """The series in which a document of `type` gets its number on `on`: its own one, or the one all types share.

    On the first document of a new year, the yearly series of the year before is opened anew.

    Raises:
        Refused: `series-missing`, when the organisation has not set up a series for it.
    """
    kept = NumberSeries.objects.filter(
        unit=unit, direction=Direction.OUT, family=family, council=council, secret=secret, type__in={type or LETTER, ""}
    )
    found = kept.filter(period__contains=on).order_by("-type").first()
    if found is not None:
        return found
    before = kept.filter(scope=NumberSeries.Scope.YEAR, period_name=str(on.year - 1)).order_by("-type").first()
    if before is None:
        raise Refused(
            Refusal(
                "series-missing",
                _("No number series of %(unit)s covers this kind of document on %(day)s. Open one first.")
                % {"unit": unit.name, "day": on.strftime("%d/%m/%Y")},
            )
        )
    return _opened_anew(before, on)


def _opened_anew(before: NumberSeries, on: date) -> NumberSeries:
    series, _made = NumberSeries.objects.get_or_create(
        unit=before.unit,
        direction=before.direction,
        family=before.family,
        type=before.type,
        council=before.council,
        secret=before.secret,
        period_name=str(on.year),
        defaults={
            "period": year_of(on),
            "scope": before.scope,
            "issuer_code": before.issuer_code,
        },
    )
    return series
