"""The answers of Ghost's comments API: pages of top comments, each with its first replies, and pages of further replies to one of them.

Shape: `{"comments": [{"id", "parent_id", "in_reply_to_id", "status", "html", "created_at", "member", "replies", "count"}], "meta":
{"pagination": {"page", "pages", "total"}}}`. Of a hidden or deleted comment the place is kept while somebody has answered it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from crawlers import answers
from crawlers.answers import Json
from crawlers.platforms import _served as served
from schema.items import Comment, Link, Page, Post, RemovedHow

_ADDRESS = re.compile(r"(?P<site>.*)/members/api/comments/(?:post/(?P<post>[\w-]+)|(?P<parent>[\w-]+)/replies)/?(?:\?|$)")
_PAGE = re.compile(r"([?&]page=)\d{1,6}(?=&|$)")
_REMOVED: dict[str, RemovedHow] = {"deleted": "unknown", "hidden": "moderator"}   # members delete their own, but since 6 the blog may, too


def is_address(url: str) -> bool:
    """Whether this is where Ghost serves comments."""
    return "/members/api/comments/" in url and bool(_ADDRESS.match(url))


def read(page: Page) -> Iterator[Post | Comment | Link]:
    """The comments on this page of the API, replies after what they answer, and links to the rest."""
    answer = answers.record(answers.parsed(page))
    top = [one for one in answers.records(answer.get("comments")) if answers.ref(one.get("id"))]
    pages = answers.record(answers.record(answer.get("meta")).get("pagination"))
    yield served.carrier(page, "ghost", reported=_reported(page, top, pages))
    for one, above in answers.nested(top, "replies"):
        if answers.ref(one.get("id")):
            yield _comment(one, _parent(one, above, page.url))
    yield from _further(page, top, pages)


def _comment(one: Json, parent: str) -> Comment:
    published, how = served.stamp(one.get("created_at"))
    removed = _REMOVED.get(answers.text(one.get("status")))
    return Comment(
        answers.ref(one.get("id")), "ghost", rule=served.rule("ghost"), via="api", parent_ref=parent or None, reply_to_how="api" if parent else None,
        author=answers.text(answers.record(one.get("member")).get("name")), published=published, published_how=how, published_raw=answers.printed(one.get("created_at")),
        html="" if removed else answers.text(one.get("html")), removed_how=removed,
    )


def _parent(one: Json, above: Json | None, url: str) -> str:
    """A reply to a reply names whom it answers; the API nests all replies under the top comment."""
    named = answers.ref(one.get("in_reply_to_id")) or answers.ref(one.get("parent_id"))
    return named or (answers.ref(above.get("id")) if above else _parent_in(url))


def _parent_in(url: str) -> str:
    found = _ADDRESS.match(url)
    return (found["parent"] or "") if found else ""


def _is_of_replies(url: str) -> bool:
    return bool(_parent_in(url))


def _reported(page: Page, top: list[Json], pages: Json) -> int | None:
    """The API counts top comments, and the replies of each: a total is known where one page shows them all."""
    total = answers.number(pages.get("total"))
    if total is None or _is_of_replies(page.url) or (answers.number(pages.get("pages")) or 1) > 1:
        return None
    return total + sum(_replies(one) for one in top)


def _replies(one: Json) -> int:
    return max(answers.number(answers.record(one.get("count")).get("replies")) or 0, len(answers.records(one.get("replies"))))


def _further(page: Page, top: list[Json], pages: Json) -> Iterator[Link]:
    """The next page, and for each comment with more replies than are shown the page of them."""
    number, count = answers.number(pages.get("page")) or 1, answers.number(pages.get("pages")) or 1
    if number < count and top:
        yield served.link(_numbered(page.url, number + 1), "ghost", page.about)
    found = _ADDRESS.match(page.url)
    for one in top:
        if found and not _is_of_replies(page.url) and _replies(one) > len(answers.records(one.get("replies"))):
            yield served.link(f"{found['site']}/members/api/comments/{answers.ref(one.get('id'))}/replies/?limit=100&page=1", "ghost", page.about)


def _numbered(url: str, number: int) -> str:
    if _PAGE.search(url):
        return _PAGE.sub(rf"\g<1>{number}", url)
    return f"{url}{'&' if '?' in url else '?'}page={number}"
