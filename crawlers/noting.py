"""How an answer is written down: the visit of an address, from what was fetched and what was read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from crawlers import failures
from crawlers.completing import has_told_all
from crawlers.reading import Reading
from crawlers.repeated import SAME_POST, is_only_again
from crawlers.starts import Blog
from crawlers.targets import Target
from crawlers.visits import Visited, content_hash, next_visit
from pipeline.addresses import NOT_MODIFIED, ONLY_THIS_POST, State
from pipeline.gaps import TOLD_ALL
from schema import keys
from schema.items import Page, Skipped

Gave = Sequence[Reading | Skipped]


def read(page: Page, target: Target, blog: Blog, gave: Gave, found: tuple[Target, ...], fruitless: Sequence[str]) -> Visited:
    """A page that was read; it is refused where something was skipped for one of the `fruitless` reasons."""
    refused = next((one.reason for one in gave if isinstance(one, Skipped) and one.reason in fruitless), SAME_POST if _is_only_again(gave) else "")
    state: State = "refused" if refused else "done"
    return Visited(
        target, blog.address, state, refused or _remark(target, blog, gave), page.status, page.header("etag"), page.header("last-modified"),
        content_hash(page), post_key(gave, target), page.fetched_at, next_visit(target, state), gave=tuple(gave), found=found,
    )


def unchanged(page: Page, target: Target, blog: Blog, found: tuple[Target, ...]) -> Visited:
    """A page that is as it was."""
    digest = content_hash(page) if page.status != NOT_MODIFIED else ""
    return Visited(
        target, blog.address, "done", _remark(target, blog, ()), page.status, page.header("etag"), page.header("last-modified"), digest,
        fetched_at=page.fetched_at, next_visit=next_visit(target, "done"), is_unchanged=True, found=found,
    )


def not_had(target: Target, blog: Blog, why: str, status: int | None, gave: Gave, found: tuple[Target, ...]) -> Visited:
    """A page that could not be had."""
    state: State = "waiting" if why in failures.LATER else "refused" if why in failures.FOR_GOOD else "failed"
    return Visited(
        target, blog.address, state, why, status, post_key=post_key((), target), fetched_at=datetime.now(UTC),
        next_visit=next_visit(target, state), gave=tuple(gave), found=found,
    )


def post_key(gave: Gave, target: Target) -> str:
    """The post that was read there, or whose thread the address belongs to."""
    posts = [thread.post.url for one in gave if isinstance(one, Reading) for thread in one.threads]
    if target.kind in ("comments", "completion"):
        return keys.post_key(target.for_post or (posts[0] if posts else target.url))
    return keys.post_key(posts[0]) if len(posts) == 1 and target.kind in ("post", "start") else ""


def _remark(target: Target, blog: Blog, gave: Gave) -> str:
    """What later runs must know of a page that was read."""
    if target.kind == "start" and blog.only_this_post:
        return ONLY_THIS_POST
    told_all = target.kind == "completion" and any(isinstance(one, Reading) and has_told_all(one) for one in gave[:1])
    return TOLD_ALL if told_all else ""


def _is_only_again(gave: Gave) -> bool:
    return any(isinstance(one, Reading) and is_only_again(one) for one in gave)
