"""Isso: where a page's thread is served, whoever made the page, and the thread as its server gives it."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawlers.platforms import isso
from schema.items import Skipped
from schema.keys import post_key
from tests.crawlers.platforms.serving_json import answer, cleaned, comment_links, edges, fixture, mutations, page, read

POST = "https://hof.example.org/2021/die-waage/"
API = "https://reden.example.org/?uri=%2F2021%2Fdie-waage%2F"


def test_a_page_of_any_maker_leads_to_its_thread() -> None:
    seen = page(POST, fixture("isso/post.html"))
    thread, reading = cleaned(seen), read(seen)
    assert (reading.platform, thread.post.title, thread.post.language) == ("generic", "Die Waage im Hof", "de")
    assert thread.post.comments_elsewhere == "script-loaded: isso"
    assert [(link.url, link.rule, link.for_post) for link in comment_links(reading)] == [(API, "isso comments api", POST)]


@pytest.mark.parametrize(("old", "new", "url"), [
    (b' data-isso-id="/2021/die-waage/"', b"", API),
    (b'data-isso="//reden.example.org/"', b'data-isso="/isso"', "https://hof.example.org/isso/?uri=%2F2021%2Fdie-waage%2F"),
    (b' data-isso="//reden.example.org/"', b"", API),
    (b'data-isso-id="/2021/die-waage/"', b'data-isso-id="waage &amp; hof"', "https://reden.example.org/?uri=waage%20%26%20hof"),
    (b'id="isso-thread"', b'id="other"', None),
    (b'data-isso="//reden.example.org/"', b'data-isso="javascript:0"', None),
])
def test_server_and_thread_are_found_as_the_script_finds_them(old: bytes, new: bytes, url: str | None) -> None:
    assert old in fixture("isso/post.html")
    assert [link.url for link in comment_links(read(page(POST, fixture("isso/post.html").replace(old, new))))] == ([url] if url else [])


def test_the_answer_gives_the_thread_with_the_place_of_what_was_deleted() -> None:
    thread = cleaned(answer(API, fixture("isso/thread.json"), POST))
    assert (thread.post.key, thread.post.comments_reported) == (post_key(POST), 5)
    assert edges(thread) == [("Jan & Rieke", None), ("Ute Lang", "Jan & Rieke"), ("", "Jan & Rieke"), ("", None), ("Ute Lang", "")]
    assert [one.removed_how for one in thread.comments] == [None, None, None, "unknown", None]
    first = thread.comments[0]
    assert (first.ref, first.url, first.author_url) == ("11", POST + "#isso-11", "https://rieke.example.org/")
    assert (first.published, first.published_how, first.published_raw) == (datetime(2021, 5, 2, 10, 0, 0, 250000, UTC), "api", "1619949600.25")
    assert thread.comments[1].text == "Nachts schläft die Waage, und die Tomaten schlafen auch."


def test_what_was_held_back_is_asked_for() -> None:
    reading = read(answer(API + "&limit=1&nested_limit=1", fixture("isso/held_back.json"), POST))
    assert [(link.url, link.for_post) for link in comment_links(reading)] == [(API + "&parent=21", POST), (API + "&limit=1&offset=1", POST)]
    assert reading.threads[0].post.comments_reported is None
    replies = {"id": 21, "total_replies": 1, "hidden_replies": 0, "replies": [{"id": 23, "parent": 21, "text": "<p>Drei.</p>", "mode": 1, "created": 1.0}]}
    thread = cleaned(answer(API + "&parent=21", replies, POST))
    assert thread.comments[0].parent_ref == "21" and thread.post.comments_reported is None


def test_an_empty_thread_is_known_to_be_empty() -> None:
    thread = cleaned(answer(API, {"id": None, "total_replies": 0, "hidden_replies": 0, "replies": []}, POST))
    assert (thread.post.comments_reported, thread.comments) == (0, ())


def test_a_thread_that_is_called_by_its_address_needs_no_page() -> None:
    seen = answer("https://reden.example.org/?uri=https%3A%2F%2Fhof.example.org%2F2021%2Fdie-waage%2F", fixture("isso/thread.json"))
    assert cleaned(seen).post.url == POST


@pytest.mark.parametrize(("body", "about", "reason"), [
    (b'{"id": null, "replies": [', POST, "broken json"), (fixture("isso/thread.json"), "", "comments without their post"),
])
def test_what_cannot_be_taken_is_counted(body: bytes, about: str, reason: str) -> None:
    reading = read(answer(API, body, about))
    assert reading.threads == () and reading.skipped == (Skipped(reason, API, "isso comments api"),)


@given(mutations("isso/thread.json"), st.sampled_from([POST, ""]))
@settings(max_examples=150, deadline=None)
def test_no_answer_breaks_the_reader(body: bytes, about: str) -> None:
    assert list(isso.read(answer(API, body, about))) is not None
    read(answer(API, body, about))


@given(st.binary(max_size=300))
@settings(max_examples=60, deadline=None)
def test_no_page_breaks_the_search_for_a_thread(body: bytes) -> None:
    assert list(isso.embedded(page(POST, b"<script data-isso='//[x'></script><p id=isso-thread>" + body), POST)) is not None
