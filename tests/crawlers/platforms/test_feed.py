"""Feeds give links to posts with their numbers of comments, and the next page of the feed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.platforms import feed
from crawlers.reading import read
from schema.items import Comment, Link, Page, Post, Skipped

BLOGGER = """<?xml version='1.0' encoding='UTF-8'?><?xml-stylesheet href="http://www.blogger.com/styles/atom.css" type="text/css"?>
<feed xmlns='http://www.w3.org/2005/Atom' xmlns:openSearch='http://a9.com/-/spec/opensearchrss/1.0/' xmlns:thr='http://purl.org/syndication/thread/1.0'>
<id>tag:blogger.com,1999:blog-7700000000000000001</id><title type='text'>Counter Talk</title>
<link rel='http://schemas.google.com/g/2005#feed' type='application/atom+xml' href='http://counter-talk.blogspot.com/feeds/posts/default'/>
<link rel='self' type='application/atom+xml' href='http://www.blogger.com/feeds/7700000000000000001/posts/default'/>
<link rel='alternate' type='text/html' href='http://counter-talk.blogspot.com/'/>
<link rel='next' type='application/atom+xml' href='http://www.blogger.com/feeds/7700000000000000001/posts/default?start-index=3&amp;max-results=2'/>
<generator version='7.00' uri='http://www.blogger.com'>Blogger</generator>
<openSearch:totalResults>{total}</openSearch:totalResults><openSearch:startIndex>1</openSearch:startIndex><openSearch:itemsPerPage>2</openSearch:itemsPerPage>
{entries}</feed>"""
ENTRY = """<entry><id>tag:blogger.com,1999:blog-7700000000000000001.post-{n}</id><published>2009-11-11T18:05:00.001-08:00</published>
<title type='text'>Note {n}</title><content type='html'>Words &amp;amp; more</content>
<link rel='replies' type='application/atom+xml' href='http://counter-talk.blogspot.com/feeds/{n}/comments/default' title='Post Comments'/>
<link rel='edit' type='application/atom+xml' href='http://www.blogger.com/feeds/7700000000000000001/posts/default/{n}'/>
<link rel='self' type='application/atom+xml' href='http://www.blogger.com/feeds/7700000000000000001/posts/default/{n}'/>
<link rel='alternate' type='text/html' href='http://counter-talk.blogspot.com/2009/11/note-{n}.html' title='Note {n}'/>
<author><name>Nora Quill</name></author>{extra}</entry>"""
REPLY = "<thr:in-reply-to href='http://counter-talk.blogspot.com/2009/11/note-1.html' ref='tag:blogger.com,1999:blog-1.post-1' type='text/html'/>"
WORDPRESS = """<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:wfw="http://wellformedweb.org/CommentAPI/" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:slash="http://purl.org/rss/1.0/modules/slash/">
<channel><title>Till Notes</title><atom:link href="http://till.example/feed/" rel="self" type="application/rss+xml" /><link>http://till.example</link>
<generator>https://wordpress.org/?v=6.1</generator>{items}</channel></rss>"""
ITEM = """<item><title>Note {n}</title><link>http://till.example/note-{n}/</link><comments>http://till.example/note-{n}/#comments</comments>
<guid isPermaLink="false">http://till.example/?p={n}</guid><wfw:commentRss>http://till.example/note-{n}/feed/</wfw:commentRss>
<slash:comments>{count}</slash:comments></item>"""
RSS1 = """<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:slash="http://purl.org/rss/1.0/modules/slash/"><channel rdf:about="http://old.example/"><title>Old</title><link>http://old.example/</link></channel>
<item rdf:about="http://old.example/1"><title>One</title><link>http://old.example/1</link><slash:comments>4</slash:comments></item></rdf:RDF>"""


def page(body: str | bytes, url: str = "http://counter-talk.blogspot.com/feeds/posts/default", content_type: str = "") -> Page:
    packed = body.encode() if isinstance(body, str) else body
    return Page(url, packed, datetime(2026, 1, 1, tzinfo=UTC), (("content-type", content_type),))


