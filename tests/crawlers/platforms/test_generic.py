"""Pages of unknown make: the text whole, the comments of any markup, and none where there are none."""

import csv
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawlers.platforms import generic
from crawlers.reading import read as read_page
from pipeline.clean import clean
from schema.items import Comment, Link, Page, Post, Skipped, Thread

FETCHED = datetime(2026, 1, 1, tzinfo=UTC)
PAGES = Path(__file__).parents[2] / "pages" / "generic"
UNKNOWN = ("other", "drupal", "spip", "typo3", "plone", "movabletype")


def test_a_bare_article_comes_out_whole_and_without_comments() -> None:
    thread = _thread("bare_article")
    assert thread.post.title == "Five ways to waste a newsletter"
    assert thread.post.text.startswith("Most newsletters are written") and thread.post.text.endswith("from a reader to a correspondent.")
    assert thread.post.text.count("\n• ") == 5
    assert [mark.kind for mark in thread.post.marks] == ["list"] * 5
    assert thread.comments == ()
    assert (thread.post.author, thread.post.published) == ("", None)


def test_indented_siblings_are_replies_and_recent_comments_are_none() -> None:
    thread = _thread("indented")
    assert [(c.author, c.ref, c.parent_ref, c.depth) for c in thread.comments] == [
        ("Oskar", "101", None, 0), ("Marta Lind", "103", "101", 1), ("Oskar", "104", "103", 2), ("Ines Moreau", "102", None, 0),
    ]
    assert [c.published_raw for c in thread.comments][:2] == ["Tue, 12 March 2013 - 11:40", "Tue, 12 March 2013 - 12:05"]
    assert [c.text for c in thread.comments] == [
        "I would have come for the chairs alone. Which tea was it, and did anybody ask for coffee?", "Plain black. Three people asked for coffee, and all three stayed for tea.",
        "Then I know what to pack in May.", "A sheet of paper also shows you who writes neatly. I hire by that.\n\nwritten by the visitors themselves",
    ]
    assert [c.by_post_author for c in thread.comments] == [None, True, None, None]
    assert thread.comments[0].url == "https://stand.example.org/kettle#comment-101"


def test_the_byline_and_the_furniture_are_not_of_the_text() -> None:
    post = _thread("indented").post
    assert (post.title, post.author, post.published, post.published_how) == ("Why our fair stand had a kettle", "Marta Lind", datetime(2013, 3, 12, 9, 15, tzinfo=UTC), "local")
    assert post.text.startswith("Every stand at the spring fair") and post.text.endswith("listening to customers.")


def test_microformats_of_responses_from_other_sites_are_comments() -> None:
    """h-entry with u-comment h-cite, as https://microformats.org/wiki/comment has it."""
    thread = _thread("h_cite")
    assert (thread.post.title, thread.post.author) == ("The bell, the till and the ledger", "Henrike Voss")
    assert thread.post.text.endswith("The other half buy nails.")
    assert [(c.author, c.author_url, c.published_how, c.by_post_author) for c in thread.comments] == [
        ("Ada Lindgren", "https://ada.example/", "offset", None), ("Henrike Voss", "https://workbench.example/", "offset", True),
        ("Petrus B.", "https://petrus.example/", "offset", None),
    ]


def test_microdata_of_comments_is_read_with_its_nesting() -> None:
    thread = _thread("user_comments")
    assert (thread.post.title, thread.post.author, thread.post.published) == ("Price tags at the market", "Wen", datetime(2016, 5, 3, 23, 30, tzinfo=UTC))
    assert "1. Neighbours pay the morning price.\n2. Strangers" in thread.post.text and thread.post.rule == "div.post-content"
    assert [(c.author, c.author_url, c.ref, c.parent_ref, c.text) for c in thread.comments] == [
        ("Jun", "http://jun.example.org/", "31", None, "She once gave me the neighbour price by mistake and asked for it back."), ("Wen", "", "32", "31", "And you paid?"),
    ]
    assert [c.published for c in thread.comments] == [datetime(2016, 5, 5, 2, tzinfo=UTC), datetime(2016, 5, 5, 3, 12, tzinfo=UTC)]


def test_comments_that_only_the_machines_are_told_are_read_too() -> None:
    thread = _thread("json_ld")
    assert (thread.post.title, thread.post.author, thread.post.comments_reported) == ("The shelf that sold itself", "Tove Berg", 3)
    assert thread.post.text.startswith("We moved one shelf") and thread.post.text.endswith("is now the order sheet.")
    assert [(c.author, c.ref, c.parent_ref, c.text, c.published_how) for c in thread.comments] == [
        ("Ravi", "9", None, "We tried that.\nIt fell over.", "offset"), ("Tove Berg", "11", "9", "Ours is screwed to the wall.", "offset"), ("Pia", "#3", None, "1 < 2 shelves", "date"),
    ]


def test_names_and_dates_after_the_words_are_found() -> None:
    thread = _thread("posted_by")
    assert (thread.post.title, thread.post.author, thread.post.published_raw) == ("Quiet weeks", "hugo", "February 3, 2005 06:52 PM")
    assert thread.post.text.endswith("it is always that one.")
    assert [(c.author, c.author_url, c.published_raw, c.text) for c in thread.comments] == [
        ("Frida Holm", "http://frida.example.org/", "February 3, 2005 07:42 PM", "The sentence after the thank you. I have a folder of those."),
        ("Sam", "", "February 28, 2005 10:47 AM", "So you read in January what they meant in December?\n\nI am asking for a friend."),
    ]
    assert [c.reply_to for c in thread.comments] == [None, None]


