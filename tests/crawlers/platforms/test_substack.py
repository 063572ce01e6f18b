"""Substack: the post from what its page holds ready, the thread from the API of its reader."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawlers.platforms import substack
from schema.items import Skipped
from schema.keys import post_key
from tests.crawlers.platforms.serving_json import answer, cleaned, comment_links, edges, fixture, mutations, page, read

POST = "https://ledger.substack.com/p/the-queue"
API = "https://ledger.substack.com/api/v1/post/9100001/comments?all_comments=true&sort=oldest_first"


def test_a_page_gives_its_post_and_says_where_its_comments_are_served() -> None:
    seen = page(POST, fixture("substack/post.html"))
    thread, reading = cleaned(seen), read(seen)
    assert reading.platform == "substack"
    assert (thread.post.title, thread.post.author, thread.post.author_url) == ("The queue as an instrument", "Ada Klein", "https://substack.com/@adaklein")
    assert (thread.post.published, thread.post.published_how) == (datetime(2024, 2, 11, 7, 30, 12, 345000, UTC), "api")
    assert thread.post.text.startswith("A queue tells you what the “price list” cannot") and thread.post.text.endswith("on the door.")
    assert (thread.post.comments_reported, thread.post.comments_closed, thread.post.comments_elsewhere) == (5, False, "script-loaded: substack")
    assert [(link.url, link.rule, link.for_post) for link in comment_links(reading)] == [(API, "substack comments api", POST)]
    assert [link.url for link in reading.links if link.kind == "feed"] == ["https://ledger.substack.com/feed"]


def test_a_host_of_ones_own_serves_the_comments_itself() -> None:
    own = fixture("substack/post.html").replace(b"https://ledger.substack.com", b"https://ledger.example.org")
    (link,) = comment_links(read(page("https://ledger.example.org/p/the-queue", own)))
    assert (link.url, link.for_post) == (API.replace("ledger.substack.com", "ledger.example.org"), "https://ledger.example.org/p/the-queue")


def test_the_page_of_the_comments_is_the_same_post() -> None:
    body = fixture("substack/post.html").replace(b'rel="canonical" href="https://ledger.substack.com/p/the-queue"', b'rel="canonical" href="https://ledger.substack.com/p/the-queue/comments"')
    assert read(page(f"{POST}/comments", body)).threads[0].post.url == POST
    assert read(page("https://other.example.org/p/the-queue", body)).threads[0].post.url == "https://other.example.org/p/the-queue"


@pytest.mark.parametrize(("old", "new"), [(rb"\"post\"", rb"\"other\""), (b"substack", b"someone"), (b"JSON.parse(", b"JSON.parse(\"{\") + (")])
def test_a_page_without_a_post_of_substack_is_left_to_others(old: bytes, new: bytes) -> None:
    body = fixture("substack/post.html")
    assert old in body and substack.confidence(page("https://ledger.example.org/p/the-queue", body.replace(old, new))) == 0.0


def test_the_answer_gives_the_thread() -> None:
    thread = cleaned(answer(API, fixture("substack/comments.json"), POST))
    assert thread.post.key == post_key(POST)
    assert edges(thread) == [("Pim", None), ("Ada Klein", "Pim"), ("Pim", "Ada Klein"), ("", None), ("Sanne", "")]
    assert [one.by_post_author for one in thread.comments] == [False, True, False, False, False]
    assert [one.removed_how for one in thread.comments] == [None, None, None, "unknown", None]
    first = thread.comments[0]
    assert first.text == "We tried this.\n\nOn Mondays there is no queue <at all>,\nonly people."
    assert (first.url, first.author_url, first.published, first.published_how) == (POST + "/comment/40001", "https://substack.com/profile/601", datetime(2024, 2, 11, 8, tzinfo=UTC), "api")
    assert thread.comments[3].author_url == ""


def test_who_removed_a_comment_is_said_where_the_answer_says_it() -> None:
    body = {"comments": [{"id": 1, "body": "x", "name": "A", "status": "moderator_removed"}, {"id": 2, "body": "y", "name": "B", "status": "published"}]}
    assert [(one.removed_how, one.text) for one in cleaned(answer(API, body, POST)).comments] == [("moderator", ""), (None, "y")]


def test_an_empty_thread_has_no_comments() -> None:
    assert cleaned(answer(API, {"comments": []}, POST)).comments == ()


@pytest.mark.parametrize(("body", "about", "reason"), [
    (b'{"comments": [', POST, "broken json"), (fixture("substack/comments.json"), "", "comments without their post"),
])
def test_what_cannot_be_taken_is_counted(body: bytes, about: str, reason: str) -> None:
    reading = read(answer(API, body, about))
    assert reading.threads == () and reading.skipped == (Skipped(reason, API, "substack comments api"),)


@given(mutations("substack/comments.json"), st.sampled_from([POST, ""]))
@settings(max_examples=150, deadline=None)
def test_no_answer_breaks_the_reader(body: bytes, about: str) -> None:
    assert list(substack.read(answer(API, body, about))) is not None
    read(answer(API, body, about))


@given(st.integers(0, 3000), st.integers(0, 40), st.binary(max_size=8))
@settings(max_examples=120, deadline=None)
def test_no_page_breaks_the_reader(place: int, length: int, put: bytes) -> None:
    whole = fixture("substack/post.html")
    seen = page(POST, whole[:place] + put + whole[place + length:])
    assert substack.confidence(seen) in (0.0, 1.0) and list(substack.read(seen))
