from __future__ import annotations

import re

from crawlers.sample import wordpress_thread
from crawlers.sample.content import Post, blogs

BLOG = blogs()[1]


def post(number: str) -> Post:
    return next(post for post in BLOG.posts if post.id == number)


def test_permalinks_name_the_comment_page_except_the_first() -> None:
    first, *_, answer, last = post("41").comments
    assert wordpress_thread.permalink(BLOG, post("41"), first) == f"{BLOG.url}{post('41').path}#comment-201"
    assert wordpress_thread.permalink(BLOG, post("41"), answer) == f"{BLOG.url}{post('41').path}comment-page-2/#comment-219"
    assert wordpress_thread.permalink(BLOG, post("41"), last) == f"{BLOG.url}{post('41').path}comment-page-2/#comment-233"


def test_depth_is_in_the_classes() -> None:
    block = wordpress_thread.block(BLOG, post("33"), 1)
    depths = dict(re.findall(r'<li id="comment-(\d+)" class="[^"]*depth-(\d)', block))
    assert [depths[number] for number in ("71", "72", "73", "74")] == ["1", "2", "3", "4"]


def test_pings_show_neither_words_nor_date_but_are_counted_in_the_heading() -> None:
    block = wordpress_thread.block(BLOG, post("33"), 1)
    assert "14 thoughts on &ldquo;<span>Is the comment section the product?</span>&rdquo;" in block
    assert "Pingback: <a href='http://tea-and-ledgers.example" in block
    assert "Trackback: <a href='http://letterspages.example" in block
    assert "outweigh the posts" not in block


def test_a_closed_thread_says_so_and_cannot_be_answered() -> None:
    block = wordpress_thread.block(BLOG, post("19"), 1)
    assert "3 thoughts on &ldquo;" in block
    assert '<p class="no-comments">Comments are closed.</p>' in block
    assert "replytocom" not in block
    assert "<form" not in block


def test_without_comments_there_is_only_the_form() -> None:
    block = wordpress_thread.block(BLOG, post("27"), 1)
    assert "Leave a comment" in block
    assert "thoughts" not in block
    assert "comment-list" not in block


def test_own_comments_are_marked() -> None:
    block = wordpress_thread.block(BLOG, post("33"), 1)
    assert len(re.findall(r'class="comment byuser comment-author-ingrid bypostauthor ', block)) == 2
    assert len(re.findall(r'class="comment byuser comment-author-marcus (?!bypostauthor)', block)) == 1