def test_a_listing_leads_to_its_posts_and_is_none_itself() -> None:
    found = list(generic.read(_page("listing", "https://back.example.org/")))
    assert [(link.kind, link.url) for link in found if isinstance(link, Link)] == [
        ("feed", "https://back.example.org/feed.atom"), ("next", "https://back.example.org/page/2"),
        ("post", "https://back.example.org/shelf"), ("post", "https://back.example.org/till"), ("post", "https://back.example.org/window"),
    ]
    assert not any(isinstance(one, Post | Comment | Skipped) for one in found)


@pytest.mark.parametrize(("body", "content_type", "expected"), [
    (b"<!DOCTYPE html><p>Words", "text/html", 0.1),
    (b"<p>Words", "", 0.1),
    (b"<html><body>x", "application/xhtml+xml; charset=utf-8", 0.1),
    (b"<?xml version='1.0'?><rss><channel><title>x</title></channel></rss>", "", 0),
    (b"<?xml version='1.0'?>\n<feed xmlns='http://www.w3.org/2005/Atom'><title>x</title></feed>", "text/html", 0),
    (b'{"html": "<p>x"}', "application/json", 0),
    (b"%PDF-1.4", "application/pdf", 0),
    (b"\x89PNG\r\n\x00\x00\x00\rIHDR<p>", "", 0),
    (b"just words", "text/plain", 0),
    (b"", "text/html", 0),
])
def test_any_html_is_readable_and_nothing_else(body: bytes, content_type: str, expected: float) -> None:
    assert generic.confidence(Page("https://a.example.org/x", body, FETCHED, (("content-type", content_type),) if content_type else ())) == expected


@pytest.mark.parametrize("body", [b"<html><body></body></html>", b"<p>404</p>", b"<html><script>x()</script><form><input></form></html>"])
def test_a_page_without_a_text_says_so(body: bytes) -> None:
    assert list(generic.read(Page("https://a.example.org/x", body, FETCHED))) == [Skipped("no post on the page", "https://a.example.org/x")]


def test_a_missing_page_is_no_post() -> None:
    page = Page("https://a.example.org/x", (PAGES / "bare_article.html").read_bytes(), FETCHED, status=404)
    assert list(generic.read(page)) == [Skipped("not found page", "https://a.example.org/x")]


@given(st.sampled_from(sorted(PAGES.glob("*.html"))), st.integers(0, 5000), st.integers(0, 400), st.binary(max_size=12))
@settings(max_examples=60, deadline=None)
def test_a_damaged_page_is_read_as_far_as_it_goes(file: Path, start: int, length: int, rubbish: bytes) -> None:
    body = file.read_bytes()
    list(generic.read(Page("https://a.example.org/x", body[:start] + rubbish + body[start + length:], FETCHED)))


@given(st.binary(max_size=300))
@settings(max_examples=60, deadline=None)
def test_any_bytes_are_read_as_far_as_they_go(body: bytes) -> None:
    list(generic.read(Page("https://a.example.org/x", body, FETCHED)))
    list(generic.read(Page("https://a.example.org/x", b"<html><body><p>" + body, FETCHED)))


def test_a_long_chain_of_replies_is_read_to_its_end() -> None:
    """600 levels deep: deeper than any blog, and slow only where something is quadratic or recursive."""
    comment = "<li class=comment id=comment-{}><span class=author>Ann</span> <time datetime=2020-01-01T10:00:00Z>1 Jan 2020</time><p>And then?</p><ul>"
    body = "<h1>Chains</h1><p>" + "A chain is as strong as its last link. " * 20 + "".join(map(comment.format, range(600)))
    found = [one for one in generic.read(Page("https://a.example.org/x", body.encode(), FETCHED)) if isinstance(one, Comment)]
    assert [one.depth for one in found] == list(range(600))


def test_posts_without_comments_have_none(shared: Path) -> None:
    for file in sorted((shared / "pages" / "zero_comments").glob("*.html")):
        found = list(generic.read(Page("file:" + file.name, file.read_bytes(), FETCHED)))
        assert not any(isinstance(one, Comment) for one in found), file.name


def test_real_pages_give_as_many_comments_as_they_show(shared: Path) -> None:
    """All but one of the saved pages that no platform module claims: Plone's template repeats a class in its comment form."""
    with (shared / "pages" / "manifest.tsv").open(encoding="utf-8") as lines:
        rows = [row for row in csv.DictReader(lines, delimiter="\t") if row["platform"] in UNKNOWN]
    equal = [row["file"] for row in rows if _count(shared, row["file"]) == int(row["n_comments"])]
    assert len(equal) >= len(rows) - 1


def test_a_known_platform_always_wins() -> None:
    reading = read_page(Page("https://a.example.org/x", b"<html><meta name=generator content='WordPress 6'><link href='/wp-content/themes/x.css'><p>Hi", FETCHED))
    assert reading.platform == "wordpress"


def _count(shared: Path, file: str) -> int:
    found = generic.read(Page("file:" + file, (shared / "pages" / file).read_bytes(), FETCHED))
    return sum(isinstance(one, Comment) for one in found)


def _page(name: str, url: str) -> Page:
    return Page(url, (PAGES / f"{name}.html").read_bytes(), FETCHED)


def _thread(name: str) -> Thread:
    page = _page(name, f"https://{name.replace('_', '-')}.example.org/post")
    if name == "indented":
        page = _page(name, "https://stand.example.org/kettle?utm_source=x")
    found = list(generic.read(page))
    assert [one for one in found if isinstance(one, Skipped)] == []
    (post,) = [one for one in found if isinstance(one, Post)]
    thread = clean(Thread(post, tuple(one for one in found if isinstance(one, Comment))), page).thread
    assert thread is not None
    return thread
