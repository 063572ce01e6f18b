from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, select

from crawlers.reading import read
from crawlers.session import Seen, Session
from schema.database import open_database
from schema.errors import UserError
from schema.items import Page, Skipped
from schema.tables import comment, post, run, skipped
from tests.crawlers.serving import post_page

URL = "http://blog.example/a"
PAGE = Page(URL, post_page(URL, "Four words are too many.", "Three, then."), datetime(2026, 1, 1, tzinfo=UTC), (("content-type", "text/html"),))


def stored(engine: Engine) -> tuple[list[str], list[str]]:
    with engine.connect() as connection:
        return list(connection.scalars(select(post.c.origin))), list(connection.scalars(select(comment.c.text).order_by(comment.c.position)))


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """A second look at the database of the session."""
    engine = open_database(database_url)
    yield engine
    engine.dispose()


def test_what_was_read_is_cleaned_and_stored_under_its_run(database_url: str, engine: Engine) -> None:
    session = Session(database_url, "crawl", {"urls": [URL]})
    session.take(read(PAGE))
    session.skip(Skipped("not found", "http://blog.example/b"))
    session.close("done")
    assert stored(engine) == ([f"run {session.run}"], ["Four words are too many.", "Three, then."])
    assert session.seen == Seen(posts=1, comments=2, incomplete=0)
    with engine.connect() as connection:
        row = connection.execute(select(run)).one()
        assert connection.execute(select(skipped.c.reason, skipped.c.count)).all() == [("not found", 1)]
    assert (row.outcome, row.counts["posts"], row.counts["comments"], row.counts["skipped"]) == ("done", 1, 2, {"not found": 1})


def test_a_post_on_several_pages_is_one_post(database_url: str) -> None:
    session = Session(database_url, "replay", {})
    for _ in range(3):
        session.take(read(PAGE))
    session.close("done")
    assert (session.posts, session.comments, session.seen.posts, session.seen.comments) == (1, 2, 1, 2)


def test_a_session_is_closed_once(database_url: str) -> None:
    session = Session(database_url, "crawl", {})
    session.close("limited")
    session.close("interrupted")
    assert session.outcome == "limited"


def test_a_database_that_cannot_be_opened_is_one_sentence() -> None:
    with pytest.raises(UserError, match="cannot be used"):
        Session("sqlite:////proc/nowhere/hubbub.db", "crawl", {})
