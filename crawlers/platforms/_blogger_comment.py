"""One comment of a Blogger page: who, when and what, told apart by the classes of its parts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from typing import Literal, NamedTuple

from lxml.html import HtmlElement

from crawlers.markup import inner_html, words
from crawlers.platforms import _blogger_words as say
from schema.items import RemovedHow

Shape = Literal["threaded", "definition list", "div", "anchor"]

_BODY = frozenset(("comment-content", "comment-body", "comment_body", "comment-text", "commentBody"))
_AUTHOR = frozenset(("user", "comment-author", "comment-poster", "comment-data", "comment_name", "byline", "comment-user"))
_NOT_OWN = frozenset(("comment-replies", "comment-thread", "comment-replybox-single", "comment-actions", "item-control", "avatar-image-container"))
_FURNITURE = frozenset(("item-control", "comment-actions", "comment-delete", "delete-comment-icon", "comment-footer", "byline", "comment-timestamp", "avatar-image-container"))
_PERMALINK_TITLES = frozenset(("comment permalink", "permanent link"))
_EPOCH = re.compile(r"[?&]showComment=(\d{12,13})\b")
_START = datetime(1970, 1, 1, tzinfo=UTC)
_MINUTE = re.compile(r"\d[:.](\d\d)\b(?![./])")
_FIRST_BLOGGER_COMMENT, _LAST_SPEAKING_ID = 1_083_000_000, 1_170_000_000    # May 2004, January 2007
_POSTED_BY = re.compile(r"\bby:?\s+(?P<author>.+?)\s*(?::|\bat\b|\bon\b|@)\s*(?P<date>\d.*?)\s*$", re.I)
_AT_TIME = re.compile(r"^(?:at|um|a las|às|à|alle|op|o|в|den)?[\s,]*", re.I)
_PROFILE = re.compile(r"/profile/(\d+)")


class Said(NamedTuple):
    """What one comment shows of itself; addresses as printed."""

    author: str = ""
    author_url: str = ""
    permalink: str = ""
    published: datetime | None = None
    published_raw: str = ""
    html: str = ""
    removed_how: RemovedHow | None = None
    is_marked: bool = False       # as written by the post's author
    can_be_marked: bool = False   # the template marks such comments


class _Parts(NamedTuple):
    author: HtmlElement | None = None
    permalink: HtmlElement | None = None
    body: HtmlElement | None = None
    is_marked: bool = False
    can_be_marked: bool = False


def read(elements: list[HtmlElement], ref: str, shape: Shape) -> Said:
    """What the comment with that id shows, inside the elements that belong to it."""
    parts = _parts(elements, ref)
    if parts.body is None and shape == "anchor":
        parts = parts._replace(body=elements[0])
    name, url, printed = _author(parts)
    link = parts.permalink
    href = (link.get("href") or "") if link is not None else ""
    shown = words(link)
    removed = _removed_how(parts.body)
    return Said(
        author=name,
        author_url=url,
        permalink=href,
        published=_epoch(href) or _epoch_of_id(ref, printed or shown),
        published_raw=printed or shown,
        html="" if removed or parts.body is None else _html(parts.body),
        removed_how=removed,
        is_marked=parts.is_marked,
        can_be_marked=parts.can_be_marked,
    )


def by_post_author(said: Said, author_url: str, post_author_url: str, *, marked: bool) -> bool | None:
    """Whether the post's author wrote it: by Blogger's mark, else by the number of the Blogger profile."""
    if said.is_marked:
        return True
    own, posts = _PROFILE.search(author_url), _PROFILE.search(post_author_url)
    if own and posts:
        return own[1] == posts[1]
    return False if marked or said.can_be_marked else None


def _parts(elements: list[HtmlElement], ref: str) -> _Parts:
    author = permalink = body = None
    marked = markable = False
    for element, names in _own_elements(elements):
        if "blog-author" in names:
            marked = True
        if "icon" in names or ("comment-author" in names and element.tag == "dt"):
            markable = True
        if body is None and not _BODY.isdisjoint(names):
            body = element
        elif author is None and "icon" not in names and not _AUTHOR.isdisjoint(names):
            author = element
        elif permalink is None and element.tag == "a" and _is_permalink(element, ref):
            permalink = element
    return _Parts(author, permalink, body, marked, markable)


def _own_elements(elements: list[HtmlElement]) -> Iterator[tuple[HtmlElement, list[str]]]:
    """The elements in document order with their class names, without those inside the body, replies and buttons."""
    waiting = elements[::-1]
    while waiting:
        element = waiting.pop()
        named = element.get("class")
        names = named.split() if named else []
        if names and not _NOT_OWN.isdisjoint(names):
            continue
        yield element, names
        if not names or _BODY.isdisjoint(names):
            waiting.extend(reversed(element))


def _is_permalink(link: HtmlElement, ref: str) -> bool:
    href = link.get("href") or ""
    return (href.endswith(ref) and "#" in href) or "showComment=" in href or (link.get("title") or "") in _PERMALINK_TITLES


def _author(parts: _Parts) -> tuple[str, str, str]:
    """Name, address and, where template and verb put it beside the name, the printed date."""
    area = parts.author
    if area is None:
        return "", "", ""
    line = words(area)
    posted = _POSTED_BY.search(line) if "byline" in (area.get("class") or "") else None
    printed = posted["date"] if posted else ""
    for link in reversed(list(area.iter("a"))):
        if link is not parts.permalink and link.get("href") and (name := words(link)) and not _is_control(link, area):
            return name, link.get("href") or "", printed
    if posted:
        return posted["author"], "", printed
    if parts.permalink is not None and area in parts.permalink.iterancestors():
        line = _AT_TIME.sub("", line.replace(words(parts.permalink), "", 1))
    return say.without_said(line), "", ""


def _is_control(link: HtmlElement, area: HtmlElement) -> bool:
    """Whether a link is one of the delete icons that only the blog's owner sees."""
    while link is not area:
        if not _FURNITURE.isdisjoint((link.get("class") or "").split()):
            return True
        above = link.getparent()
        if above is None:
            return False
        link = above
    return False


