from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pytest
from sqlalchemy import Connection, Engine, text, update
from sqlalchemy.exc import DBAPIError, OperationalError

from pipeline import runs, turns
from schema.tables import run


def noted(engine: Engine) -> list[str]:
    with engine.connect() as connection:
        return list(connection.execute(text("SELECT command FROM run ORDER BY id")).scalars())


def rename(number: int, name: str) -> Callable[[Connection], None]:
    def work(connection: Connection) -> None:
        connection.execute(update(run).where(run.c.id == number).values(command=run.c.command + name))

    return work


def side_by_side(*works: Callable[[], None]) -> None:
    threads = [threading.Thread(target=work) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_what_is_written_is_there_and_what_failed_is_not(engine: Engine) -> None:
    number = runs.start(engine, "a", {})
    turns.write(engine, rename(number, "b"))
    with pytest.raises(ZeroDivisionError):
        turns.write(engine, lambda connection: rename(number, "c")(connection) or 1 // 0)
    assert noted(engine) == ["ab"]
    assert turns.read(engine, lambda connection: connection.execute(text("SELECT 1")).scalar()) == 1


def test_writers_of_one_blog_come_one_after_the_other(engine: Engine) -> None:
    number, inside, most = runs.start(engine, "", {}), [0], [0]

    def work(connection: Connection) -> None:
        inside[0] += 1
        most[0] = max(most[0], inside[0])
        time.sleep(0.1)
        rename(number, "x")(connection)
        inside[0] -= 1

    side_by_side(*(lambda: turns.write(engine, work, ["blog.example"]) for _ in range(4)))
    assert (most, noted(engine)) == ([1], ["xxxx"])


def test_writers_who_wait_for_each_other_both_come_to_an_end(engine: Engine) -> None:
    one, other = runs.start(engine, "", {}), runs.start(engine, "", {})

    def both(first: int, second: int, name: str) -> Callable[[], None]:
        def work(connection: Connection) -> None:
            rename(first, name)(connection)
            time.sleep(0.3)
            rename(second, name)(connection)

        return lambda: turns.write(engine, work)

    side_by_side(both(one, other, "a"), both(other, one, "b"))
    assert [sorted(name) for name in noted(engine)] == [["a", "b"], ["a", "b"]], "and each once"


def test_a_connection_that_the_server_ends_is_made_anew(engine: Engine) -> None:
    if engine.dialect.name == "sqlite":
        return      # it has no server
    number, attempts = runs.start(engine, "", {}), []

    def work(connection: Connection) -> None:
        attempts.append(1)
        if len(attempts) == 1:
            connection.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))
        rename(number, "x")(connection)

    turns.write(engine, work)
    assert (len(attempts), noted(engine)) == (2, ["x"])


def test_what_will_not_pass_is_told_at_once(engine: Engine) -> None:
    started = time.monotonic()
    with pytest.raises(DBAPIError):
        turns.read(engine, lambda connection: connection.execute(text("SELECT * FROM nowhere")))
    assert time.monotonic() - started < 10


def test_patience_has_an_end(engine: Engine) -> None:
    moments = iter([0.0, 30.0, 61.0])
    attempts = []

    def away() -> None:
        attempts.append(1)
        raise OperationalError("SELECT 1", None, Exception("connection failed: Connection refused"))

    with pytest.raises(OperationalError):
        turns.patiently(engine, away, lambda: next(moments))
    assert len(attempts) == 2
