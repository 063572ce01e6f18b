"""The record of runs."""

from __future__ import annotations

from sqlalchemy import Engine, select

from pipeline import runs
from pipeline.store import Writer
from schema.tables import run
from tests.pipeline import rows


def test_a_run_is_noted_when_it_begins_and_when_it_ends(engine: Engine) -> None:
    number = runs.start(engine, "crawl", {"urls": ["http://a.example/"]})
    with engine.connect() as connection:
        begun = connection.execute(select(run).where(run.c.id == number)).one()
    assert (begun.outcome, begun.finished_at, begun.settings) == ("running", None, {"urls": ["http://a.example/"]})
    runs.finish(engine, number, "done", {"posts": 2})
    with engine.connect() as connection:
        ended = connection.execute(select(run).where(run.c.id == number)).one()
    assert (ended.outcome, ended.counts) == ("done", {"posts": 2})
    assert ended.finished_at >= ended.started_at


def test_what_is_stored_is_counted_before_the_run_ends(engine: Engine) -> None:
    number = runs.start(engine, "crawl", {})
    with Writer(engine, number) as writer:
        for thread in rows.threads():
            writer.add(thread)
    with engine.connect() as connection:
        counts = connection.execute(select(run.c.counts).where(run.c.id == number)).scalar_one()
    assert (counts["new_posts"], counts["new_comments"]) == (writer.counts.new_posts, writer.counts.new_comments)
    assert counts["new_comments"] > 5
    runs.finish(engine, number, "done", {})
    with engine.begin() as connection:
        runs.note_so_far(connection, number, {"new_posts": 9})      # of a run that has ended, the last word stays
        assert connection.execute(select(run.c.counts).where(run.c.id == number)).scalar_one() == {}
