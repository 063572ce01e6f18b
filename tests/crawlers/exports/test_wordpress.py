"""WordPress' own export: real files, and each rule by itself."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawlers.exports import wordpress
from schema.items import Comment, Page, Post, Skipped
from schema.keys import comment_key, post_key
from tests.crawlers.exports.reading import cleaned, found, page, payload

URL = "http://shop.example/2010/03/prices/"


def wxr(items: str) -> str:
    return f"""<?xml version="1.0" encoding="UTF-8" ?>
<!-- generator="WordPress/6.1" -->
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Shop</title><language>de-DE</language>
<wp:author><wp:author_id>7</wp:author_id><wp:author_login><![CDATA[ann]]></wp:author_login><wp:author_email>ann@shop.example</wp:author_email>
<wp:author_display_name><![CDATA[Ann Baker]]></wp:author_display_name></wp:author>
{items}</channel></rss>"""


def item(comments: str = "", link: str = URL, **more: str) -> str:
    said = {"post_type": "post", "status": "publish", "post_password": "", "post_date": "2010-03-11 13:00:00",
            "post_date_gmt": "2010-03-11 12:00:00", "comment_status": "closed", **more}
    fields = "".join(f"<wp:{name}><![CDATA[{value}]]></wp:{name}>" for name, value in said.items() if name != "text")
    return (f"<item><title>Prices &amp;amp; promises</title><link>{link}</link><dc:creator><![CDATA[ann]]></dc:creator>"
            f"<content:encoded><![CDATA[{more.get('text', 'One.')}]]></content:encoded><excerpt:encoded>Not this.</excerpt:encoded>{fields}{comments}</item>")


def comment(number: int, parent: int | str = 0, **more: str) -> str:
    said = {"author": "Bo", "author_email": "bo@mail.example", "author_url": "http://bo.example/", "author_IP": "192.0.2.7",
            "date": f"2010-03-11 14:{number:02}:00", "date_gmt": f"2010-03-11 13:{number:02}:00", "content": f"Number {number}.",
            "approved": "1", "type": "", "parent": str(parent), "user_id": "0", **more}
    return (f"<wp:comment><wp:comment_id>{number}</wp:comment_id>"
            + "".join(f"<wp:comment_{name}><![CDATA[{value}]]></wp:comment_{name}>" for name, value in said.items()) + "</wp:comment>")


def test_a_post_is_taken_with_what_the_file_knows_of_it() -> None:
    (post,), _, _ = found(wordpress, wxr(item(comment(1))))
    assert post == Post(
        url=URL, platform="wordpress", rule="wxr item", via="export", title="Prices & promises", author="Ann Baker",
        published=datetime(2010, 3, 11, 12, tzinfo=UTC), published_raw="2010-03-11 13:00:00", published_how="api",
        html="<p>One.</p>", language="de", comments_reported=1, pings_reported=0, comments_closed=True,
    )


def test_a_comment_has_the_key_that_the_page_gives_it() -> None:
    (thread,) = cleaned(page(wxr(item(comment(4) + comment(5, parent=4)))))
    post = post_key(URL)
    assert [(one.key, one.reply_to) for one in thread.comments] == [
        (comment_key(post, "4"), None), (comment_key(post, "5"), comment_key(post, "4")),
    ]
    assert [(one.published, one.published_how, one.reply_to_how, one.url) for one in thread.comments[1:]] == [
        (datetime(2010, 3, 11, 13, 5, tzinfo=UTC), "api", "api", f"{URL}#comment-5"),
    ]


def test_comments_stand_as_the_blog_shows_them_by_time_and_answers_below() -> None:
    late = comment(1, date_gmt="2010-03-12 09:00:00")
    _, comments, _ = found(wordpress, wxr(item(late + comment(2) + comment(3) + comment(4, parent=2))))
    assert [(one.ref, one.place, one.depth) for one in comments] == [("2", 1, 0), ("4", 2, 1), ("3", 3, 0), ("1", 4, 0)]


@pytest.mark.parametrize(("more", "kind"), [
    ({}, "comment"), ({"type": "comment"}, "comment"), ({"type": "pingback"}, "pingback"), ({"type": "trackback"}, "trackback"),
])
def test_pings_are_told_apart(more: dict[str, str], kind: str) -> None:
    (post,), (one,), _ = found(wordpress, wxr(item(comment(1, **more))))
    assert (one.kind, post.comments_reported, post.pings_reported) == (kind, 1, int(kind != "comment"))


@pytest.mark.parametrize(("more", "reason"), [
    ({"approved": "0"}, "not approved"), ({"approved": "spam"}, "not approved"), ({"approved": "trash"}, "not approved"),
    ({"approved": "post-trashed"}, "not approved"), ({"type": "order_note"}, "not a comment"),
])
def test_what_the_blog_does_not_show_is_counted_not_stored(more: dict[str, str], reason: str) -> None:
    (post,), comments, skipped = found(wordpress, wxr(item(comment(1, **more))))
    assert (comments, [one.reason for one in skipped], post.comments_reported) == ([], [reason], 0)


@pytest.mark.parametrize(("more", "reason"), [
    ({"status": "draft"}, "draft"), ({"status": "pending"}, "draft"), ({"status": "future"}, "scheduled"), ({"status": "private"}, "private"),
    ({"status": "trash"}, "trashed"), ({"post_password": "open sesame"}, "password protected"), ({"post_type": "attachment"}, "not a post"),
    ({"post_type": "nav_menu_item"}, "not a post"), ({"post_type": "revision", "status": "inherit"}, "not a post"), ({"link": "", "guid": ""}, "no address"),
])
def test_what_nobody_may_read_is_counted_not_stored(more: dict[str, str], reason: str) -> None:
    answered = comment(1) if more.get("post_type") != "nav_menu_item" else ""
    posts, comments, skipped = found(wordpress, wxr(item(answered, **more)))
    assert (posts, comments, [one.reason for one in skipped]) == ([], [], [reason])


def test_pages_are_posts_and_so_is_what_people_have_commented_on() -> None:
    body = wxr(item(post_type="page", link="http://shop.example/about/") + item(comment(1), post_type="recipe", link="http://shop.example/r/1"))
    assert [post.url for post in found(wordpress, body)[0]] == ["http://shop.example/about/", "http://shop.example/r/1"]


@pytest.mark.parametrize(("user", "by_post_author"), [("7", True), ("8", False), ("0", False), ("", None)])
def test_the_author_of_the_post_is_known_by_number(user: str, by_post_author: bool | None) -> None:
    _, (one,), _ = found(wordpress, wxr(item(comment(1, user_id=user))))
    assert one.by_post_author is by_post_author


def test_mail_and_ip_addresses_are_not_taken() -> None:
    items = list(wordpress.read(page(wxr(item(comment(1))).replace("Ann Baker", "ann@shop.example"))))
    assert not any("@" in repr(one) or "192.0.2.7" in repr(one) for one in items)


def test_texts_get_the_paragraphs_and_links_that_the_page_has() -> None:
    typed = "First line\nsecond line\n\nSee http://deal.example/?a=1&amp;b=2, or <a href=\"http://x.example\">http://x.example</a>."
    (thread,) = cleaned(page(wxr(item(comment(1, content=typed), text="One.\n\n[caption id=\"a\"]Two.[/caption]"))))
    assert thread.post.text == "One.\n\nTwo."
    assert thread.comments[0].text == "First line\nsecond line\n\nSee http://deal.example/?a=1&b=2, or http://x.example."
    assert [link.url for link in thread.comments[0].links] == ["http://deal.example/?a=1&b=2", "http://x.example"]


def test_a_file_of_the_first_version_says_less_and_is_read_all_the_same() -> None:
    body = wxr("").replace("export/1.2", "export/1.0").replace("</channel>", (
        "<item><title>A</title><link>http://shop.example/?p=4</link><wp:comment><wp:comment_id>11</wp:comment_id><wp:comment_author>Bo</wp:comment_author>"
        "<wp:comment_content>Yes.</wp:comment_content></wp:comment></item></channel>"))
    (post,), (one,), _ = found(wordpress, body)
    assert (post.url, post.published, post.comments_closed, one.ref, one.parent_ref, one.published) == ("http://shop.example/?p=4", None, None, "11", None, None)


@pytest.mark.parametrize(("body", "confidence"), [
    (wxr(""), 1.0), ("<rss version='2.0'><channel><title>A feed</title></channel></rss>", 0.0), ("", 0.0),
    ("<html><body>http://wordpress.org/export/</body></html>", 0.0),
])
def test_it_is_known_by_its_namespace(body: str, confidence: float) -> None:
    assert wordpress.confidence(page(body)) == confidence


@pytest.mark.parametrize(("name", "comments", "parents", "pings", "left_out"), [
    ("isso_wordpress.xml", 8, 3, 0, {}),
    ("wpimporter_wxr-comprehensive.xml", 1, 0, 0, {}),
    ("wpimporter_a11y-unit-test-data.xml", 28, 9, 4, {"password protected": 1}),
    ("wptt_themeunittestdata.wordpress.xml", 28, 9, 4, {"password protected": 1, "not approved": 3}),
])
def test_real_files_give_all_their_comments(shared: Path, name: str, comments: int, parents: int, pings: int, left_out: dict[str, int]) -> None:
    items = list(wordpress.read(payload(shared, name)))
    said = [one for one in items if isinstance(one, Comment)]
    reasons = Counter(one.reason for one in items if isinstance(one, Skipped))
    refs = {one.ref for one in said}
    assert (len(said), sum(one.kind != "comment" for one in said)) == (comments, pings)
    assert [one.parent_ref in refs for one in said if one.parent_ref] == [True] * parents
    assert left_out.items() <= reasons.items()


def test_a_cut_file_gives_what_is_whole() -> None:
    body = wxr(item(comment(1)) + item(comment(2), link="http://shop.example/b"))
    posts, comments, _ = found(wordpress, body[:body.rindex("<wp:comment>")])
    assert ([post.url for post in posts], [one.ref for one in comments]) == ([URL], ["1"])


def test_control_characters_do_not_end_the_file() -> None:
    posts, _, _ = found(wordpress, wxr(item(text="One\x0b two.") + item(link="http://shop.example/b")))
    assert [post.html for post in posts] == ["<p>One two.</p>", "<p>One.</p>"]


def test_it_is_read_from_any_page() -> None:
    assert list(wordpress.read(Page("file:x", b"", datetime(2026, 1, 1, tzinfo=UTC)))) == []
