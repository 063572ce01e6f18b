"""The two invented blogs of the sample as values, read from the TOML files beside this module."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from schema.items import Kind

FILES = ("corner_shelf.toml", "plainspoken.toml")


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment as its author typed it."""

    id: str
    author: str
    url: str                        # profile or site of the author; "" for none
    time: datetime                  # in the clock of the blog
    text: str                       # HTML as typed; a new line is a new line
    parent: str = ""                # id of the comment that is answered
    kind: Kind = "comment"
    removed: Literal["", "author"] = ""
    spam: int = 0                   # what a person who knows the codebook would say
    subtype: str = ""
    self_promotion: int = 0


@dataclass(frozen=True, slots=True)
class Post:
    """A post as its author typed it, with its comments, the oldest first."""

    id: str
    path: str
    title: str
    author: str
    time: datetime
    body: str                       # HTML as typed; a new line is a new line
    comments: tuple[Comment, ...] = ()
    author_url: str = ""
    labels: tuple[str, ...] = ()
    closed: bool = False
    zemanta: str = ""               # id of the "Reblog this post" pixie under the text; "" for none


@dataclass(frozen=True, slots=True)
class Article:
    """A bare page that stands on the host beside the blog: no platform made it, nobody can comment on it."""

    path: str
    title: str
    author: str
    lead: str
    body: str


@dataclass(frozen=True, slots=True)
class Author:
    """What a WordPress blog says of one of its writers."""

    slug: str
    bio: str


@dataclass(frozen=True, slots=True)
class Blog:
    """A blog with all its posts, the newest first."""

    platform: Literal["blogger", "wordpress"]
    url: str                        # without a slash at the end
    title: str
    tagline: str
    id: str
    posts: tuple[Post, ...]
    posts_per_page: int
    sidebar: str                    # a line that stands under the posts and belongs to none of them
    about: str
    language: str = "en"
    comments_per_page: int = 200    # WordPress counts the comments that answer the post
    authors: tuple[tuple[str, Author], ...] = ()
    articles: tuple[Article, ...] = ()

    @property
    def host(self) -> str:
        return self.url.partition("://")[2]

    def writer(self, name: str) -> Author:
        return dict(self.authors)[name]


@cache
def blogs() -> tuple[Blog, ...]:
    """Both blogs."""
    return tuple(_blog(tomllib.loads((files(__package__) / name).read_text(encoding="utf-8"))) for name in FILES)


def replies(comments: Iterable[Comment], parent: str = "") -> list[Comment]:
    """The comments that answer that comment; without one, those that answer the post."""
    return [comment for comment in comments if comment.parent == parent]


# Any: what stands in a TOML file is checked by the dataclass it is put into.
def _blog(values: dict[str, Any]) -> Blog:
    return Blog(
        **values["blog"],
        posts=tuple(sorted((_post(post) for post in values["posts"]), key=lambda post: post.time, reverse=True)),
        authors=tuple((name, Author(**author)) for name, author in values.get("authors", {}).items()),
        articles=tuple(Article(**_trimmed(article)) for article in values.get("articles", ())),
    )


def _post(values: dict[str, Any]) -> Post:
    own = _trimmed(values) | {"labels": tuple(values.get("labels", ()))}
    comments = tuple(Comment(**_trimmed(comment)) for comment in own.pop("comments", ()))
    return Post(**own, comments=comments)


def _trimmed(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value.strip() if isinstance(value, str) else value for name, value in values.items()}
