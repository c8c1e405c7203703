"""Styles, scripts and fonts: found, and collected under fingerprinted names."""

import gzip
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from pytest_django import Settings

from khue.config import serving
from khue.config.staticfiles import PACKAGES, NodeModules


def test_only_what_is_wanted_of_a_package_is_found() -> None:
    assert finders.find("tabler/css/tabler.min.css")
    assert finders.find("be-vietnam-pro/400.css")
    assert not finders.find("tabler/css/tabler.css")
    assert not finders.find("tabler/css/no.min.css")
    assert not finders.find("nothing/x.css")
    for outside in (
        "tabler/../htmx.org/htmx.min.js",
        "be-vietnam-pro/files/../../x-400-normal.css",
        "tabler/x/htmx.min.js",
    ):
        assert not NodeModules().find(outside)


def test_every_package_named_has_files() -> None:
    listed = {storage.prefix for _name, storage in NodeModules().list([])}  # type: ignore[attr-defined]
    assert listed == set(PACKAGES)


@pytest.fixture
def collected(tmp_path: Path, settings: Settings) -> Path:
    settings.STATIC_ROOT = tmp_path
    serving.collect()
    return tmp_path


def test_modules_import_each_other_by_fingerprint_and_are_compressed(collected: Path) -> None:
    (entry,) = (file for file in (collected / "khue/js").glob("khue.*.js"))
    imported = re.findall(r'import"\./([^"]+)"', entry.read_text())
    assert len(imported) > 5
    for name in imported:
        assert re.fullmatch(r"[a-z]+\.[0-9a-f]{12}\.js", name)
        assert (collected / "khue/js" / name).is_file()
    (packed,) = (collected / "tabler/css").glob("tabler.min.*.css.gz")
    assert len(gzip.decompress(packed.read_bytes())) > 5 * packed.stat().st_size


def test_nothing_is_collected_again_until_something_changes(collected: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    manifest = collected / "staticfiles.json"
    manifest.unlink()
    serving.collect()
    assert not manifest.exists()
    monkeypatch.setattr(serving, "_state", lambda: "another")
    serving.collect()
    assert manifest.exists()


def test_processes_of_the_server_name_the_port_that_is_served_in_their_links() -> None:
    asked = "from django.conf import settings; print(settings.SITE_URL)"
    started = {name: value for name, value in os.environ.items() if name != "KHUE_URL"} | serving.told(8123)
    said = subprocess.run([sys.executable, "-c", asked], env=started, capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "http://127.0.0.1:8123"