def blogger(*extras: str, total: int = 9) -> str:
    return BLOGGER.format(total=total, entries="".join(ENTRY.format(n=n, extra=extra) for n, extra in enumerate(extras, 1)))


def wordpress(*counts: int) -> str:
    return WORDPRESS.format(items="".join(ITEM.format(n=n, count=count) for n, count in enumerate(counts, 1)))


def test_blogger_entries_lead_to_posts_and_the_next_page_stays_on_the_blog() -> None:
    assert list(feed.read(page(blogger("<thr:total>12</thr:total>", "")))) == [
        Link("http://counter-talk.blogspot.com/2009/11/note-1.html", "post", "atom entry", 12),
        Link("http://counter-talk.blogspot.com/2009/11/note-2.html", "post", "atom entry", None),
        Link("http://counter-talk.blogspot.com/feeds/posts/default?start-index=3&max-results=2", "feed", "openSearch:totalResults"),
    ]


@pytest.mark.parametrize(("url", "following"), [
    ("http://counter-talk.blogspot.com/feeds/posts/default?alt=atom&start-index=1", "http://counter-talk.blogspot.com/feeds/posts/default?alt=atom&start-index=3&max-results=2"),
    ("http://feeds.feedburner.example/counter", "http://counter-talk.blogspot.com/feeds/posts/default?start-index=3&max-results=2"),
    ("http://nora.example/feeds/posts/summary", "http://nora.example/feeds/posts/summary?start-index=3&max-results=2"),
])
def test_the_next_page_of_a_blogger_feed_is_asked_of_the_blog(url: str, following: str) -> None:
    assert list(feed.read(page(blogger("", ""), url)))[-1].url == following


def test_a_blogger_feed_ends_when_all_entries_were_shown() -> None:
    assert [link.kind for link in feed.read(page(blogger("", "", total=2))) if isinstance(link, Link)][-1] == "post"


def test_wordpress_items_carry_their_number_of_comments_and_pages_are_counted() -> None:
    assert list(feed.read(page(wordpress(3, 0), "http://till.example/feed/?paged=4"))) == [
        Link("http://till.example/note-1/", "post", "rss item", 3),
        Link("http://till.example/note-2/", "post", "rss item", 0),
        Link("http://till.example/feed/?paged=5", "feed", "wordpress paged"),
    ]


@pytest.mark.parametrize("body", [wordpress(), blogger(), "<rss version='2.0'><channel/></rss>", "<feed xmlns='http://www.w3.org/2005/Atom'/>"])
def test_an_empty_feed_is_fine_and_leads_nowhere(body: str) -> None:
    assert list(feed.read(page(body))) == []


@pytest.mark.parametrize("body", ["<rss", "<feed><", "<rss version='2.0'><channel><title>cut", "<?xml version='1.0'?><rdf:RDF"])
def test_a_broken_feed_is_said_to_be_so(body: str) -> None:
    broken = page(body, content_type="application/rss+xml")
    assert feed.confidence(broken) > 0.8
    assert list(feed.read(broken)) == [Skipped("broken feed", broken.url, "feed")]


def test_a_slightly_broken_feed_is_read() -> None:
    body = wordpress(3, 1).replace("Note 1", "Note & 1 &nbsp;").removesuffix("</channel></rss>")
    assert [link.comments_reported for link in feed.read(page(body, "http://till.example/feed/")) if isinstance(link, Link)][:2] == [3, 1]


@pytest.mark.parametrize("body", [
    blogger(REPLY, REPLY),
    wordpress(1).replace("<link>http://till.example/note-1/</link>", "<link>http://till.example/note-1/#comment-77</link>"),
])
def test_a_feed_of_comments_leads_to_no_post(body: str) -> None:
    assert feed.confidence(page(body)) == 1.0
    assert not [item for item in feed.read(page(body)) if isinstance(item, Link | Skipped)]


