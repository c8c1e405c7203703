"""The tables of benchmarks: what is not met stands first, what broke off is told, a README keeps the rest of itself."""

import importlib
import json
from pathlib import Path
from types import ModuleType

import pytest

from tests.architecture.layers import ROOT

BENCH = ROOT / "bench"


@pytest.fixture
def runner(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(BENCH))
    return importlib.import_module("all")


@pytest.fixture
def tables(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(BENCH))
    return importlib.import_module("tables")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    (tmp_path / "docs").mkdir()
    (tmp_path / "README.md").write_text("before\n<!-- bench -->\nold\n<!-- /bench -->\nafter\n")
    return tmp_path


def program(folder: Path, name: str, targets: dict[str, object], status: int = 0) -> Path:
    said = json.dumps({"bench": name, "machine": {"cores": 2}, "results": {}, "targets": targets})
    path = folder / f"{name}.py"
    path.write_text(f"import sys\nprint('a line for people')\nprint({said!r})\nsys.exit({status})\n")
    return path


def test_every_program_of_the_folder_is_run_but_not_its_parts(runner: ModuleType) -> None:
    names = {path.stem for path in runner.programs([])}
    assert {"extract", "pages", "start", "tests"} <= names
    assert not {"all", "tables", "pages_city"} & names
    assert [path.stem for path in runner.programs(["start"])] == ["start"]


def test_targets_that_are_not_met_stand_first(runner: ModuleType, tables: ModuleType, tmp_path: Path) -> None:
    good = program(tmp_path, "good", {"p50_ms": {"value": 20.5, "limit": 40, "met": True}})
    bad = program(tmp_path, "bad", {"f1": {"value": 0.7, "limit": 0.85, "met": False}})
    broken = program(tmp_path, "broken", {}, status=3)
    lines = [line for each in (good, bad, broken) for line in tables.lines_of(each, runner.run(each, small=True))]
    assert tables.table(tables.rows_of(lines)).splitlines()[2:] == [
        "| bad | f1 | 0.7 | ≥ 0.85 | no |",
        "| broken | – | broke off | – | no |",
        "| good | p50_ms | 20.5 | ≤ 40 | yes |",
    ]


def test_the_readme_says_in_one_line_what_a_benchmark_measures_and_misses(tables: ModuleType, checkout: Path) -> None:
    second = tables.Line("start", "second_start_s", 4.2, 6.0, True)
    missed = tables.Line("start", "first_start_s", 130.0, 120.0, False)
    for _ in range(2):
        tables.write([second, missed], "today", root=checkout)
    text = (checkout / "README.md").read_text()
    head, _rule, row = (line for line in text.splitlines() if line.startswith("|"))
    assert head == "| benchmark | what | measured (target) | met |"
    assert row.startswith("| [start](bench/start.py) | How long until the page answers")
    assert row.endswith(" | **first_start_s 130** (≤ 120), second_start_s 4.2 (≤ 6) | 1 of 2 |")
    assert text.startswith("before\n<!-- bench -->\n| benchmark")
    assert text.endswith("\ntoday\n<!-- /bench -->\nafter\n")


def test_many_figures_of_one_kind_stand_as_their_span(tables: ModuleType, checkout: Path) -> None:
    pages = [tables.Line("pages", f"page{number}_p50_ms", 20.0 + number, 40.0, True) for number in range(13)]
    tables.write([*pages, tables.Line("pages", "desk_p50_ms", 41.0, 40.0, False)], "today", root=checkout)
    told = (checkout / "README.md").read_text()
    assert "| **desk_p50_ms 41** (≤ 40), 13 × p50_ms 20–32 (≤ 40) | 13 of 14 |" in told


def test_rows_of_benchmarks_that_were_not_run_now_stay(tables: ModuleType, checkout: Path) -> None:
    missed = tables.Line("pages", "desk_p50_ms", 41.0, 40.0, False)
    tables.write([tables.Line("start", "second_start_s", 4.2, 6.0, True), missed], "yesterday", root=checkout)
    tables.write([tables.Line("start", "second_start_s", 5.0, 6.0, True)], "today", root=checkout)
    rows = [line for line in (checkout / "docs" / "measured.md").read_text().splitlines() if line.startswith("| ")]
    assert rows[2:] == ["| pages | desk_p50_ms | 41 | ≤ 40 | no |", "| start | second_start_s | 5 | ≤ 6 | yes |"]
