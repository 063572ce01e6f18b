from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine

from pipeline import addresses, runs
from pipeline.addresses import Address, Visit
from pipeline.gaps import TOLD_ALL, Gaps, gaps
from pipeline.store import store
from schema.items import Comment, Post, Thread
from schema.keys import post_key

URL = "http://blog.example/a"
KEY = post_key(URL)
NOW = datetime(2026, 1, 1, tzinfo=UTC)
POST = Post(URL, "wordpress", key=KEY, source="blog.example", comments_reported=3, fetched_at=NOW)
ONE = Comment("1", "wordpress", key="c1", post_key=KEY, place=1, published=NOW, published_how="local", text="One.", fetched_at=NOW)
PING = replace(ONE, ref="2", key="c2", place=2, kind="pingback", published=None, published_how=None)


def stored(engine: Engine, *comments: Comment) -> Gaps | None:
    store(engine, runs.start(engine, "crawl", {}), [Thread(POST, comments)])
    with engine.connect() as connection:
        return gaps(connection, KEY)


def test_a_post_that_is_not_stored_leaves_nothing_open(engine: Engine) -> None:
    with engine.connect() as connection:
        assert gaps(connection, KEY) is None


@pytest.mark.parametrize(("comments", "open_"), [
    ((), Gaps(3)),
    ((ONE, PING), Gaps(3, stored=2, vague=1, pages=1)),
    ((replace(ONE, published_how="offset"), replace(PING, page=2)), Gaps(3, stored=2, pages=2)),
    ((replace(ONE, place=0, via="feed", published_how="feed"),), Gaps(3, stored=1)),
    ((replace(ONE, depth=0),), Gaps(3, stored=1, vague=1, pages=1, shows_nesting=True)),
    ((ONE, replace(ONE, ref="3", key="c3", reply_to="c1", reply_to_how="api", place=2)), Gaps(3, stored=2, vague=2, pages=1, shows_nesting=True)),
])
def test_what_is_stored_tells_what_is_open(engine: Engine, comments: tuple[Comment, ...], open_: Gaps) -> None:
    assert stored(engine, *comments) == open_


@pytest.mark.parametrize(("minutes", "exhausted"), [(1, True), (-1, False)])
def test_a_source_that_told_all_since_the_post_was_read_has_nothing_more(engine: Engine, minutes: int, exhausted: bool) -> None:
    page = Address("blog.example/", "blog.example/a", URL, "post", 3, 1, post_key=KEY, comments_stated=7)
    source = Address("blog.example/", "blog.example/a/feed", URL + "/feed", "completion", 5, 2, "api", URL)
    with engine.begin() as connection:
        addresses.note_found(connection, 1, [page, source])
        addresses.note_visits(connection, 1, [
            Visit("blog.example/", page.name, "done", NOW, post_key=KEY),
            Visit("blog.example/", source.name, "done", NOW + timedelta(minutes=minutes), reason=TOLD_ALL, post_key=KEY),
        ])
    assert stored(engine, ONE) == Gaps(3, 7, 1, 1, 1, is_exhausted=exhausted)
