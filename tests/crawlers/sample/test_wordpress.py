from __future__ import annotations

import pytest

from crawlers.sample.content import blogs
from tests.crawlers.sample.fetching import addresses, fetched

BLOG = blogs()[1]
PAGED = f"{BLOG.url}/2010/07/worst-pitch-you-ever-received/"


def posts(url: str) -> list[str]:
    return addresses(url, "//h1[@class='entry-title']/a/@href")


def test_older_posts_lead_through_the_whole_blog() -> None:
    seen, address = [], f"{BLOG.url}/"
    while address:
        seen += posts(address)
        address = next(iter(addresses(address, "//nav[contains(@class, 'paging-navigation')]//div[@class='nav-previous']/a/@href")), "")
    assert seen == [BLOG.url + post.path for post in BLOG.posts]


def test_the_archive_widget_leads_to_every_post() -> None:
    months = addresses(f"{BLOG.url}/", "//aside[@id='archives-2']//a/@href")
    assert [post for month in months for post in posts(month)] == [BLOG.url + post.path for post in BLOG.posts]


@pytest.mark.parametrize(("path", "count"), [("/category/tools/", 3), ("/category/plain-talk/page/2/", 1), ("/author/ingrid/", 3), ("/2010/", 3)])
def test_categories_authors_and_years_are_lists(path: str, count: int) -> None:
    assert len(posts(BLOG.url + path)) == count


def test_comments_are_spread_over_two_pages_and_a_third_is_empty() -> None:
    pages = [addresses(url, "//li[starts-with(@id, 'comment-')]/@id") for url in (PAGED, f"{PAGED}comment-page-2/", f"{PAGED}comment-page-3/")]
    assert [len(page) for page in pages] == [12, 4, 0]
    assert addresses(PAGED, "//nav[contains(@class, 'comment-navigation')]//a/@href") == [f"{PAGED}comment-page-2/#comments"]
    assert addresses(f"{PAGED}comment-page-2/", "//nav[contains(@class, 'comment-navigation')]//a/@href") == [f"{PAGED}#comments"]


def test_reply_links_multiply_every_page() -> None:
    links = addresses(PAGED, "//a[@class='comment-reply-link']/@href")
    assert len(links) == 12
    assert all(b"worst-pitch" in fetched(link).body for link in links[:2])


def test_the_essay_is_linked_from_the_sidebar_and_is_a_bare_page() -> None:
    (essay,) = addresses(f"{BLOG.url}/", "//aside[@id='text-3']//a/@href")
    body = fetched(essay).body
    assert b"generator" not in body
    assert b"comment" not in body
    assert body.count(b"<li>") == 6
