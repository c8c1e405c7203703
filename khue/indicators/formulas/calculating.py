"""What a formula gives for known values; where it gives none, why."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Context, Decimal, DecimalException

from django.utils.translation import gettext as _

from khue.indicators.formulas.reading import Call, Formula, Name, Negative, Node, Number, Operation

EXACT = Context(prec=40)
"""More digits than any figure has: rounding is for showing."""
Values = Mapping[str, Decimal | None]


@dataclass(frozen=True, slots=True)
class Result:
    """A value, or the sentence that says why there is none."""

    value: Decimal | None
    why: str = ""


def calculate(formula: Formula | Node, values: Values, labels: Mapping[str, str] | None = None) -> Result:
    """Calculate with `values` by name; `labels` are the words for names in the reason."""
    return _Calculation(values, labels or {}).of(formula.node if isinstance(formula, Formula) else formula)


class _Calculation:
    def __init__(self, values: Values, labels: Mapping[str, str]) -> None:
        self._values, self._labels = values, labels

    def of(self, node: Node) -> Result:
        if isinstance(node, Number):
            return Result(node.value)
        if isinstance(node, Name):
            return self._named(node.name)
        if isinstance(node, Negative):
            inner = self.of(node.of)
            return inner if inner.value is None else Result(-inner.value)
        return self._call(node) if isinstance(node, Call) else self._operation(node)

    def _named(self, name: str) -> Result:
        value = self._values.get(name)
        if value is not None:
            return Result(value)
        return Result(None, _("“%(name)s” has no figure") % {"name": self._labels.get(name, name)})

    def _call(self, node: Call) -> Result:
        given = [self.of(each) for each in node.of]
        known = [each.value for each in given if each.value is not None]
        if not known:
            return Result(None, "; ".join(dict.fromkeys(each.why for each in given)))
        total = sum(known, Decimal(0))
        return Result(total if node.function == "sum" else EXACT.divide(total, Decimal(len(known))))

    def _operation(self, node: Operation) -> Result:
        left, right = self.of(node.left), self.of(node.right)
        if left.value is None or right.value is None:
            return Result(None, "; ".join(dict.fromkeys(each.why for each in (left, right) if each.why)))
        if node.sign == "/" and not right.value:
            words = self._words(node.right)
            return Result(None, _("cannot divide: “%(name)s” is 0") % {"name": words})
        try:
            return Result(_SIGNS[node.sign](left.value, right.value))
        except DecimalException:
            return Result(None, _("the figures are too large to calculate with"))

    def _words(self, node: Node) -> str:
        return self._labels.get(node.name, node.name) if isinstance(node, Name) else str(node)


_SIGNS = {"+": EXACT.add, "-": EXACT.subtract, "*": EXACT.multiply, "/": EXACT.divide}
