import json
import subprocess
import sys
from pathlib import Path

import pytest

from khue.councils.assigning.command import main
from khue.councils.assigning.tests.test_reading import GOOD


def write(folder: Path, given: object) -> str:
    path = folder / "problem.json"
    path.write_text(json.dumps(given, ensure_ascii=False), "utf-8")
    return str(path)


def test_the_answer_has_the_published_shape(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    experts = [*GOOD["experts"], {"id": "e2", "max_load": 1}]
    assert main([write(tmp_path, {**GOOD, "experts": experts})]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert list(answer) == ["status", "objective", "bound", "assignments", "short"]
    assert (answer["status"], answer["objective"], answer["bound"]) == ("infeasible", 0.82, 0.82)
    assert answer["assignments"] == [
        {"council": "c1", "expert": "e1", "role": "chair"},
        {"council": "c1", "expert": "e2", "role": "member"},
    ]
    (short,) = answer["short"]
    assert list(short) == ["council", "role", "by", "because", "ways_out"]
    assert (short["council"], short["role"], short["by"]) == ("c1", "member", 1)
    assert "1 có xung đột lợi ích" in short["because"]
    assert len(short["ways_out"]) >= 3


def test_a_wrong_problem_is_refused_without_a_traceback(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([write(tmp_path, {"councils": [{"id": "c1", "size": -3}], "experts": []})]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert "councils[0] (“c1”).size" in told.err
    assert "Traceback" not in told.err
    assert main([write(tmp_path, {"councils": [{"id": "c1", "size": -3}], "experts": {}})]) == 1
    assert capsys.readouterr().err.count("\n") == 1, "one sentence, however much is wrong"


def test_a_missing_file_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path / "none.json")]) == 1
    assert "Không có tệp" in capsys.readouterr().err
    assert main([str(tmp_path)]) == 1
    assert "Không mở được" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments", [[], ["a.json", "b.json"], ["--nothing", "a.json"], ["--seconds", "-1", "a.json"]]
)
def test_wrong_use(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    assert "Cách dùng" in capsys.readouterr().err


def test_the_same_problem_has_the_same_answer_each_time(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path, GOOD)
    answers = {(main([path]), capsys.readouterr().out) for _ in range(3)}
    assert len(answers) == 1


def test_neither_django_nor_the_solver_is_loaded_before_it_is_needed(tmp_path: Path) -> None:
    """The command needs no database; the pages that show a plan need no solver."""
    seen = "import sys; print('django' in sys.modules, any(name.startswith('ortools') for name in sys.modules))"
    problem = write(tmp_path, GOOD)
    for code, loaded in (
        (f"import khue.councils.assigning.solving; {seen}", "False False"),
        (f"import khue.__main__ as k; k.main(['assign', {problem!r}]); {seen}", "False True"),
    ):
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        assert done.stdout.splitlines()[-1] == loaded
