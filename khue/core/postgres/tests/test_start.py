"""Starting, joining, leaving."""

import os
import time
from pathlib import Path

import psycopg
import pytest

from khue.core.postgres import Server, connection_settings, create_database, drop_database, ensure_running, exists
from khue.core.postgres.place import place
from khue.core.postgres.tests.conftest import Visit, kill, leave, postmaster, wait_for


def test_starts_answers_and_stops_when_left(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"PGDATA": "/nowhere", "PGPORT": "1", "LC_ALL": "xx_XX", "TZ": "Asia/Tokyo"}.items():
        monkeypatch.setenv(name, value)  # nothing of the caller's reaches the server
    settings = connection_settings(var, "khue", durable=False)
    assert not var.exists()
    server = ensure_running(var, durable=False)
    assert settings["HOST"] == str(server.socket_dir)
    assert (settings["USER"], settings["PORT"], settings["NAME"]) == (server.user, str(server.port), "khue")
    with psycopg.connect(server.database_url("postgres")) as connection:
        assert connection.execute("SELECT pg_is_in_recovery()").fetchone() == (False,)
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
        assert connection.execute("SHOW timezone").fetchone() == ("UTC",)
    server.release()
    server.release()
    wait_for(lambda: postmaster(place(var, durable=False)) is None)


def test_second_start_is_quick(made: Path) -> None:
    for limit in (2.0, 1.0):  # stopped, then running
        begin = time.monotonic()
        ensure_running(made, durable=False)
        assert time.monotonic() - begin < limit


def test_processes_share_one_server_and_the_last_stops_it(made: Path, visit: Visit) -> None:
    visitor = visit(made)
    assert visitor.stdout is not None
    socket = visitor.stdout.readline().strip()
    first = postmaster(place(made, durable=False))
    server = ensure_running(made, durable=False)
    assert str(server.socket_dir) == socket
    leave(visitor)
    time.sleep(0.3)
    assert postmaster(place(made, durable=False)) == first
    server.release()
    wait_for(lambda: postmaster(place(made, durable=False)) is None)


def test_a_killed_user_counts_no_more(made: Path, visit: Visit) -> None:
    visitor = visit(made)
    assert visitor.stdout is not None
    assert visitor.stdout.readline()
    kill(visitor.pid)
    wait_for(lambda: postmaster(place(made, durable=False)) is None)


def test_six_at_once_get_one_server(var: Path, visit: Visit) -> None:
    visitors = [visit(var) for _ in range(6)]
    sockets = {visitor.stdout.readline().strip() for visitor in visitors if visitor.stdout is not None}
    assert sockets == {str(place(var, durable=False).socket_dir)}
    for visitor in visitors:
        leave(visitor)
    assert [visitor.returncode for visitor in visitors] == [0] * 6
    log = place(var, durable=False).log.read_text()
    assert log.count("ready to accept connections") == 1


def test_databases_know_vietnamese_letters(common: Server) -> None:
    create_database(common, "một hai")
    create_database(common, "một hai")
    assert exists(common, "một hai")
    with psycopg.connect(common.database_url("một hai")) as connection:
        row = connection.execute("SELECT lower('ĐỀ TÀI'), similarity('đề tài', 'ĐỀ TÀI'), '[1,2]'::vector <-> '[1,2]'")
        assert row.fetchone() == ("đề tài", 1.0, 0.0)
        assert connection.execute("SELECT usesuper FROM pg_user WHERE usename = current_user").fetchone() == (False,)
    drop_database(common, "một hai")
    assert not exists(common, "một hai")


def test_the_socket_is_for_the_owner_alone(made: Path) -> None:
    server = ensure_running(made, durable=False)
    where = place(made, durable=False)
    for folder in (server.socket_dir, where.home, where.data):
        assert folder.stat().st_mode & 0o077 == 0
        assert folder.stat().st_uid == where.owner
    assert len(os.fsencode(server.socket_dir)) < 100
