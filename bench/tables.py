"""What was measured, for people: every target in `docs/measured.md`, and one line for each benchmark in the README."""

import ast
import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
MEASURED = Path("docs/measured.md")
BETWEEN = re.compile(r"(<!-- bench -->\n).*?(<!-- /bench -->)", re.DOTALL)
COLUMNS = ("benchmark", "measure", "measured", "target", "met")
YES, NO, BROKEN = "yes", "no", "broke off"
FEW = 12
"""So many figures of a benchmark are told one by one in the README."""
INTRODUCTION = """# What was measured

Every target of every benchmark, those that are not met first. `make bench` measures them, `bench/all.py --write`
writes this page and the short table of the README.

"""


@dataclass(frozen=True, slots=True)
class Line:
    """One target of one benchmark; `value` None tells that the benchmark broke off."""

    bench: str
    name: str
    value: float | None = None
    limit: float | None = None
    met: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A line as it stands in the table, in words."""

    bench: str
    name: str
    value: str
    bound: str
    met: str

    @property
    def cells(self) -> tuple[str, ...]:
        """What stands under each head."""
        return self.bench, self.name, self.value, self.bound, self.met


def lines_of(program: Path, said: dict[str, Any] | None) -> list[Line]:
    """The targets of a benchmark, from what it says in its last line; None when it broke off."""
    if said is None:
        return [Line(program.stem, "–")]
    return [
        Line(said["bench"], name, target["value"], target["limit"], bool(target["met"]))
        for name, target in said["targets"].items()
    ]


def rows_of(lines: Iterable[Line]) -> list[Row]:
    """Lines in words, those that are not met first."""
    rows = [
        Row(line.bench, line.name, figure(line.value), _bound(line), YES if line.met else NO) for line in lines
    ]  # fmt: skip
    return sorted(rows, key=_order)


def table(rows: Iterable[Row]) -> str:
    """Every target as a table in Markdown."""
    return _markdown(COLUMNS, ("---", "---", "--:", "--:", "---"), (row.cells for row in rows))


def summary(rows: list[Row]) -> str:
    """One line for each benchmark: what it measures, its figures, and how many targets are met; the missed in bold."""
    cells = []
    for bench in sorted({row.bench for row in rows}):
        own = [row for row in rows if row.bench == bench]
        met = sum(row.met == YES for row in own)
        cells.append((f"[{bench}](bench/{bench}.py)", _subject(bench), _figures(own), f"{met} of {len(own)}"))
    return _markdown(("benchmark", "what", "measured (target)", "met"), ("---", "---", "---", "--:"), cells)


def write(lines: list[Line], note: str, *, root: Path = ROOT) -> None:
    """Write both tables; rows of benchmarks that were not run now stay as they were."""
    page, readme = root / MEASURED, root / "README.md"
    now = {line.bench for line in lines}
    kept = [row for row in _rows_in(page) if row.bench not in now]
    rows = sorted([*kept, *rows_of(lines)], key=_order)
    page.write_text(f"{INTRODUCTION}{table(rows)}\n{note}\n", encoding="utf-8")
    told = BETWEEN.sub(rf"\g<1>{summary(rows)}\n{note}\n\g<2>", readme.read_text(encoding="utf-8"))
    readme.write_text(told, encoding="utf-8")


def figure(value: float | None) -> str:
    """A figure as people read it: few digits, thousands apart."""
    if value is None:
        return BROKEN
    if abs(value) >= 1000 or float(value).is_integer():
        return f"{value:,.0f}"
    return f"{value:.3g}"


def _bound(line: Line) -> str:
    """The limit with its direction, which follows from whether the value meets it."""
    if line.value is None or line.limit is None:
        return "–"
    upwards = (line.value > line.limit) == line.met if line.value != line.limit else line.name.endswith(("f1", "right"))
    return f"{'≥' if upwards else '≤'} {figure(line.limit)}"


def _order(row: Row) -> tuple[bool, str, str]:
    return row.met == YES, row.bench, row.name


def _rows_in(page: Path) -> list[Row]:
    text = page.read_text(encoding="utf-8") if page.is_file() else ""
    split = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| ")]
    return [Row(*cells) for cells in split if len(cells) == len(COLUMNS) and cells[-1] in (YES, NO)]


def _subject(bench: str) -> str:
    """What a benchmark measures: the first line of its docstring."""
    path = HERE / f"{bench}.py"
    told = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) if path.is_file() else None
    return (told or "").partition("\n")[0].rstrip(".")


def _figures(own: list[Row]) -> str:
    """Every figure by name where they are few; else those missed, and the span of the others of one kind."""
    missed = [f"**{row.name} {row.value}** ({row.bound})" for row in own if row.met != YES]
    met = [row for row in own if row.met == YES]
    if len(own) <= FEW:
        return ", ".join([*missed, *(f"{row.name} {row.value} ({row.bound})" for row in met)])
    kinds = groupby(sorted(met, key=_kind), key=_kind)
    return ", ".join([*missed, *(_span(kind, list(rows)) for kind, rows in kinds)])


def _kind(row: Row) -> tuple[str, str]:
    """Measures of one kind end alike, as in `desk_p50_ms` and `board_p50_ms`, and have one target."""
    return "_".join(row.name.split("_")[-2:]), row.bound


def _span(kind: tuple[str, str], rows: list[Row]) -> str:
    values = sorted((row.value for row in rows), key=lambda value: float(value.replace(",", "")))
    if len(rows) == 1:
        return f"{rows[0].name} {values[0]} ({kind[1]})"
    return f"{len(rows)} × {kind[0]} {values[0]}–{values[-1]} ({kind[1]})"


def _markdown(heads: Iterable[str], rules: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    return "".join(f"| {' | '.join(cells)} |\n" for cells in (heads, rules, *rows))
