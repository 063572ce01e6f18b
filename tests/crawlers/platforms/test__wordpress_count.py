"""The number of comments that a WordPress page states: by the heading over them, never by what stands inside one."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawlers.platforms import wordpress
from schema.items import Comment, Page, Post

_INSIDE = (
    ("1 Jan 2019", "Nice thought about it."), ("10:47", "Comments are welcome here."), ("Jan 31", "Nice reply."), ("Jan 1", "Nice thought."),
    ("May 5, 2020", "Last year 14 comments like this stood here."), ("May 5, 2020", "All 45 comments here are right."), ("May 5, 2020", "One comment: no thoughts. " + "Bread. " * 60),
)
_HTML5 = (
    '<li id="comment-{n}" class="comment even depth-1"><article class="comment-body"><footer class="comment-meta"><b class="fn">Ann</b> <a href="http://jam.example/2020/jam/#comment-{n}">'
    '<time>{date}</time></a></footer><div class="comment-content"><p>{text}</p></div></article></li>')
_BARE = '<li id="comment-{n}" class="comment"><cite class="fn">Ann</cite><span>{date}</span><p>{text}</p></li>'
_UNKNOWN = '<li id="comment-{n}hello" class="comment"><cite class="fn">Ann</cite><span>{date}</span><p>{text}</p></li>'


def _page(heading: str, comments: str, title: str = "Jam") -> Page:
    return Page("http://jam.example/2020/jam/", (
        f'<html><head><meta name="generator" content="WordPress 6.8"><title>{title} – The larder</title></head><body class="single"><article class="hentry"><h1 class="entry-title">{title}</h1>'
        f'<div class="entry-content"><p>We made jam.</p></div></article><section id="comments">{heading}<ol class="comment-list">{comments}</ol></section></body></html>'
    ).encode(), datetime(2026, 1, 1, tzinfo=UTC))


def _reported(page: Page) -> int | None:
    return next(item for item in wordpress.read(page) if isinstance(item, Post)).comments_reported


@pytest.mark.parametrize(("heading", "number"), [
    ("<h2>2 comments</h2>", 2), ("<h2>2 thoughts on Jam</h2>", 2), ('<h2 class="comments-title">2 Comments</h2>', 2), ("<h2>7 comments</h2>", 7), ("<h2>Comments</h2>", None), ("", None),
    ("<div>2 Comments</div>", 2), ("<span>2</span> <span>Comments</span>", 2), ("<p>Written in 2019</p><h3>2 comments</h3>", 2), ("<p>Written in 2019</p><div>Comments</div>", None),
    ("<form>Tell us in 300 comments or less</form><h3>2 comments</h3>", 2), ('<div class="comments-header"><h2>Comments</h2><div>2 comments</div></div>', 2),
])
@pytest.mark.parametrize("markup", [_HTML5, _BARE, _UNKNOWN])
@pytest.mark.parametrize(("date", "text"), _INSIDE)
def test_no_number_is_taken_from_inside_a_comment(heading: str, number: int | None, markup: str, date: str, text: str) -> None:
    page = _page(heading, "".join(markup.format(n=n, date=date, text=text) for n in (1, 2)))
    assert _reported(page) == number
    assert sum(isinstance(item, Comment) for item in wordpress.read(page)) == (0 if markup is _UNKNOWN else 2)


def test_the_title_of_the_post_is_no_heading_of_the_comments() -> None:
    comments = _HTML5.format(n=1, date="May 5", text="Yes.")
    assert _reported(_page("<h2>Comments</h2>", comments, title="7 ideas for a rainy day")) is None
    assert _reported(_page("<h2>1 comment</h2>", comments, title="7 ideas for a rainy day")) == 1


def test_a_link_in_a_comment_does_not_say_how_many_there_are() -> None:
    link = '<a href="http://jam.example/2020/jam/#comments">300 comments</a>'
    assert _reported(_page("", f'<div class="post-comments">{_HTML5.format(n=1, date="May 5", text=link)}</div>')) is None
    assert _reported(_page(f'<div class="post-comments">{link}</div>', _HTML5.format(n=1, date="May 5", text="Yes."))) == 300
