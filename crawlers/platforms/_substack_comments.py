"""The answers of Substack's comments API: `{"comments": [{"id", "body", "date", "name", "handle", "user_id", "deleted", "children", "metadata"}]}`.

Bodies are plain words with line breaks. Of a removed comment `body` and `name` are null, and its replies stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from crawlers import answers
from crawlers.answers import Json
from crawlers.platforms import _served as served
from schema.items import Comment, Page, Post, RemovedHow

_ADDRESS = re.compile(r"/api/v1/post/\d{1,20}/comments(?:\?|$)")


def is_address(url: str) -> bool:
    """Whether this is where Substack serves comments."""
    return "/api/v1/post/" in url and bool(_ADDRESS.search(url))


def read(page: Page) -> Iterator[Post | Comment]:
    """The comments, replies after what they answer. The answer states no total, its page did."""
    post = served.carrier(page, "substack")
    yield post
    for one, above in answers.nested(answers.records(answers.record(answers.parsed(page)).get("comments")), "children"):
        if answers.ref(one.get("id")):
            yield _comment(one, above, post.url)


def _comment(one: Json, above: Json | None, post_url: str) -> Comment:
    number, removed = answers.ref(one.get("id")), _removed(one)
    parent = _parent(one) or answers.ref((above or {}).get("id"))
    published, how = served.stamp(one.get("date"))
    is_author = answers.record(one.get("metadata")).get("is_author")
    return Comment(
        number, "substack", rule=served.rule("substack"), via="api", parent_ref=parent or None, reply_to_how="api" if parent else None,
        url=f"{post_url.rstrip('/')}/comment/{number}", author=answers.text(one.get("name")), author_url=_profile(one), by_post_author=is_author if isinstance(is_author, bool) else None,
        published=published, published_how=how, published_raw=answers.printed(one.get("date")),
        html="" if removed else answers.as_html(answers.text(one.get("body"))), removed_how=removed,
    )


def _parent(one: Json) -> str:
    """The last of `ancestor_path` ("12.15"), which also names a parent that is not shown."""
    return answers.text(one.get("ancestor_path")).rpartition(".")[2]


def _profile(one: Json) -> str:
    """Numbers stay when a handle changes hands; both lead to the same profile."""
    number = answers.ref(one.get("user_id"))
    return f"https://substack.com/profile/{number}" if number.isdecimal() else ""


def _removed(one: Json) -> RemovedHow | None:
    """Who removed it is seldom said: there is `deleted`, and a `status` other than published."""
    status = answers.text(one.get("status"))
    if status.startswith("moderator"):
        return "moderator"
    is_gone = one.get("deleted") is True or status not in ("", "published")
    return "unknown" if is_gone or (one.get("body") is None and one.get("name") is None) else None
