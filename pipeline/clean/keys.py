"""Where an item belongs and what it is called for ever: source, keys, parent, origin."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from pipeline.clean.context import Context
from schema.items import Comment, Post
from schema.keys import comment_key, post_key, source_of, unnumbered_comment_key


def with_post_key(post: Post, context: Context) -> Post:
    """The post with its key and source, and when and where it was fetched."""
    page = context.page
    return replace(post, key=post_key(post.url), source=source_of(post.url), fetched_at=page.fetched_at, origin=page.origin)


def with_origin(comment: Comment, context: Context) -> Comment:
    """The comment with its post and source, and when and where it was fetched."""
    post, page = context.post, context.page
    return replace(
        comment, post_key=post.key, source=post.source, url=comment.url or post.url, fetched_at=page.fetched_at, origin=page.origin,
    )


def with_keys(comments: Sequence[Comment]) -> Iterator[Comment]:
    """The comments of one page with their keys and those of their parents.

    A parent with a platform id may stand on another page: its key is known all the same.
    """
    own = list(_own_keys(comments))
    by_ref = {comment.ref: key for comment, key in zip(reversed(comments), reversed(own), strict=True)}
    for comment, key in zip(comments, own, strict=True):
        yield replace(comment, key=key, reply_to=_parent_key(comment, by_ref))


def has_platform_id(ref: str) -> bool:
    """Whether the platform itself named the comment; "#N" is only its place on the page."""
    return bool(ref) and not ref.startswith("#")


def _own_keys(comments: Iterable[Comment]) -> Iterator[str]:
    seen: Counter[str] = Counter()
    for comment in comments:
        if has_platform_id(comment.ref):
            yield comment_key(comment.post_key, comment.ref)
        else:
            first = _unnumbered(comment, 0)
            yield _unnumbered(comment, seen[first]) if seen[first] else first
            seen[first] += 1


def _unnumbered(comment: Comment, again: int) -> str:
    return unnumbered_comment_key(comment.post_key, comment.author, comment.published, comment.text, again)


def _parent_key(comment: Comment, by_ref: dict[str, str]) -> str | None:
    parent = comment.parent_ref
    if parent is None or parent == comment.ref:
        return None
    if parent in by_ref:
        return by_ref[parent]
    return comment_key(comment.post_key, parent) if has_platform_id(parent) else None
