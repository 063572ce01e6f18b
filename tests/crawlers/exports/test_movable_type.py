"""Movable Type's text format."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawlers.exports import movable_type
from schema.keys import post_key
from tests.crawlers.exports.reading import cleaned, found, page

FILE = """AUTHOR: Ann
TITLE: Prices
STATUS: Publish
ALLOW COMMENTS: 2
CONVERT BREAKS: 1
BASENAME: prices
UNIQUE URL: http://shop.example/2002/01/prices.html
DATE: 01/31/2002 03:31:05 PM
CATEGORY: News
-----
BODY:
One.
Two.

Three.
-----
EXTENDED BODY:
TITLE: no field, but words.
-----
EXCERPT:

-----
COMMENT:
AUTHOR: Bo
EMAIL: bo@mail.example
IP: 192.0.2.7
URL: http://bo.example
DATE: 02/01/2002 15:47:06
First line.

DATE: of what?
-----
COMMENT:
AUTHOR: Cleo
DATE: 02/01/2002 12:05:00 AM
Next.
-----
PING:
TITLE: On prices
URL: http://other.example/15.html
IP: 192.0.2.8
BLOG NAME: Other
DATE: 02/05/2002 04:05:23 PM
An excerpt.
-----
--------
AUTHOR: Ann
TITLE: Not yet
STATUS: Draft
DATE: 02/03/2002 09:00:00 AM
-----
BODY:
Hush.
-----
--------
AUTHOR: Ann
TITLE: HTML as it is
CONVERT BREAKS: 0
DATE: 02/04/2002 09:00:00 AM
-----
BODY:
<p>One
line.</p>
-----
--------
"""


def test_an_entry_is_taken_with_what_the_file_knows_of_it() -> None:
    first, second = cleaned(page(FILE, "blog.txt"))
    post = first.post
    assert (post.key, post.title, post.author, post.comments_closed) == (post_key("http://shop.example/2002/01/prices.html"), "Prices", "Ann", True)
    assert (post.published, post.published_how, post.published_raw) == (datetime(2002, 1, 31, 15, 31, 5, tzinfo=UTC), "local", "01/31/2002 03:31:05 PM")
    assert post.text == "One.\nTwo.\n\nThree.\n\nTITLE: no field, but words."
    assert (post.comments_reported, post.pings_reported) == (3, 1)
    assert (second.post.title, second.post.text) == ("HTML as it is", "One line.")


def test_comments_and_trackbacks_are_told_apart() -> None:
    comments = cleaned(page(FILE, "blog.txt"))[0].comments
    assert [(one.kind, one.place, one.author, one.author_url, one.text) for one in comments] == [
        ("comment", 1, "Bo", "http://bo.example", "First line.\n\nDATE: of what?"),
        ("comment", 2, "Cleo", "", "Next."),
        ("trackback", 3, "Other", "http://other.example/15.html", "On prices\n\nAn excerpt."),
    ]
    assert [one.published for one in comments[:2]] == [datetime(2002, 2, 1, 15, 47, 6, tzinfo=UTC), datetime(2002, 2, 1, 0, 5, tzinfo=UTC)]


def test_drafts_are_counted() -> None:
    _, _, skipped = found(movable_type, FILE, "blog.txt")
    assert [one.reason for one in skipped] == ["draft"]


def test_an_entry_without_an_address_is_known_by_the_file_and_its_name() -> None:
    nameless = FILE.replace("UNIQUE URL: http://shop.example/2002/01/prices.html\n", "")
    posts, _, _ = found(movable_type, nameless + nameless, "blog.txt")
    assert [post.url for post in posts] == [
        "file:blog.txt/prices", "file:blog.txt/02-04-2002-09-00-00-am-html-as-it-is", "file:blog.txt/prices-2", "file:blog.txt/02-04-2002-09-00-00-am-html-as-it-is-2",
    ]


def test_hatena_names_the_file_by_the_blog() -> None:
    body = "AUTHOR: ann\nTITLE: Prices\nBASENAME: 2025/01/15/123456\nPRIMARY CATEGORY: \n\nDATE: 01/15/2025 10:30:00\n-----\nBODY:\n<p>One.</p>\n--------\n"
    assert movable_type.confidence(page(body)) == 1
    (post,), _, _ = found(movable_type, body, "exports/ann.hatenablog.com.export.txt")
    assert (post.url, post.title) == ("https://ann.hatenablog.com/entry/2025/01/15/123456", "Prices")


def test_mail_and_ip_addresses_are_not_taken() -> None:
    items = repr(list(movable_type.read(page(FILE))))
    assert "mail.example" not in items
    assert "192.0.2" not in items


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "windows-1252"])
def test_files_are_of_their_time_in_encoding_and_line_ends(encoding: str) -> None:
    body = FILE.replace("Three.", "Drei für zwölf.").replace("\n", "\r\n").encode(encoding)
    assert movable_type.confidence(page(body)) == 1
    assert cleaned(page(body, "blog.txt"))[0].post.text.split("\n\n")[1] == "Drei für zwölf."


@pytest.mark.parametrize("text", ["", "Just some notes.\n", "TITLE: A list\nof notes\n-----\nBODY:\n", "Dear Ann:\n-----\nBody:\nx\n", "KEY: x\n-----\nNOTES:\n"])
def test_other_texts_are_not_taken_for_it(text: str) -> None:
    assert movable_type.confidence(page(text)) == 0
