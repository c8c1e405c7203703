"""How a number and sign are printed, and when a number may be had."""

from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.accounts.scope import units_where
from khue.core.actors import Actor
from khue.core.refusals import Refusal
from khue.documents.models import Document, Family, NumberSeries, ReservedNumber

LETTER = "CV"
"""The name of state letters among types of series; a state letter's sign has no type (Decree 30/2020 appendix III)."""


def printed_sign(series: NumberSeries, number: int, *, type: str, year: int, drafting_code: str = "") -> str:  # noqa: A002
    """The number and sign as the rules of the family print it; figures below ten get a leading zero.

    State `05/KH-SKHCN`, letter `05/SKHCN-VP`, legal normative `05/2026/QĐ-UBND`, Party `05-CTr/TU`, council
    `05/BB-HĐTVKHCN` (Decree 30/2020/NĐ-CP appendix I; Guideline 05-HD/VPTW).
    """
    figure, issuer = f"{number:02d}", series.council or series.issuer_code
    if series.family == Family.PARTY:
        return f"{figure}-{type or LETTER}/{issuer}"
    if series.family == Family.NORMATIVE:
        return f"{figure}/{year}/{type}-{issuer}"
    if type in ("", LETTER):
        return f"{figure}/{issuer}-{drafting_code}" if drafting_code else f"{figure}/{issuer}"
    return f"{figure}/{type}-{issuer}"


def may_keep_numbers(by: Actor, series: NumberSeries) -> Refusal | None:
    """The clerk of the organisation looks after its series."""
    if not isinstance(by, User) or series.unit_id in units_where(by, "document:number"):
        return None
    return Refusal(
        "series-not-yours", _("Only the clerk of %(unit)s looks after its numbers.") % {"unit": series.unit.name}
    )


def number_refusal(series: NumberSeries, number: int) -> Refusal | None:
    """Why `number` of a locked `series` cannot be given to a document: used already, or it would leave a gap."""
    holder = Document.objects.filter(series=series, serial=number).first()
    if holder is not None:
        return Refusal(
            "number-used",
            _("Number %(number)02d is used already: %(sign)s, “%(subject)s”. Take another number.")
            % {"number": number, "sign": holder.sign, "subject": holder.subject},
        )
    if number > series.last + 1:
        return Refusal(
            "number-skips",
            _("Number %(number)02d would leave a gap: the next number of this series is %(next)02d.")
            % {"number": number, "next": series.last + 1},
        )
    if number < 1:
        return Refusal("number-too-small", _("Numbers begin at 01."))
    return None


def reserved(series: NumberSeries, number: int) -> ReservedNumber | None:
    """The note that `number` was set aside or given back."""
    return series.reserved_numbers.filter(number=number).exclude(state=ReservedNumber.State.USED).first()
