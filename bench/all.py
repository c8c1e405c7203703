"""Every benchmark, and one table of all targets with those that are not met first.

    python bench/all.py [--small] [--write] [NAME…]

Runs each other file of this folder that is a program, one after another so that none disturbs the next. `--write`
writes it into docs/measured.md and its short form into README.md; with names, the rows of those. The exit
status is 1 only when a benchmark broke off; a target that is not met is a finding, not a failure.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path
from typing import Any

from tables import Line, lines_of, rows_of, table, write

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
PROGRAM = '__name__ == "__main__"'


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


def main() -> int:
    """Run them, print the table, and write it where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--small", action="store_true", help="less data, within a minute each")
    parser.add_argument("--write", action="store_true", help="write docs/measured.md and the table of README.md")
    parser.add_argument("names", nargs="*", metavar="NAME", help="only these benchmarks")
    asked = parser.parse_args()
    lines: list[Line] = []
    for program in programs(asked.names):
        begun = time.perf_counter()
        sys.stdout.write(f"{program.stem}\n")
        sys.stdout.flush()
        lines += lines_of(program, run(program, small=asked.small))
        sys.stdout.write(f"  {time.perf_counter() - begun:.0f} s\n\n")
    sys.stdout.write(table(rows_of(lines)))
    if asked.write:
        size = "small" if asked.small else "full"
        note = f"{datetime.now():%Y-%m-%d}, {os.cpu_count()} × {platform.machine()}, {size} data."  # noqa: DTZ005 - a day
        write(lines, note)
    return 1 if any(line.value is None for line in lines) else 0


if __name__ == "__main__":
    sys.exit(main())
