from __future__ import annotations

from crawlers.sample.content import blogs
from tests.crawlers.sample.fetching import addresses, fetched

BLOG = blogs()[0]


def links(url: str, css_class: str) -> list[str]:
    return addresses(url, f"//a[contains(@class, '{css_class}')]/@href")


def posts(url: str) -> list[str]:
    return addresses(url, "//h3[contains(@class, 'post-title')]/a/@href")


def test_older_posts_lead_through_the_whole_blog() -> None:
    found, address = [], f"{BLOG.url}/"
    while address:
        found += posts(address)
        address = next(iter(links(address, "blog-pager-older-link")), "")
    assert found == [BLOG.url + post.path for post in BLOG.posts]


def test_older_posts_are_behind_what_robots_txt_forbids() -> None:
    assert b"Disallow: /search" in fetched(f"{BLOG.url}/robots.txt").body
    assert links(f"{BLOG.url}/", "blog-pager-older-link")[0].startswith(f"{BLOG.url}/search?")


def test_the_archive_widget_leads_to_every_post_by_month() -> None:
    found = [post for month in links(f"{BLOG.url}/", "post-count-link") if month.count("/") == 5 for post in posts(month)]
    assert found == [BLOG.url + post.path for post in BLOG.posts]


def test_years_old_month_addresses_and_labels_are_lists() -> None:
    assert len(posts(f"{BLOG.url}/2010/")) == 3
    assert posts(f"{BLOG.url}/2010_02_01_archive.html") == posts(f"{BLOG.url}/2010/02/")
    assert posts(f"{BLOG.url}/search/label/shop%20windows%20%26%20doors") == [f"{BLOG.url}/2010/02/window-is-status-update.html"]


def test_posts_lead_to_their_neighbors() -> None:
    newest, second, *_ = (BLOG.url + post.path for post in BLOG.posts)
    assert links(newest, "blog-pager-older-link") == [second]
    assert links(newest, "blog-pager-newer-link") == []
    assert links(second, "blog-pager-newer-link") == [newest]


def test_mobile_view_and_comment_page_name_the_same_canonical_address() -> None:
    post = BLOG.url + BLOG.posts[1].path
    for view in ("?m=1", "?commentPage=1", "?showComment=1295340256743"):
        assert f"<link href='{post}' rel='canonical'/>".encode() in fetched(post + view).body
