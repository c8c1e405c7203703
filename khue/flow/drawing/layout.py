"""Layered layout, top down: steps and the words on arrows are boxes of their own rows, so that nothing overlaps.

The usual four acts: turn arrows round that go back, give every box a row, order each row by the middle of its
neighbours, and move boxes as near to their neighbours as the order allows (isotonic regression).
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

Size = tuple[float, float]

GAP = 28.0
ROW_GAP = 26.0
SWEEPS = 12


@dataclass(slots=True)
class Box:
    """A rectangle by its centre. Boxes without size are bends of a long arrow."""

    name: str
    width: float
    height: float
    row: int = 0
    x: float = 0.0
    y: float = 0.0


@dataclass(frozen=True, slots=True)
class Line:
    """An arrow through its points, and where its words stand."""

    source: str
    target: str
    points: tuple[tuple[float, float], ...]
    words_at: str
    """The name of the box that its words stand in."""


@dataclass(slots=True)
class Layout:
    """Where everything stands; the origin is top left."""

    boxes: dict[str, Box]
    lines: list[Line]
    width: float = 0.0
    height: float = 0.0


@dataclass(slots=True)
class _Rows:
    boxes: dict[str, Box] = field(default_factory=dict)
    rows: list[list[str]] = field(default_factory=list)
    spans: list[tuple[float, float]] = field(default_factory=list)
    """Top and bottom of each row."""
    below: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    above: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, box: Box) -> None:
        while len(self.rows) <= box.row:
            self.rows.append([])
        self.boxes[box.name] = box
        self.rows[box.row].append(box.name)

    def join(self, upper: str, lower: str) -> None:
        self.below[upper].append(lower)
        self.above[lower].append(upper)


def lay_out(
    start: str, steps: Mapping[str, Size], arrows: Sequence[tuple[str, str]], words: Mapping[tuple[str, str], Size]
) -> Layout:
    """Places `steps` (name -> size) and `arrows` between them; `words` are the sizes of the texts on arrows."""
    turned = _backward(start, steps, arrows)
    ranks = _ranks(steps, [(b, a) if (a, b) in turned else (a, b) for a, b in arrows])
    rows = _Rows()
    for name, (width, height) in steps.items():
        rows.add(Box(name, width, height, 2 * ranks[name]))
    ways = {arrow: _way(rows, arrow, turned, words[arrow]) for arrow in arrows}
    _order(rows)
    _set_x(rows)
    _set_y(rows)
    lines = [_line(rows, arrow, way, turned) for arrow, way in ways.items()]
    boxes = rows.boxes
    width = max(box.x + box.width / 2 for box in boxes.values())
    height = max(box.y + box.height / 2 for box in boxes.values())
    return Layout(boxes, lines, width, height)


def _backward(start: str, steps: Mapping[str, Size], arrows: Sequence[tuple[str, str]]) -> set[tuple[str, str]]:
    """Arrows that lead back to a step that is still open in a walk from the start."""
    found: set[tuple[str, str]] = set()
    done: set[str] = set()

    def walk(step: str, way: set[str]) -> None:
        for arrow in arrows:
            if arrow[0] == step:
                if arrow[1] in way:
                    found.add(arrow)
                elif arrow[1] not in done:
                    walk(arrow[1], way | {arrow[1]})
        done.add(step)

    for step in (start, *steps):
        if step not in done:
            walk(step, {step})
    return found


def _ranks(steps: Mapping[str, Size], forward: Sequence[tuple[str, str]]) -> dict[str, int]:
    """The longest way from the top to each step; what no arrow reaches stands at the bottom."""
    ranks = dict.fromkeys(steps, 0)
    for _round in steps:
        for upper, lower in forward:
            ranks[lower] = max(ranks[lower], ranks[upper] + 1)
    joined = {step for arrow in forward for step in arrow}
    lowest = max(ranks.values())
    return {step: rank if step in joined else lowest for step, rank in ranks.items()}


def _way(rows: _Rows, arrow: tuple[str, str], turned: set[tuple[str, str]], words: Size) -> list[str]:
    """The boxes an arrow passes from the upper step to the lower one; the words stand below the arrow's own source."""
    upper, lower = arrow[::-1] if arrow in turned else arrow
    first, last = rows.boxes[upper].row + 1, rows.boxes[lower].row - 1
    words_row = last if arrow in turned else first
    way = [upper]
    for row in range(first, last + 1):
        size = words if row == words_row else (0.0, 0.0)
        name = f"{arrow[0]}>{arrow[1]}@{row}"
        rows.add(Box(name, *size, row))
        way.append(name)
    way.append(lower)
    for above, below in pairwise(way):
        rows.join(above, below)
    return way


