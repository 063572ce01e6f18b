"""The comments of a Drupal page: found by their numbers, nested by `div.indented`.

`comment-N` is the id of the comment's element (Drupal 8) or of an empty anchor before it (6 and 7). Answers stand in
a `div.indented` after the comment they answer (comment_render in modules/comment/comment.module, CommentViewBuilder).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from urllib.parse import parse_qs

from lxml.html import HtmlElement

from crawlers import head, printed
from crawlers.filed import filed
from crawlers.html import once
from crawlers.markup import absolute, by_class, classes, elements, first, html_without, inner_html, split, words
from crawlers.nesting import Placed, by_depth, words_without
from schema import keys
from schema.items import Comment, Link, Page, Post, PublishedHow

_ID = re.compile(r"comment-(\d+)$")
_BODIES = (
    elements("descendant::*[contains(@class, 'comment-body') or @property][contains(@property, 'schema:text') or contains(@property, 'content:encoded')]"),
    elements("descendant::*[contains(@class, 'field-item')][ancestor::*[1][contains(@class, 'field-items')]][ancestor::*[contains(@class, 'comment-body')]]"),
    elements("descendant::*[contains(@class, 'field-comment-body') or contains(@class, 'field--name-comment-body') or contains(@class, 'field-name-comment-body')]"),
    by_class("content"),
    by_class("comment__content"),
    by_class("comment-content"),
    by_class("comment-text"),
)
_IN_THE_WAY = elements(
    "descendant::*[self::script or self::style or self::form or contains(@class, 'user-signature') or contains(@class, 'submitted')"
    " or contains(@class, 'expanding-formatter-trigger') or (self::ul and contains(@class, 'links')) or (self::h3 and not(ancestor::*[contains(@class, 'field')]))]"
)
_SUBMITTED = by_class("submitted")
_AUTHORS = (
    by_class("username"),
    elements("descendant::*[@typeof][contains(@property, 'schema:name') or contains(@property, 'foaf:name')]"),
    elements("descendant::*[contains(@class, 'commenter-name') or contains(@class, 'comment__author')]"),
)
_STAMPED = elements("descendant::time[@datetime] | descendant::*[@content][contains(@property, 'dc:date') or contains(@property, 'schema:dateCreated')]")
_CHANGED = elements("descendant::*[@data-comment-timestamp]")
_PARENT_LINK = elements("descendant::*[contains(concat(' ', normalize-space(@class), ' '), ' parent ') or contains(@class, 'comment-parent')]/descendant::a[contains(@href, '#comment-')]")
_PERMALINK = elements("descendant::a[contains(@href, '#comment-')]")
_NOTE = re.compile(
    r"\s*\((?:not verified|nicht (?:überprüft|verifiziert)|non vérifié|no verificado|não verificado|non verificato|niet (?:gecontroleerd|geverifieerd)"
    r"|ej verifierad|ikke kontrolleret|ikke bekreftet|vahvistamaton|niezweryfikowany|не проверено|не перевірено|neověřeno|未驗證|未验证|未検証)\)$", re.I)
_MINUTE = re.compile(r"[:h](\d\d)\b")


@once
def find(page: Page) -> list[Placed]:
    """The comments in the order shown, each with the one it answers."""
    elements_by_ref: dict[str, HtmlElement] = {}
    for number, numbered in filed(page).numbered("comment-"):
        element = _after(numbered) if numbered.tag == "a" else numbered
        if element is not None and element.tag not in ("form", "input"):
            elements_by_ref.setdefault(number, element)
    return by_depth((ref, element, _depth(element)) for ref, element in elements_by_ref.items())


def _depth(element: HtmlElement) -> int:
    return sum("indented" in names.split() for one in element.iterancestors() if (names := one.get("class")))


def _after(anchor: HtmlElement) -> HtmlElement | None:
    """What an empty anchor names: the element after it, and after the anchor of the first new comment."""
    following = anchor.getnext()
    while following is not None and following.tag == "a":
        following = following.getnext()
    return following


def read(page: Page, found: list[Placed], post: Post) -> Iterator[Comment]:
    """What each comment says."""
    number, base = page_number(page), head.base_url(page)
    known = {one.ref for one in found}
    marked = any("by-anonymous" in name or _marks_author(name) for one in found for name in _class_names(one.element))
    for place, one in enumerate(found, 1):
        body = _body(one.element)
        author, author_url, line = _author(one.element, body)
        moment, how = _moment(one.element, body, printed.date_in(line))
        parent = _stated_parent(one.element, known - {one.ref}) or one.parent
        yield Comment(
            one.ref, "drupal", rule="numbered", parent_ref=parent, reply_to_how="markup" if parent else None, page=number, place=place,
            depth=one.depth, url=_permalink(one, base) or f"{post.url}#comment-{one.ref}", author=author, author_url=absolute(base, author_url),
            by_post_author=any(map(_marks_author, _class_names(one.element))) if marked else None, published=moment,
            published_raw=printed.date_in(line), published_how=how, html=_html(body), language=post.language,
        )


def _class_names(element: HtmlElement) -> list[str]:
    inner = next((names for child in element if "comment" in (names := classes(child))), [])
    return classes(element) + inner


def _marks_author(name: str) -> bool:
    """Drupal 7 says `comment-by-node-author`, later ones `by-node-author` or the entity's other name."""
    return bool(re.fullmatch(r"(?:comment-)?by-[a-z_]+-author", name))


