"""What coming back tells, on both engines: through a session, as a crawl and a replay use it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from crawlers.reading import Reading, read
from crawlers.reservations import heeded, noted
from crawlers.session import Session
from crawlers.targets import Target, name_of
from crawlers.visits import Visited
from pipeline.addresses import State
from schema import keys
from schema.database import open_database
from schema.items import Page, Skipped
from schema.tables import address, comment, post, revision
from tests.crawlers.serving import post_page

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
URL = "http://blog.example/a"
BLOG = "blog.example/"
HTML = (("content-type", "text/html"),)
DAY = timedelta(days=1)


def a_page(*comments: str, hours: float = 0, status: int = 200) -> Page:
    return Page(URL, post_page(URL, *comments) if status == 200 else b"", NOW + timedelta(hours=hours), HTML, status)


def a_visit(page: Page, *, is_again: bool = True, state: State = "done", **more: Any) -> Visited:
    target = Target(3, 1, URL, "post", 0, name=name_of(URL, "post"), is_again=is_again)
    gave = (read(page),) if page.status == 200 and state == "done" and not more.get("is_unchanged") else ()
    return Visited(
        target, BLOG, state, status=page.status, content_hash=f"h{len(page.body)}", post_key=keys.post_key(URL), fetched_at=page.fetched_at,
        gave=gave, found=() if is_again else (target,), **more,
    )


def in_a_session(url: str, *visits: Visited) -> int:
    """How many comments have vanished in it."""
    session = Session(url, "crawl", {})
    for visit in visits:
        session.visited(visit)
    session.close("done")
    return session.counts.vanished


def held(url: str, *columns: Any) -> list[Any]:     # Any: columns of every type
    engine = open_database(url)
    with engine.connect() as connection:
        found = [row[0] if len(columns) == 1 else tuple(row) for row in connection.execute(select(*columns).order_by(columns[0]))]
    engine.dispose()
    return found


def test_a_comment_that_two_visits_do_not_find_has_vanished(database_url: str) -> None:
    in_a_session(database_url, a_visit(a_page("One.", "Two."), is_again=False))
    assert in_a_session(database_url, a_visit(a_page("One.", hours=6))) == 0
    assert in_a_session(database_url, a_visit(a_page("One.", hours=12))) == 1
    assert held(database_url, comment.c.text, comment.c.removed_how) == [("One.", None), ("Two.", "vanished")]
    in_a_session(database_url, a_visit(a_page("One.", "Two.", hours=18)))
    assert held(database_url, comment.c.text, comment.c.removed_how) == [("One.", None), ("Two.", None)]


def test_a_page_that_has_not_changed_shows_its_thread_once_more(database_url: str) -> None:
    in_a_session(database_url, a_visit(a_page("One.", "Two."), is_again=False))
    in_a_session(database_url, a_visit(a_page(status=304, hours=30), is_unchanged=True))
    assert held(database_url, comment.c.last_seen) == [NOW + timedelta(hours=30)] * 2
    assert held(database_url, post.c.last_seen, post.c.changed_at) == [(NOW + timedelta(hours=30), NOW)]
    assert held(database_url, address.c.content_hash, address.c.status)[0][1] == 304


def test_the_next_visit_depends_on_what_happened(database_url: str) -> None:
    in_a_session(database_url, a_visit(a_page("One."), is_again=False))
    assert held(database_url, address.c.next_visit) == [NOW + 90 * DAY], "a thread of 2009"
    in_a_session(database_url, a_visit(a_page("One, and more.", hours=24)))
    in_a_session(database_url, a_visit(a_page(status=304, hours=72), is_unchanged=True))
    assert held(database_url, address.c.next_visit) == [NOW + 3 * DAY + DAY], "edited two days ago, under our eyes"
    assert held(database_url, revision.c.text) == ["One."]


@pytest.mark.parametrize(("status", "hours", "expected"), [
    (404, 26, ["page_gone"]),
    (410, 26, ["page_gone"]),
    (404, 10, [None]),
    (503, 26, [None]),
])
def test_a_page_that_is_gone_for_a_day_takes_its_comments_with_it(database_url: str, status: int, hours: float, expected: list[str | None]) -> None:
    in_a_session(database_url, a_visit(a_page("One."), is_again=False))
    for later in (1, 1 + hours):
        in_a_session(database_url, a_visit(a_page(status=status, hours=later), state="failed" if status == 503 else "refused", reason="not had"))
    assert held(database_url, comment.c.removed_how) == expected
    assert held(database_url, post.c.text) != [""]


def test_a_post_that_is_gone_is_looked_for_ever_more_seldom(database_url: str) -> None:
    in_a_session(database_url, a_visit(a_page("One."), is_again=False))
    waits = []
    for hours in range(1, 7):
        in_a_session(database_url, a_visit(a_page(status=404, hours=hours), state="refused"))
        (due,) = held(database_url, address.c.next_visit)
        waits.append(due and (due - NOW - timedelta(hours=hours)).days)
    assert waits == [1, 2, 4, 8, 16, None]


def test_a_thread_that_was_not_finished_is_read_as_a_whole_by_the_next_run(database_url: str) -> None:
    """What a killed run has learnt of a missing comment is lost; what would be answered with a 304 must be lost, too."""
    further = '<div class="nav"><a href="http://blog.example/a/comment-page-2/#comments">Newer</a></div>'
    in_a_session(database_url, a_visit(a_page("One."), is_again=False))
    whole = a_page("One, edited.", hours=1)
    parted = replace(whole, body=whole.body.replace(b"</body>", further.encode() + b"</body>"))
    in_a_session(database_url, replace(a_visit(parted), etag='"1"'))
    assert held(database_url, address.c.etag, address.c.content_hash) == [("", "")]
    in_a_session(database_url, replace(a_visit(a_page("One.", hours=2)), etag='"2"'))
    assert held(database_url, address.c.etag) == ['"2"']


def test_where_there_was_nothing_to_take_one_looks_again_in_three_months(database_url: str) -> None:
    reading = Reading(a_page(), "wordpress", (), (), (), (Skipped("password protected", URL),))
    in_a_session(database_url, replace(a_visit(a_page(), is_again=False), gave=(reading,), etag='"1"'))
    assert held(database_url, address.c.etag, address.c.next_visit) == [('"1"', NOW + 90 * DAY)]


def test_what_was_left_because_it_is_reserved_can_be_read_when_the_project_decides_otherwise(database_url: str) -> None:
    reading = heeded(noted(read(replace(a_page("One."), headers=(*HTML, ("x-robots-tag", "noai"))))))
    in_a_session(database_url, replace(a_visit(a_page(), is_again=False), gave=(reading,), etag='"1"'))
    assert held(database_url, address.c.etag, address.c.content_hash) == [("", "")]
    assert held(database_url, post.c.key) == []


def test_further_comment_pages_have_visits_of_their_own(database_url: str) -> None:
    """An edit on the second page does not show on the first."""
    in_a_session(database_url, a_visit(a_page("One."), is_again=False))
    first = a_visit(a_page("Two."), is_again=False)
    target = replace(first.target, kind="comments", url=f"{URL}/comment-page-2/", name="blog.example/a/comment-page-2/", number=2, rank=4)
    in_a_session(database_url, replace(first, target=target, found=(target,)))
    assert held(database_url, address.c.kind, address.c.next_visit) == [("comments", NOW + 90 * DAY), ("post", NOW + 90 * DAY)]


def test_a_further_comment_page_that_is_gone_is_looked_for_again_and_takes_nobody_with_it(database_url: str) -> None:
    in_a_session(database_url, a_visit(a_page("One."), is_again=False))
    first = a_visit(a_page("Two."), is_again=False)
    target = replace(first.target, kind="comments", url=f"{URL}/comment-page-2/", name="blog.example/a/comment-page-2/", number=2, rank=4)
    in_a_session(database_url, replace(first, target=target, found=(target,)))
    for hours in (1, 30):
        gone = a_visit(a_page(status=404, hours=hours), state="refused", reason="not found")
        in_a_session(database_url, replace(gone, target=replace(target, is_again=True), post_key=""))
    assert held(database_url, address.c.kind, address.c.next_visit)[0] == ("comments", NOW + timedelta(hours=30) + 2 * DAY)
    assert set(held(database_url, comment.c.removed_how)) == {None}


def test_a_further_comment_page_that_lacks_somebody_has_its_thread_read_as_a_whole(database_url: str) -> None:
    """The page of the post may answer that it has not changed: it states the same number if somebody else has come."""
    in_a_session(database_url, replace(a_visit(a_page("One."), is_again=False), etag='"1"'))
    further = f"{URL}/comment-page-2/"

    def at_page_2(*comments: str, hours: float = 0, is_again: bool = True) -> Visited:
        page = replace(a_page(*comments, hours=hours), url=further)
        target = Target(4, 2, further, "comments", 0, name="blog.example/a/comment-page-2/", is_again=is_again)
        return replace(a_visit(page), target=target, etag='"2"', found=() if is_again else (target,))

    in_a_session(database_url, at_page_2("Two.", "Three.", is_again=False))
    in_a_session(database_url, at_page_2("Two.", "Three.", hours=10))
    assert held(database_url, address.c.kind, address.c.etag)[1] == ("post", '"1"')
    in_a_session(database_url, a_visit(a_page(status=304, hours=20), is_unchanged=True), at_page_2("Three.", hours=21))
    assert held(database_url, address.c.kind, address.c.etag, address.c.next_visit)[1] == ("post", "", NOW + timedelta(hours=27))


def test_an_address_that_never_was_there_is_not_looked_for_again(database_url: str) -> None:
    in_a_session(database_url, a_visit(a_page(status=404), is_again=False, state="refused"))
    assert held(database_url, address.c.state, address.c.next_visit) == [("refused", None)]


def test_an_archive_of_several_runs_tells_the_same(database_url: str) -> None:
    session = Session(database_url, "replay", {})
    for page in (a_page("One.", "Two."), a_page("One.", hours=6), a_page("One.", hours=12)):
        session.take(read(page))
    session.unchanged(URL, NOW + timedelta(hours=20))
    session.close("done")
    assert held(database_url, comment.c.text, comment.c.removed_how, comment.c.last_seen) == [
        ("One.", None, NOW + timedelta(hours=20)), ("Two.", "vanished", NOW),
    ]


def test_an_archive_tells_of_pages_that_were_gone(database_url: str) -> None:
    session = Session(database_url, "replay", {})
    session.take(read(a_page("One.")))
    for hours in (1, 30):
        session.take(Reading(a_page(status=404, hours=hours), "", (), (), (), ()))
    session.close("done")
    assert held(database_url, comment.c.removed_how) == ["page_gone"]


@pytest.mark.parametrize(("status", "posts"), [(304, 1), (503, 0)])
def test_a_run_that_heard_nothing_of_a_blog_does_not_claim_its_posts(database_url: str, status: int, posts: int) -> None:
    in_a_session(database_url, a_visit(a_page("One."), is_again=False))
    session = Session(database_url, "crawl", {})
    session.begin(BLOG)
    session.visited(a_visit(a_page(status=status, hours=5), is_unchanged=status == 304, state="done" if status == 304 else "failed"))
    session.close("done")
    assert session.seen.posts == posts
