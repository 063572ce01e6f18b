"""Disqus' export: a real file, and each rule by itself."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawlers.exports import disqus
from schema.items import Comment
from schema.keys import comment_key, post_key
from tests.crawlers.exports.reading import cleaned, found, page, payload

URL = "http://shop.example/prices"


def export(*elements: str) -> str:
    return ('<?xml version="1.0" encoding="utf-8"?><disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals">'
            '<category dsq:id="1"><title>General</title></category>' + "".join(elements) + "</disqus>")


def thread(number: str = "2", title: str = "Prices", link: str = URL, more: str = "<isClosed>true</isClosed><isDeleted>false</isDeleted>") -> str:
    return f'<thread dsq:id="{number}"><id>x</id><category dsq:id="1"/><link>{link}</link><title>{title}</title><message/>{more}</thread>'


def comment(number: str, parent: str = "", gone: str = "false", spam: str = "false", of: str = "2", username: str = "bo") -> str:
    answers = f'<parent dsq:id="{parent}"/>' if parent else ""
    return (f'<post dsq:id="{number}"><id/><message><![CDATA[<p>Number {number}.</p>]]></message><createdAt>2013-10-11T06:51:33Z</createdAt>'
            f"<isDeleted>{gone}</isDeleted><isSpam>{spam}</isSpam><author><email>bo@mail.example</email><name>Bo</name><isAnonymous>false</isAnonymous>"
            f'<username>{username}</username></author><ipAddress>192.0.2.7</ipAddress><thread dsq:id="{of}"/>{answers}</post>')


def test_a_comment_has_the_key_that_disqus_gives_it_under_the_post() -> None:
    (one,) = cleaned(page(export(thread(), comment("5", parent="4"), comment("4"))))
    key = post_key(URL)
    assert (one.post.key, one.post.title, one.post.comments_closed, one.post.comments_reported) == (key, "Prices", True, 2)
    assert [(each.key, each.reply_to, each.text) for each in one.comments] == [
        (comment_key(key, "4"), None, "Number 4."), (comment_key(key, "5"), comment_key(key, "4"), "Number 5."),
    ]
    assert (one.comments[0].published, one.comments[0].author_url) == (datetime(2013, 10, 11, 6, 51, 33, tzinfo=UTC), "https://disqus.com/by/bo/")


def test_a_deleted_comment_is_a_gap_only_where_somebody_answers_it() -> None:
    (post,), comments, skipped = found(disqus, export(thread(), comment("4", gone="true"), comment("5", parent="4"), comment("6", gone="true"), comment("7", parent="6", gone="true")))
    assert [(one.ref, one.removed_how, one.html, one.author) for one in comments] == [("4", "unknown", "", ""), ("5", None, "<p>Number 5.</p>", "Bo")]
    assert ([one.reason for one in skipped], post.comments_reported) == (["removed", "removed"], 2)


def test_spam_is_counted_not_stored() -> None:
    _, comments, skipped = found(disqus, export(thread(), comment("4", spam="true")))
    assert (comments, [one.reason for one in skipped]) == ([], ["not approved"])


@pytest.mark.parametrize(("threads", "reason"), [
    ("", "post not in the export"), (thread(link=""), "no address"), (thread(more="<isDeleted>true</isDeleted>"), "trashed"), ('<thread dsq:id="2"><id/></thread>', "no address"),
])
def test_a_comment_without_a_page_is_counted(threads: str, reason: str) -> None:
    posts, comments, skipped = found(disqus, export(threads, comment("4")))
    assert (posts, comments, [one.reason for one in skipped]) == ([], [], [reason])


def test_a_thread_without_a_title_goes_by_its_address() -> None:
    (one,) = cleaned(page(export(thread(title=""), comment("4"))))
    assert one.post.title == URL


def test_mail_and_ip_addresses_are_not_taken() -> None:
    items = repr(list(disqus.read(page(export(thread(), comment("4"))))))
    assert "@" not in items
    assert "192.0.2.7" not in items


def test_a_circle_of_answers_is_read_once() -> None:
    _, comments, _ = found(disqus, export(thread(), comment("4", parent="5"), comment("5", parent="4")))
    assert sorted(one.ref for one in comments) == ["4", "5"]


def test_a_real_file_gives_all_its_comments(shared: Path) -> None:
    items = list(disqus.read(payload(shared, "isso_disqus.xml")))
    comments = [one for one in items if isinstance(one, Comment)]
    assert [(one.ref, one.parent_ref, bool(one.removed_how)) for one in comments] == [
        ("4", None, False), ("5", "4", False), ("9", None, True), ("11", "9", False), ("8", None, False),
    ]


@pytest.mark.parametrize(("body", "confidence"), [(export(), 1.0), ("<disqus/>", 0.0), ("<p>disqus.com</p>", 0.0)])
def test_it_is_known_by_its_namespace(body: str, confidence: float) -> None:
    assert disqus.confidence(page(body)) == confidence
