"""Where a year is heading: a plain, explained reckoning from the years before, with its range.

Figures that add up over a year: what is still to come is taken in the proportion that it had to the same periods of
earlier years; the lowest and the highest of those proportions give the range. Figures that stand at a level: the mean
change from period to period goes on; its smallest and largest give the range, held within what there can be. It is a
reckoning, not a model: officers can repeat it by hand (compare seasonal ratios in Hyndman and Athanasopoulos,
Forecasting: Principles and Practice, 3rd ed., section 5.2).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from django.utils.translation import gettext as _

from khue.indicators.rules.checking import told

Years = Mapping[int, Mapping[int, Decimal]]
"""Year -> number of the period in it -> figure."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """What a year will come to, between `low` and `high` where earlier years give a range; `how` explains it."""

    value: Decimal
    low: Decimal | None
    high: Decimal | None
    how: str


def of_sums(years: Years, year: int, periods: int) -> Forecast | None:
    """The sum of `periods` figures of `year`, from those there are; None without any."""
    done = years.get(year, {})
    if not done:
        return None
    so_far = sum(done.values(), Decimal(0))
    left = [number for number in range(1, periods + 1) if number not in done]
    if not left:
        return Forecast(so_far, so_far, so_far, _("The year is complete."))
    ratios = {one: ratio for one, row in years.items() if one < year and (ratio := _ratio(row, done, left)) is not None}
    if not ratios:
        value = so_far / len(done) * periods
        return Forecast(value, None, None, _("No complete earlier year: the mean of the periods so far goes on."))
    mean = sum(ratios.values(), Decimal(0)) / len(ratios)
    words = {"first": min(ratios), "last": max(ratios)}
    how = _("The rest of the year in the proportion that it had to the same periods of %(first)s–%(last)s.") % words
    spread = len(ratios) > 1
    return Forecast(
        so_far * (1 + mean), so_far * (1 + min(ratios.values())) if spread else None,
        so_far * (1 + max(ratios.values())) if spread else None, how,
    )  # fmt: skip


def _ratio(row: Mapping[int, Decimal], done: Mapping[int, Decimal], left: Sequence[int]) -> Decimal | None:
    """What came after, for one of what came before, in an earlier year that has all of it."""
    if any(number not in row for number in [*done, *left]):
        return None
    before = sum((row[number] for number in done), Decimal(0))
    return sum((row[number] for number in left), Decimal(0)) / before if before > 0 else None


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least and the most that a figure can be; None where nothing bounds it."""

    least: Decimal | None = None
    most: Decimal | None = None

    def hold(self, value: Decimal) -> Decimal:
        """The nearest value that can be."""
        above = value if self.least is None else max(value, self.least)
        return above if self.most is None else min(above, self.most)


UNBOUNDED = Bounds()


def of_levels(values: Sequence[Decimal], left: int, bounds: Bounds = UNBOUNDED) -> Forecast | None:
    """The level after `left` more periods, from the newest eight at most, held within `bounds`; None without any."""
    if not values:
        return None
    if not left:
        return Forecast(values[-1], values[-1], values[-1], _("The year is complete."))
    newest = values[-8:]
    changes = [after - before for before, after in pairwise(newest)]
    if not changes:
        return Forecast(values[-1], None, None, _("One figure only: it is taken as it is."))
    mean = sum(changes, Decimal(0)) / len(changes)
    how = _("The mean change of the last %(n)s periods goes on; the range is that of the smallest and the largest.")
    reckoned = [values[-1] + change * left for change in (mean, min(changes), max(changes))]
    value, low, high = (bounds.hold(one) for one in reckoned)
    return Forecast(value, low, high, " ".join([how % {"n": len(changes)}, *_held(reckoned, bounds)]))


def _held(reckoned: Sequence[Decimal], bounds: Bounds) -> list[str]:
    """What is said where the reckoning left what there can be."""
    said = []
    if bounds.least is not None and min(reckoned) < bounds.least:
        said.append(_("Held at %(least)s, the least there can be.") % {"least": told(bounds.least)})
    if bounds.most is not None and max(reckoned) > bounds.most:
        said.append(_("Held at %(most)s, the most there can be.") % {"most": told(bounds.most)})
    return said
