"""Every benchmark, and one table of all targets with those that are not met first.

    python bench/all.py [--small] [--readme] [NAME…]

Runs each other file of this folder that is a program, one after another so that none disturbs the next. `--readme`
writes the table between the two markers of README.md and README.vi.md; with names, the rows of those. The exit
status is 1 only when a benchmark broke off; a target that is not met is a finding, not a failure.
"""

import argparse
import json
import os
import platform
import re
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
PROGRAM = '__name__ == "__main__"'
BETWEEN = re.compile(r"(<!-- bench -->\n).*?(<!-- /bench -->)", re.DOTALL)
Row = tuple[str, ...]
COLUMNS = 5
HEADS = {
    "README.md": ("benchmark", "measure", "measured", "target", "met", "yes", "no", "broke off"),
    "README.vi.md": ("phép đo", "chỉ số", "đo được", "mục tiêu", "đạt", "đạt", "chưa đạt", "đứt giữa chừng"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One target of one benchmark; `value` None tells that the benchmark broke off."""

    bench: str
    name: str
    value: float | None = None
    limit: float | None = None
    met: bool = False


def programs(wanted: list[str]) -> list[Path]:
    """The benchmarks to run: files of this folder that can be run, but not this one."""
    found = [path for path in sorted(HERE.glob("*.py")) if path != Path(__file__).resolve()]
    runnable = [path for path in found if PROGRAM in path.read_text(encoding="utf-8")]
    return [path for path in runnable if not wanted or path.stem in wanted]


def run(program: Path, *, small: bool) -> dict[str, Any] | None:
    """What a benchmark says in its last line; None when it broke off."""
    command = [sys.executable, str(program), *(["--small"] if small else [])]
    path = os.pathsep.join(part for part in (str(ROOT), os.environ.get("PYTHONPATH", "")) if part)
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, "PYTHONPATH": path}, stdout=subprocess.PIPE, text=True, check=False
    )
    lines = done.stdout.strip().splitlines()
    sys.stdout.write("".join(f"  {line}\n" for line in lines[:-1]))
    try:
        said = json.loads(lines[-1]) if lines else None
    except json.JSONDecodeError:
        said = None
    return said if isinstance(said, dict) and done.returncode == 0 else None


def lines_of(program: Path, said: dict[str, Any] | None) -> list[Line]:
    """The targets of a benchmark."""
    if said is None:
        return [Line(program.stem, "–")]
    return [
        Line(said["bench"], name, target["value"], target["limit"], bool(target["met"]))
        for name, target in said["targets"].items()
    ]


def bound(line: Line) -> str:
    """The limit with its direction, which follows from whether the value meets it."""
    if line.value is None or line.limit is None:
        return "–"
    upwards = (line.value > line.limit) == line.met if line.value != line.limit else line.name.endswith(("f1", "right"))
    return f"{'≥' if upwards else '≤'} {figure(line.limit)}"


def figure(value: float) -> str:
    """A figure as people read it: few digits, thousands apart."""
    if abs(value) >= 1000 or float(value).is_integer():
        return f"{value:,.0f}"
    return f"{value:.3g}"


def table(rows: list[Row], heads: tuple[str, ...]) -> str:
    """The Markdown table, targets that are not met first."""
    *columns, yes, _no, _broken = heads
    lines = [columns, ["---", "---", "--:", "--:", "---"], *sorted(rows, key=lambda row: (row[-1] == yes, *row[:2]))]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def rows_of(lines: list[Line], heads: tuple[str, ...]) -> list[Row]:
    """The cells of each target, in the words of the table's head."""
    *_columns, yes, no, broken = heads
    measured = (broken if line.value is None else figure(line.value) for line in lines)
    return [
        (line.bench, line.name, value, bound(line), yes if line.met else no)
        for line, value in zip(lines, measured, strict=True)
    ]


def rows_kept(text: str, lines: list[Line]) -> list[Row]:
    """The cells that the table has already of benchmarks that were not run now."""
    now = {line.bench for line in lines}
    found = BETWEEN.search(text)
    split = [tuple(line.strip("| ").split(" | ")) for line in (found[0] if found else "").splitlines()[3:]]
    return [row for row in split if len(row) == COLUMNS and row[0] not in now]


def write_readme(lines: list[Line], note: str) -> None:
    """Put the table between the markers; what was not run now stays as it was."""
    for name, heads in HEADS.items():
        path = ROOT / name
        if path.is_file():
            text = path.read_text(encoding="utf-8")
            told = table([*rows_kept(text, lines), *rows_of(lines, heads)], heads)
            path.write_text(BETWEEN.sub(rf"\g<1>{told}\n{note}\n\g<2>", text), encoding="utf-8")


def main() -> int:
    """Run them, print the table, and write it where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--small", action="store_true", help="less data, within a minute each")
    parser.add_argument("--readme", action="store_true", help="write the table into README.md")
    parser.add_argument("names", nargs="*", metavar="NAME", help="only these benchmarks")
    asked = parser.parse_args()
    lines: list[Line] = []
    for program in programs(asked.names):
        begun = time.perf_counter()
        sys.stdout.write(f"{program.stem}\n")
        sys.stdout.flush()
        lines += lines_of(program, run(program, small=asked.small))
        sys.stdout.write(f"  {time.perf_counter() - begun:.0f} s\n\n")
    heads = HEADS["README.md"]
    sys.stdout.write(table(rows_of(lines, heads), heads))
    if asked.readme:
        size = "small" if asked.small else "full"
        note = f"{datetime.now():%Y-%m-%d}, {os.cpu_count()} × {platform.machine()}, {size} data."  # noqa: DTZ005 - a day
        write_readme(lines, note)
    return 1 if any(line.value is None for line in lines) else 0


if __name__ == "__main__":
    sys.exit(main())
