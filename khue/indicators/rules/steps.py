"""The newest figure of an indicator beside the one before, as they are printed."""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from khue.indicators.models import Period
from khue.indicators.rules.progress import Dot, Standing


@dataclass(frozen=True, slots=True)
class Step:
    """The newest figure and the one of the period before; both as they are printed, so that they can be subtracted."""

    now: Decimal
    before: Decimal | None
    """None where there is none, or other units gave it."""
    period: Period
    period_before: Period | None
    breaks: bool

    @property
    def change(self) -> Decimal | None:
        """By how much it grew; negative where it fell."""
        return None if self.before is None else self.now - self.before


def step_of(row: Standing) -> Step | None:
    """The newest figure of the year against the period before it; None without a figure."""
    places = [n for n, dot in enumerate(row.dots) if dot.period == row.newest_period and dot.value is not None]
    if not places or row.newest_period is None:
        return None
    now, before = row.dots[places[-1]], row.dots[places[-1] - 1] if places[-1] else None
    value, there = printed(now, row), printed(before, row) if before is not None and not now.breaks else None
    return Step(value, there, now.period, before.period if before else None, now.breaks) if value is not None else None


def printed(dot: Dot, row: Standing) -> Decimal | None:
    """A figure of the course, rounded as its indicator is reported."""
    return None if dot.value is None else round(dot.value, row.version.decimals)


def last_periods(rows: list[Standing], most: int) -> list[Period]:
    """The newest periods of the kind in which most indicators have figures, oldest first."""
    newest = [one.dots[-most:] for one in rows if one.dots]
    known = [dots for dots in newest if any(dot.value is not None for dot in dots)]
    courses = Counter(tuple(dot.period for dot in dots) for dots in known or newest)
    return list(courses.most_common(1)[0][0]) if courses else []
