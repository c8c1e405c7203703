"""What `khue help` tells."""

import subprocess
import sys

import pytest

from khue.__main__ import main
from khue.config.overview import WITHOUT_DJANGO, overview


def test_each_command_of_khue_is_told_with_what_it_does() -> None:
    ours = [line.split() for line in overview().splitlines() if line.startswith("  ")]
    names = [line[0] for line in ours]
    assert {"assign", "demo", "doctor", "extract", "import", "rank", "report", "serve"} <= set(names)
    assert names == sorted(names)
    assert all(len(line) > 3 for line in ours), "each says what it does"


def test_khue_alone_tells_them() -> None:
    asked = subprocess.run([sys.executable, "-m", "khue"], capture_output=True, text=True, check=True)
    assert asked.stdout == f"{overview()}\n"


@pytest.mark.parametrize(("name", "does"), WITHOUT_DJANGO.items())
def test_help_of_a_command_that_needs_no_django_is_its_own(
    name: str, does: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["help", name]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert f"khue {name}" in told
    assert does in told
