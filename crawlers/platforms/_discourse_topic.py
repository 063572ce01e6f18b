"""A topic's JSON, `/t/ID.json?page=N`: twenty posts at a time, the first of which stands for the blog post.

Shape: `{"post_stream": {"posts": [{"post_number", "reply_to_post_number", "username", "created_at", "cooked", "post_type", "user_deleted",
"hidden"}], "stream": [...]}, "posts_count", "closed", "archived", "details": {"created_by"}}`. Posts answer each other by number, so the
number is their name here: the post it belongs to may be on another page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import parse_qs

from crawlers import answers
from crawlers.answers import Json
from crawlers.markup import split
from crawlers.platforms import _served as served
from schema.items import Comment, Link, Page, Post, RemovedHow, Skipped

NOT_A_COMMENT = "not a comment"
_ADDRESS = re.compile(r"(?P<start>.*?)/t/(?:[^/]+/)?(?P<number>\d{1,12})\.json$")
_SMALL_ACTION, _WHISPER = 3, 4      # post types: "closed this topic", and notes among the staff
_CHUNK = 20


def is_answer(page: Page) -> bool:
    """Whether this is a topic, by what it holds; by its address where it is broken."""
    if not answers.is_json(page):
        return False
    held = answers.parsed(page)
    return "posts" in answers.record(answers.record(held).get("post_stream")) if held is not None else bool(_ADDRESS.match(split(page.url).path))


def read(page: Page) -> Iterator[Post | Comment | Link | Skipped]:
    """The post, its replies on this page, and where the next ones are. A topic that no blog led to is a post of its own."""
    held = answers.record(answers.parsed(page))
    stream = answers.record(held.get("post_stream"))
    shown = answers.records(stream.get("posts"))
    replies = [one for one in shown if (answers.number(one.get("post_number")) or 0) > 1 and one.get("post_type") not in (_SMALL_ACTION, _WHISPER)]
    yield _post(page, held, shown, _reported(held, stream, shown, len(replies)))
    for one in replies:
        yield _comment(one, page, held)
    for one in shown:
        if one.get("post_type") in (_SMALL_ACTION, _WHISPER):
            yield Skipped(NOT_A_COMMENT, _topic_url(page, held), served.rule("discourse"))
    yield from _next(page, held, stream, shown)


def _post(page: Page, held: Json, shown: list[Json], reported: int | None) -> Post:
    own = _topic_url(page, held)
    closed = held.get("closed") is True or held.get("archived") is True
    post = served.carrier(page, "discourse", own, reported=reported, closed=closed)
    if page.about:
        return post
    opening = next((one for one in shown if one.get("post_number") == 1), {})
    published, how = served.stamp(opening.get("created_at"))
    return replace(
        post, title=answers.text(held.get("title")), author=answers.text(opening.get("username")), author_url=_profile(page, opening), comments_elsewhere="",
        published=published, published_how=how, published_raw=answers.printed(opening.get("created_at")), html=answers.text(opening.get("cooked")),
    )


def _comment(one: Json, page: Page, held: Json) -> Comment:
    number, parent = answers.ref(one.get("post_number")), answers.number(one.get("reply_to_post_number")) or 0
    published, how = served.stamp(one.get("created_at"))
    removed = _removed(one)
    return Comment(
        number, "discourse", rule=served.rule("discourse"), via="api", parent_ref=str(parent) if parent > 1 else None, reply_to_how="api" if parent > 1 else None,
        url=f"{_topic_url(page, held)}/{number}", author=answers.text(one.get("username")), author_url=_profile(page, one), by_post_author=_by_post_author(one, page, held),
        published=published, published_how=how, published_raw=answers.printed(one.get("created_at")),
        html="" if removed else answers.text(one.get("cooked")), removed_how=removed,
    )


def _removed(one: Json) -> RemovedHow | None:
    if one.get("user_deleted") is True:
        return "author"
    return "moderator" if one.get("deleted_at") or one.get("hidden") is True or one.get("cooked_hidden") is True else None


def _by_post_author(one: Json, page: Page, held: Json) -> bool | None:
    """Who opened the topic: for a blog that may be the author, or an account of the forum, which says nothing."""
    opener = answers.number(answers.record(answers.record(held.get("details")).get("created_by")).get("id"))
    is_same = bool(opener) and one.get("user_id") == opener
    return is_same if is_same or (opener and not page.about) else None


def _reported(held: Json, stream: Json, shown: list[Json], replies: int) -> int | None:
    """The forum counts the opening post, and notices such as "closed", too; where a page shows all they can be told."""
    total = answers.number(held.get("posts_count"))
    ids = stream.get("stream")
    if total is None:
        return None
    is_whole = isinstance(ids, list) and len(ids) == len(shown)
    return min(max(total - 1, 0), replies) if is_whole else max(total - 1, 0)


def _next(page: Page, held: Json, stream: Json, shown: list[Json]) -> Iterator[Link]:
    number, ids = _page_number(page.url), stream.get("stream")
    count = len(ids) if isinstance(ids, list) else answers.number(held.get("posts_count")) or 0
    if shown and number * (answers.number(held.get("chunk_size")) or _CHUNK) < count:
        yield served.link(split(page.url)._replace(query=f"page={number + 1}").geturl(), "discourse", page.about)


def _page_number(url: str) -> int:
    given = next(iter(parse_qs(split(url).query).get("page", [])), "")
    return int(given) if given.isdecimal() and given.isascii() and 0 < len(given) < 7 else 1


def _topic_url(page: Page, held: Json) -> str:
    """The address of the topic for people."""
    slug, number = answers.text(held.get("slug")), answers.ref(held.get("id"))
    found = _ADDRESS.match(split(page.url).path)
    path = f"{found['start'] if found else ''}/t/{f'{slug}/' if re.fullmatch(r'[^/?#]+', slug) else ''}{number or (found['number'] if found else '0')}"
    return split(page.url)._replace(path=path, query="", fragment="").geturl()


def _profile(page: Page, one: Json) -> str:
    name, found = answers.text(one.get("username")), _ADDRESS.match(split(page.url).path)
    return split(page.url)._replace(path=f"{found['start'] if found else ''}/u/{name}", query="", fragment="").geturl() if re.fullmatch(r"[^\s/?#]+", name) else ""
