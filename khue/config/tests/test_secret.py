"""The key of a site is made once, whoever starts first."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from django.core.exceptions import ImproperlyConfigured

from khue.config.secret import kept_key

AT_ONCE = 8


def test_processes_that_start_at_once_have_one_key(tmp_path: Path) -> None:
    for turn in range(20):
        start, kept = Barrier(AT_ONCE), tmp_path / str(turn) / "secret-key"

        def begin(_number: int, start: Barrier = start, kept: Path = kept) -> str:
            start.wait()
            return kept_key(kept)

        with ThreadPoolExecutor(AT_ONCE) as pool:
            keys = set(pool.map(begin, range(AT_ONCE)))
        assert len(keys) == 1
        assert len(keys.pop()) > 50
        assert [one.name for one in kept.parent.iterdir()] == ["secret-key"]


def test_a_key_is_kept_and_for_its_owner_alone(tmp_path: Path) -> None:
    key = kept_key(tmp_path / "secret-key")
    assert kept_key(tmp_path / "secret-key") == key
    assert (tmp_path / "secret-key").stat().st_mode & 0o777 == 0o600


def test_a_folder_that_cannot_be_one_is_told_with_what_to_set(tmp_path: Path) -> None:
    (tmp_path / "tep").write_text("x")
    with pytest.raises(ImproperlyConfigured, match="KHUE_VAR"):
        kept_key(tmp_path / "tep" / "var" / "secret-key")
