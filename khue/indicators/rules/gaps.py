"""What would close the gap to a target: which units, brought to the level of the middle one, add how much; and for a
formula, which of its figures would have to become what."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal
from statistics import median

from khue.directory.models import Unit
from khue.indicators.formulas import Node, calculate
from khue.indicators.models import IndicatorVersion, Target
from khue.indicators.rules.lights import met
from khue.indicators.rules.progress import Piece, Standing
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


@dataclass(frozen=True, slots=True)
class Change:
    """A figure of a formula, and the nearest value with which the target is met while the others stay."""

    version: IndicatorVersion
    value: Decimal
    wanted: Decimal

    @property
    def by(self) -> Decimal:
        """The change."""
        return self.wanted - self.value


FARTHEST, STEPS = 40, 80
"""Doublings outwards from the value of today, and halvings in between."""


def changes(standing: Standing) -> list[Change]:
    """Which figure of a formula alone would close the gap, the smallest change in proportion first.

    A figure is only ever asked to become better in its own sense: nobody closes a gap by reporting fewer cases, and
    what is neither better nor worse (a population) is left alone. Its own least and most hold.
    """
    target, node = standing.target, standing.node
    if target is None or node is None or standing.value is None or met(target, standing.value):
        return []
    found = [_change(piece, target, node, standing.pieces) for piece in standing.pieces]
    return sorted((one for one in found if one is not None), key=lambda one: abs(one.by) / (abs(one.value) or 1))


def _change(piece: Piece, target: Target, node: Node, pieces: Sequence[Piece]) -> Change | None:
    values = {one.version.indicator.code: one.value for one in pieces}

    def meets(value: Decimal) -> bool:
        got = calculate(node, values | {piece.version.indicator.code: value}).value
        return got is not None and met(target, got)

    wanted = _nearest(piece, meets)
    return None if wanted is None else Change(piece.version, piece.value, wanted)


def _nearest(piece: Piece, meets: Callable[[Decimal], bool]) -> Decimal | None:
    """The value nearest to today's, in the sense that is better, that `meets`; None where there is none."""
    up = piece.version.direction == IndicatorVersion.Direction.UP
    if not up and piece.version.direction != IndicatorVersion.Direction.DOWN:
        return None
    least, most = piece.version.least or Decimal(0), piece.version.most
    unit = Decimal(1).scaleb(-piece.version.decimals)
    near, step = piece.value, max(abs(piece.value) / 64, unit)
    far = near
    for _ in range(FARTHEST):
        far, step = (min(far + step, most or far + step) if up else max(far - step, least)), step * 2
        if meets(far) or far in (least, most):
            break
    if not meets(far):
        return None
    for _ in range(STEPS):
        middle = (near + far) / 2
        near, far = (near, middle) if meets(middle) else (middle, far)
    roundings = (ROUND_HALF_EVEN, ROUND_CEILING if up else ROUND_FLOOR)  # halving stops a hair beyond the edge
    return next((rounded for how in roundings if meets(rounded := far.quantize(unit, how))), None)
