"""What a formula needs: the reported figures behind it, and which of them a unit must have to count."""

from collections.abc import Mapping
from itertools import product

from django.utils.translation import gettext as _

from khue.core.refusals import Refusal, Refused
from khue.indicators.formulas.reading import Call, Formula, Name, Negative, Node, Number, Operation

MOST_CLAUSES = 64
Clauses = frozenset[frozenset[str]]


def names(node: Formula | Node) -> frozenset[str]:
    """The indicators that are named in it."""
    node = node.node if isinstance(node, Formula) else node
    if isinstance(node, Name):
        return frozenset({node.name})
    return frozenset().union(*(names(each) for each in _inside(node)))


def _inside(node: Node) -> tuple[Node, ...]:
    if isinstance(node, Operation):
        return node.left, node.right
    if isinstance(node, Call):
        return node.of
    return (node.of,) if isinstance(node, Negative) else ()


def takes_away(node: Node) -> bool:
    """Whether anything in it is subtracted or negative: else figures of 0 and more never give less than 0."""
    if isinstance(node, Negative) or (isinstance(node, Operation) and node.sign == "-"):
        return True
    return any(takes_away(each) for each in _inside(node))


def flatten(name: str, formulas: Mapping[str, Formula | None], *, strict: bool = True) -> Node:
    """The formula of `name` with every formula inside it written out, down to reported figures.

    `formulas` has every indicator that may be named; None for those that are reported. So a share of shares becomes
    one of sums, and what each unit must report is known. Unless `strict`, a name that is not there is a figure that
    nobody reports any more.

    Raises:
        Refused: `formula.cycle` with the way round, `formula.unknown-name`, `formula.wrong` (too long written out).
    """
    return _Flattening(formulas, strict=strict).of(Name(name), ())


class _Flattening:
    def __init__(self, formulas: Mapping[str, Formula | None], *, strict: bool) -> None:
        self._formulas, self._strict, self._nodes = formulas, strict, 0

    def of(self, node: Node, way: tuple[str, ...]) -> Node:
        self._nodes += 1
        if self._nodes > MOST_NODES:
            raise Refused(Refusal("formula.wrong", _("With the formulas inside it, the formula is too long.")))
        if isinstance(node, Name):
            return self._named(node, way)
        if isinstance(node, Operation):
            return Operation(node.sign, self.of(node.left, way), self.of(node.right, way))
        if isinstance(node, Call):
            return Call(node.function, tuple(self.of(each, way) for each in node.of))
        return Negative(self.of(node.of, way)) if isinstance(node, Negative) else node

    def _named(self, node: Name, way: tuple[str, ...]) -> Node:
        if node.name in way:
            round_ = " → ".join([*way[way.index(node.name) :], node.name])
            sentence = _("The formulas go round in a circle: %(way)s. An indicator cannot be calculated from itself.")
            raise Refused(Refusal("formula.cycle", sentence % {"way": round_}))
        if self._strict and node.name not in self._formulas:
            sentence = _("The formula names “%(name)s”, which is no indicator.")
            raise Refused(Refusal("formula.unknown-name", sentence % {"name": node.name}))
        inner = self._formulas.get(node.name)
        return node if inner is None else self.of(inner.node, (*way, node.name))


MOST_NODES = 2000


def clauses(node: Formula | Node) -> Clauses:
    """What must be known for it to have a value (division by zero aside): one figure of every clause.

    `a / b` needs a and b: two clauses; `sum(a, b) / c` needs c, and a or b. Raises Refused `formula.wrong` when that
    cannot be said in few clauses.
    """
    return _least(_clauses(node.node if isinstance(node, Formula) else node))


def _clauses(node: Node) -> Clauses:
    if isinstance(node, Number):
        return frozenset()
    if isinstance(node, Name):
        return frozenset({frozenset({node.name})})
    if isinstance(node, Call):
        return _any_of([_clauses(each) for each in node.of])
    return _least(frozenset().union(*(_clauses(each) for each in _inside(node))))


def _any_of(given: list[Clauses]) -> Clauses:
    found: Clauses = given[0]
    for each in given[1:]:
        found = _least(frozenset(one | other for one, other in product(found, each)))
    return found


def _least(found: Clauses) -> Clauses:
    """Without the clauses that others imply."""
    least = frozenset(one for one in found if not any(other < one for other in found))
    if len(least) > MOST_CLAUSES:
        raise Refused(Refusal("formula.wrong", _("The formula asks for too many combinations; write it in parts.")))
    return least
