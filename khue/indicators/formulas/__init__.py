"""Formulas over indicators: read, taken apart, calculated. Pure: no tables."""

from khue.indicators.formulas.calculating import Result, calculate
from khue.indicators.formulas.reading import Call, Formula, Name, Negative, Node, Number, Operation, read
from khue.indicators.formulas.taking_apart import clauses, flatten, names, takes_away

__all__ = [
    "Call",
    "Formula",
    "Name",
    "Negative",
    "Node",
    "Number",
    "Operation",
    "Result",
    "calculate",
    "clauses",
    "flatten",
    "names",
    "read",
    "takes_away",
]
