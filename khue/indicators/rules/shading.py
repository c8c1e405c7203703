"""A figure on the map of communes: five shades from the smallest to the largest."""

from collections.abc import Sequence
from dataclasses import dataclass

from khue.directory.maps import Cell, Drawing, drawing
from khue.indicators.rules.checking import told
from khue.indicators.rules.ranking import Ranked

SHADES = 5


@dataclass(frozen=True, slots=True)
class Shaded:
    """A commune on the map; `shade` 0 has no figure, 5 is the largest."""

    cell: Cell
    shade: int
    value: str


def shaded(rows: Sequence[Ranked]) -> tuple[Drawing, list[Shaded]]:
    """The map with the figures of communes, shaded by what they are ranked by; without any figure of a commune, nothing
    is drawn."""
    told_of = {row.unit.place_id: row.value for row in rows if row.unit.place_id and row.value is not None}
    heads = {
        row.unit.place_id: row.per_head for row in rows if row.unit.place_id in told_of and row.per_head is not None
    }
    values = heads if len(heads) == len(told_of) else told_of
    picture = drawing()
    order = sorted(set(values.values()))
    if not values or not any(cell.place in values for cell in picture.cells):
        return picture, []
    shade = {value: 1 + place * SHADES // len(order) for place, value in enumerate(order)}
    return picture, [
        Shaded(cell, shade[values[cell.place]] if cell.place in values else 0,
               told(told_of[cell.place]) if cell.place in values else "")
        for cell in picture.cells
    ]  # fmt: skip
