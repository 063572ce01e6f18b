from __future__ import annotations

from lxml import etree

from crawlers.sample.content import blogs
from tests.crawlers.sample.fetching import fetched

BLOG = blogs()[1]
SLASH = "{http://purl.org/rss/1.0/modules/slash/}comments"


def items(path: str) -> list[etree._Element]:
    return list(etree.fromstring(fetched(BLOG.url + path).body).iter("item"))


def test_the_feed_of_posts_is_paged_and_counts_comments_with_pings() -> None:
    entries = items("/feed/") + items("/feed/?paged=2")
    assert [entry.findtext("link") for entry in entries] == [BLOG.url + post.path for post in BLOG.posts]
    assert [entry.findtext(SLASH) for entry in entries] == [str(len(post.comments)) for post in BLOG.posts]


def test_the_feed_of_all_comments_holds_the_newest_ten() -> None:
    newest = sorted((comment for post in BLOG.posts for comment in post.comments), key=lambda comment: comment.time, reverse=True)
    ids = [str(entry.findtext("guid")).rpartition("-")[2] for entry in items("/comments/feed/")]
    assert ids == [comment.id for comment in newest[:10]]


def test_the_comments_feed_of_a_post_has_the_words_of_its_pings() -> None:
    entries = items("/2010/03/is-the-comment-section-the-product/feed/")
    texts = [entry.findtext("{http://purl.org/rss/1.0/modules/content/}encoded") or "" for entry in entries]
    assert any("outweigh the posts" in text for text in texts)
    assert entries[-1].findtext("pubDate") == "Tue, 16 Mar 2010 10:37:44 +0000"


def test_a_post_without_comments_has_an_empty_feed() -> None:
    assert items("/2010/01/six-ways-to-be-ignored/feed/") == []
