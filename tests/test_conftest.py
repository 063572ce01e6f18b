"""The ground of the tests themselves: databases of their own on both engines, and no way out but loopback."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from pytest_socket import SocketConnectBlockedError
from sqlalchemy import Engine, func, inspect, select, text

from schema.database import state_of
from schema.tables import meta, metadata, post, run
from tests import postgres
from tests.lending import Lender

OUTSIDE = "192.0.2.1"       # TEST-NET-1, RFC 5737: nobody lives there


LEFT_BEHIND = {
    "nothing": [],
    "rows": ["INSERT INTO run (command, hubbub_version, started_at, outcome, settings, counts) VALUES ('crawl', '0', '2009-10-14', 'done', '{}', '{}')"],
    "a note": ["INSERT INTO meta (name, value) VALUES ('note', 'left')"],
    "another revision": ["UPDATE alembic_version SET version_num = '9999'"],
    "no view": ["DROP VIEW posts"],
    "a table more": ["CREATE TABLE thing (id INTEGER)"],
}


@pytest.mark.parametrize("statements", [*LEFT_BEHIND.values(), []], ids=[*LEFT_BEHIND, "nothing, at the end"])
def test_each_test_gets_a_migrated_and_empty_database_whatever_the_last_one_did(engine: Engine, statements: list[str]) -> None:
    with engine.begin() as connection:
        assert state_of(connection).condition == "current"
        assert set(inspect(connection).get_table_names()) == {*metadata.tables, "alembic_version"}
        assert [connection.execute(select(func.count()).select_from(table)).scalar() for table in (post, run)] == [0, 0]
        assert connection.execute(select(meta.c.name)).scalars().all() == ["views"]
        for statement in statements:
            connection.execute(text(statement))
        assert set(connection.execute(select(run.c.id)).scalars()) <= {1}


def test_a_connection_that_a_test_forgot_holds_nothing_up(postgresql: postgres.Server) -> None:
    postgresql.create("lent_template")
    lender = Lender(postgresql, "lent_template")
    with lender.database() as url:
        forgotten = psycopg.connect(url)
        forgotten.execute("SELECT pg_advisory_lock(1)")
    with lender.database() as again:
        assert again == url
    forgotten.close()


def test_a_connection_elsewhere_is_refused() -> None:
    with pytest.raises(SocketConnectBlockedError), pytest.warns(UserWarning), socket.socket() as sock:
        sock.connect((OUTSIDE, 80))


@pytest.mark.parametrize("way", ["connect_ex", "sendto"])
def test_ways_around_the_refusal_are_closed_too(way: str) -> None:
    """Twisted connects with connect_ex; questions to name servers are sent as datagrams."""
    with socket.socket(type=socket.SOCK_DGRAM) as sock, pytest.raises(RuntimeError, match="tests stay on"):
        sock.connect_ex((OUTSIDE, 53)) if way == "connect_ex" else sock.sendto(b"?", (OUTSIDE, 53))


def test_names_outside_do_not_resolve() -> None:
    with pytest.raises(socket.gaierror):
        socket.getaddrinfo("example.com", 80)
    assert socket.getaddrinfo("localhost", 80)


def test_programs_started_by_tests_stay_on_loopback_too() -> None:
    program = f"import socket; socket.create_connection(('{OUTSIDE}', 80), timeout=2)"
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert ended.returncode and "tests stay on" in ended.stderr


def test_loopback_is_open() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as sock:
        assert sock.getpeername() == server.getsockname()


def programs_of(choice: str) -> Path | None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(postgres.SWITCH, choice)
        return postgres.binaries()


@pytest.mark.parametrize("programs", [*filter(None, map(programs_of, ("system", "embedded")))])
def test_every_postgresql_on_this_machine_serves(programs: Path) -> None:
    with postgres.server(programs) as server, server.database() as url:
        assert url.startswith("postgresql://hubbub@127.0.0.1:")


def test_without_any_postgresql_none_is_found() -> None:
    assert programs_of("none") is None


def test_programs_that_the_account_of_the_server_cannot_reach_are_copied(tmp_path: Path) -> None:
    """As root: a virtualenv in root's home is closed to everybody else."""
    programs = programs_of("embedded")
    if programs is None or os.geteuid() != 0:
        return
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    with postgres.server(postgres._copied(programs, closed)) as server, server.database() as url:
        assert url


def test_a_killed_test_run_leaves_no_server_behind() -> None:
    """The keeper ends the server when its standard input closes, for whatever reason."""
    programs = postgres.binaries()
    if programs is None:
        pytest.skip("no PostgreSQL here")
    command = [sys.executable, postgres.__file__, str(programs)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as keeper:
        assert keeper.stdout
        port, folder = keeper.stdout.readline().split()
        assert Path(folder).exists()
    assert not Path(folder).exists()
    with socket.socket() as sock:
        assert sock.connect_ex(("127.0.0.1", int(port))) != 0
