from __future__ import annotations

import os
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, insert, select, update

from pipeline import lock as locks
from pipeline import owners
from pipeline.lock import Busy, Lock
from schema.tables import lock

NOW = datetime(2026, 1, 1, 7, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def held_by(engine: Engine, owner: str, beat: datetime) -> None:
    with engine.begin() as connection:
        connection.execute(insert(lock).values(name="crawl", owner=owner, run=7, taken_at=NOW, heartbeat_at=beat))


def owner_of(engine: Engine) -> str | None:
    with engine.connect() as connection:
        return connection.execute(select(lock.c.owner)).scalar_one_or_none()


def ended() -> str:
    """The owner that a process on this machine was that has ended."""
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    return owners.me().replace(f":{os.getpid()}:", f":{process.pid}:")


def test_it_is_held_once_and_then_free_again(engine: Engine) -> None:
    with Lock(engine) as first:
        assert owner_of(engine) == first.owner
        with pytest.raises(Busy, match=f"Another crawl uses this database: process {os.getpid()} on "):
            Lock(engine).take()
        assert owner_of(engine) == first.owner
    assert owner_of(engine) is None


def test_who_is_refused_hears_who_holds_it_for_which_run_and_since_when(engine: Engine) -> None:
    held_by(engine, "far-away/x:12:ab", datetime.now(UTC))
    with pytest.raises(Busy, match=r"Another crawl \(run 7\) uses this database: process 12 on far-away, since 2026-01-01 07:00:00 UTC\. Wait") as refused:
        Lock(engine).take()
    assert refused.value.exit_code == 75


@pytest.mark.parametrize(("age", "free"), [(50, False), (70, True)])
def test_a_lock_without_heartbeat_is_taken_over(engine: Engine, age: int, free: bool) -> None:
    held_by(engine, "far-away/x:12:ab", datetime.now(UTC) - timedelta(seconds=age))
    mine = Lock(engine)
    if free:
        with mine:
            assert owner_of(engine) == mine.owner
    else:
        with pytest.raises(Busy):
            mine.take()


def test_the_lock_of_a_dead_process_on_this_machine_is_taken_over_at_once(engine: Engine) -> None:
    held_by(engine, ended(), datetime.now(UTC))
    with Lock(engine) as mine:
        assert owner_of(engine) == mine.owner


def test_it_beats(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locks, "BEAT_EVERY", 0.02)
    with Lock(engine):
        with engine.begin() as connection:
            connection.execute(update(lock).values(heartbeat_at=NOW))
        for _ in range(200):
            with engine.connect() as connection:
                beat = connection.execute(select(lock.c.heartbeat_at)).scalar_one()
            if beat > NOW:
                return
            threading.Event().wait(0.05)
    pytest.fail("no heartbeat in ten seconds")


def test_a_lock_that_somebody_took_over_is_not_released(engine: Engine) -> None:
    mine = Lock(engine)
    mine.take()
    with engine.begin() as connection:
        connection.execute(update(lock).values(owner="somebody/x:1:a"))
    mine.release()
    assert owner_of(engine) == "somebody/x:1:a"


def test_of_many_who_want_it_at_once_one_gets_it(engine: Engine) -> None:
    won: list[Lock] = []
    refused: list[Busy] = []

    def want() -> None:
        one = Lock(engine)
        try:
            one.take()
        except Busy as error:
            refused.append(error)
        else:
            won.append(one)

    threads = [threading.Thread(target=want) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(won), len(refused)) == (1, 5)
    won[0].release()
