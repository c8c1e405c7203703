"""Opening number series."""

from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from khue.core.actors import Actor
from khue.core.refusals import Refusal, Refused, require
from khue.directory.models import Unit
from khue.documents.actions.numbering import year_of
from khue.documents.models import Direction, Family, NumberSeries
from khue.documents.rules.numbering import may_keep_numbers
from khue.journal.actions import record


@transaction.atomic
def open_series(
    *,
    unit: Unit,
    by: Actor,
    family: str,
    issuer_code: str,
    begins_on: date,
    type: str = "",  # noqa: A002
    council: str = "",
    secret: bool = False,
    ends_on: date | None = None,
    period_name: str = "",
    last: int = 0,
) -> NumberSeries:
    """Open an outgoing series: of the calendar year of `begins_on` for the state, of a committee's term for the Party.

    `last` is the last number already used on paper. `ends_on` is the last day of a term; open while it runs.

    Raises:
        Refused: `series-not-yours`, `series-overlaps`, `series-code-missing`, `term-missing`.
    """
    by_term = family == Family.PARTY
    if by_term and not period_name:
        raise Refused(Refusal("term-missing", _("Name the term of the committee, for example XVIII.")))
    if not (issuer_code or council):
        sentence = _("Give the abbreviation of the issuing body, for example SKHCN.")
        raise Refused(Refusal("series-code-missing", sentence))
    series = NumberSeries(
        unit=unit,
        direction=Direction.OUT,
        family=family,
        type=type,
        council=council,
        secret=secret,
        issuer_code=issuer_code,
        scope=NumberSeries.Scope.TERM if by_term else NumberSeries.Scope.YEAR,
        period_name=period_name if by_term else str(begins_on.year),
        period=DateRange(begins_on, ends_on and ends_on + timedelta(days=1)) if by_term else year_of(begins_on),
        last=last,
    )
    require(may_keep_numbers(by, series))
    try:
        with transaction.atomic():
            series.save()
    except IntegrityError as overlap:
        raise Refused(
            Refusal("series-overlaps", _("A series of the same body and type already covers these days."))
        ) from overlap
    record(series.dossier, "series.opened", by=by, acting_for=unit.name, name=str(series), last=last)
    return series
