"""What an officer may add to a composed report: words of one's own, or a table or chart of the report's figures.

Added tables and charts are kept as a template would write them, so that they follow new figures like all others.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from khue.flow.shelf.table import Problem
from khue.indicators.composing.ground import Ground
from khue.indicators.composing.making import made_of
from khue.indicators.composing.reading import read_block
from khue.indicators.composing.values import Made

WORDS = {"heading": 1, "subheading": 2, "paragraph": 1, "annex": 1}
"""Kinds of added words -> their level."""
SHAPES: Mapping[str, Mapping[str, Any]] = {
    "table-progress": {
        "kind": "table", "rows": "indicator",
        "columns": [
            {"head": "Chỉ tiêu", "say": "{name}"}, {"head": "Đơn vị tính", "say": "{measure}"},
            {"head": "Đến nay", "say": "{value}"}, {"head": "Được giao", "say": "{target}"},
            {"head": "Dự báo cả năm", "say": "{forecast}"}, {"head": "Đánh giá", "say": "{light_label}"},
        ],
    },
    "table-periods": {
        "kind": "table", "rows": "indicator",
        "columns": [
            {"head": "Chỉ tiêu", "say": "{name}"}, {"head": "Đơn vị tính", "say": "{measure}"},
            {"each": "period", "most": 5, "head": "{cell_period}", "say": "{cell}"},
        ],
    },
    "table-units": {
        "kind": "table", "rows": "unit",
        "columns": [
            {"head": "Đơn vị", "say": "{name}"}, {"each": "indicator", "most": 4, "head": "{name}", "say": "{cell}"},
        ],
    },
    "chart-course": {"kind": "chart"},
    "chart-units": {"kind": "chart", "rows": "unit"},
    "chart-targets": {"kind": "chart", "rows": "indicator"},
}  # fmt: skip
"""Tables and charts by name, as blocks of a template without caption and indicators."""


def recipe_of(shape: str, caption: str, codes: Sequence[str]) -> dict[str, Any]:
    """The block of that shape for these indicators. Raises KeyError for a shape that there is not."""
    plain = caption.replace("{", "(").replace("}", ")")
    return {**SHAPES[shape], "text": plain, "only": list(codes)}


def made_by(recipes: Mapping[str, Mapping[str, Any]], ground: Ground) -> list[Made]:
    """Added tables and charts by name, made from the figures. Raises ValueError for a recipe that cannot be read."""
    problems: list[Problem] = []
    blocks = [read_block(name, recipe, problems) for name, recipe in recipes.items()]
    if problems:
        raise ValueError("; ".join(map(str, problems)))
    return made_of(blocks, ground)
