"""Blogger's backup: one Atom file of posts, pages, comments, templates and settings.

Two shapes: `kind` categories (until 2024; https://developers.google.com/blogger/docs/2.0/developers_guide_protocol), and elements
of the namespace blogger/2018 in Google Takeout's feed.atom, which name no address but the path on the blog.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from lxml import etree

from crawlers import xml
from crawlers.exports._elements import attribute, fields, outer
from crawlers.exports._moments import utc
from crawlers.exports._threads import threaded
from crawlers.platforms import _blogger_words as say
from schema.items import Comment, Page, Post, RemovedHow, Skipped
from schema.keys import canonical_url

_START = 16_000     # bytes: a few lines of the feed, then settings
_SIGNS = (b"kind#settings", b"kind#template", b".archive</id>", b"schemas.google.com/blogger/2018")
_KIND = "http://schemas.google.com/blogger/2008/kind#"
_POSTS = ("post", "page")
_NUMBER = re.compile(r"(?:\.(?:post|page|comment)-|/)(\d+)(?:\?[^/]*)?$")
_LAST = datetime.max.replace(tzinfo=UTC)
_TAG = re.compile(r"<[^>]*>")
_REASONS = {"draft": "draft", "scheduled": "scheduled", "soft_trashed": "trashed"}


@dataclass(slots=True)
class _Blog:
    """The file as far as it was read: comments may stand before their posts."""

    address: str = ""
    posts: dict[str, Post] = field(default_factory=dict)        # by Blogger's number
    comments: dict[str, list[Comment]] = field(default_factory=dict)
    hidden: set[str] = field(default_factory=set)               # posts that nobody may read
    skipped: list[Skipped] = field(default_factory=list)


def confidence(page: Page) -> float:
    """1 for an Atom feed that begins with a blog's settings or has Takeout's own elements; a feed of posts is no export."""
    start = page.body[:_START]
    return 1.0 if b"<feed" in start and any(sign in start for sign in _SIGNS) else 0.0


def read(page: Page) -> Iterator[Post | Comment | Skipped]:
    """Published posts and pages with their comments; everything else that has an author as a reason."""
    blog = _Blog()
    for element in outer(page, "entry", "link"):
        if xml.name(element) == "entry":
            _take(blog, element, page)
        elif element.get("rel") == "alternate":
            blog.address = (element.get("href") or "").rstrip("/")
    for number, post in blog.posts.items():
        found = list(threaded(sorted((_known(one, post) for one in blog.comments.pop(number, [])), key=_shown)))
        yield replace(post, comments_reported=len(found))
        yield from found
    yield from blog.skipped
    for number, orphans in blog.comments.items():
        reason = "of a hidden post" if number in blog.hidden else "post not in the export"
        yield from (Skipped(reason, one.url, one.rule) for one in orphans)


def _known(comment: Comment, post: Post) -> Comment:
    """Blogger marks what the post's author says; here the profiles tell."""
    return replace(comment, by_post_author=comment.author_url == post.author_url) if post.author_url else comment


def _shown(comment: Comment) -> datetime:
    """The blog shows comments by time, whatever the order of the file."""
    return comment.published or _LAST


def _take(blog: _Blog, entry: etree._Element, page: Page) -> None:
    said = fields(entry)
    kind, number = _kind(entry, said), _number(said.get("id", ""))
    if kind in _POSTS and number:
        _take_post(blog, number, entry, said, page)
    elif kind == "comment" and number:
        _take_comment(blog, number, entry, said)


def _kind(entry: etree._Element, said: dict[str, str]) -> str:
    if "type" in said:
        return said["type"].lower()
    terms = (category.get("term") or "" for category in xml.children(entry, "category"))
    kind = next((term.removeprefix(_KIND) for term in terms if term.startswith(_KIND)), "")
    return kind or ("comment" if next(xml.children(entry, "in-reply-to"), None) is not None else "")


def _take_post(blog: _Blog, number: str, entry: etree._Element, said: dict[str, str], page: Page) -> None:
    path = said.get("filename") or f"/{number}"
    url = canonical_url(_link(entry, "alternate") or (blog.address or f"file:{page.url.removeprefix('file:')}") + path)
    if status := _status(entry, said):
        blog.skipped.append(Skipped(_REASONS.get(status, "draft"), url, "blogger post"))
        blog.hidden.add(number)
        return
    author = _author(entry)
    moment = utc(said.get("published", ""))
    blog.posts[number] = Post(
        url=url, platform="blogger", rule="blogger post", via="export", title=said.get("title", ""),
        author=author.get("name", ""), author_url=author.get("uri", ""),
        published=moment, published_raw=said.get("published", ""), published_how="api" if moment else None, html=said.get("content", ""),
    )


def _take_comment(blog: _Blog, number: str, entry: etree._Element, said: dict[str, str]) -> None:
    url = _link(entry, "alternate")
    post = _number(said.get("parent", "")) or next((_post_number(one) for one in xml.children(entry, "in-reply-to")), "")
    if _status(entry, said):
        blog.skipped.append(Skipped("not approved", url, "blogger comment"))
        return
    author = _author(entry)
    moment = utc(said.get("published", ""))
    removed = _removed_how(entry, said.get("content", ""))
    parent = _number(said.get("inReplyTo", "")) or _number(_link(entry, "related"))
    blog.comments.setdefault(post, []).append(Comment(
        ref=number, platform="blogger", rule="blogger comment", via="export",
        parent_ref=parent or None, reply_to_how="api" if parent else None, url=url,
        author=author.get("name", ""), author_url=author.get("uri", ""),
        published=moment, published_raw=said.get("published", ""), published_how="api" if moment else None,
        html="" if removed else said.get("content", ""), removed_how=removed,
    ))


def _status(entry: etree._Element, said: dict[str, str]) -> str:
    """"" for what everybody may read, else what keeps it back."""
    if "status" in said:
        status = said["status"].lower()
        return "" if status == "live" else status
    drafts = (xml.text(control, "draft") for control in xml.children(entry, "control"))
    return "draft" if "yes" in drafts else ""


def _number(name: str) -> str:
    """The number at the end of tag:blogger.com,1999:blog-1.post-2, or of the address of an entry."""
    found = _NUMBER.search(name)
    return found[1] if found else ""


def _post_number(reply: etree._Element) -> str:
    return _number(attribute(reply, "ref")) or _number(attribute(reply, "source"))


def _link(entry: etree._Element, rel: str) -> str:
    return next((link.get("href") or "" for link in xml.children(entry, "link") if link.get("rel") == rel), "")


def _author(entry: etree._Element) -> dict[str, str]:
    """Name and address; the mail address beside them is passed over."""
    author = next((fields(one) for one in xml.children(entry, "author")), {})
    return {name: author.get(name, "") for name in ("name", "uri")}


def _removed_how(entry: etree._Element, content: str) -> RemovedHow | None:
    """A comment may have several properties; one of them says that it is gone."""
    marked = any(one.get("name") == "blogger.contentRemoved" for one in xml.children(entry, "extendedProperty"))
    return say.removed_how(_TAG.sub("", content).strip(), marked=marked)
