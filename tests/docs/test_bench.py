"""The table of benchmarks: what is not met stands first, what broke off is told, a README keeps the rest of itself."""

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

from tests.architecture.layers import ROOT

BENCH = ROOT / "bench"


@pytest.fixture
def runner() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bench_all", BENCH / "all.py")
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    assert spec.loader is not None
    spec.loader.exec_module(module)
    return module


def program(folder: Path, name: str, targets: dict[str, object], status: int = 0) -> Path:
    said = json.dumps({"bench": name, "machine": {"cores": 2}, "results": {}, "targets": targets})
    path = folder / f"{name}.py"
    path.write_text(f"import sys\nprint('a line for people')\nprint({said!r})\nsys.exit({status})\n")
    return path


def test_every_program_of_the_folder_is_run_but_not_its_parts(runner: ModuleType) -> None:
    names = {path.stem for path in runner.programs([])}
    assert {"extract", "pages", "start", "tests"} <= names
    assert not {"all", "pages_city"} & names
    assert [path.stem for path in runner.programs(["start"])] == ["start"]


def test_targets_that_are_not_met_stand_first(runner: ModuleType, tmp_path: Path) -> None:
    good = program(tmp_path, "good", {"p50_ms": {"value": 20.5, "limit": 40, "met": True}})
    bad = program(tmp_path, "bad", {"f1": {"value": 0.7, "limit": 0.85, "met": False}})
    broken = program(tmp_path, "broken", {}, status=3)
    lines = [line for each in (good, bad, broken) for line in runner.lines_of(each, runner.run(each, small=True))]
    heads = runner.HEADS["README.md"]
    rows = runner.table(runner.rows_of(lines, heads), heads).splitlines()[2:]
    assert rows == [
        "| bad | f1 | 0.7 | ≥ 0.85 | no |",
        "| broken | – | broke off | – | no |",
        "| good | p50_ms | 20.5 | ≤ 40 | yes |",
    ]


def test_the_readme_keeps_all_but_the_table(
    runner: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    readme = tmp_path / "README.md"
    readme.write_text("before\n<!-- bench -->\nold\n<!-- /bench -->\nafter\n")
    monkeypatch.setattr(runner, "ROOT", tmp_path)
    for _ in range(2):
        runner.write_readme([runner.Line("start", "second_start_s", 4.2, 6.0, True)], "today")
    text = readme.read_text()
    assert text.startswith("before\n<!-- bench -->\n| benchmark")
    assert text.endswith("\ntoday\n<!-- /bench -->\nafter\n")
    assert "old" not in text
    assert text.count("second_start_s") == 1


def test_rows_of_benchmarks_that_were_not_run_now_stay(
    runner: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    readme = tmp_path / "README.md"
    readme.write_text("<!-- bench -->\n<!-- /bench -->\n")
    monkeypatch.setattr(runner, "ROOT", tmp_path)
    missed = runner.Line("pages", "desk_p50_ms", 41.0, 40.0, False)
    runner.write_readme([runner.Line("start", "second_start_s", 4.2, 6.0, True), missed], "yesterday")
    runner.write_readme([runner.Line("start", "second_start_s", 5.0, 6.0, True)], "today")
    assert [line.split(" | ")[:3] for line in readme.read_text().splitlines()[3:5]] == [
        ["| pages", "desk_p50_ms", "41"],
        ["| start", "second_start_s", "5"],
    ]
    assert readme.read_text().endswith("\ntoday\n<!-- /bench -->\n")
