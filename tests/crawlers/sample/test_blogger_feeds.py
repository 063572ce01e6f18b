from __future__ import annotations

from lxml import etree

from crawlers.sample.content import blogs
from tests.crawlers.sample.fetching import fetched

BLOG = blogs()[0]
ATOM = "{http://www.w3.org/2005/Atom}"
NESTED = next(post for post in BLOG.posts if "window" in post.path)


def feed(path: str) -> etree._Element:
    return etree.fromstring(fetched(BLOG.url + path).body)


def links(element: etree._Element, rel: str) -> list[str]:
    return [str(link.get("href")) for link in element.findall(f"{ATOM}link") if link.get("rel") == rel]


def total(element: etree._Element) -> str | None:
    return element.findtext("{http://a9.com/-/spec/opensearchrss/1.0/}totalResults")


def test_the_feed_of_posts_has_them_all_with_their_numbers_of_comments() -> None:
    entries = feed("/feeds/posts/default").findall(f"{ATOM}entry")
    assert [links(entry, "alternate") for entry in entries] == [[BLOG.url + post.path] for post in BLOG.posts]
    counts = [entry.findtext("{http://purl.org/syndication/thread/1.0}total") for entry in entries]
    assert counts == [str(len(post.comments)) for post in BLOG.posts]


def test_feeds_are_paged_and_their_next_link_leads_to_another_host() -> None:
    first, second = feed("/feeds/posts/default?max-results=5"), feed("/feeds/posts/default?start-index=6&max-results=5")
    assert (len(first.findall(f"{ATOM}entry")), len(second.findall(f"{ATOM}entry"))) == (5, 3)
    assert links(first, "next") == [f"http://www.blogger.com/feeds/{BLOG.id}/posts/default?start-index=6&max-results=5"]
    assert links(second, "next") == []
    assert total(first) == total(second) == "8"


def test_the_comments_of_a_post_name_the_comment_they_answer() -> None:
    entries = feed(f"/feeds/{NESTED.id}/comments/default?max-results=100&reverse=false").findall(f"{ATOM}entry")
    parents = [link.rpartition("/")[2].partition("?")[0] for entry in entries for link in links(entry, "related") or [""]]
    assert parents == [comment.parent for comment in NESTED.comments]


def test_the_feed_of_all_comments_gives_twenty_five_unless_asked_for_more() -> None:
    assert len(feed("/feeds/comments/default").findall(f"{ATOM}entry")) == 25
    assert len(feed("/feeds/comments/default?max-results=500").findall(f"{ATOM}entry")) == 46
    assert total(feed("/feeds/comments/default")) == "46"


def test_a_removed_comment_says_so() -> None:
    post = next(post for post in BLOG.posts if any(comment.removed for comment in post.comments))
    names = [element.get("name") for element in feed(f"/feeds/{post.id}/comments/default").iter("{http://schemas.google.com/g/2005}extendedProperty")]
    assert names.count("blogger.contentRemoved") == 1
