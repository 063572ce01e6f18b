"""Threads of Hacker News as Algolia's open API gives them: an item with everything below it, at /api/v1/items/ID.

Documented at https://hn.algolia.com/api: `{"id", "type", "author", "title", "url", "text", "created_at", "created_at_i", "children": [...]}`,
nested without end. A removed comment has neither author nor text, and keeps its replies.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from crawlers import answers
from crawlers.answers import Json
from crawlers.markup import split
from crawlers.platforms import _served as served
from schema.items import Comment, Page, Post, Skipped

_SITE = "https://news.ycombinator.com"
_HOST = "hn.algolia.com"


def confidence(page: Page) -> float:
    """1 for an item with its children: of no other API have we seen these fields together."""
    if not answers.is_json(page):
        return 0.0
    held = answers.parsed(page)
    if held is None:
        return 1.0 if split(page.url).hostname == _HOST and split(page.url).path.startswith("/api/v1/items/") else 0.0
    return 1.0 if {"children", "created_at_i", "type", "author"} <= answers.record(held).keys() else 0.0


def read(page: Page) -> Iterator[Post | Comment | Skipped]:
    """The item as a post, unless the page of another post led here, and all comments, replies after what they answer."""
    item = answers.record(answers.parsed(page))
    if not answers.ref(item.get("id")):
        yield served.broken(page, "hackernews")
        return
    yield _post(page, item)
    for one, above in answers.nested(answers.records(item.get("children")), "children"):
        if answers.ref(one.get("id")):
            yield _comment(one, above, item)


def _post(page: Page, item: Json) -> Post:
    post = served.carrier(page, "hackernews", _address(item))
    if page.about:
        return post
    published, how = served.stamp(item.get("created_at_i"))
    link = answers.text(item.get("url"))
    return replace(
        post, title=answers.text(item.get("title")), author=answers.text(item.get("author")), author_url=_profile(item), comments_elsewhere="",
        published=published, published_how=how, published_raw=answers.printed(item.get("created_at")), html=answers.text(item.get("text")) or _linked(link),
    )


def _comment(one: Json, above: Json | None, item: Json) -> Comment:
    published, how = served.stamp(one.get("created_at_i"))
    parent = answers.ref((above or {}).get("id"))
    is_removed = one.get("author") is None and one.get("text") is None
    opener = answers.text(item.get("author"))
    return Comment(
        answers.ref(one.get("id")), "hackernews", rule=served.rule("hackernews"), via="api", parent_ref=parent or None, reply_to_how="api" if parent else None, url=_address(one),
        author=answers.text(one.get("author")), author_url=_profile(one), by_post_author=answers.text(one.get("author")) == opener if opener and not is_removed else None,
        published=published, published_how=how, published_raw=answers.printed(one.get("created_at")),
        html=answers.text(one.get("text")), removed_how="unknown" if is_removed else None,
    )


def _address(one: Json) -> str:
    return f"{_SITE}/item?id={answers.ref(one.get('id'))}"


def _profile(one: Json) -> str:
    name = answers.text(one.get("author"))
    return f"{_SITE}/user?id={name}" if name else ""


def _linked(url: str) -> str:
    """A post that is only a link."""
    return answers.as_html(url) if url.startswith(("http://", "https://")) else ""
