from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection, Engine, select

from pipeline import addresses, runs
from pipeline.addresses import Address, Recalled, Visit
from pipeline.store import store
from schema.items import Post, Thread
from schema.keys import post_key
from schema.tables import address

BLOG = "blog.example/"
NOW = datetime(2026, 1, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
URL = "http://blog.example/a"
KEY = post_key(URL)
POST = Address(BLOG, "blog.example/a", URL, "post", 3, 5, "sitemap", post_key=KEY, comments_stated=4)
FEED = Address(BLOG, "blog.example/feed", "http://blog.example/feed", "feed", 2, 3, "head")
COMMENTS = Address(BLOG, "talk.example/?a", "http://talk.example/?a", "comments", 4, 6, "isso", URL, post_key=KEY)
SEEN = Visit(BLOG, POST.name, "done", NOW, 200, etag='"1"', last_modified="then", content_hash="h1", post_key=KEY, next_visit=NOW + HOUR)


@pytest.fixture
def connection(engine: Engine) -> Connection:
    with engine.begin() as connection:
        yield connection


def state(connection: Connection, one: Address) -> tuple[object, ...]:
    c = address.c
    return tuple(connection.execute(select(c.state, c.reason, c.attempts, c.done_run).where(c.name == one.name)).one())


def left(connection: Connection, *, posts: bool, after: tuple[int, int] = (-1, 0), most: int = 10) -> list[Address]:
    return addresses.waiting(connection, BLOG, posts=posts, after=after, most=most)


def test_what_was_found_waits_in_its_order(connection: Connection) -> None:
    others = [replace(POST, name=f"blog.example/{number}", number=number) for number in (9, 7, 8)]
    addresses.note_found(connection, 1, [*others, POST, FEED, replace(FEED, blog="other.example/")])
    assert [one.number for one in left(connection, posts=True)] == [5, 7, 8, 9]
    assert [one.number for one in left(connection, posts=True, after=(3, 5), most=2)] == [7, 8]
    assert left(connection, posts=False) == [FEED]
    assert left(connection, posts=True, most=1) == [POST]


def test_what_is_found_again_stays_as_it_is_but_for_the_number_of_comments(connection: Connection) -> None:
    addresses.note_found(connection, 1, [POST])
    addresses.note_visits(connection, 1, [SEEN])
    addresses.note_found(connection, 2, [replace(POST, rank=9, comments_stated=6)])
    assert state(connection, POST) == ("done", "", 0, 1)
    assert [(one.rank, one.comments_stated) for one in connection.execute(select(address)).all()] == [(3, 6)]


def test_what_is_to_be_visited_again_waits_again(connection: Connection) -> None:
    addresses.note_found(connection, 1, [POST])
    addresses.note_visits(connection, 1, [SEEN])
    addresses.note_found(connection, 2, [replace(POST, rank=7, is_again=True)])
    assert [(one.rank, one.is_again) for one in left(connection, posts=True)] == [(7, True)]


@pytest.mark.parametrize(("hours", "due"), [(0.5, False), (1.5, True)])
def test_what_is_due_waits_again_at_the_rank_of_revisits(connection: Connection, hours: float, due: bool) -> None:
    addresses.note_found(connection, 1, [POST, FEED])
    addresses.note_visits(connection, 1, [SEEN, Visit(BLOG, FEED.name, "done", NOW)])
    addresses.make_due(connection, BLOG, NOW + hours * HOUR, 7)
    assert [(one.name, one.rank) for one in left(connection, posts=True)] == ([(POST.name, 7)] if due else [])
    assert left(connection, posts=False) == [], "it has no next visit"


def test_a_visit_leaves_what_the_next_one_needs(connection: Connection) -> None:
    assert addresses.recall(connection, BLOG, POST.name) is None
    addresses.note_found(connection, 1, [POST])
    addresses.note_visits(connection, 1, [SEEN])
    assert addresses.recall(connection, BLOG, POST.name) == Recalled('"1"', "then", "h1", KEY, 200, 0, 4, NOW, NOW)


def test_an_unchanged_page_and_a_failure_leave_all_but_the_date(connection: Connection) -> None:
    addresses.note_found(connection, 1, [POST])
    addresses.note_visits(connection, 1, [SEEN])
    addresses.note_visits(connection, 2, [Visit(BLOG, POST.name, "done", NOW + HOUR, 304)])
    addresses.note_visits(connection, 3, [Visit(BLOG, POST.name, "failed", NOW + 2 * HOUR, 503, "server error")])
    addresses.note_visits(connection, 4, [Visit(BLOG, POST.name, "failed", NOW + 3 * HOUR, 503, "server error")])
    assert addresses.recall(connection, BLOG, POST.name) == Recalled('"1"', "then", "h1", KEY, 503, 2, 4, NOW + 3 * HOUR, NOW)
    assert state(connection, POST) == ("failed", "server error", 2, 4)
    addresses.note_visits(connection, 5, [replace(SEEN, fetched_at=NOW + 4 * HOUR, content_hash="h2")])
    assert addresses.recall(connection, BLOG, POST.name) == Recalled('"1"', "then", "h2", KEY, 200, 0, 4, NOW + 4 * HOUR, NOW + 4 * HOUR)


def test_all_that_is_known_of_a_blog_is_told(connection: Connection) -> None:
    addresses.note_found(connection, 1, [POST, FEED])
    addresses.note_visits(connection, 1, [SEEN])
    known = {one.name: one for one in addresses.known(connection, BLOG)}
    assert (known[POST.name].is_waiting, known[POST.name].is_visited, known[POST.name].comments_stated, known[POST.name].post_key) == (False, True, 4, KEY)
    assert (known[FEED.name].is_waiting, known[FEED.name].is_visited) == (True, False)


def test_what_stored_posts_lack_is_told_from_the_addresses(engine: Engine) -> None:
    store(engine, runs.start(engine, "crawl", {}), [Thread(Post(URL, "wordpress", key=KEY, source="blog.example", fetched_at=NOW))])
    with engine.begin() as connection:
        addresses.note_found(connection, 1, [POST, COMMENTS])
        addresses.note_visits(connection, 1, [SEEN, Visit(BLOG, COMMENTS.name, "refused", NOW, None, "disallowed by robots.txt", post_key=KEY)])
        assert addresses.stated(connection, BLOG) == {KEY: 4}
        assert addresses.blocked(connection, BLOG) == {KEY}
        assert addresses.posts(connection, BLOG) == {KEY}
        assert [one.name for one in addresses.served_apart(connection, BLOG, POST.name)] == [COMMENTS.name]
        addresses.note_visits(connection, 2, [Visit(BLOG, COMMENTS.name, "done", NOW, 200, post_key=KEY)])
        assert addresses.blocked(connection, BLOG) == set()


@pytest.mark.parametrize(("unread", "hours", "due"), [(False, 0.1, True), (True, 0.1, False), (True, 1.5, True)])
def test_while_posts_wait_lists_that_were_just_asked_are_left(connection: Connection, unread: bool, hours: float, due: bool) -> None:
    addresses.note_found(connection, 1, [FEED, *([POST] if unread else [])])
    addresses.note_visits(connection, 1, [Visit(BLOG, FEED.name, "done", NOW, next_visit=NOW)])
    addresses.make_due(connection, BLOG, NOW + hours * HOUR, 7)
    assert bool(left(connection, posts=False)) == due
