"""Records of one work at several stations, such as a need, the proposal for it, the order, the mission and its result:
they say the same because one grew out of the other, and nobody is to be asked whether they are duplicates."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from khue.matching.sources import every

Key = tuple[str, int]
STATIONS = 6
"""A work has no more of them: so many steps back are followed at most."""


def of_one_work(pairs: Iterable[tuple[Key, Key]]) -> set[tuple[Key, Key]]:
    """Those of the pairs of which one record grew out of the other, over however many stations: a query for each kind
    and station. Two that grew out of the same, such as two proposals for one need, are not among them."""
    asked = list(pairs)
    before = _before({key for pair in asked for key in pair})
    return {(one, other) for one, other in asked if other in _behind(one, before) or one in _behind(other, before)}


def _before(keys: Collection[Key]) -> dict[Key, set[Key]]:
    """What each grew out of, and what those grew out of, step by step."""
    tells = {source.kind: source.grew_out_of for source in every()}
    found: dict[Key, set[Key]] = {}
    waiting = set(keys)
    for _station in range(STATIONS):
        numbers = defaultdict[str, set[int]](set)
        for kind, pk in waiting:
            numbers[kind].add(pk)
        found |= {key: set() for key in waiting}
        for kind, pks in numbers.items():
            if ask := tells.get(kind):
                for pk, out_of in ask(pks):
                    found[kind, pk].add(out_of)
        waiting = {key for some in found.values() for key in some} - found.keys()
        if not waiting:
            break
    return found


def _behind(key: Key, before: dict[Key, set[Key]]) -> set[Key]:
    """Everything that it grew out of, near or far."""
    seen, waiting = set[Key](), {key}
    while waiting:
        waiting = {one for known in waiting for one in before.get(known, ())} - seen
        seen |= waiting
    return seen
