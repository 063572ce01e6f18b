"""The reader that is surest of a page reads it; comments belong to the post before them."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from datetime import UTC, datetime
from types import ModuleType, SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawlers import reading
from pipeline import registry
from schema.items import Comment, Link, Page, Post, Skipped
from tests.crawlers.hostile import blogging

PAGE = Page("https://blog.example/", b"<html>", datetime(2009, 10, 14, tzinfo=UTC))


def post(name: str) -> Post:
    return Post(f"https://blog.example/{name}", "sure")


def comment(ref: str) -> Comment:
    return Comment(ref, "sure")


def found(page: Page) -> Iterator[reading.Found]:
    yield comment("of nobody")
    yield post("a")
    yield comment("1")
    yield Link("https://blog.example/feed", "feed")
    yield comment("2")
    yield post("b")
    yield Link("https://blog.example/feed", "feed")
    yield Skipped("protected by a password", "https://blog.example/c")


@pytest.fixture
def readers(monkeypatch: pytest.MonkeyPatch) -> dict[str, SimpleNamespace]:
    readers = {
        "doubtful": SimpleNamespace(confidence=lambda page: 0.2, read=lambda page: iter([post("wrong")])),
        "sure": SimpleNamespace(confidence=lambda page: 0.9, read=found),
    }
    monkeypatch.setattr("pipeline.registry.names", lambda package: tuple(readers))
    monkeypatch.setattr("pipeline.registry.module", lambda package, name: readers[name])
    return readers


def test_the_surest_reader_reads(readers: dict[str, SimpleNamespace]) -> None:
    result = reading.read(PAGE)
    assert result.platform == "sure"
    assert result.confidences == (("sure", 0.9), ("doubtful", 0.2))


@pytest.mark.parametrize("is_on", [True, False])
def test_the_garbage_collector_waits_while_a_page_is_read_and_is_left_as_it_was(readers: dict[str, SimpleNamespace], is_on: bool) -> None:
    readers["sure"].read = lambda page: iter([post("while it waits" if not gc.isenabled() else "while it works")])
    try:
        (gc.enable if is_on else gc.disable)()
        assert [thread.post.url for thread in reading.read(PAGE).threads] == ["https://blog.example/while it waits"]
        assert gc.isenabled() == is_on
    finally:
        gc.enable()


def test_comments_belong_to_the_post_before_them(readers: dict[str, SimpleNamespace]) -> None:
    threads = reading.read(PAGE).threads
    assert [(thread.post.url[-1], [one.ref for one in thread.comments]) for thread in threads] == [("a", ["1", "2"]), ("b", [])]


def test_links_are_told_once_and_skips_are_passed_on(readers: dict[str, SimpleNamespace]) -> None:
    result = reading.read(PAGE)
    assert result.links == (Link("https://blog.example/feed", "feed"),)
    assert [skip.reason for skip in result.skipped] == ["protected by a password"]


def test_a_page_nobody_knows_is_skipped_with_a_reason(readers: dict[str, SimpleNamespace]) -> None:
    for reader in readers.values():
        reader.confidence = lambda page: 0.0
    result = reading.read(PAGE)
    assert (result.platform, result.threads) == ("", ())
    assert result.skipped == (Skipped("not a page of a blog", PAGE.url),)


WORDPRESS = b"<html><head><meta name='generator' content='WordPress 6.1'></head><body class='single'><article class='post type-post'><div class='entry-content'>words</div></article>"


def test_a_page_that_names_its_one_maker_is_asked_of_that_reader_alone() -> None:
    assert [name for name, _ in reading.read(_page(WORDPRESS)).confidences] == ["wordpress"]


@pytest.mark.parametrize("body", [
    WORDPRESS.replace(b"</head>", b"<meta name='generator' content='Drupal 7 (http://drupal.org)'></head>"),     # names two
    b"<html><head><meta name='generator' content='Joomla!'></head><body><p>words</p>",                            # names one that we have no reader for
    b"<html><body><p>words</p>",                                                                                  # names none
])
def test_all_readers_are_asked_of_any_other_page(body: bytes) -> None:
    assert len(reading.read(_page(body)).confidences) > 10


def test_a_feed_that_quotes_a_page_of_wordpress_is_a_feed() -> None:
    feed = b"<?xml version='1.0'?><rss version='2.0'><channel><item><description>" + WORDPRESS.replace(b"<", b"&lt;") + b"</description></item></channel></rss>"
    quoted = b"<?xml version='1.0'?><rss version='2.0'><channel><item><description><![CDATA[" + WORDPRESS + b"]]></description></item></channel></rss>"
    assert [reading.read(_page(body)).platform for body in (feed, quoted)] == ["feed", "feed"]


def test_readers_from_elsewhere_are_always_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    names, module = registry.names, registry.module
    stranger = ModuleType("outsider")
    stranger.confidence, stranger.read = (lambda page: 1.5), (lambda page: iter([post("theirs")]))  # type: ignore[attr-defined]  # as a reader has them
    monkeypatch.setattr("pipeline.registry.names", lambda package: (*names(package), "outsider"))
    monkeypatch.setattr("pipeline.registry.module", lambda package, name: stranger if name == "outsider" else module(package, name))
    assert reading.read(_page(WORDPRESS)).platform == "outsider"


def _page(body: bytes) -> Page:
    return Page("https://blog.example/2010/03/a", body, datetime(2026, 1, 1, tzinfo=UTC))


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["", "text/html", "application/xml", "image/png"]))
def test_reading_never_raises_whatever_the_bytes(body: bytes, content_type: str) -> None:
    reading.read(Page("https://blog.example/a", body, PAGE.fetched_at, (("content-type", content_type),)))


SCRIPTED = Page("https://blog.example/a", b"<html><script>", datetime(2009, 10, 14, tzinfo=UTC))
SERVED = Link("https://talk.example/a.json", "comments", "talk comments api", for_post="https://blog.example/a")


@pytest.mark.parametrize(("shown", "links", "elsewhere"), [
    ([post("a")], (SERVED,), ["script-loaded: talk"]),
    ([post("a"), comment("1")], (), [""]),
    ([post("a"), Comment("2", "sure", kind="pingback")], (SERVED,), ["script-loaded: talk"]),
    ([post("a"), post("b")], (), ["", ""]),
    ([Post("https://blog.example/a", "sure", comments_elsewhere="script-loaded: own")], (SERVED,), ["script-loaded: own"]),
    ([post("")], (), [""]),
    ([], (), []),
])
def test_a_service_on_the_page_of_another_platform_says_where_the_comments_are(
    readers: dict[str, SimpleNamespace], shown: list[reading.Found], links: tuple[Link, ...], elsewhere: list[str],
) -> None:
    readers["sure"].read = lambda page: iter(shown)
    readers["other"] = SimpleNamespace(confidence=lambda page: 0.0, embedded=reading)     # a module of that name
    readers["talk"] = SimpleNamespace(confidence=lambda page: 0.0, embedded=lambda page, url: iter([SERVED]))
    result = reading.read(SCRIPTED)
    assert result.links == links
    assert [thread.post.comments_elsewhere for thread in result.threads] == elsewhere


def test_a_page_with_more_links_than_anybody_lists_gives_the_first_ones_and_says_so() -> None:
    body = "".join(f"<h3><a href='/{number}'>Note {number}</a></h3>" for number in range(reading.MOST_LINKS + 500))
    found = reading.read(Page("https://blog.example/all/", f"<!DOCTYPE html><html><body>{body}</body></html>".encode(), datetime(2026, 1, 1, tzinfo=UTC)))
    assert (len(found.links), [one.reason for one in found.skipped]) == (reading.MOST_LINKS, [reading.MANY_LINKS])
    entries = "".join(f"<url><loc>https://blog.example/{number}</loc></url>" for number in range(reading.MOST_LINKS + 500))
    listed = reading.read(Page("https://blog.example/sitemap.xml", f"<urlset>{entries}</urlset>".encode(), datetime(2026, 1, 1, tzinfo=UTC)))
    assert (len(listed.links), listed.skipped) == (reading.MOST_LINKS + 500, ())


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be"])
def test_a_page_in_utf_16_is_read_like_any_other(codec: str) -> None:
    mark = {"utf-16-le": "\ufeff", "utf-16-be": "\ufeff"}.get(codec, "")
    body = blogging.post("https://blog.example/a/", "Größe", blogging.words_of(1), ("Schön.",))
    (thread,) = reading.read(Page("https://blog.example/a/", (mark + body).encode(codec), datetime(2026, 1, 1, tzinfo=UTC), (("content-type", "text/html"),))).threads
    assert (thread.post.title, len(thread.comments)) == ("Größe", 1)
