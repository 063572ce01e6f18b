"""Discourse: from a page of any maker over the embedded page to the topic, and the topic as the thread of the post."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawlers.platforms import discourse
from schema.items import Skipped
from schema.keys import post_key
from tests.crawlers.platforms.serving_json import answer, cleaned, comment_links, edges, fixture, mutations, page, read

POST = "https://rope.example.org/by-the-metre/"
EMBED = "https://talk.example.org/embed/comments?embed_url=https%3A%2F%2Frope.example.org%2Fby-the-metre%2F"
API = "https://talk.example.org/t/88.json"


def test_a_page_of_any_maker_leads_to_the_embedded_page() -> None:
    seen = page(POST, fixture("discourse/post.html"))
    thread, reading = cleaned(seen), read(seen)
    assert (reading.platform, thread.post.title, thread.post.comments_elsewhere) == ("generic", "Rope by the metre", "script-loaded: discourse")
    assert [(link.url, link.rule, link.for_post) for link in comment_links(reading)] == [(EMBED, "discourse comments api", POST)]


@pytest.mark.parametrize(("settings_", "urls"), [
    ("window.DiscourseEmbed = {discourseUrl: \"https://talk.example.org/\", topicId: 88};", [API]),
    ("DiscourseEmbed = {discourseUrl: '//talk.example.org/forum', topicId: '88'};", ["https://talk.example.org/forum/t/88.json"]),
    ("DiscourseEmbed = {discourseUrl: 'https://talk.example.org/', discourseEmbedUrl: pageURL};", [EMBED]),
    ("DiscourseEmbed = {discourseUrl: forum, topicId: 88};", []),
    ("DiscourseEmbed = {discourseUrl: 'http://[', topicId: 88};", []),
])
def test_the_topic_is_named_in_many_ways(settings_: str, urls: list[str]) -> None:
    assert [link.url for link in discourse.embedded(page(POST, f"<script>{settings_}</script>".encode()), POST)] == urls


def test_the_embedded_page_leads_to_the_topic_of_the_same_post() -> None:
    reading = read(page(EMBED, fixture("discourse/embed.html"), POST))
    assert reading.platform == "discourse" and reading.threads == ()
    assert [(link.url, link.for_post) for link in comment_links(reading)] == [(API, POST)]


def test_a_post_without_a_topic_is_counted() -> None:
    reading = read(page(EMBED, b"<html><body class='discourse-embed'><header class='discourse'>Loading Discussion...</header></body></html>", POST))
    assert reading.skipped == (Skipped("no topic yet", EMBED, "discourse comments api"),)


def test_the_topic_gives_the_thread_of_the_post() -> None:
    seen = answer(API, fixture("discourse/topic.json"), POST)
    thread = cleaned(seen)
    assert (thread.post.key, thread.post.text, thread.post.comments_closed, thread.post.comments_reported) == (post_key(POST), "", True, 5)
    assert edges(thread) == [("knut", None), ("hanne", "knut"), ("liv", None), ("knut", "hanne"), ("shouter", None)]
    assert [one.removed_how for one in thread.comments] == [None, None, "author", None, "moderator"]
    assert [one.text for one in thread.comments] == ["How long is a hand?", "As long as the counter is worn.", "", "Then it grows every year.", ""]
    assert [one.by_post_author for one in thread.comments] == [None, True, None, None, None]
    first = thread.comments[0]
    assert (first.url, first.author_url) == ("https://talk.example.org/t/rope-by-the-metre/88/2", "https://talk.example.org/u/knut")
    assert (first.published, first.published_how) == (datetime(2018, 6, 1, 8, 0, 0, 111000, UTC), "api")
    assert [skipped.reason for skipped in read(seen).skipped] == ["not a comment"]


def test_a_topic_that_no_blog_led_to_is_a_post_of_its_own() -> None:
    thread = cleaned(answer(API, fixture("discourse/topic.json")))
    assert (thread.post.url, thread.post.title, thread.post.author) == ("https://talk.example.org/t/rope-by-the-metre/88", "Rope by the metre", "hanne")
    assert thread.post.text.startswith("We cut rope") and thread.post.comments_elsewhere == ""
    assert [one.by_post_author for one in thread.comments] == [False, True, False, False, False]


def test_twenty_posts_at_a_time_are_followed_and_parents_are_known_across_pages() -> None:
    def paged(number: int) -> tuple[list[str], list[str | None]]:
        numbers = range(number * 20 - 19, min(number * 20, 45) + 1)
        posts = [{"id": 100 + n, "post_number": n, "username": "u", "cooked": f"<p>{n}</p>", "reply_to_post_number": n - 20 if n > 21 else None} for n in numbers]
        body = {"post_stream": {"posts": posts, "stream": list(range(101, 146))}, "id": 88, "slug": "a", "posts_count": 45, "chunk_size": 20}
        seen = answer(f"{API}?page={number}" if number > 1 else API, body, POST)
        thread = cleaned(seen)
        assert thread.post.comments_reported == 44
        keys.update({one.key: one.ref for one in thread.comments})
        return [link.url for link in comment_links(read(seen))], [keys[one.reply_to] for one in thread.comments if one.reply_to]

    keys: dict[str, str] = {}
    assert paged(1) == ([f"{API}?page=2"], [])
    assert paged(2) == ([f"{API}?page=3"], [str(n) for n in range(2, 21)])
    assert paged(3) == ([], [str(n) for n in range(21, 26)])


def test_a_topic_without_replies_is_known_to_be_empty() -> None:
    topic = json.loads(fixture("discourse/topic.json"))
    topic["post_stream"] = {"posts": topic["post_stream"]["posts"][:1], "stream": [901]}
    thread = cleaned(answer(API, topic | {"posts_count": 1, "closed": False}, POST))
    assert (thread.post.comments_reported, thread.post.comments_closed, thread.comments) == (0, False, ())


def test_broken_json_is_counted() -> None:
    reading = read(answer(API, b'{"post_stream": {"posts": ['))
    assert reading.threads == () and reading.skipped == (Skipped("broken json", API, "discourse comments api"),)


@given(mutations("discourse/topic.json"), st.sampled_from([POST, ""]))
@settings(max_examples=150, deadline=None)
def test_no_answer_breaks_the_reader(body: bytes, about: str) -> None:
    assert list(discourse.read(answer(API, body, about))) is not None
    read(answer(API, body, about))


@given(st.binary(max_size=300))
@settings(max_examples=60, deadline=None)
def test_no_page_breaks_the_search_for_a_topic(body: bytes) -> None:
    assert list(discourse.embedded(page(POST, b"<script>DiscourseEmbed = {discourseUrl: '" + body + b"', topicId: 1}"), POST)) is not None
    assert list(discourse.read(page(EMBED, b"<header class='discourse'><a href='" + body + b"'>")))
