from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from crawlers.reading import Reading
from crawlers.rereading import MOST, Rereading
from pipeline.vanished import ThreadReading
from schema.items import Link, Page, Post, Thread
from tests.pipeline.rows import a_comment, a_post

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
URL = "https://alpha.example/a.html"
SECOND = f"{URL}?page=2"
NAME, SECOND_NAME = "alpha.example/a.html", "alpha.example/a.html?page=2"


def a_reading(url: str, *numbers: int, links: tuple[str, ...] = (), minutes: int = 0, **changes: object) -> Reading:
    post: Post = a_post(URL, **changes)
    page = Page(url, b"", NOW + timedelta(minutes=minutes))
    thread = Thread(post, tuple(a_comment(URL, number) for number in numbers))
    return Reading(page, "wordpress", (), (thread,), tuple(Link(link, "comments") for link in links), ())


def read(rereading: Rereading, name: str, reading: Reading) -> None:
    rereading.read(name, reading, reading.threads)


def complete(rereading: Rereading) -> list[ThreadReading]:
    return [one.reading for one in rereading.finished() if one.reading]


def seen(rereading: Rereading) -> list[tuple[int, bool]]:
    return [(len(reading.seen), reading.is_partly_unchanged) for reading in complete(rereading)]


@pytest.mark.parametrize(("numbers", "reported", "expected"), [
    ((1, 2), 2, [(2, False)]),
    ((1, 2, 3), 2, [(3, False)]),
    ((1, 2), 3, []),            # more are stated than shown
    ((1, 2), None, [(2, False)]),
    ((), 0, [(0, False)]),
    ((), None, []),             # a theme that shows none and states no number says nothing
    ((), 4, []),
])
def test_a_page_alone_is_a_complete_reading_when_it_shows_all_that_it_states(numbers: tuple[int, ...], reported: int | None, expected: object) -> None:
    rereading = Rereading()
    read(rereading, NAME, a_reading(URL, *numbers, comments_reported=reported))
    assert seen(rereading) == expected


@pytest.mark.parametrize(("listed", "expected"), [(0, [(0, False)]), (1, []), (None, [])])
def test_a_page_without_comments_counts_where_a_list_says_that_there_are_none(listed: int | None, expected: object) -> None:
    rereading, reading = Rereading(), a_reading(URL)
    rereading.read(NAME, reading, reading.threads, listed=listed)
    assert seen(rereading) == expected


def test_all_comment_pages_must_be_had() -> None:
    rereading = Rereading()
    read(rereading, NAME, a_reading(URL, 1, 2, links=(SECOND,), comments_reported=3))
    assert seen(rereading) == []
    read(rereading, SECOND_NAME, a_reading(SECOND, 3, links=(URL, SECOND), minutes=5, comments_reported=3))
    (reading,) = complete(rereading)
    assert (len(reading.seen), reading.at, reading.post_key) == (3, NOW + timedelta(minutes=5), a_post(URL).key)
    assert complete(rereading) == []


def test_a_comment_page_that_failed_spoils_the_reading() -> None:
    rereading = Rereading()
    read(rereading, NAME, a_reading(URL, 1, links=(SECOND,), comments_reported=1))
    assert rereading.failed(SECOND_NAME) == a_post(URL).key
    assert rereading.failed(SECOND_NAME) == ""
    read(rereading, SECOND_NAME, a_reading(SECOND, 2))
    assert [reading.seen for reading in complete(rereading)] == [frozenset((a_comment(URL, 2).key,))], "it begins anew, as far as it can know"


def test_comment_pages_that_have_not_changed_are_had() -> None:
    rereading = Rereading()
    read(rereading, NAME, a_reading(URL, 1, links=(SECOND,), comments_reported=9))
    rereading.unchanged(SECOND_NAME, NOW)
    rereading.unchanged("alpha.example/unknown", NOW)
    assert seen(rereading) == [(1, True)]


def test_feeds_begin_no_reading_and_neither_do_lists_of_posts() -> None:
    rereading = Rereading()
    read(rereading, NAME, a_reading(URL, 1, via="feed"))
    two = a_reading(URL, 1)
    rereading.read(NAME, two, two.threads * 2)
    rereading.read(NAME, two, two.threads, begins=False)
    assert seen(rereading) == []


def test_links_that_are_never_followed_are_not_waited_for() -> None:
    rereading = Rereading()
    read(rereading, NAME, a_reading(URL, 1, links=(f"{URL}?replytocom=7#respond",), comments_reported=1))
    assert seen(rereading) == [(1, False)]


def test_a_post_that_is_read_again_begins_anew() -> None:
    rereading = Rereading()
    read(rereading, NAME, a_reading(URL, 1, 2, links=(SECOND,)))
    read(rereading, NAME, a_reading(URL, 1))
    assert seen(rereading) == [(1, False)]
    rereading.unchanged(SECOND_NAME, NOW)
    assert seen(rereading) == []


def test_threads_that_never_become_complete_are_forgotten() -> None:
    rereading = Rereading()
    for number in range(MOST + 5):
        reading = a_reading(URL, 1, links=(f"{URL}?page={number}",))
        post = a_post(f"https://alpha.example/{number}.html")
        rereading.read(str(number), reading, [Thread(post)])
    rereading.unchanged("alpha.example/a.html?page=0", NOW)
    assert seen(rereading) == []


def test_a_thread_that_does_not_show_all_is_finished_all_the_same() -> None:
    rereading = Rereading()
    read(rereading, NAME, a_reading(URL, 1, comments_reported=5))
    assert [(one.post_key, one.reading) for one in rereading.finished()] == [(a_post(URL).key, None)]


@pytest.mark.parametrize("is_unchanged", [False, True])
def test_a_comment_page_that_came_before_its_post_counts(is_unchanged: bool) -> None:
    rereading, second = Rereading(), a_reading(SECOND, 2, links=(URL,))
    if is_unchanged:
        rereading.unchanged(SECOND_NAME, NOW)
    else:
        rereading.read(SECOND_NAME, second, second.threads, begins=False)
    read(rereading, NAME, a_reading(URL, 1, links=(SECOND,), comments_reported=2))
    assert seen(rereading) == [(1, True) if is_unchanged else (2, False)]