def _body(element: HtmlElement) -> HtmlElement | None:
    return next((found[0] for find_body in _BODIES if (found := find_body(element))), None)


def _html(body: HtmlElement | None) -> str:
    if body is None:
        return ""
    unwanted = _IN_THE_WAY(body)
    return html_without(body, unwanted) if unwanted else inner_html(body)


def _author(element: HtmlElement, body: HtmlElement | None) -> tuple[str, str, str]:
    """Name, address, and the line around the text, which holds the date."""
    line = _line(element, body)
    for find_author in _AUTHORS:
        for named in find_author(element):
            if name := _NOTE.sub("", words(named)):
                link = named if named.tag == "a" else next(named.iter("a"), None)
                return name, (link.get("href") or "") if link is not None else "", line
    return _NOTE.sub("", printed.byline(line).name), _homepage(element, body), line


def _line(element: HtmlElement, body: HtmlElement | None) -> str:
    """The line "Submitted by", wherever a theme puts it; else all that is not the text."""
    lines = (words_without(one, ()) for one in _SUBMITTED(element))
    return next((line for line in lines if printed.DATE.search(line)), "") or words_without(element, [body])


def _homepage(element: HtmlElement, body: HtmlElement | None) -> str:
    """Drupal 6 links the name of a visitor to the visitor's site, and of a member to the profile, without any class."""
    for link in element.iter("a"):
        if body is not None and body in link.iterancestors():
            continue
        if link.get("rel") == "nofollow" or "/user/" in (link.get("href") or "") or "user profile" in (link.get("title") or ""):
            return link.get("href") or ""
    return ""


def _moment(element: HtmlElement, body: HtmlElement | None, raw: str) -> tuple[datetime | None, PublishedHow | None]:
    for stamped in _STAMPED(element):
        if body is None or body not in stamped.iterancestors():
            when, how = printed.moment(stamped.get("datetime") or stamped.get("content"))
            if when:
                return when, how
    return _created(element, raw)


def _created(element: HtmlElement, raw: str) -> tuple[datetime | None, PublishedHow | None]:
    """Drupal 8 gives the moment of the last change (CommentViewBuilder): believed where the printed minute is the same."""
    changed = first(_CHANGED(element))
    when, how = printed.epoch(changed.get("data-comment-timestamp") if changed is not None else "")
    minute = _MINUTE.search(raw)
    return (when, how) if when and minute and when.minute == int(minute[1]) else (None, None)


def _stated_parent(element: HtmlElement, known: set[str]) -> str | None:
    """Drupal 8 says to screen readers which comment this one answers."""
    link = first(_PARENT_LINK(element))
    number = _ID.search(link.get("href") or "") if link is not None else None
    return number[1] if number and number[1] in known else None


def _permalink(one: Placed, base: str) -> str:
    hrefs = (link.get("href") or "" for link in _PERMALINK(one.element))
    return next((absolute(base, href) for href in hrefs if href.endswith(f"#comment-{one.ref}") and not href.startswith("#")), "")


def page_number(page: Page) -> int:
    """Which page of comments this is, from 1; Drupal counts from 0."""
    return _numbered(page.url) + 1


def _numbered(url: str) -> int:
    try:
        number = parse_qs(split(url).query).get("page", ["0"])[0].rpartition(",")[2]
    except ValueError:
        return 0
    return int(number) if number.isascii() and number.isdecimal() and len(number) < 6 else 0


def further_pages(page: Page) -> Iterator[Link]:
    """The other pages of the thread."""
    address, own = head.canonical(page), page_number(page) - 1
    for link in (link for pager in filed(page).of("pager", "pager__items") for link in pager.iter("a") if "page=" in (link.get("href") or "")):
        url = absolute(head.base_url(page), link.get("href")).partition("#")[0]
        if _numbered(url) != own and keys.source_of(url) == keys.source_of(head.base_url(page)) and _is_of(url, address):
            yield Link(url, "comments", "pager")


def _is_of(url: str, address: str) -> bool:
    """Whether the pager is the thread's, not that of a list beside it."""
    return address.startswith("file:") or _path(url) == _path(address)


def _path(url: str) -> str:
    return url.partition("://")[2].partition("?")[0].partition("/")[2].rstrip("/")
