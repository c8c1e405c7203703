"""The language of formulas: names of indicators, numbers, + - * / ( ), and sum(…), mean(…) over what is known.

formula = term { ("+" | "-") term }        term = factor { ("*" | "/") factor }
factor  = "-" factor | number | name | ("sum" | "mean") "(" formula { "," formula } ")" | "(" formula ")"
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from django.utils.translation import gettext as _

from khue.core.refusals import Refusal, Refused

LONGEST = 500
DEEPEST = 40
"""Brackets inside brackets; nobody reads more, and reading goes as deep as they do."""
FUNCTIONS = ("sum", "mean")
_TOKEN = re.compile(r"\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<name>[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)*)|(?P<sign>[-+*/(),]))")


@dataclass(frozen=True, slots=True)
class Number:
    """A number written into the formula."""

    value: Decimal

    def __str__(self) -> str:
        return format(self.value, "f")


@dataclass(frozen=True, slots=True)
class Name:
    """Another indicator."""

    name: str

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class Negative:
    """The opposite of a value."""

    of: "Node"

    def __str__(self) -> str:
        return f"-({self.of})"


@dataclass(frozen=True, slots=True)
class Operation:
    """Two values put together; without one of them there is none."""

    sign: Literal["+", "-", "*", "/"]
    left: "Node"
    right: "Node"

    def __str__(self) -> str:
        return f"({self.left} {self.sign} {self.right})"


@dataclass(frozen=True, slots=True)
class Call:
    """`sum` or `mean` of those values that there are; of none there is none."""

    function: Literal["sum", "mean"]
    of: "tuple[Node, ...]"

    def __str__(self) -> str:
        return f"{self.function}({', '.join(str(each) for each in self.of)})"


Node = Number | Name | Negative | Operation | Call


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula as it was written, and what it means."""

    text: str
    node: Node

    def __str__(self) -> str:
        return self.text


def read(text: str) -> Formula:
    """What `text` means. Raises Refused `formula.wrong`, naming the place."""
    if len(text) > LONGEST:
        raise _wrong(_("The formula has more than %(most)s characters.") % {"most": LONGEST})
    reader = _Reader(list(_tokens(text)))
    node = reader.formula()
    if reader.kind != "end":
        raise reader.unexpected()
    return Formula(text.strip(), node)


def _wrong(sentence: str) -> Refused:
    return Refused(Refusal("formula.wrong", sentence))


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    at, length = 0, len(text.rstrip())
    while at < length:
        found = _TOKEN.match(text, at)
        if found is None:
            rest = text[at:].lstrip()
            sentence = _("“%(rest)s” is not understood in the formula. Use names of indicators, numbers, + - * / ( ).")
            raise _wrong(sentence % {"rest": rest[:20]})
        at = found.end()
        yield str(found.lastgroup), str(found[str(found.lastgroup)])
    yield "end", ""


class _Reader:
    """Reads one symbol after another."""

    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self._tokens, self._at, self._depth = tokens, 0, 0

    @property
    def kind(self) -> str:
        return self._tokens[self._at][0]

    @property
    def said(self) -> str:
        return self._tokens[self._at][1]

    def unexpected(self) -> Refused:
        if self.kind == "end":
            return _wrong(_("The formula breaks off: a name, a number or a bracket is missing at its end."))
        return _wrong(_("“%(said)s” cannot stand where it stands in the formula.") % {"said": self.said})

    def _next(self) -> str:
        said = self.said
        self._at += 1
        return said

    def _take(self, sign: str) -> None:
        if self.said != sign:
            raise self.unexpected()
        self._next()

    def formula(self) -> Node:
        left = self._term()
        while self.kind == "sign" and self.said in "+-":
            sign = self._next()
            left = Operation("+" if sign == "+" else "-", left, self._term())
        return left

    def _term(self) -> Node:
        left = self._factor()
        while self.kind == "sign" and self.said in "*/":
            sign = self._next()
            left = Operation("*" if sign == "*" else "/", left, self._factor())
        return left

    def _factor(self) -> Node:
        self._depth += 1
        if self._depth > DEEPEST:
            raise _wrong(_("The formula has too many brackets inside brackets."))
        found = self._single()
        self._depth -= 1
        return found

    def _single(self) -> Node:
        if self.kind == "number":
            return Number(Decimal(self._next()))
        if self.kind == "name":
            return self._named(self._next())
        if self.said == "-":
            self._next()
            return Negative(self._factor())
        self._take("(")
        inner = self.formula()
        self._take(")")
        return inner

    def _named(self, name: str) -> Node:
        if self.said != "(":
            if name in FUNCTIONS:
                raise self.unexpected()
            return Name(name)
        if name not in FUNCTIONS:
            sentence = _("There is no function “%(name)s”; there are %(known)s.")
            raise _wrong(sentence % {"name": name, "known": ", ".join(FUNCTIONS)})
        self._take("(")
        given = [self.formula()]
        while self.said == ",":
            self._next()
            given.append(self.formula())
        self._take(")")
        return Call("sum" if name == "sum" else "mean", tuple(given))
