from __future__ import annotations

import pytest

from crawlers.sample import wordpress_page
from crawlers.sample.content import blogs

BLOG = blogs()[1]
POST = BLOG.posts[0]
PAGE = wordpress_page.page(BLOG, "Title", wordpress_page.post_block(BLOG, POST, alone=True), f"{BLOG.url}{POST.path}", post=POST)


@pytest.mark.parametrize(("label", "slug"), [("Plain talk", "plain-talk"), ("Tools", "tools"), ("  What & why? ", "what-why")])
def test_labels_become_addresses(label: str, slug: str) -> None:
    assert wordpress_page.slug(label) == slug


def test_the_head_names_feeds_canonical_address_and_generator() -> None:
    for piece in (f"{BLOG.url}/feed/", f"{BLOG.url}/comments/feed/", f"{BLOG.url}{POST.path}feed/", f"<link rel='canonical' href='{BLOG.url}{POST.path}' />", "WordPress 3.6"):
        assert piece in PAGE


def test_the_text_is_followed_by_buttons_and_an_author_box() -> None:
    assert PAGE.index("put them back on.") < PAGE.index("Share this:") < PAGE.index('<div class="author-info">') < PAGE.index("keeps bees badly")


def test_recent_comments_stand_in_the_sidebar() -> None:
    assert PAGE.count('<li class="recentcomments">') == 5


def test_elements_are_closed() -> None:
    for name in ("div", "article", "aside", "ul", "li", "span", "footer", "header", "p"):
        assert PAGE.count(f"<{name}>") + PAGE.count(f"<{name} ") == PAGE.count(f"</{name}>"), name


def test_in_a_list_a_post_links_to_its_comments_instead() -> None:
    block = wordpress_page.post_block(BLOG, POST)
    assert "View all 5 comments" in block
    assert "author-info" not in block
    assert "sharedaddy" not in block
