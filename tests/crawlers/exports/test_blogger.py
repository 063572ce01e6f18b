"""Blogger's backup in both shapes."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawlers.exports import blogger
from schema.keys import comment_key, post_key
from tests.crawlers.exports.reading import cleaned, found, page, payload

URL = "http://shop.blogspot.com/2009/10/prices.html"
ME = "http://www.blogger.com/profile/111"


def backup(entries: str) -> str:
    return f"""<?xml version='1.0' encoding='UTF-8'?><feed xmlns='http://www.w3.org/2005/Atom' xmlns:gd='http://schemas.google.com/g/2005'
 xmlns:thr='http://purl.org/syndication/thread/1.0' xmlns:app='http://purl.org/atom/app#'><id>tag:blogger.com,1999:blog-1.archive</id>
 <title>Shop</title>{entry("template", "layout", "Template", "<b:skin/>")}{entry("settings", "BLOG_NAME", "Name", "Shop")}{entries}</feed>"""


def entry(kind: str, number: str, title: str, content: str, more: str = "", author: str = f"<name>Ann</name><uri>{ME}</uri>") -> str:
    return (f"<entry><id>tag:blogger.com,1999:blog-1.{kind if kind != 'comment' else 'post'}-{number}</id>"
            "<published>2009-10-14T15:04:05.678-07:00</published>"
            f"<category scheme='http://schemas.google.com/g/2005#kind' term='http://schemas.google.com/blogger/2008/kind#{kind}'/>"
            f"<category scheme='http://www.blogger.com/atom/ns#' term='a label'/><title type='text'>{title}</title>"
            f"<content type='html'>{content}</content><author>{author}<email>noreply@blogger.com</email></author>{more}</entry>")


def post(number: str = "20", more: str = "", url: str = URL) -> str:
    return entry("post", number, "Prices", "&lt;p&gt;One.&lt;/p&gt;", f"<link rel='replies' href='{URL}#comment-form'/><link rel='alternate' type='text/html' href='{url}'/>{more}")


def comment(number: str, parent: str = "", more: str = "", content: str = "Yes.", of: str = "20") -> str:
    related = f"<link rel='related' href='http://www.blogger.com/feeds/1/20/comments/default/{parent}?v=2'/>" if parent else ""
    return entry("comment", number, content, content, (
        f"<link rel='alternate' href='{URL}?showComment=1255557845678#c{number}'/>{related}"
        f"<thr:in-reply-to ref='tag:blogger.com,1999:blog-1.post-{of}' href='{URL}'/>{more}"), "<name>Bo</name>")


def takeout(entries: str) -> str:
    return ("<?xml version='1.0' encoding='utf-8'?><feed xmlns='http://www.w3.org/2005/Atom' xmlns:blogger='http://schemas.google.com/blogger/2018'>"
            f"<id>tag:blogger.com,1999:blog-1</id><title>Shop</title>{entries}</feed>")


def new_entry(kind: str, number: str, more: str = "", status: str = "LIVE") -> str:
    return (f"<entry><id>tag:blogger.com,1999:blog-1.post-{number}</id><blogger:type>{kind}</blogger:type><blogger:status>{status}</blogger:status>"
            f"<author><name>Ann</name><uri/><blogger:type>BLOGGER</blogger:type></author><title>T{number}</title><content type='html'>Words.</content>"
            f"<published>2009-10-14T15:04:05Z</published>{more}</entry>")


def test_comments_find_their_posts_even_before_them_and_have_the_keys_of_the_page() -> None:
    (thread,) = cleaned(page(backup(comment("31") + comment("32", parent="31") + post())))
    key = post_key(URL)
    assert (thread.post.key, thread.post.title, thread.post.text, thread.post.author_url, thread.post.comments_reported) == (key, "Prices", "One.", ME, 2)
    assert [(one.key, one.reply_to, one.depth, one.place) for one in thread.comments] == [
        (comment_key(key, "31"), None, 0, 1), (comment_key(key, "32"), comment_key(key, "31"), 1, 2),
    ]
    assert thread.comments[0].published == datetime(2009, 10, 14, 22, 4, 5, 678000, tzinfo=UTC)
    assert {one.published_how for one in thread.comments} == {"api"}


@pytest.mark.parametrize(("content", "more", "how"), [
    ("This comment has been removed by the author.", "<gd:extendedProperty name='blogger.itemClass' value='pid-1'/><gd:extendedProperty name='blogger.contentRemoved' value='true'/>", "author"),
    ("This comment has been removed by a blog administrator.", "<gd:extendedProperty name='blogger.contentRemoved' value='true'/>", "moderator"),
    ("Dieser Kommentar wurde vom Autor entfernt.", "", "author"),
    ("Yes.", "<gd:extendedProperty name='blogger.itemClass' value='pid-1'/>", None),
])
def test_a_removed_comment_keeps_its_place(content: str, more: str, how: str | None) -> None:
    _, (one,), _ = found(blogger, backup(post() + comment("31", content=content, more=more)))
    assert (one.removed_how, one.html) == (how, "" if how else "Yes.")


def test_drafts_and_hidden_comments_are_counted() -> None:
    draft = "<app:control><app:draft>yes</app:draft></app:control>"
    posts, comments, skipped = found(blogger, backup(post() + post("21", draft) + comment("31", more=draft) + comment("32", of="21") + comment("33", of="99")))
    assert (len(posts), comments) == (1, [])
    assert [one.reason for one in skipped] == ["draft", "not approved", "of a hidden post", "post not in the export"]


def test_takeout_names_kinds_and_parents_in_elements_of_its_own() -> None:
    reply = "<blogger:parent>tag:blogger.com,1999:blog-1.post-20</blogger:parent><blogger:inReplyTo>{}</blogger:inReplyTo>"
    body = takeout(
        new_entry("POST", "20", "<blogger:filename>/2009/10/prices.html</blogger:filename>")
        + new_entry("COMMENT", "31", reply.format("")) + new_entry("COMMENT", "32", reply.format("tag:blogger.com,1999:blog-1.post-31"))
        + new_entry("COMMENT", "33", reply.format(""), "SPAM_COMMENT") + new_entry("POST", "21", status="DRAFT") + new_entry("POST", "22", status="SOFT_TRASHED")
    )
    posts, comments, skipped = found(blogger, body, "feed.atom")
    assert [one.url for one in posts] == ["file:feed.atom/2009/10/prices.html"]
    assert [(one.ref, one.parent_ref, one.depth) for one in comments] == [("31", None, 0), ("32", "31", 1)]
    assert sorted(one.reason for one in skipped) == ["draft", "not approved", "trashed"]
    named = body.replace("<title>Shop</title>", "<link rel='alternate' href='https://shop.example/'/><title>Shop</title>")
    assert [one.url for one in found(blogger, named)[0]] == ["https://shop.example/2009/10/prices.html"]


def test_comments_stand_by_time_whatever_the_order_of_the_file() -> None:
    late = comment("31").replace("15:04:05.678", "16:00:00.000")
    _, comments, _ = found(blogger, backup(post() + late + comment("32") + comment("33")))
    assert [(one.ref, one.place) for one in comments] == [("32", 1), ("33", 2), ("31", 3)]


def test_the_author_of_the_post_is_known_by_the_profile() -> None:
    own = comment("31").replace("<name>Bo</name>", f"<name>Ann B.</name><uri>{ME}</uri>")
    _, comments, _ = found(blogger, backup(post() + own + comment("32")))
    assert [one.by_post_author for one in comments] == [True, False]


def test_real_entries_are_read_with_the_two_that_were_removed(shared: Path) -> None:
    body = payload(shared, "bf_blogger_comments_atom_keikolynn.xml").body.decode()
    (number,) = set(re.findall(r"in-reply-to[^>]*\.post-(\d+)", body))
    body = body.replace("<entry>", "<id>x.archive</id><entry>", 1).replace("</feed>", post(number) + "</feed>")
    posts, comments, skipped = found(blogger, body)
    assert (len(posts), len(comments), skipped) == (1, 25, [])
    assert [one.removed_how for one in comments if one.removed_how] == ["author", "author"]
    assert all(one.published and one.author for one in comments)


def test_mail_addresses_are_not_taken() -> None:
    assert "noreply" not in repr(list(blogger.read(page(backup(post() + comment("31"))))))


@pytest.mark.parametrize(("body", "confidence"), [(backup(""), 1.0), (takeout(""), 1.0), ("<feed xmlns='http://www.w3.org/2005/Atom'><id>tag:blogger.com,1999:blog-1</id></feed>", 0.0)])
def test_it_is_known_by_its_settings(body: str, confidence: float) -> None:
    assert blogger.confidence(page(body)) == confidence


@pytest.mark.parametrize("name", ["bf_blogger_comments_atom_keikolynn.xml", "bf_posts_feed_digital-examples.blogspot.com.xml"])
def test_a_feed_is_no_export(shared: Path, name: str) -> None:
    assert blogger.confidence(payload(shared, name)) == 0
