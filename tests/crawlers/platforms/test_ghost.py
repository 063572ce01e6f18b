"""Ghost: the post from its page, the thread from the API of its comment box."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawlers.platforms import ghost
from schema.items import Skipped
from schema.keys import post_key
from tests.crawlers.platforms.serving_json import answer, cleaned, comment_links, edges, fixture, mutations, page, read

POST = "https://till.example.org/the-bell-over-the-door/"
API = "https://till.example.org/members/api/comments/post/64030f2a8c1f2e0001a1b2c3/?limit=100&order=created_at%20asc&page=1"
REPLIES = "https://till.example.org/members/api/comments/6403200000000000000000a1/replies/?limit=100&page=1"


def test_a_page_gives_its_post_and_says_where_its_comments_are_served() -> None:
    seen = page(POST, fixture("ghost/post.html"))
    thread, reading = cleaned(seen), read(seen)
    assert reading.platform == "ghost"
    assert (thread.post.title, thread.post.author, thread.post.published) == ("The bell over the door", "Greta Holm", datetime(2023, 3, 4, 8, 30, tzinfo=UTC))
    assert thread.post.text.startswith("We hung a bell") and thread.post.text.endswith("people answer it.")
    assert thread.post.comments_elsewhere == "script-loaded: ghost"
    assert thread.comments == ()
    assert [(link.url, link.rule, link.for_post) for link in comment_links(reading)] == [(API, "ghost comments api", POST)]


def test_a_list_leads_to_its_posts_and_shows_none() -> None:
    reading = read(page("https://till.example.org/", fixture("ghost/list.html")))
    assert reading.threads == ()
    assert [(link.kind, link.url) for link in reading.links] == [
        ("next", "https://till.example.org/page/2/"), ("post", POST), ("post", "https://till.example.org/boxes/"),
    ]


def test_a_blog_without_a_comment_box_names_no_comments() -> None:
    reading = read(page(POST, fixture("ghost/post.html").replace(b"data-post-id", b"data-no-id")))
    assert comment_links(reading) == [] and reading.threads[0].post.comments_elsewhere == ""


def test_the_answer_gives_the_thread_with_replies_to_replies_and_tombstones() -> None:
    thread = cleaned(answer(API, fixture("ghost/comments.json"), POST))
    assert thread.post.key == post_key(POST) and thread.post.via == "api"
    assert edges(thread) == [("Ilse Brandt", None), ("Greta Holm", "Ilse Brandt"), ("Ilse Brandt", "Greta Holm"), ("", None), ("", ""), ("Tomas", "")]
    assert [one.removed_how for one in thread.comments] == [None, None, None, "unknown", "moderator", None]
    assert thread.comments[0].text == "Ours is a cow bell.\n\nIt says the last word, too."
    assert (thread.comments[0].published, thread.comments[0].published_how) == (datetime(2023, 3, 4, 10, 12, 31, tzinfo=UTC), "api")
    assert [link.url for link in thread.comments[2].links] == ["https://till.example.org/window/"]
    assert {one.reply_to_how for one in thread.comments if one.reply_to} == {"api"}


def test_all_top_comments_on_one_page_tell_how_many_comments_there_are() -> None:
    assert cleaned(answer(API, fixture("ghost/comments.json"), POST)).post.comments_reported == 8
    assert cleaned(answer(API, fixture("ghost/empty.json"), POST)).post.comments_reported == 0


def test_replies_that_are_not_shown_have_a_page_of_their_own() -> None:
    reading = read(answer(API, fixture("ghost/comments.json"), POST))
    assert [(link.url, link.for_post) for link in comment_links(reading)] == [(REPLIES, POST)]
    further = cleaned(answer(REPLIES, fixture("ghost/replies.json"), POST))
    first = cleaned(answer(API, fixture("ghost/comments.json"), POST))
    assert [(one.author, one.parent_ref) for one in further.comments] == [("Otto", "6403200000000000000000a1"), ("Greta Holm", "6403200000000000000000a4")]
    assert further.comments[0].reply_to == first.comments[0].key
    assert further.post.comments_reported is None


def test_pages_are_followed_until_the_last() -> None:
    def paged(number: int) -> list[str]:
        body = {"comments": [{"id": f"c{number}", "html": "<p>Yes.</p>"}], "meta": {"pagination": {"page": number, "pages": 3, "total": 250}}}
        return [link.url for link in comment_links(read(answer(API.replace("page=1", f"page={number}"), body, POST)))]

    assert [paged(number) for number in (1, 2, 3)] == [[API.replace("page=1", "page=2")], [API.replace("page=1", "page=3")], []]
    body = {"comments": [{"id": "c"}], "meta": {"pagination": {"page": 1, "pages": 3, "total": 250}}}
    assert read(answer(API, body, POST)).threads[0].post.comments_reported is None


@pytest.mark.parametrize(("body", "about", "reason"), [
    (b'{"comments": [{"id": "a"', POST, "broken json"),
    (fixture("ghost/comments.json"), "", "comments without their post"),
])
def test_what_cannot_be_taken_is_counted(body: bytes, about: str, reason: str) -> None:
    reading = read(answer(API, body, about))
    assert reading.threads == () and reading.skipped == (Skipped(reason, API, "ghost comments api"),)


@given(mutations("ghost/comments.json"), st.sampled_from([POST, ""]))
@settings(max_examples=150, deadline=None)
def test_no_answer_breaks_the_reader(body: bytes, about: str) -> None:
    seen = answer(API, body, about)
    for item in ghost.read(seen):
        assert item
    for thread in read(seen).threads:
        assert thread.post.url == POST


@given(st.binary(max_size=300))
@settings(max_examples=60, deadline=None)
def test_no_page_breaks_the_reader(body: bytes) -> None:
    assert list(ghost.read(page(POST, fixture("ghost/post.html")[:1500] + body))) is not None
