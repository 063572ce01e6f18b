"""The number of comments that a page states is not taken from inside a comment, whatever made the page."""

from __future__ import annotations

import re

import pytest
from lxml.html import HtmlElement

from crawlers import reading
from crawlers.html import tree
from crawlers.platforms import _blogger_comments, _drupal_post, _movabletype_post
from schema.items import Page
from tests.crawlers.platforms.reading import FETCHED, page_of, saved

_HEADING = re.compile(r"(<h[2-4][^>]*>)[^<]*\d[^<]*(</h)")


@pytest.mark.parametrize(("platform", "name", "text"), [
    ("spip", "dist3.html", "<p>Et si personne"), ("spip", "zcore4.html", "<p>Ours stands"), ("typecho", "default.html", "<p>我们的响两下"), ("typecho", "callback.html", "<p>还说什么"),
])
def test_a_heading_inside_a_comment_states_no_number(platform: str, name: str, text: str) -> None:
    page = saved(platform, name)
    before, found, after = page.body.decode().partition(text)
    without, rest = (_HEADING.sub(r"\1Comments\2", part) for part in (before, after))
    read = reading.read(Page(page.url, f"{without}<h3>45 comments</h3>{found}{rest}".encode(), FETCHED))
    assert read.platform == platform
    assert read.threads[0].post.comments_reported is None


@pytest.mark.parametrize("heading", ["Comments", "2 comments"])
def test_a_name_with_a_number_over_a_comment_states_none(heading: str) -> None:
    number = 2 if heading[0] == "2" else None
    drupal = page_of(f'<div id="comments"><h2>{heading}</h2><a id="comment-8"></a><article><h3>Ann 47</h3><p>Yes.</p></article></div>')
    assert _drupal_post.reported(drupal, _body(drupal)) == number
    movabletype = page_of(f'<div class="comments"><h2>{heading}</h2><div id="comment-8"><h3>Ann 47</h3><p>Yes.</p></div></div>')
    assert _movabletype_post.reported(movabletype) == number
    blogger = page_of(f'<div id="comments"><h4>{heading}</h4><div id="c81234567890"><h4>Ann 47</h4><p>Yes.</p></div></div>')
    assert _blogger_comments.reported(blogger) == number


def _body(page: Page) -> HtmlElement:
    return next(tree(page).iter("body"))
