"""What a start finds after accidents."""

import contextlib
import os
from pathlib import Path

import psycopg
import pytest

from khue.core.postgres import PostgresUnavailable, Server, create_database, ensure_running, folders
from khue.core.postgres.diagnosis import explained
from khue.core.postgres.place import place
from khue.core.postgres.server import _answers
from khue.core.postgres.tests.conftest import kill, postmaster, wait_for, watcher_of


def rows(server: Server) -> list[int]:
    with psycopg.connect(server.database_url("khue")) as connection:
        return [number for (number,) in connection.execute("SELECT number FROM kept ORDER BY number").fetchall()]


def write(server: Server) -> None:
    create_database(server, "khue")
    with psycopg.connect(server.database_url("khue")) as connection:
        connection.execute("CREATE TABLE kept (number int)")
        connection.execute("INSERT INTO kept SELECT generate_series(1, 3)")


def test_committed_rows_outlive_kill_9(tmp_path: Path) -> None:
    """With the settings of a real installation."""
    server = ensure_running(tmp_path)
    where = place(tmp_path)
    with psycopg.connect(server.database_url("postgres")) as connection:
        assert connection.execute("SHOW fsync").fetchone() == ("on",)
        assert connection.execute("SHOW full_page_writes").fetchone() == ("on",)
    first = postmaster(where)
    write(server)
    kill(first)
    again = ensure_running(tmp_path)
    assert again is server
    assert postmaster(where) not in {None, first}
    assert rows(again) == [1, 2, 3]
    again.release()
    wait_for(lambda: postmaster(where) is None)
    folders.remove(where)


def test_a_killed_server_comes_back_to_those_who_use_it(made: Path) -> None:
    """They need not ask for it: a web server that goes on running finds its database again."""
    server = ensure_running(made, durable=False)
    where = place(made, durable=False)
    first = postmaster(where)
    kill(first)
    wait_for(lambda: postmaster(where) not in {None, first} and _answers(where))
    server.release()
    wait_for(lambda: postmaster(where) is None)


def test_a_server_with_no_seat_left_is_still_running(made: Path) -> None:
    where = place(made, durable=False)
    with (where.data / "postgresql.conf").open("a") as settings:
        settings.write("max_connections = 4\nsuperuser_reserved_connections = 1\n")
    server = ensure_running(made, durable=False)
    with contextlib.ExitStack() as crowd:
        for _ in range(3):
            crowd.enter_context(psycopg.connect(server.database_url("postgres")))
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(server.database_url("postgres"))
        assert ensure_running(made, durable=False) is server


def test_a_server_whose_watcher_was_killed_gets_a_new_one(made: Path) -> None:
    server = ensure_running(made, durable=False)
    where = place(made, durable=False)
    first = postmaster(where)
    kill(watcher_of(where))
    assert ensure_running(made, durable=False) is server
    assert postmaster(where) == first
    server.release()
    wait_for(lambda: postmaster(where) is None)


def test_a_stale_pid_that_another_process_has_by_now(made: Path) -> None:
    server = ensure_running(made, durable=False)
    where = place(made, durable=False)
    stale = where.data / "postmaster.pid"
    text = stale.read_text().splitlines()
    server.release()
    wait_for(lambda: not stale.exists())
    stale.write_text("\n".join([str(os.getpid()), *text[1:]]))
    os.chown(stale, where.owner, where.group)
    ensure_running(made, durable=False)
    assert postmaster(where) not in {None, os.getpid()}


def test_a_making_of_the_folder_that_was_cut_short(var: Path) -> None:
    where = place(var, durable=False)
    folders.prepare(where)
    half = where.home / "data.new-1"
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")
    ensure_running(var, durable=False)
    assert not half.exists()


@pytest.mark.parametrize(
    ("file", "content", "sentence"),
    [
        ("PG_VERSION", "9\n", "do PostgreSQL 9 ghi"),
        ("PG_VERSION", None, "bị hỏng"),
        ("global/pg_control", None, "khue restore"),
        ("postgresql.conf", "max_connections = many\n", "postgresql.conf"),
    ],
)
def test_a_damaged_folder_gives_a_sentence(outline: Path, file: str, content: str | None, sentence: str) -> None:
    where = place(outline, durable=False)
    damaged = where.data / file
    if content is None:
        damaged.unlink()
    else:
        damaged.write_text(content)
    with pytest.raises(PostgresUnavailable) as refused:
        ensure_running(outline, durable=False)
    assert sentence in refused.value.sentence
    assert str(where.home) in refused.value.sentence


def test_a_folder_that_cannot_be_made_gives_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("a file where the folder should be")
    with pytest.raises(PostgresUnavailable, match="Không khởi động được"):
        ensure_running(tmp_path / "var", durable=False)


def test_a_full_disk_is_named_with_what_the_server_said(tmp_path: Path) -> None:
    said = 'FATAL:  could not write lock file "postmaster.pid": No space left on device'
    sentence = explained("Không khởi động được cơ sở dữ liệu", tmp_path, said)
    assert "Đĩa đã đầy" in sentence
    assert said in sentence