def _epoch(permalink: str) -> datetime | None:
    """Blogger's permalinks carry the moment in milliseconds; before 2008 rounded to seconds or minutes."""
    found = _EPOCH.search(permalink)
    return _START + timedelta(milliseconds=int(found[1])) if found else None


def _epoch_of_id(ref: str, printed: str) -> datetime | None:
    """Ids given until 2006 begin with the seconds of the epoch: believed when the printed minute is the same.

    Seen: `113702982096865524`, printed as 5:37 PM in a zone eight hours behind 2006-01-12 01:37:00 UTC.
    """
    minute = _MINUTE.search(printed)
    if len(ref) != 18 or not minute or not _FIRST_BLOGGER_COMMENT <= int(ref[:10]) < _LAST_SPEAKING_ID:
        return None
    when = _START + timedelta(seconds=int(ref[:10]))
    return when if when.minute == int(minute[1]) else None


def _removed_how(body: HtmlElement | None) -> RemovedHow | None:
    return say.removed_how(words(body), marked=_says_deleted(body)) if body is not None else None


def _says_deleted(body: HtmlElement) -> bool:
    if "deleted" in (body.get("class") or "").split():
        return True
    return any("deleted-comment" in (element.get("class") or "") for element in body.iter("span"))


def _html(body: HtmlElement) -> str:
    """The words of the comment without the icons and lines that some templates put into the same element."""
    if not any(_is_furniture(element) for element in body.iterdescendants()):
        return inner_html(body)
    own = deepcopy(body)
    for element in [each for each in own.iterdescendants() if _is_furniture(each)]:
        element.drop_tree()
    return inner_html(own)


def _is_furniture(element: HtmlElement) -> bool:
    if element.tag == "a" and element.get("name") and not element.get("href"):
        return True
    names = element.get("class")
    return (bool(names) and not _FURNITURE.isdisjoint(names.split())) or element.tag in ("script", "style")
