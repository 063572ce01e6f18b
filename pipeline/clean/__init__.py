"""Cleaning: threads as read from a page become threads as stored. One file per stage; every stage is pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar

from pipeline.clean import authors, content, dates, furniture, keys, language, text
from pipeline.clean.context import Context, context_of
from pipeline.flow import Drop, run
from schema.items import Comment, Page, Post, Skipped, Thread

T = TypeVar("T")

POST_STAGES: tuple[Callable[[Post, Context], Post], ...] = (
    text.with_text, furniture.without_furniture, content.post_with_content, language.with_language, dates.with_date,
    authors.with_name, keys.with_post_key, authors.with_author_key,
)
COMMENT_STAGES: tuple[Callable[[Comment, Context], Comment], ...] = (
    text.with_text, furniture.without_furniture, content.comment_with_content, language.with_language, dates.with_date,
    authors.with_name, keys.with_origin,
)
# A key may count the comments before it, and an anonymous author is known by the key alone.
KEYED_STAGES: tuple[Callable[[Comment, Context], Comment], ...] = (authors.with_author_key,)


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A thread fit to be stored, or None when its post was dropped, and what was left out with the reasons."""

    thread: Thread | None
    skipped: tuple[Skipped, ...] = ()


def clean(thread: Thread, page: Page) -> Cleaned:
    """The thread with text, dates, authors and keys; `page` is where it was read."""
    context = context_of(page, thread.post, thread.comments)
    try:
        post = _through(POST_STAGES, thread.post, context)
    except Drop as drop:
        return Cleaned(None, (Skipped(drop.reason, thread.post.url, thread.post.rule),))
    context = replace(context, post=post)
    skipped: list[Skipped] = []
    cleaned = list(_cleaned(_once_each(thread.comments, skipped), context, skipped))
    comments = tuple(_through(KEYED_STAGES, comment, context) for comment in keys.with_keys(cleaned))
    return Cleaned(Thread(post, comments), tuple(skipped))


def _through(stages: Iterable[Callable[[T, Context], T]], item: T, context: Context) -> T:
    return run((partial(_apply, stage, context) for stage in stages), item)


def _apply(stage: Callable[[T, Context], T], context: Context, item: T) -> T:
    return stage(item, context)


def _cleaned(comments: Iterable[Comment], context: Context, skipped: list[Skipped]) -> Iterator[Comment]:
    for comment in comments:
        try:
            yield _through(COMMENT_STAGES, comment, context)
        except Drop as drop:
            skipped.append(Skipped(drop.reason, comment.url or context.post.url, comment.rule))


def _once_each(comments: Iterable[Comment], skipped: list[Skipped]) -> Iterator[Comment]:
    """Themes may print a comment twice (featured, or in a second list for small screens): the first one counts."""
    seen: set[str] = set()
    for comment in comments:
        if keys.has_platform_id(comment.ref) and comment.ref in seen:
            skipped.append(Skipped("repeated on the page", comment.url, comment.rule))
        else:
            seen.add(comment.ref)
            yield comment
