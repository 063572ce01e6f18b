"""The numbers of `hubbub stats`, counted by hand from tests/pipeline/rows.py."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import Engine, insert, update

from pipeline import runs
from pipeline.overview import Overview, measures, overview
from pipeline.reader import reading
from pipeline.store import store
from pipeline.tagging import tag_items
from schema.tables import comment, skipped
from tests.pipeline.killed import a_killed_run
from tests.pipeline.rows import fill, threads


@pytest.fixture
def found(corpus_url: str) -> Overview:
    with reading(corpus_url) as connection:
        return overview(connection)


def test_the_corpus_is_counted(found: Overview) -> None:
    corpus = found.corpus
    assert (corpus.posts, corpus.comments, corpus.pings, corpus.missing) == (4, 7, 1, 3)
    assert corpus.authors == 7, "Maud, and readers 1, 3, 4, 5, 6 and 2 of the other thread"
    assert corpus.first == datetime.fromisoformat("2009-10-14T08:05:00Z")
    assert corpus.last == datetime.fromisoformat("2010-01-12T08:05:00Z")
    assert corpus.threads == {"complete": 2, "partial": 1, "none": 0, "unknown": 1}


def test_each_blog_is_counted(found: Overview) -> None:
    assert [(blog.source, blog.posts, blog.comments, blog.pings) for blog in found.sources] == [("alpha.example", 3, 7, 1), ("beta.example", 1, 0, 0)]
    assert found.sources[1].threads == {"complete": 1, "partial": 0, "none": 0, "unknown": 0}


def test_levels_are_counted_apart_for_posts_and_comments_and_only_the_current_ones(found: Overview) -> None:
    assert found.corpus.comment_levels == {
        "conversational": {"0": 1, "1": 0, "2": 0, "3": 1, "null": 5},
        "self_promotion": {"0": 0, "1": 0, "2": 0, "3": 1, "null": 6},
        "spam": {"0": 1, "1": 1, "2": 1, "null": 4},
    }
    assert found.corpus.post_levels == {"conversational": {"0": 0, "1": 0, "2": 1, "3": 0, "null": 3}}
    assert found.corpus.ping_levels == {}
    assert found.sources[1].comment_levels == {}


def test_each_kind_adds_up_to_its_number_and_pings_stand_apart(engine: Engine, database_url: str) -> None:
    store(engine, runs.start(engine, "crawl", {}), threads())
    tag_items(engine)
    with reading(database_url) as connection:
        corpus = overview(connection).corpus
    for levels, number in ((corpus.comment_levels, corpus.comments), (corpus.post_levels, corpus.posts), (corpus.ping_levels, corpus.pings)):
        assert levels
        assert {sum(counts.values()) for counts in levels.values()} == {number}
    assert corpus.without_text == 1


def test_anonymous_contributions_are_no_authors(engine: Engine, database_url: str) -> None:
    fill(engine)
    with engine.begin() as connection:
        connection.execute(update(comment).where(comment.c.author_key == "areader1").values(author_how="anonymous"))
    with reading(database_url) as connection:
        corpus = overview(connection).corpus
    assert (corpus.authors, corpus.anonymous) == (6, 1)


def test_incomplete_threads_come_with_their_reason(found: Overview) -> None:
    assert [tuple(row.values()) for row in found.incomplete] == [("alpha.example", "partial", "feed limit", 1, 3)]


def test_the_last_run_is_told_with_what_it_skipped(engine: Engine, database_url: str) -> None:
    fill(engine)
    last = runs.start(engine, "replay", {})
    with engine.begin() as connection:
        rows = [("no text", "a", 2), ("no text", "b", 1), ("password", "c", 5)]
        connection.execute(insert(skipped), [{"run": last, "reason": reason, "url": url, "rule": "", "count": count} for reason, url, count in rows])
    with reading(database_url) as connection:
        found = overview(connection)
    assert found.last_run is not None
    assert (found.last_run["command"], found.last_run["outcome"]) == ("replay", "running")
    assert found.last_run["counts"] == {}, "whose run it is, is no count"
    assert found.skipped == {"password": 5, "no text": 3}


def test_a_last_run_whose_process_is_gone_was_interrupted(engine: Engine, database_url: str) -> None:
    fill(engine)
    a_killed_run(engine, {"posts": 3})
    with reading(database_url) as connection:
        found = overview(connection)
    assert found.last_run is not None
    assert (found.last_run["outcome"], found.last_run["finished_at"], found.last_run["counts"]) == ("interrupted", None, {"posts": 3})
    assert not any(name == "process" for _, _, name, _ in measures(found))


def test_the_same_numbers_come_as_rows(found: Overview) -> None:
    rows = {(section, source, name): value for section, source, name, value in measures(found)}
    assert rows["corpus", "", "comments"] == 7
    assert rows["source", "alpha.example", "threads partial"] == 1
    assert rows["source", "alpha.example", "comments spam_level 2"] == 1
    assert rows["incomplete", "alpha.example", "partial: feed limit"] == 1
    assert rows["last run", "", "outcome"] == "partly"


def test_an_empty_database_is_all_zeros(engine: Engine, database_url: str) -> None:
    with reading(database_url) as connection:
        found = overview(connection)
    assert (found.corpus.posts, found.corpus.comments, found.corpus.authors, found.corpus.first) == (0, 0, 0, None)
    assert (found.sources, found.incomplete, found.last_run, found.skipped) == ((), (), None, {})