COMMENT = """<entry><id>tag:blogger.com,1999:blog-7700000000000000001.post-{n}</id><published>2009-11-12T07:58:48.607-08:00</published>
<title type='text'>A sign...</title><content type='html'>{words}</content>
<link rel='edit' type='application/atom+xml' href='http://www.blogger.com/feeds/7700000000000000001/1/comments/default/{n}'/>
<link rel='alternate' type='text/html' href='http://counter-talk.blogspot.com/2009/11/note-1.html?showComment=1258041528607#c{n}'/>{related}
<author><name>Lena Fox</name><uri>http://www.blogger.com/profile/0815</uri></author>
<thr:in-reply-to href='http://counter-talk.blogspot.com/2009/11/note-{post}.html' ref='tag:blogger.com,1999:blog-7700000000000000001.post-{post}' type='text/html'/>
<gd:extendedProperty xmlns:gd='http://schemas.google.com/g/2005' name='blogger.itemClass' value='pid-1'/>{properties}
<gd:extendedProperty xmlns:gd='http://schemas.google.com/g/2005' name='blogger.displayTime' value='November 12, 2009 at 7:58 AM'/></entry>"""
RELATED = "<link rel='related' type='application/atom+xml' href='http://www.blogger.com/feeds/7700000000000000001/1/comments/default/12?v=2'/>"
REMOVED = "<gd:extendedProperty xmlns:gd='http://schemas.google.com/g/2005' name='blogger.contentRemoved' value='true'/>"
OF_POST = ("<id>tag:blogger.com,1999:blog-7700000000000000001</id>", "<id>tag:blogger.com,1999:blog-7700000000000000001.post1..comments</id>")
COMMENTS_URL = "http://counter-talk.blogspot.com/feeds/1/comments/default?max-results=500"


def comment_feed(*posts: int, total: int = 2, related: str = "", properties: str = "", words: str = "A sign &lt;b&gt;is&lt;/b&gt; read.") -> str:
    entries = (COMMENT.format(n=11 + n, post=post, related=related, properties=properties, words=words) for n, post in enumerate(posts))
    return BLOGGER.format(total=total, entries="".join(entries)).replace(*OF_POST)


def test_a_blogger_comment_feed_gives_what_a_flat_template_hides() -> None:
    reading = read(page(comment_feed(1, related=RELATED, total=1), COMMENTS_URL))
    (thread,) = reading.threads
    assert (thread.post.url, thread.post.title, thread.post.via, thread.post.comments_reported) == ("http://counter-talk.blogspot.com/2009/11/note-1.html", "", "feed", 1)
    (said,) = thread.comments
    assert (said.ref, said.parent_ref, said.reply_to_how, said.via, said.place) == ("11", "12", "feed", "feed", 0)
    assert (said.author, said.author_url, said.html, said.removed_how) == ("Lena Fox", "http://www.blogger.com/profile/0815", "A sign <b>is</b> read.", None)
    assert (said.published, said.published_how) == (datetime(2009, 11, 12, 15, 58, 48, 607000, tzinfo=UTC), "feed")


@pytest.mark.parametrize(("properties", "words", "how"), [
    (REMOVED, "This comment has been removed by the author.", "author"),
    (REMOVED, "", "unknown"),
    ("", "This comment has been removed by a blog administrator.", "moderator"),
    ("", "This comment has been removed from my list of favorites.", None),
])
def test_a_removed_comment_is_told_by_any_of_its_properties(properties: str, words: str, how: str | None) -> None:
    (said,) = read(page(comment_feed(1, properties=properties, words=words), COMMENTS_URL)).threads[0].comments
    assert (said.removed_how, said.html) == (how, "" if how else words)


