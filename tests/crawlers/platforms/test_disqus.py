"""Disqus: where a page's thread is served, whoever made the page, and the thread in Disqus' own page, in our words and a real one."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawlers.platforms import disqus
from schema.items import Skipped
from schema.keys import post_key
from tests.crawlers.platforms.serving_json import cleaned, comment_links, edges, fixture, page, read

POST = "https://market.example.org/left-of-the-lamp/"
EMBED = (
    "https://disqus.com/embed/comments/?base=default&f=nightmarket&t_i=lamp%20%2716%21"
    "&t_u=https%3A%2F%2Fmarket.example.org%2Fleft-of-the-lamp%2F&s_o=default"
)


def test_a_page_of_any_maker_leads_to_its_thread() -> None:
    seen = page(POST, fixture("disqus/post.html"))
    thread, reading = cleaned(seen), read(seen)
    assert (reading.platform, thread.post.title, thread.post.comments_elsewhere) == ("generic", "Left of the lamp", "script-loaded: disqus")
    assert [(link.url, link.rule, link.for_post) for link in comment_links(reading)] == [(EMBED, "disqus comments api", POST)]


@pytest.mark.parametrize(("script", "query"), [
    ("var disqus_shortname = 'stall'; var disqus_identifier = '7 http://m.example/?p=7'; var disqus_url = 'http://m.example/7';",
     "f=stall&t_i=7%20http%3A%2F%2Fm.example%2F%3Fp%3D7&t_u=http%3A%2F%2Fm.example%2F7"),
    ('var embedVars = {"disqusIdentifier":"7 x","disqusShortname":"stall","disqusUrl":"http:\\/\\/m.example\\/7"};', "f=stall&t_i=7%20x&t_u=http%3A%2F%2Fm.example%2F7"),
    ("var disqus_shortname = 'stall'; this.page.identifier = PAGE; this.page.url = location.href;", "f=stall&t_u=https%3A%2F%2Fmarket.example.org%2Fleft-of-the-lamp%2F"),
    ("// var disqus_shortname = 'stall';", None),
    ("var disqus_shortname = 'no such/forum';", None),
])
def test_the_thread_is_named_in_many_ways(script: str, query: str | None) -> None:
    found = list(disqus.embedded(page(POST, f"<div id='disqus_thread'></div><script>\n{script}\n</script>".encode()), POST))
    assert [link.url for link in found] == ([f"https://disqus.com/embed/comments/?base=default&{query}&s_o=default"] if query else [])


def test_numbers_of_comments_on_a_list_are_no_thread() -> None:
    assert list(disqus.embedded(page(POST, b"<script>var disqus_shortname = 'stall';</script><script src='//stall.disqus.com/count.js'></script>"), POST)) == []


def test_comments_that_stand_in_the_page_do_not_come_twice() -> None:
    seen = page("https://wire.example.org/a/", fixture("wordpress/disqus_plugin.html") + b"<script>var disqus_shortname = 'wire';</script>")
    assert list(disqus.embedded(seen, seen.url)) and read(seen).threads[0].comments and comment_links(read(seen)) == []


def test_the_answer_gives_the_thread() -> None:
    thread = cleaned(page(EMBED, fixture("disqus/thread.html"), POST))
    assert (thread.post.key, thread.post.comments_reported, thread.post.comments_closed) == (post_key(POST), 5, False)
    assert edges(thread) == [("Mara", None), ("Noor", "Mara"), ("Sol", "Noor"), ("Guest", None), ("Bo", "Guest")]
    assert [one.removed_how for one in thread.comments] == [None, None, None, "author", None]
    assert [one.by_post_author for one in thread.comments] == [None, True, None, None, None]
    assert thread.comments[1].text == "We do, on the right."
    first = thread.comments[0]
    assert (first.url, first.author_url, first.published, first.published_how) == (POST + "#comment-290001", "https://mara.example.org/", datetime(2016, 10, 3, 21, 0, 5, tzinfo=UTC), "api")


@pytest.mark.parametrize(("url", "about", "posts"), [
    (EMBED, "", [POST]), (EMBED, "https://market.example.org/other/", ["https://market.example.org/other/"]), ("file:thread.html", "", [POST]), ("https://elsewhere.example/", "", []),
])
def test_the_thread_names_its_post_and_only_disqus_is_believed(url: str, about: str, posts: list[str]) -> None:
    reading = read(page(url, fixture("disqus/thread.html"), about))
    assert [thread.post.url for thread in reading.threads] == posts
    assert [skipped.reason for skipped in reading.skipped] == ([] if posts else ["comments without their post"])


@pytest.mark.parametrize(("total", "skipped"), [(9, ()), (11, (Skipped("further comments need an api key", EMBED, "disqus comments api"),))])
def test_a_long_thread_is_asked_for_from_both_ends_and_what_is_between_is_said(total: int, skipped: tuple[Skipped, ...]) -> None:
    body = fixture("disqus/thread.html").replace(b'"hasNext": false', b'"hasNext": true').replace(b'"total": 5', f'"total": {total}'.encode())
    reading = read(page(EMBED, body, POST))
    ends = [EMBED.replace("s_o=default", f"s_o={order}") for order in ("asc", "desc")]
    assert [(link.url, link.for_post) for link in comment_links(reading)] == [(url, POST) for url in ends]
    assert reading.skipped == skipped and reading.threads[0].post.comments_reported == total
    assert comment_links(read(page(ends[0], body, POST))) == []


def test_an_empty_thread_is_known_to_be_empty() -> None:
    empty = b'<script type="text/json" id="disqus-threadData">{"cursor": {"total": 0, "hasNext": false}, "response": {"posts": [], "thread": {"id": "1"}}}</script>'
    thread = cleaned(page(EMBED, empty, POST))
    assert (thread.post.comments_reported, thread.comments) == (0, ())


def test_broken_json_is_counted() -> None:
    for broken in (b"{", b"[]", b'{"response": "no"}', b""):
        reading = read(page(EMBED, b'<script type="text/json" id="disqus-threadData">' + broken + b"</script>", POST))
        assert reading.threads == () and [skipped.reason for skipped in reading.skipped] == ["broken json"]


def test_a_real_thread_comes_out_whole(shared: Path) -> None:
    thread = cleaned(page("https://disqus.com/embed/comments/", (shared / "pages" / "payloads" / "bf_disqus_embed_korben.html").read_bytes()))
    assert (thread.post.url, thread.post.comments_reported, len(thread.comments)) == ("http://korben.info/hadopi-faut-il-vraiment-arreter-de-telecharger.html", 108, 50)
    assert all(one.author and one.text and one.published for one in thread.comments)
    assert sum(one.parent_ref is not None for one in thread.comments) == sum(one.reply_to in {other.key for other in thread.comments} for one in thread.comments)


@given(st.integers(0, 5000), st.integers(0, 40), st.binary(max_size=8))
@settings(max_examples=150, deadline=None)
def test_no_answer_breaks_the_reader(place: int, length: int, put: bytes) -> None:
    whole = fixture("disqus/thread.html")
    place = whole.index(b"disqus-threadData") + place
    read(page(EMBED, whole[:place] + put + whole[place + length:], POST))


@given(st.binary(max_size=300))
@settings(max_examples=80, deadline=None)
def test_no_page_breaks_the_search_for_a_thread(body: bytes) -> None:
    assert list(disqus.embedded(page(POST, b"<p id=disqus_thread><script>var disqus_shortname = 'a'; disqus_identifier = '" + body), POST)) is not None
