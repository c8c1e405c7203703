"""Figures that the system knows: the apps above register how each is counted, and the very records behind it."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Protocol

from django.db.models import Count, Sum
from django.utils.functional import Promise

from khue.directory.models import Unit
from khue.directory.search import department_number

if TYPE_CHECKING:
    from django.db.models import QuerySet

Text = str | Promise


class Span(Protocol):
    """The days that count, both included: a period, or any other pair of days."""

    @property
    def first(self) -> date:
        """The first day."""

    @property
    def last(self) -> date:
        """The last day."""


@dataclass(frozen=True, slots=True)
class Records:
    """The records behind a figure: a queryset, what to show of each, and where they are all seen."""

    rows: Iterable[Any]
    columns: Sequence[tuple[Text, Callable[[Any], Any]]]
    """Header and what stands under it."""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """How a figure is counted. `count` answers for many units at once; a unit that it leaves out has 0."""

    label: Text
    count: Callable[[Span, Collection[int]], Mapping[int, Decimal | int]]
    records: Callable[[Span, int], Records]
    """The records of one unit that were counted; as many as the figure says."""
    adds_up: bool = True
    """Whether the numbers of units may be added up; what may not is told in words, but is no indicator."""


_measures: dict[str, Measure] = {}


def register(name: str, measure: Measure) -> None:
    """Add a measure, `missions.accepted`, when the app that knows it starts. A second one is a mistake in the code."""
    if name in _measures:
        raise ValueError(f"The measure {name} is registered twice.")
    _measures[name] = measure


def names() -> frozenset[str]:
    """Every measure there is."""
    return frozenset(_measures)


def countable() -> dict[str, Measure]:
    """Those by which an indicator may be counted."""
    return {name: measure for name, measure in _measures.items() if measure.adds_up}


def named(name: str) -> Measure | None:
    """The measure called `name`; None when no app counts it any more."""
    return _measures.get(name)


def columns(*shown: tuple[Text, str | Callable[[Any], Any]]) -> "Columns":
    """What is shown of each record: the header, and the name of what stands under it, or what gives it."""
    return tuple((header, partial(_named_in, what) if isinstance(what, str) else what) for header, what in shown)


def _named_in(name: str, row: Any) -> Any:
    value = attrgetter(name)(row)
    return value() if callable(value) else value


Rows = Callable[[Span], "QuerySet[Any, Any]"]
Columns = Sequence[tuple[Text, Callable[[Any], Any]]]


def of_rows(
    label: Text, rows: Rows, *, unit: str, columns: Columns, url: str = "", amount: str = "", per: int = 1
) -> Measure:
    """A measure that counts rows, or adds up their column `amount`, in `per`: each belongs to the unit in its column
    `unit`, or, where that is empty, to the department that the site serves. Counting takes three queries, whatever the
    number of units."""
    counted = Sum(amount) if amount else Count("pk", distinct=True)

    def count(span: Span, units: Collection[int]) -> dict[int, Decimal | int]:
        owners = counting_for(units)
        found: dict[int, Decimal | int] = {}
        for of, number in _grouped(rows(span), unit, counted):
            if (owner := owners.get(of)) is not None:
                found[owner] = found.get(owner, 0) + number
        return found if per == 1 else {owner: Decimal(number) / per for owner, number in found.items()}

    def records(span: Span, unit_id: int) -> Records:
        owned = counting_for([unit_id])
        found = rows(span)
        if unit:
            found = found.filter(**{f"{unit}__in": owned})
        elif department_number() not in owned:
            found = found.none()
        return Records(found, columns, url)

    return Measure(label, count, records)


def _grouped(rows: "QuerySet[Any, Any]", unit: str, counted: Count | Sum) -> Iterable[tuple[int, int]]:
    if unit:
        found = rows.order_by().values_list(unit).annotate(number=counted)
        return [(of, number or 0) for of, number in found]
    return [(department_number() or 0, rows.aggregate(number=counted)["number"] or 0)]


def counting_for(units: Collection[int]) -> dict[int, int]:
    """Every unit whose records count for one of `units`: itself, and its parts unless they report themselves."""
    asked = set(units)
    found = {}
    for pk, path in Unit.objects.values_list("pk", "path"):
        steps = [int(step) for step in path.strip("/").split("/")]
        nearest = next((step for step in reversed(steps) if step in asked), None)
        if nearest is not None:
            found[pk] = nearest
    return found
