"""What would close the gap to a target: which units, brought to the level of the middle one, add how much."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from khue.directory.models import Unit
from khue.indicators.models import IndicatorVersion, Target
from khue.indicators.rules.lights import met
from khue.indicators.rules.progress import Standing
from khue.indicators.rules.ranking import Ranked

MOST = 10


@dataclass(frozen=True, slots=True)
class Lift:
    """A unit below the middle: what it has, what it would have there, and the gap that would be left."""

    unit: Unit
    value: Decimal
    middle: Decimal
    left: Decimal
    """What would still be missing with this unit and all before it; 0 once the gap is closed."""

    @property
    def adds(self) -> Decimal:
        """By how much the sum would grow."""
        return self.middle - self.value


def closing(standing: Standing, rows: Sequence[Ranked]) -> list[Lift]:
    """The units that would add most if they came to the middle of all, until the gap of the year is closed.

    For figures that add up and of which more is better; a gap is what the forecast, or the figure so far, lacks.
    """
    target, version = standing.target, standing.version
    value = standing.forecast.value if standing.forecast else standing.value
    fits = version.across == IndicatorVersion.Across.SUM and version.direction == IndicatorVersion.Direction.UP
    if not fits or target is None or value is None or met(target, value) or target.bound == Target.Bound.MOST:
        return []
    known = [(row.unit, row.value) for row in rows if row.value is not None]
    if not known:
        return []
    middle = Decimal(median(figure for _unit, figure in known))
    below = sorted(((unit, figure) for unit, figure in known if figure < middle), key=lambda pair: pair[1])
    left, found = target.value - value, []
    for unit, figure in below[:MOST]:
        left = max(left - (middle - figure), Decimal(0))
        found.append(Lift(unit, figure, middle, left))
        if not left:
            break
    return found
