"""What the units and compose.yaml start exists, and a unit may write only where the guide tells to make room."""

import json
import re
import shutil
import subprocess
from configparser import RawConfigParser
from pathlib import Path

import pytest
from django.core.management import get_commands

from tests.architecture.layers import ROOT

DEPLOY = ROOT / "deploy"
SERVICES = sorted(DEPLOY.glob("*.service"))
COMPOSE = (ROOT / "compose.yaml").read_text(encoding="utf-8")


def unit(path: Path) -> RawConfigParser:
    """A unit's file; systemd's own keys keep their case."""
    read = RawConfigParser(strict=False)
    read.optionxform = str  # type: ignore[assignment,method-assign]
    read.read(path, encoding="utf-8")
    return read


def own_commands() -> set[str]:
    return {name for name, app in get_commands().items() if str(app).startswith("khue.")} | {"migrate"}


@pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.name)
def test_a_service_starts_a_command_that_exists_as_the_guide_installs_it(path: Path) -> None:
    service = unit(path)["Service"]
    command = re.search(r"/opt/khue/\.venv/bin/khue (\w+)", service["ExecStart"])
    assert command is not None
    assert command[1] in own_commands()
    guide = (DEPLOY / "README.md").read_text(encoding="utf-8")
    for folder in service["ReadWritePaths"].split():
        assert f" {folder}" in guide, f"{path.name} writes to {folder}, which the guide never makes"
    assert service["EnvironmentFile"] in guide
    assert (service["User"], service["WorkingDirectory"]) == ("khue", "/opt/khue")


def test_each_timer_has_its_service() -> None:
    assert [timer.name for timer in DEPLOY.glob("*.timer") if not timer.with_suffix(".service").exists()] == []


def test_systemd_finds_nothing_wrong(tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not installed")
    units = []
    for path in [*SERVICES, *DEPLOY.glob("*.timer")]:
        # The programme itself is not installed here; everything else is judged as it stands.
        text = path.read_text(encoding="utf-8").replace("/opt/khue/.venv/bin/khue", "/bin/true")
        (tmp_path / path.name).write_text(text, encoding="utf-8")
        units.append(str(tmp_path / path.name))
    done = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True, check=False)
    said = [line for line in done.stderr.splitlines() if str(tmp_path) in line or "khue-" in line]
    assert said == []


def test_compose_starts_commands_that_exist() -> None:
    commands = [json.loads(found) for found in re.findall(r"^ +command: (\[.*\])$", COMPOSE, re.MULTILINE)]
    assert [command[0] for command in commands] == ["khue"] * 3
    assert {command[1] for command in commands} <= own_commands()


def test_the_database_is_ready_only_when_it_answers_over_the_network() -> None:
    """While its image sets the first database up, the server answers on its socket and then stops once more."""
    check = re.search(r"test: (\[.*pg_isready.*\])", COMPOSE)
    assert check is not None
    assert "--host=127.0.0.1" in json.loads(check[1])
