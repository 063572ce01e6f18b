"""The record of runs."""

from __future__ import annotations

from sqlalchemy import Engine, select

from pipeline import runs
from schema.tables import run


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