def test_the_post_whose_page_led_there_is_the_post() -> None:
    led = replace(page(comment_feed(1, 1, total=5), COMMENTS_URL), about="http://talk.example/2009/11/note-1.html")
    reading = read(led)
    assert [(thread.post.url, len(thread.comments)) for thread in reading.threads] == [("http://talk.example/2009/11/note-1.html", 2)]
    assert reading.links == (Link(
        "http://counter-talk.blogspot.com/feeds/1/comments/default?max-results=2&start-index=3", "completion", "comment feed", for_post=led.about),)


def test_a_feed_of_the_whole_blog_gives_each_post_its_own() -> None:
    whole = comment_feed(1, 2, 1).replace(OF_POST[1], OF_POST[0])
    reading = read(replace(page(whole, "http://counter-talk.blogspot.com/feeds/comments/default"), about="http://talk.example/x.html"))
    assert [(thread.post.url[-11:], thread.post.comments_reported, len(thread.comments)) for thread in reading.threads] == [
        ("note-1.html", None, 2), ("note-2.html", None, 1)]
    assert reading.links == ()


WORDPRESS_COMMENTS = """<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>Comments on: Note 1</title><link>http://till.example/note-1/</link><generator>https://wordpress.org/?v=3.6</generator>{items}</channel></rss>"""
WORDPRESS_COMMENT = """<item><title>By: Lena</title><link>http://till.example/note-{post}/comment-page-1/#comment-{n}</link><dc:creator>Lena</dc:creator>
<pubDate>Fri, 08 Jul 2011 13:45:56 +0200</pubDate><guid isPermaLink="false">http://till.example/?p={post}#comment-{n}</guid>
<description><![CDATA[{words}]]></description><content:encoded><![CDATA[<p>{words}</p>]]></content:encoded></item>"""
WORDPRESS_ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xmlns:thr="http://purl.org/syndication/thread/1.0"><title>Comments on Note 1</title><entry>
<title>By: Lena</title><link rel="alternate" href="http://till.example/note-1/#comment-9" type="text/html" /><author><name>Lena</name><uri>http://lena.example</uri></author>
<id>http://till.example/?p=1#comment-9</id><published>2011-07-08T11:45:56Z</published><content type="html"><![CDATA[<p>Yes.</p>]]></content>
<thr:in-reply-to ref="{answered}" href="http://till.example/note-1/" type="text/html" /></entry></feed>"""


def test_a_wordpress_comment_feed_gives_comments_by_their_numbers() -> None:
    items = "".join(WORDPRESS_COMMENT.format(post=post, n=n, words=words) for post, n, words in ((1, 9, "Yes."), (1, 8, "[&#8230;] as Till says [&#8230;]"), (2, 7, "No.")))
    reading = read(page(WORDPRESS_COMMENTS.format(items=items), "http://till.example/note-1/feed/"))
    assert [(thread.post.url, thread.post.via, [one.ref for one in thread.comments]) for thread in reading.threads] == [
        ("http://till.example/note-1/", "feed", ["9", "8"]), ("http://till.example/note-2/", "feed", ["7"])]
    said, ping = reading.threads[0].comments
    assert (said.author, said.published, said.published_how, said.html) == ("Lena", datetime(2011, 7, 8, 11, 45, 56, tzinfo=UTC), "feed", "<p>Yes.</p>")
    assert (said.kind, ping.kind, said.place, reading.threads[0].post.comments_elsewhere) == ("comment", "pingback", 0, "feed limit")


@pytest.mark.parametrize(("answered", "parent"), [("http://till.example/?p=1", None), ("http://till.example/?p=1#comment-4", "4")])
def test_a_wordpress_atom_feed_names_the_parent(answered: str, parent: str | None) -> None:
    (said,) = read(page(WORDPRESS_ATOM.format(answered=answered), "http://till.example/note-1/feed/atom/")).threads[0].comments
    assert (said.ref, said.parent_ref, said.author_url, said.published) == ("9", parent, "http://lena.example", datetime(2011, 7, 8, 11, 45, 56, tzinfo=UTC))


@given(st.binary(max_size=200))
def test_a_damaged_comment_feed_is_no_reason_to_fail(noise: bytes) -> None:
    body = comment_feed(1, 1, related=RELATED).encode()
    cut = len(noise) * 17 % len(body)
    for item in feed.read(page(body[:cut] + noise + body[cut + len(noise):], COMMENTS_URL)):
        assert isinstance(item, Post | Comment | Link | Skipped)


def test_older_kinds_of_feeds_are_read_too() -> None:
    assert list(feed.read(page(RSS1, "http://old.example/index.rdf"))) == [Link("http://old.example/1", "post", "feedparser", 4)]


def test_a_relative_address_and_a_permalink_guid_will_do() -> None:
    body = "<rss version='2.0'><channel><item><link>/a/</link></item><item><guid>http://x.example/b/</guid></item><item><guid isPermaLink='false'>b9</guid></item></channel></rss>"
    assert [link.url for link in feed.read(page(body, "http://x.example/rss")) if isinstance(link, Link)] == ["http://x.example/a/", "http://x.example/b/"]


def test_the_address_that_a_feed_service_hides_is_found() -> None:
    body = "<rss xmlns:f='http://rssnamespace.org/feedburner/ext/1.0'><channel><item><link>http://feedproxy.example/~r/1</link><f:origLink>http://x.example/a</f:origLink></item></channel></rss>"
    assert [link.url for link in feed.read(page(body)) if isinstance(link, Link)] == ["http://x.example/a"]


@pytest.mark.parametrize("body", [
    "<html><head><link rel='alternate' type='application/rss+xml' href='/feed'></head></html>",
    "<urlset/>", "", "words",
    "<rss xmlns:wp='http://wordpress.org/export/1.2/'><channel><wp:wxr_version>1.2</wp:wxr_version></channel></rss>",
])
def test_what_is_no_feed_is_left_to_others(body: str) -> None:
    assert feed.confidence(page(body)) == 0.0


def test_a_page_for_people_is_no_feed_whatever_its_server_calls_it() -> None:
    assert feed.confidence(page("<!DOCTYPE html><html>", content_type="application/rss+xml")) == 0.0


def test_the_reader_is_chosen_by_content() -> None:
    assert read(page(blogger(""))).platform == "feed"


def test_no_entity_is_resolved_and_no_file_read(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("http://secret.example/")
    body = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "{(tmp_path / "secret").as_uri()}">]><rss version="0.91"><channel><item><link>&x;</link></item></channel></rss>'
    assert [link.url for link in feed.read(page(body)) if isinstance(link, Link)] == []


@given(st.binary(max_size=200))
def test_reading_never_fails(body: bytes) -> None:
    entire = blogger("<thr:total>1</thr:total>").encode()
    for damaged in (body, b"<rss><channel>" + body, entire[:len(body) * 9] + body + entire[len(body) * 9:]):
        feed.confidence(page(damaged))
        list(feed.read(page(damaged)))


@pytest.mark.parametrize(("name", "posts", "further"), [
    ("bf_posts_feed_digital-examples.blogspot.com.xml", 25, True), ("bf_posts_feed_letitcrash.xml", 20, False),
    ("bf_posts_feed_meinrhyme.wordpress.com.xml", 50, True), ("bf_posts_feed_mnmlist.com.xml", 10, True),
    ("bf_posts_feed_www.huffingtonpost.com.xml", 15, False), ("bf_posts_feed_www.quantumdiaries.org.xml", 15, True),
    ("bf_blogger_comments_atom_keikolynn.xml", 0, False), ("bf_wp_comments_rss_korben.xml", 0, False),
])
def test_real_feeds(shared: Path, name: str, posts: int, further: bool) -> None:
    found = list(feed.read(page((shared / "pages/payloads" / name).read_bytes())))
    assert sum(isinstance(item, Link) and item.kind == "post" for item in found) == posts
    assert any(isinstance(item, Link) and item.kind == "feed" for item in found) is further
