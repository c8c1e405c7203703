"""Text parts of reports that the system can begin: the apps above register what they know of a unit's period."""

from collections.abc import Callable, Iterable

from khue.directory.models import Unit
from khue.indicators.models import Period
from khue.indicators.pieces import Pieces, flat

Source = Callable[[Period, Unit], Iterable[Pieces]]
"""The period and the unit -> lines, in Vietnamese, that say only what happened, each number and each record's name
with where it leads; none when nothing did."""
_sources: dict[str, Source] = {}


def register(name: str, source: Source) -> None:
    """Add a source, `directives`, when the app that knows it starts. A second one is a mistake in the code."""
    if name in _sources:
        raise ValueError(f"The text source {name} is registered twice.")
    _sources[name] = source


def names() -> frozenset[str]:
    """Every source there is."""
    return frozenset(_sources)


def lines(name: str, period: Period, unit: Unit) -> list[Pieces]:
    """How the part begins, line by line; none for a source that nobody registered."""
    source = _sources.get(name)
    return list(source(period, unit)) if source else []


def begin(name: str, period: Period, unit: Unit) -> str:
    """The same as plain words."""
    return "\n".join(flat(line)[0] for line in lines(name, period, unit))
