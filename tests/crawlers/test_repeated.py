from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from crawlers.reading import Reading, read
from crawlers.repeated import SAME_POST, Repeated, is_only_again
from schema.items import Page
from tests.crawlers.hostile.blogging import post, words_of

BLOG = "http://blog.example"


def seen(path: str, words: str = words_of(1), title: str = "A note", canonical: str = "") -> Reading:
    url = BLOG + path
    body = post(url, title, words, ("Read.",), canonical=canonical).replace('href=""', f'href="{url}"')
    return read(Page(url, body.encode(), datetime(2026, 5, 1, tzinfo=UTC)))


def test_a_post_at_a_second_address_is_told_and_not_taken() -> None:
    repeated = Repeated()
    assert repeated.without(first := seen("/a/")) is first
    again = repeated.without(seen("/mirror/a/"))
    assert (again.threads, [(one.reason, one.url) for one in again.skipped]) == ((), [(SAME_POST, f"{BLOG}/mirror/a/")])
    assert is_only_again(again)
    assert not is_only_again(first)


def test_the_same_address_and_its_views_are_the_same_post() -> None:
    repeated = Repeated()
    for path in ("/a/", "/a/", "/a/comment-page-2/", "/a/?utm_source=x"):
        assert repeated.without(seen(path)).threads


def test_an_address_that_the_page_names_as_its_own_counts() -> None:
    repeated = Repeated()
    assert repeated.without(seen("/a/")).threads
    assert repeated.without(seen("/print/a/", canonical=f"{BLOG}/a/")).threads


def test_posts_of_other_words_or_titles_short_ones_and_those_of_other_blogs_are_others() -> None:
    repeated = Repeated()
    assert repeated.without(seen("/a/")).threads
    assert repeated.without(seen("/b/", words_of(2))).threads
    assert repeated.without(seen("/c/", title="Another note")).threads
    other = seen("/a/")
    moved = replace(other, threads=tuple(replace(one, post=replace(one.post, url="http://other.example/a/")) for one in other.threads))
    assert repeated.without(moved).threads
    assert repeated.without(seen("/d/", "Closed today.")).threads
    assert repeated.without(seen("/e/", "Closed today.")).threads
