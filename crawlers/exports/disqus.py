"""Disqus' export: all threads of a site, then all comments, each naming its thread and the comment it answers.

https://help.disqus.com/en/articles/1717164-comments-export; the schema is at https://disqus.com/api/schemas/1.0/disqus.xsd.
The posts themselves are not in it, only their addresses and titles.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml import etree

from crawlers import xml
from crawlers.exports._elements import attribute, fields, outer
from crawlers.exports._moments import utc
from crawlers.exports._threads import threaded
from schema.items import Comment, Page, Post, Skipped
from schema.keys import canonical_url

_START = 4000
_RULE = "disqus post"


def confidence(page: Page) -> float:
    """1 for XML with Disqus' namespaces."""
    start = page.body[:_START]
    return 1.0 if b"<disqus" in start and b"disqus.com" in start else 0.0


def read(page: Page) -> Iterator[Post | Comment | Skipped]:
    """Every thread that has comments, as a post without text. A deleted comment keeps its place where others answer it."""
    threads: dict[str, dict[str, str]] = {}
    comments: dict[str, list[Comment | Skipped]] = {}
    for element in outer(page, "thread", "post"):
        if xml.name(element) == "thread":
            threads[attribute(element, "id")] = fields(element)
        else:
            thread = attribute(next(xml.children(element, "thread"), None), "id")
            comments.setdefault(thread, []).append(_comment(element, fields(element)))
    for name, found in comments.items():
        yield from _thread(threads.get(name, {}), found)


def _thread(said: dict[str, str], found: Sequence[Comment | Skipped]) -> Iterator[Post | Comment | Skipped]:
    url = canonical_url(said.get("link", ""))
    reason = _why_not(said, url)
    if reason:
        yield from (Skipped(reason, url, _RULE) for _ in found)
        return
    kept, left_out = _without_the_gone([one for one in found if isinstance(one, Comment)])
    yield Post(
        url=url, platform="disqus", rule="disqus thread", via="export", title=said.get("title") or url,     # as Disqus names a thread without a title
        comments_reported=len(kept), comments_closed=said["isClosed"] == "true" if "isClosed" in said else None,
    )
    yield from threaded(kept)
    yield from (one for one in found if isinstance(one, Skipped))
    yield from (Skipped("removed", url, _RULE) for _ in range(left_out))


def _why_not(said: dict[str, str], url: str) -> str:
    if not said:
        return "post not in the export"
    if said.get("isDeleted") == "true":
        return "trashed"
    return "" if url.startswith(("http://", "https://")) else "no address"


def _comment(post: etree._Element, said: dict[str, str]) -> Comment | Skipped:
    if said.get("isSpam") == "true" or said.get("isApproved") == "false":
        return Skipped("not approved", "", _RULE)
    author = next((fields(one) for one in xml.children(post, "author")), {})
    parent = attribute(next(xml.children(post, "parent"), None), "id")
    moment = utc(said.get("createdAt", ""))
    is_gone = said.get("isDeleted") == "true"
    return Comment(
        ref=attribute(post, "id"), platform="disqus", rule=_RULE, via="export", parent_ref=parent or None, reply_to_how="api" if parent else None,
        author="" if is_gone else author.get("name", ""), author_url="" if is_gone else _profile(author),
        published=moment, published_raw=said.get("createdAt", ""), published_how="api" if moment else None,
        html="" if is_gone else said.get("message", ""), removed_how="unknown" if is_gone else None,
    )


def _profile(author: dict[str, str]) -> str:
    name = author.get("username", "")
    return f"https://disqus.com/by/{name}/" if name and author.get("isAnonymous") != "true" else ""


def _without_the_gone(comments: list[Comment]) -> tuple[list[Comment], int]:
    """As Disqus shows them: what was deleted is a gap only where something that is shown answers it."""
    parents = {comment.ref: comment.parent_ref for comment in comments}
    needed: set[str | None] = set()
    for comment in comments:
        above = None if comment.removed_how else comment.parent_ref
        while above is not None and above not in needed:
            needed.add(above)
            above = parents.get(above)
    kept = [comment for comment in comments if not comment.removed_how or comment.ref in needed]
    return kept, len(comments) - len(kept)
