"""What the numbers of a version say, in words: `7 người`, `20 ngày làm việc`, `2/3`."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khue.core.money import dong
from khue.flow.shelf.law import cite
from khue.flow.shelf.values import Process, Provision

COUNTED: Mapping[str, Any] = {
    "working_days": gettext_lazy("%(n)s working days"), "days": gettext_lazy("%(n)s days"),
    "months": gettext_lazy("%(n)s months"), "years": gettext_lazy("%(n)s years"),
    "people": gettext_lazy("%(n)s people"), "points": gettext_lazy("%(n)s points"),
    "times": gettext_lazy("%(n)s times"),
}  # fmt: skip


PLAIN = 4
"""Up to this denominator a share is told as a fraction."""


@dataclass(frozen=True, slots=True)
class ToldNumber:
    """A number of a version as people read it; `value` is empty where the label says everything."""

    name: str
    label: str
    value: str
    basis: str
    why: str = ""
    """Why nothing is refused by it, where it is only told."""


def told_value(provision: Provision) -> str:
    """The value with its unit; empty for lists of names, which the label tells in words."""
    value = provision.value
    if isinstance(value, tuple):
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if provision.kind == "dong" and isinstance(value, int):
        return dong(value)
    if isinstance(value, Fraction):
        return _share(value)
    counted = COUNTED.get(provision.kind)
    return str(counted) % {"n": value} if counted else str(value)


def _share(share: Fraction) -> str:
    """Halves, thirds and quarters as the law writes them, others and the whole as percent."""
    if 1 < share.denominator <= PLAIN or 100 % share.denominator:
        return str(share)
    return f"{share.numerator * (100 // share.denominator)} %"


def said(provision: Provision) -> str:
    """The rule in one line: its label, with the number in which the label ends."""
    value = "" if provision.kind == "flag" else told_value(provision)
    return f"{provision.label} {value}".strip()


def told_numbers(process: Process) -> list[ToldNumber]:
    """Every number of a version, in the order of its file."""
    return [told_number(one) for one in process.provisions.values()]


def told_number(provision: Provision) -> ToldNumber:
    """One number with its label and where it comes from."""
    basis, why = cite(provision.basis), str(provision.only_told)
    return ToldNumber(provision.name, str(provision.label), told_value(provision), basis, why)


def only_told(process: Process) -> list[ToldNumber]:
    """The numbers by which nothing is refused, each with why."""
    return [told_number(one) for one in process.provisions.values() if str(one.only_told)]
