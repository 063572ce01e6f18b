from __future__ import annotations

from sqlalchemy import Engine

from pipeline import runs
from pipeline.record import COLUMNS, PARTS, LeftOut, listed, parts, told
from pipeline.store import Writer
from schema.items import Skipped
from schema.tables import run
from tests.pipeline.killed import a_killed_run


def a_run(engine: Engine) -> int:
    number = runs.start(engine, "crawl", {"urls": ["http://a.example/"], "max_posts": 3})
    with Writer(engine, number) as writer:
        for one in (Skipped("not found", "http://a.example/z"), Skipped("not found", "http://a.example/b"), Skipped("not a page", "http://a.example/c")):
            writer.skip(one)
    runs.finish(engine, number, "limited", {"posts": 2, "new_posts": 1, "comments": 9, "new_comments": 4, "skipped": {"not found": 2}})
    return number


def test_runs_are_listed_the_newest_last(engine: Engine) -> None:
    a_run(engine)
    runs.start(engine, "replay", {})
    with engine.connect() as connection:
        first, second = (dict(zip(COLUMNS, row, strict=True)) for row in listed(connection, 10))
        assert len(list(listed(connection, 1))) == 1
    assert (first["command"], first["outcome"], first["new_posts"], first["comments"], first["skipped"]) == ("crawl", "limited", 1, 9, 3)
    assert (second["command"], second["outcome"], second["posts"], second["finished"]) == ("replay", "running", None, None)


def test_all_is_told_of_one(engine: Engine) -> None:
    number = a_run(engine)
    with engine.connect() as connection:
        found = told(connection, number)
        assert told(connection, number + 1) is None
    assert found
    assert found.skipped == (LeftOut("not found", 2, "http://a.example/b"), LeftOut("not a page", 1, "http://a.example/c"))
    assert found.counts == {"posts": 2, "new_posts": 1, "comments": 9, "new_comments": 4}
    rows = list(parts(found))
    assert all(len(row) == len(PARTS) for row in rows)
    assert {("run", "outcome", "limited"), ("settings", "max_posts", 3), ("counts", "comments", 9), ("skipped", "not found", 2)} <= {
        row for row in rows if not isinstance(row[2], list)}


def test_a_run_whose_process_is_gone_was_interrupted(engine: Engine) -> None:
    number = a_killed_run(engine, {"posts": 3})
    with engine.connect() as connection:
        assert [row[4] for row in listed(connection, 1)] == ["interrupted"]
        found = told(connection, number)
    assert found and (found.outcome, found.counts) == ("interrupted", {"posts": 3})
    runs.start(engine, "crawl", {})
    with engine.connect() as connection:
        assert connection.execute(run.select().where(run.c.id == number)).one().outcome == "interrupted", "the next run notes it"
        assert [row[4] for row in listed(connection, 2)] == ["interrupted", "running"]