def _order(rows: _Rows) -> None:
    place = {name: float(number) for row in rows.rows for number, name in enumerate(row)}
    best, fewest = [list(row) for row in rows.rows], _crossings(rows)
    for sweep in range(SWEEPS):
        down = sweep % 2 == 0
        near = rows.above if down else rows.below
        for row in rows.rows if down else reversed(rows.rows):
            row.sort(key=lambda name: _middle([place[other] for other in near[name]], place[name]))
            place.update({name: float(number) for number, name in enumerate(row)})
        crossings = _crossings(rows)
        if crossings < fewest:
            best, fewest = [list(row) for row in rows.rows], crossings
    rows.rows = best


def _crossings(rows: _Rows) -> int:
    count = 0
    place = {name: number for row in rows.rows for number, name in enumerate(row)}
    for row in rows.rows:
        pairs = sorted((place[name], place[other]) for name in row for other in rows.below[name])
        count += sum(a[1] > b[1] for n, a in enumerate(pairs) for b in pairs[n + 1 :])
    return count


def _middle(places: list[float], otherwise: float) -> float:
    return sum(places) / len(places) if places else otherwise


def _set_x(rows: _Rows) -> None:
    for row in rows.rows:
        _spread(rows, row, dict.fromkeys(row, 0.0))
    for sweep in range(SWEEPS):
        near = rows.above if sweep % 2 == 0 else rows.below
        for row in rows.rows if sweep % 2 == 0 else reversed(rows.rows):
            wanted = {name: _middle([rows.boxes[o].x for o in near[name]], rows.boxes[name].x) for name in row}
            _spread(rows, row, wanted)
    left = min(box.x - box.width / 2 for box in rows.boxes.values())
    for box in rows.boxes.values():
        box.x -= left


def _spread(rows: _Rows, row: list[str], wanted: dict[str, float]) -> None:
    """As near to `wanted` as the order and the gaps allow: pools of neighbours that push each other move as one."""
    offset, offsets = 0.0, []
    for number, name in enumerate(row):
        if number:
            offset += (rows.boxes[row[number - 1]].width + rows.boxes[name].width) / 2 + GAP
        offsets.append(offset)
    pools: list[tuple[float, int]] = []
    for name, offset in zip(row, offsets, strict=True):
        pools.append((wanted[name] - offset, 1))
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            (a, m), (b, n) = pools[-2:]
            pools[-2:] = [((a * m + b * n) / (m + n), m + n)]
    values = [value for value, count in pools for _ in range(count)]
    for name, value, offset in zip(row, values, offsets, strict=True):
        rows.boxes[name].x = value + offset


def _set_y(rows: _Rows) -> None:
    top = 0.0
    for row in rows.rows:
        height = max((rows.boxes[name].height for name in row), default=0.0)
        for name in row:
            rows.boxes[name].y = top + height / 2
        rows.spans.append((top, top + height))
        top += height + ROW_GAP


def _line(rows: _Rows, arrow: tuple[str, str], way: list[str], turned: set[tuple[str, str]]) -> Line:
    upper, lower = rows.boxes[way[0]], rows.boxes[way[-1]]
    # Upright through each row, so that a bend never cuts a neighbour's corner.
    inner = [(rows.boxes[name].x, y) for name in way[1:-1] for y in rows.spans[rows.boxes[name].row]]
    begin = (_port(upper, inner[0][0]), upper.y + upper.height / 2)
    end = (_port(lower, inner[-1][0]), lower.y - lower.height / 2)
    points = [begin, *inner, end]
    back = arrow in turned
    words_at = way[-2] if back else way[1]
    return Line(arrow[0], arrow[1], tuple(reversed(points) if back else points), words_at)


def _port(box: Box, towards: float) -> float:
    """Where on a box's edge an arrow leaves: towards its next point, but well inside."""
    reach = box.width / 2 - 24
    return box.x + max(-reach, min(reach, (towards - box.x) * 0.4))
