"""Hacker News: an item of Algolia's API, with everything below it."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawlers.platforms import hackernews
from schema.items import Skipped
from tests.crawlers.platforms.serving_json import answer, cleaned, edges, fixture, mutations, read

API = "https://hn.algolia.com/api/v1/items/9900001"
POST = "https://till.example.org/bell/"


def test_an_item_is_a_post_with_its_thread() -> None:
    thread = cleaned(answer(API, fixture("hackernews/item.json")))
    assert (thread.post.url, thread.post.title, thread.post.author, thread.post.text) == (
        "https://news.ycombinator.com/item?id=9900001", "A bell that knows who is coming", "bellmaker", POST,
    )
    assert (thread.post.published, thread.post.published_how) == (datetime(2020, 5, 4, 12, tzinfo=UTC), "api")
    assert edges(thread) == [("latch", None), ("bellmaker", "latch"), ("", None), ("hinge", "")]
    assert [one.by_post_author for one in thread.comments] == [False, True, None, False]
    assert [one.removed_how for one in thread.comments] == [None, None, "unknown", None]
    assert thread.comments[0].text == "Does it know who is leaving?\n\nAsking for a door."
    assert (thread.comments[0].url, thread.comments[0].author_url) == ("https://news.ycombinator.com/item?id=9900002", "https://news.ycombinator.com/user?id=latch")


def test_where_another_post_led_here_the_comments_are_those_of_that_post() -> None:
    thread = cleaned(answer(API, fixture("hackernews/item.json"), POST))
    assert (thread.post.url, thread.post.title, len(thread.comments)) == (POST, "", 4)


@pytest.mark.parametrize(("depth", "found"), [(300, 301), (100_000, 1)])
def test_a_thread_may_be_nested_deeply(depth: int, found: int) -> None:
    """Deeper than Python's own parser goes it is broken json."""
    item = '{"id": 1, "type": "comment", "author": "a", "text": "x", "created_at_i": 1, "children": ['
    assert len(list(hackernews.read(answer(API, (item * (depth + 1) + "]}" * (depth + 1)).encode())))) == found


def test_an_item_without_children_is_empty() -> None:
    assert cleaned(answer(API, {"id": 1, "type": "story", "author": "a", "title": "T", "created_at_i": 5, "children": []})).comments == ()


def test_broken_json_is_counted() -> None:
    reading = read(answer(API, b'{"id": 1, "children": ['))
    assert reading.threads == () and reading.skipped == (Skipped("broken json", API, "hackernews comments api"),)


@given(mutations("hackernews/item.json"), st.sampled_from([POST, ""]))
@settings(max_examples=150, deadline=None)
def test_no_answer_breaks_the_reader(body: bytes, about: str) -> None:
    assert list(hackernews.read(answer(API, body, about)))
    read(answer(API, body, about))
