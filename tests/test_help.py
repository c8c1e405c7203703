"""What `khue help` tells."""

import pytest

from khue.__main__ import main


@pytest.mark.parametrize("asked", [[], ["help"], ["--help"]])
def test_help_tells_what_each_command_of_khue_does(asked: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(asked) == 0
    told = capsys.readouterr().out
    ours = [line.split() for line in told.splitlines() if line.startswith("  ")]
    names = [line[0] for line in ours]
    assert {"assign", "demo", "doctor", "extract", "import", "rank", "report", "serve"} <= set(names)
    assert names == sorted(names)
    assert all(len(line) > 3 for line in ours), "each says what it does"


def test_help_of_a_command_that_needs_no_django_is_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["help", "extract"]) == 0
    assert "khue extract [-h] [--on ON] [--with-text]" in capsys.readouterr().out
