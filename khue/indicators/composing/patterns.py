"""Sentence patterns: `{name}` in them stands for a fact, and conditions say when they are used."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal, InvalidOperation

from khue.indicators.composing.values import Condition, Fact, Sentence
from khue.indicators.pieces import Number, Pieces

_PLACE = re.compile(r"\{([^{}]*)\}")
_NAME = r"[a-z_]+(?: [a-z][a-z0-9_.-]*){0,2}"
_CONDITION = re.compile(rf"(not )?({_NAME})(?: (=|!=|<=|>=|<|>) (-?\d+(?:\.\d+)?|'[^']*'|{_NAME}))?")

Facts = Callable[[str], Fact]
"""Name -> what it stands for."""


def names_in(pattern: str) -> list[str]:
    """The names that a pattern uses."""
    return _PLACE.findall(pattern)


def condition(text: str) -> Condition | None:
    """A condition as it is written; None when it is none."""
    found = _CONDITION.fullmatch(text.strip())
    return Condition(found[2], found[3] or "", found[4] or "", bool(found[1])) if found else None


def names_of(one: Condition) -> list[str]:
    """The names that a condition uses."""
    other = one.other
    return [one.name, *([other] if other and not other.startswith("'") and _number(other) is None else [])]


def filled(pattern: str, facts: Facts) -> Pieces:
    """The pattern with its facts; a fact that is not known leaves a dash."""
    pieces: list[str | Number] = []
    done = 0
    for place in _PLACE.finditer(pattern):
        pieces += [pattern[done : place.start()], *(facts(place[1]).pieces or ("–",))]
        done = place.end()
    return tuple(piece for piece in [*pieces, pattern[done:]] if piece)


def alone(pattern: str) -> str:
    """The name of the fact when the pattern is nothing else."""
    found = _PLACE.fullmatch(pattern)
    return found[1] if found else ""


def said(sentences: Iterable[Sentence], facts: Facts) -> Iterator[Pieces]:
    """The sentences whose conditions hold, in order."""
    was_said = False
    for one in sentences:
        if one.otherwise and was_said:
            continue
        was_said = hold(one.when, facts)
        if was_said:
            yield filled(one.say, facts)


def hold(conditions: Iterable[Condition], facts: Facts) -> bool:
    """Whether all of them hold."""
    return all(_holds(one, facts) for one in conditions)


_ACTS: Mapping[str, Callable[[Decimal, Decimal], bool]] = {
    "<": lambda one, other: one < other, "<=": lambda one, other: one <= other,
    ">": lambda one, other: one > other, ">=": lambda one, other: one >= other,
    "=": lambda one, other: one == other, "!=": lambda one, other: one != other,
}  # fmt: skip


def _holds(one: Condition, facts: Facts) -> bool:
    """What is not known fulfils no comparison."""
    value = facts(one.name).value
    if not one.act or value is None:
        return (value is not None) is not one.reverse
    other: Decimal | str | None
    if one.other.startswith("'"):
        other = one.other.strip("'")
    else:
        number = _number(one.other)
        other = number if number is not None else facts(one.other).value
    if isinstance(value, Decimal) and isinstance(other, Decimal):
        holds = _ACTS[one.act](value, other)
    else:
        holds = one.act in {"=", "!="} and (value == other) is (one.act == "=")
    return holds is not one.reverse


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None
