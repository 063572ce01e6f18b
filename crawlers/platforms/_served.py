"""What every platform that serves comments by an API has in common: the post that carries them, and what to say where there is none."""

from __future__ import annotations

from datetime import datetime

from crawlers import answers
from schema import keys
from schema.items import Link, Page, Post, PublishedHow, Skipped

BROKEN = "broken json"
NO_POST = "comments without their post"


def carrier(page: Page, platform: str, url: str = "", *, reported: int | None = None, closed: bool | None = None, title: str = "") -> Post:
    """The post that an answer's comments belong to: the one whose page led there, else the one that the answer names."""
    return Post(
        keys.canonical_url(page.about or url), platform, rule=rule(platform), via="api", title=title,
        comments_reported=reported, comments_closed=closed, comments_elsewhere=elsewhere(platform),
    )


def link(url: str, platform: str, post_url: str) -> Link:
    """Where comments of the post are served."""
    return Link(url, "comments", rule(platform), for_post=post_url)


def rule(platform: str) -> str:
    """The rule that comments and links of an API carry."""
    return f"{platform} comments api"


def elsewhere(platform: str) -> str:
    """Why the page of the post itself has no comments."""
    return f"script-loaded: {platform}"


def broken(page: Page, platform: str) -> Skipped:
    """The answer cannot be read."""
    return Skipped(BROKEN, page.url, rule(platform))


def homeless(page: Page, platform: str) -> Skipped:
    """Nothing says which post the comments belong to: an archive of somebody else, or an address typed by hand."""
    return Skipped(NO_POST, page.url, rule(platform))


def stamp(value: object) -> tuple[datetime | None, PublishedHow | None]:
    """A time of the answer, and how it is known."""
    moment = answers.moment(value)
    return moment, "api" if moment else None
