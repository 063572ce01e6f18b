from __future__ import annotations

import pytest
from lxml import etree

from crawlers.sample import site
from crawlers.sample.content import blogs
from crawlers.sample.truth import truth
from tests.crawlers.sample.fetching import fetched


def test_the_sitemaps_name_every_post_and_the_essay() -> None:
    named = set()
    for blog in blogs():
        tree = etree.fromstring(fetched(f"{blog.url}/sitemap.xml").body)
        named |= {element.text for element in tree.iter("{*}loc")}
    assert named - {"http://plainspoken.example/"} == {thread.post.url for thread in truth()}


def test_months_come_newest_first_and_hold_every_post() -> None:
    for blog in blogs():
        found = site.months(blog)
        assert [month for month, _ in found] == sorted((month for month, _ in found), reverse=True)
        assert [post for _, posts in found for post in posts] == list(blog.posts)


def test_the_sidebar_shows_the_newest_comments_but_no_ping_and_nothing_removed() -> None:
    for blog in blogs():
        comments = [comment for _, comment in site.newest_comments(blog, 100)]
        assert all(comment.kind == "comment" and not comment.removed for comment in comments)
        assert comments == sorted(comments, key=lambda comment: comment.time, reverse=True)


@pytest.mark.parametrize(("text", "given"), [("3", 3), ("0", 1), ("-3", 7), ("", 7), ("many", 7), ("٣", 7)])
def test_numbers_in_addresses_are_positive(text: str, given: int) -> None:
    assert site.number(text, 7) == given
