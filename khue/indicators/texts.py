"""Text parts of reports that the system can begin: the apps above register what they know of a unit's period."""

from collections.abc import Callable

from khue.indicators.measures import Span

Source = Callable[[Span, int], str]
"""The days and the unit -> sentences, in Vietnamese, that say only what happened; empty when nothing did."""
_sources: dict[str, Source] = {}


def register(name: str, source: Source) -> None:
    """Add a source, `directives`, when the app that knows it starts. A second one is a mistake in the code."""
    if name in _sources:
        raise ValueError(f"The text source {name} is registered twice.")
    _sources[name] = source


def names() -> frozenset[str]:
    """Every source there is."""
    return frozenset(_sources)


def begin(name: str, span: Span, unit_id: int) -> str:
    """How the part begins; empty for a source that nobody registered."""
    source = _sources.get(name)
    return source(span, unit_id) if source else ""
