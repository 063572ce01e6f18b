"""LiveJournal's styles, its own pages and their JSON: pages in our own words."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawlers import reading
from crawlers.platforms import livejournal
from schema.items import Page
from tests.crawlers.platforms.reading import (
    FETCHED,
    comments_of,
    damaged,
    links_of,
    names,
    page_of,
    post_of,
    saved,
    skipped_of,
    text_of,
)

NORA = "nora-quill.livejournal.com"


@pytest.mark.parametrize("name", names("livejournal"))
def test_every_generation_is_recognized_by_what_is_in_the_page(name: str) -> None:
    assert livejournal.confidence(saved("livejournal", name)) >= 0.9
    assert reading.read(saved("livejournal", name)).platform == "livejournal"


@pytest.mark.parametrize(("body", "given"), [
    ('<meta name="generator" content="WordPress 5"><span class="ljuser" lj:user="nora">', 0.0),
    ('<img src="http://l-stat.livejournal.com/img/userinfo.gif">', 0.6), ('<a href="http://nora.livejournal.com/">my old journal</a>', 0.0), ("", 0.0),
])
def test_pages_that_only_mention_it_are_left_to_surer_readers(body: str, given: float) -> None:
    assert livejournal.confidence(page_of(body)) == given


@pytest.mark.parametrize(("name", "title", "author", "raw", "reported", "text"), [
    ("sixhtml.html", "The queue at the till", "nora_quill", "Mar. 9th, 2010 at 06:05 pm", None,
     "A long queue tells passers-by that something good is sold here. A short one tells them that nobody has found out yet."),
    ("tabular.html", "Shelves", "", "February 9th, 2004 7:40 pm", None, "A shelf is a sentence, and the gap in it is the comma."),
    ("tree.html", "Ценники говорят", "nora_quill", "2013-11-11 18:05:00", 4, "Ценник говорит не только о цене. Наш говорит: спросите."),
    ("script.html", "The bell above the door", "nora_quill", "March 4 2019, 19:15", 5, "A bell greets the customer before anybody else does."),
    ("empty.html", "Nobody yet", "nora_quill", "Nov. 12th, 2013 at 08:00 am", None, "Who speaks first? The empty hook, asks kai."),
])
def test_what_surrounds_an_entry(name: str, title: str, author: str, raw: str, reported: int | None, text: str) -> None:
    post = post_of(livejournal, saved("livejournal", name))
    assert (post.title, post.author, post.published_raw, post.comments_reported, text_of(post.html)) == (title, author, raw, reported, text)


@pytest.mark.parametrize(("name", "expected"), [
    ("sixhtml.html", [
        ("61953", "adafinch", "http://adafinch.livejournal.com/", None, 0, False, None, "Ours stands in the rain. As kai knows."),
        ("62209", "nora_quill", f"http://{NORA}/", "61953", 1, True, None, "Sell umbrellas to it."),
        ("62721", "", "", None, 0, None, "unknown", ""),
        ("62977", "Anonymous", "", "62721", 1, False, None, "I saw that."),
    ]),
    ("tabular.html", [
        ("700", "adafinch", "http://www.livejournal.com/users/adafinch/", None, 0, None, None, "And the price is the full stop."),
        ("750", "nora_quill", "http://www.livejournal.com/users/nora_quill/", "700", 1, None, None, "Then this is a colon."),
    ]),
    ("tree.html", [
        ("100", "adafinch", "https://adafinch.livejournal.com/", None, 0, False, None, "А если никто не спросит?"),
        ("200", "nora_quill", f"https://{NORA}/", "100", 1, True, None, "Спрошу сама."),
        ("300", "", "", None, 0, None, "unknown", ""),
    ]),
    ("script.html", [
        ("1001", "Ada Finch", "https://adafinch.livejournal.com/", None, 0, False, None, "Ours rings twice. Every time."),
        ("1002", "nora_quill", f"https://{NORA}/", "1001", 1, True, None, "Then it is a gong."),
        ("1004", "", "", None, 0, None, "unknown", ""),
        ("1005", "Anonymous", "", "1004", 1, None, None, "I saw that."),
    ]),
    ("empty.html", []), ("list.html", []),
])
def test_each_comment_with_author_parent_and_words(name: str, expected: list[tuple[object, ...]]) -> None:
    assert [
        (c.ref, c.author, c.author_url, c.parent_ref, c.depth, c.by_post_author, c.removed_how, text_of(c.html)) for c in comments_of(livejournal, saved("livejournal", name))
    ] == expected


def test_dates_moments_and_permalinks() -> None:
    style = comments_of(livejournal, saved("livejournal", "sixhtml.html"))[0]
    assert (style.published_raw, style.url) == ("Mar. 10th, 2010 01:26 pm (UTC)", f"http://{NORA}/12345.html?thread=61953#t61953")
    relative = comments_of(livejournal, saved("livejournal", "tree.html"))[1]
    assert relative.published_raw == "November 11 2013, 20:02:00 UTC"
    script = comments_of(livejournal, saved("livejournal", "script.html"))[0]
    assert (script.published, script.published_how) == (datetime(2019, 3, 4, 21, 30, tzinfo=UTC), "epoch")


def test_folded_threads_and_further_pages_are_named() -> None:
    tree = saved("livejournal", "tree.html", f"https://{NORA}/777.html")
    assert links_of(livejournal, tree, "comments") == [f"https://{NORA}/777.html?page=2", f"https://{NORA}/777.html?thread=250"]
    assert links_of(livejournal, saved("livejournal", "sixhtml.html"), "comments") == [f"http://{NORA}/12345.html?thread=62465"]
    assert links_of(livejournal, saved("livejournal", "script.html"), "comments") == [f"https://{NORA}/888.html?thread=1003"]


def test_the_page_of_a_thread_belongs_to_its_entry_and_names_a_parent_that_it_does_not_show() -> None:
    body = saved("livejournal", "sixhtml.html").body.replace(b'<div id="ljcmt61953"', b'<div id="x61953"').replace(b"12345.html\" />", b"12345.html?thread=62209\" />", 1)
    page = Page(f"http://{NORA}/12345.html?thread=62209", body, FETCHED)
    assert post_of(livejournal, page).url == f"http://{NORA}/12345.html"
    first = comments_of(livejournal, page)[0]
    assert (first.ref, first.parent_ref) == ("62209", "61953")


def test_a_journal_leads_to_its_entries_earlier_pages_and_the_feed() -> None:
    page = saved("livejournal", "list.html", f"http://{NORA}/")
    assert links_of(livejournal, page, "post") == [f"http://{NORA}/13.html", f"http://{NORA}/12345.html"]
    assert links_of(livejournal, page, "next") == [f"http://{NORA}/?skip=20"]
    assert links_of(livejournal, page, "feed") == [f"http://{NORA}/data/rss"]


def test_a_comment_neither_answers_itself_nor_comes_twice() -> None:
    one = '{"dtalkid": 5, "parent": 5, "level": 1, "article": "Once."}'
    page = page_of(f'<span data-ljuser="a"></span><a class="subj-link" href="http://[x/1.html">x</a><div class="b-singlepost-body">An entry.</div><script>Site.page = {{"comments": [{one}, {one}]}};</script>')
    assert [(c.ref, c.parent_ref) for c in comments_of(livejournal, page)] == [("5", None)]


@pytest.mark.parametrize("json", ["{", '{"comments": 7}', '{"comments": [1, {"dtalkid": "x"}, {"dtalkid": 5, "article": 7, "level": "a"}]}', "[" * 3000])
def test_json_of_another_shape_gives_no_comments(json: str) -> None:
    page = page_of(f'<span data-ljuser="a"></span><div class="b-singlepost-body">An entry.</div><script>Site.page = {json};</script>')
    assert comments_of(livejournal, page) == []
    assert text_of(post_of(livejournal, page).html) == "An entry."


def test_pages_that_are_gone_are_skipped() -> None:
    assert skipped_of(livejournal, page_of("<p>404", status=404)) == ["not found page"]


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(names("livejournal")), st.floats(0, 1), st.integers(0, 400), st.binary(max_size=40))
def test_reading_never_fails_on_a_damaged_page(name: str, start: float, length: int, instead: bytes) -> None:
    list(livejournal.read(damaged("livejournal", name, start, length, instead)))


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=400))
def test_reading_never_fails_on_arbitrary_bytes(body: bytes) -> None:
    page = Page("http://x.example/a", body, FETCHED)
    livejournal.confidence(page)
    list(livejournal.read(page))
