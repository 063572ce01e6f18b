"""LiveJournal's two kinds of XML."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawlers.exports import livejournal
from schema.items import Comment, Post
from schema.keys import comment_key, post_key
from tests.crawlers.exports.reading import cleaned, found, page, payload

URL = "http://shop-owner.livejournal.com/777.html"


def entrypage(comments: str, entry: str = "") -> str:
    return (f'<entrypage><entry id="777"><metadata/><user name="Ann B." username="shop_owner" type="P"/><date>2015-6-25 18:15:0</date><url>{URL}</url>'
            f"<subject>Prices</subject><text>One.&lt;br /&gt;Two.</text>{entry}</entry><comments>{comments}</comments>"
            '<commentpages current="1" total="1"><url_next></url_next></commentpages></entrypage>')


def comment(number: str, inner: str = "", parent: str = "", text: str = "Yes.", user: str = 'name="Bo C." username="bo" type="P"', subject: str = "") -> str:
    named = f"{URL}?thread={parent}&amp;style=mine#t{parent}" if parent else ""
    below = f"<comments>{inner}</comments>" if inner else ""
    return (f'<comment depth="1" id="{number}"><journal name="Ann B." username="shop_owner" type="P"/><parent>{named}</parent><user {user}/>'
            f"<date>2015-6-25 15:16:5</date><url>{URL}?thread={number}#t{number}</url><subject>{subject}</subject><text>{text}</text>{below}</comment>")


def test_an_entry_and_the_tree_below_it() -> None:
    (thread,) = cleaned(page(entrypage(comment("31", comment("32", comment("33"), parent="31")) + comment("34", subject="Well"))))
    key = post_key(URL)
    assert (thread.post.key, thread.post.title, thread.post.text, thread.post.author) == (key, "Prices", "One.\nTwo.", "shop_owner")
    assert (thread.post.published, thread.post.published_how, thread.post.comments_elsewhere) == (datetime(2015, 6, 25, 18, 15, tzinfo=UTC), "local", "")
    assert [(one.key, one.depth, one.place) for one in thread.comments] == [
        (comment_key(key, number), depth, place) for place, (number, depth) in enumerate((("31", 0), ("32", 1), ("33", 2), ("34", 0)), 1)
    ]
    assert [one.reply_to for one in thread.comments] == [None, comment_key(key, "31"), comment_key(key, "32"), None]
    assert (thread.comments[0].published, thread.comments[0].published_how) == (datetime(2015, 6, 25, 15, 16, 5, tzinfo=UTC), "api")
    assert thread.comments[3].text == "Well\n\nYes."


@pytest.mark.parametrize(("user", "author", "url", "by_post_author"), [
    ('name="Bo C." username="bo" type="P"', "bo", "https://bo.livejournal.com/", False),
    ('name="Ann B." username="shop_owner" type="P"', "shop_owner", "https://shop-owner.livejournal.com/", True),
    ('name="Dee" username="Dee" type="I"', "Dee", "", False),
    ("", "", "", None),
])
def test_guests_go_by_the_name_they_have_elsewhere(user: str, author: str, url: str, by_post_author: bool | None) -> None:
    _, (one,), _ = found(livejournal, entrypage(comment("31", user=user)))
    assert (one.author, one.author_url, one.by_post_author) == (author, url, by_post_author)


def test_a_part_of_a_thread_names_the_parent_above_it() -> None:
    _, comments, _ = found(livejournal, entrypage(comment("32", comment("33", parent="32"), parent="31")))
    assert [(one.ref, one.parent_ref, one.depth) for one in comments] == [("32", "31", None), ("33", "32", None)]


def test_collapsed_comments_are_told() -> None:
    (post,), comments, _ = found(livejournal, entrypage(comment("31", text="")))
    assert (post.comments_elsewhere, comments[0].html, comments[0].author) == ("collapsed comments", "", "bo")


def test_a_month_of_entries_gives_the_public_ones() -> None:
    body = "".join(
        f"<entry><itemid>{n}</itemid><eventtime>2005-01-0{n} 10:00:00</eventtime><subject>S{n}</subject><event>One.\n\nTwo.</event><security>{level}</security></entry>"
        for n, level in ((1, "public"), (2, "private"), (3, "custom"), (4, "public"))
    )
    posts, _, skipped = found(livejournal, f"<?xml version='1.0'?>\n<livejournal>{body}</livejournal>", "2005-01.xml")
    assert [(post.url, post.title, post.html) for post in posts] == [
        ("file:2005-01.xml/1", "S1", "<p>One.</p>\n<p>Two.</p>"), ("file:2005-01.xml/4", "S4", "<p>One.</p>\n<p>Two.</p>"),
    ]
    assert [one.reason for one in skipped] == ["private", "private"]


@pytest.mark.parametrize(("name", "comments", "parents"), [("testpage_247911.xml", 235, 210), ("testpage_247911_91512679.xml", 3, 3)])
def test_real_files_give_all_their_comments(shared: Path, name: str, comments: int, parents: int) -> None:
    file = payload(shared, name)
    (post, *items) = livejournal.read(file)
    said = [one for one in items if isinstance(one, Comment)]
    assert isinstance(post, Post)
    assert len({one.ref for one in said}) == len(said) == comments
    assert sum(one.parent_ref is not None for one in said) == parents == file.body.count(b"<parent>http")
    assert all(one.published for one in said)


@pytest.mark.parametrize(("body", "confidence"), [
    (entrypage(""), 1.0), ("<?xml version='1.0'?><livejournal><entry/></livejournal>", 1.0), ("<livejournal><maxid>1</maxid></livejournal>", 0.0), ("<entry/>", 0.0),
])
def test_it_is_known_by_its_outermost_element(body: str, confidence: float) -> None:
    assert livejournal.confidence(page(body)) == confidence
