"""One template, private copies."""

from pathlib import Path

import psycopg
import pytest

from khue.core.postgres import Server, create_database, exists
from khue.core.postgres.testing import RealServer, copied, fingerprint


class Builder:
    """Fills a template with one row, and counts how often it was asked to."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self, url: str) -> None:
        self.asked += 1
        with psycopg.connect(url) as connection:
            connection.execute("CREATE TABLE place AS SELECT 'Hà Nội' AS name")


def names(url: str) -> set[str]:
    with psycopg.connect(url) as connection:
        return {name for (name,) in connection.execute("SELECT name FROM place").fetchall()}


def add(url: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("INSERT INTO place VALUES ('Huế')")


def test_the_template_is_built_once_and_copies_are_private(common: Server) -> None:
    build = Builder()
    with copied(common, "once", build) as one, copied(common, "once", build) as two:
        add(one.url)
        assert names(one.url) == {"Hà Nội", "Huế"}
        assert names(two.url) == {"Hà Nội"}
        one.renew()
        assert names(one.url) == {"Hà Nội"}
    assert build.asked == 1
    assert not exists(common, one.name)


def test_another_state_or_an_order_builds_anew(common: Server) -> None:
    build = Builder()
    for state, rebuild, asked in (("one", False, 1), ("one", False, 1), ("two", False, 2), ("two", True, 3)):
        with copied(common, state, build, rebuild=rebuild):
            assert build.asked == asked
    assert not exists(common, "khue_template_one")


def test_copies_of_a_killed_run_are_dropped_and_those_in_use_are_not(common: Server) -> None:
    create_database(common, "khue_test_a_left")
    with copied(common, "swept", Builder()) as one, copied(common, "swept", Builder()):
        assert not exists(common, "khue_test_a_left")
        assert exists(common, one.name)


def test_a_failed_build_leaves_no_template(common: Server) -> None:
    def fail(url: str) -> None:
        raise ValueError(url)

    with pytest.raises(ValueError, match="khue_template_failed"), copied(common, "failed", fail):
        pass
    build = Builder()
    with copied(common, "failed", build):
        assert build.asked == 1


def test_a_real_server_is_addressed_by_any_of_its_databases(common: Server) -> None:
    real = RealServer(common.database_url("khue"))
    assert real.database_url("postgres") == common.database_url("postgres")
    assert RealServer("postgresql://a:b@db:5433/khue?sslmode=require").database_url("x") == (
        "postgresql://a:b@db:5433/x?sslmode=require"
    )


def test_the_fingerprint_follows_content_and_names(tmp_path: Path) -> None:
    file = tmp_path / "0001_first.py"
    file.write_text("one")
    first = fingerprint([file])
    file.write_text("two")
    second = fingerprint([file])
    third = fingerprint([file.rename(tmp_path / "0002_first.py")])
    assert len({first, second, third}) == 3
