from __future__ import annotations

from crawlers.sample import blogger_page
from crawlers.sample.content import blogs

BLOG = blogs()[0]
PAGE = blogger_page.page(BLOG, "A title & more", "<p>main</p></div>", f"{BLOG.url}/")
FLAT = next(post for post in BLOG.posts if post.zemanta)


def test_the_head_says_who_made_it_and_where_the_feed_is() -> None:
    assert "<meta content='blogger' name='generator'/>" in PAGE
    assert f'href="{BLOG.url}/feeds/posts/default"' in PAGE
    assert "<title>A title &amp; more</title>" in PAGE


def test_the_sidebar_follows_the_posts_and_shows_recent_comments() -> None:
    assert PAGE.index("<p>main</p>") < PAGE.index("TheCornerShelf.blogspot.com") < PAGE.index("Recent comments")
    assert PAGE.count("item-author") == 4


def test_elements_are_closed() -> None:
    for name in ("div", "ul", "li", "span", "h2"):
        assert PAGE.count(f"<{name}>") + PAGE.count(f"<{name} ") == PAGE.count(f"</{name}>"), name


def test_the_post_carries_its_pixie_its_buttons_and_its_exact_time() -> None:
    block = blogger_page.post_block(BLOG, FLAT)
    assert block.count("Reblog this post [with Zemanta]</a>") == 1
    assert block.count("share-button-link-text") == 4
    assert "title='2009-10-20T08:31:00+01:00'>8:31 AM</abbr>" in block
    assert "10 comments:" in block
    assert "10 comments:" not in blogger_page.post_block(BLOG, FLAT, "<div>the thread</div>")
