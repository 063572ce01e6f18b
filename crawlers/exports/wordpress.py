"""WordPress eXtended RSS, what "Tools > Export" gives (wp-admin/includes/export.php), versions 1.0 to 1.2.

Texts are as typed, before the theme's filters: paragraphs and links are made here as WordPress makes them when it shows them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from html import unescape

from lxml import etree

from crawlers import xml
from crawlers.exports._breaks import clickable, paragraphs
from crawlers.exports._elements import fields, outer
from crawlers.exports._moments import utc
from crawlers.exports._threads import threaded
from schema.items import Comment, Kind, Page, Post, Skipped
from schema.keys import canonical_url

_EXPORT = b"//wordpress.org/export/"
_START = 8000       # bytes in which the namespaces are declared
_POSTS = ("", "post", "page")
_PRIVATE = {
    "draft": "draft", "auto-draft": "draft", "pending": "draft", "future": "scheduled", "private": "private", "trash": "trashed", "inherit": "not a post",
}
_KINDS: dict[str, Kind] = {"": "comment", "comment": "comment", "pingback": "pingback", "trackback": "trackback"}
_SHORTCODE = re.compile(r"(?<!\[)\[/?(?:caption|wp_caption|gallery|playlist|audio|video|embed)\b[^\]]*\](?!\])", re.I)
_MARKUP = re.compile(r"</?[a-z][^>]*>", re.I)
_LAST = datetime.max.replace(tzinfo=UTC)
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.\w+")


@dataclass(slots=True)
class _Blog:
    """What the beginning of the file says of the whole."""

    language: str = ""
    names: dict[str, str] = field(default_factory=dict)     # of authors, by login
    ids: dict[str, str] = field(default_factory=dict)


def confidence(page: Page) -> float:
    """1 for RSS with WordPress' export namespace."""
    start = page.body[:_START]
    return 1.0 if _EXPORT in start and b"<rss" in start else 0.0


def read(page: Page) -> Iterator[Post | Comment | Skipped]:
    """Public posts and pages with their approved comments; everything else as a reason."""
    blog = _Blog()
    for element in outer(page, "language", "author", "item"):
        match xml.name(element):
            case "language":
                blog.language = _language(element.text or "")
            case "author":
                _meet(blog, fields(element))
            case _:
                yield from _item(element, blog)


def _language(written: str) -> str:
    code = written.strip().replace("_", "-").partition("-")[0].lower()
    return code if len(code) == 2 and code.isalpha() else ""


def _meet(blog: _Blog, author: dict[str, str]) -> None:
    login = author.get("author_login", "")
    blog.names[login] = author.get("author_display_name", "") or login
    blog.ids[login] = author.get("author_id", "")


def _item(item: etree._Element, blog: _Blog) -> Iterator[Post | Comment | Skipped]:
    said = fields(item)
    url = canonical_url(said.get("link") or said.get("guid", ""))
    elements = list(xml.children(item, "comment"))
    if reason := _why_not(said, url, has_comments=bool(elements)):
        yield Skipped(reason, url, f"wxr {said.get('post_type') or 'item'}")
        return
    found = [_comment(fields(one), url, blog.language, blog.ids.get(said.get("creator", ""), "")) for one in elements]
    yield _post(said, url, blog, [one for one in found if isinstance(one, Comment)])
    yield from threaded(sorted((one for one in found if isinstance(one, Comment)), key=_shown))
    yield from (one for one in found if isinstance(one, Skipped))


def _shown(comment: Comment) -> tuple[datetime, int]:
    """The file has comments by number, the blog shows them by time."""
    return comment.published or _LAST, int(comment.ref) if comment.ref.isdecimal() else 0


def _why_not(said: dict[str, str], url: str, *, has_comments: bool) -> str:
    kind, status = said.get("post_type", ""), said.get("status", "")
    if kind == "attachment" or (kind not in _POSTS and not has_comments):
        return "not a post"
    if status in _PRIVATE:
        return _PRIVATE[status]
    if said.get("post_password"):
        return "password protected"
    return "" if url.startswith(("http://", "https://")) else "no address"


def _post(said: dict[str, str], url: str, blog: _Blog, comments: list[Comment]) -> Post:
    moment = utc(said.get("post_date_gmt", ""))
    login = said.get("creator", "")
    name = blog.names.get(login, login)
    status = said.get("comment_status", "")
    return Post(
        url=url, platform="wordpress", rule="wxr item", via="export", title=unescape(said.get("title", "")),
        author="" if _MAIL.fullmatch(name) else name,
        published=moment, published_raw=said.get("post_date") or said.get("pubDate", ""), published_how="api" if moment else None,
        html=_html(said.get("encoded", "")), language=blog.language,
        comments_reported=len(comments), pings_reported=sum(one.kind != "comment" for one in comments),
        comments_closed=status == "closed" if status else None,
    )


def _html(typed: str) -> str:
    """Posts of the block editor (5.0, 2018) are HTML already."""
    typed = _SHORTCODE.sub("", typed)
    return typed if "<!-- wp:" in typed else paragraphs(typed)


def _comment(said: dict[str, str], url: str, language: str, post_author: str) -> Comment | Skipped:
    kind = _KINDS.get(said.get("comment_type", ""))
    ref = said.get("comment_id", "")
    permalink = f"{url}#comment-{ref}"
    if kind is None or said.get("comment_approved", "1") != "1":
        return Skipped("not a comment" if kind is None else "not approved", permalink, f"wxr {said.get('comment_type') or 'comment'}")
    moment = utc(said.get("comment_date_gmt", ""))
    parent = said.get("comment_parent", "0")
    user = said.get("comment_user_id", "")
    comment = Comment(
        ref=ref, platform="wordpress", rule="wxr comment", via="export", kind=kind, url=permalink, language=language,
        author=_MARKUP.sub("", said.get("comment_author", "")), author_url=said.get("comment_author_url", ""),
        by_post_author=user == post_author if user and post_author else None,
        published=moment, published_raw=said.get("comment_date") or said.get("comment_date_gmt", ""), published_how="api" if moment else None,
        html=clickable(paragraphs(said.get("comment_content", ""))),
    )
    return replace(comment, parent_ref=parent, reply_to_how="api") if parent not in ("", "0") else comment
