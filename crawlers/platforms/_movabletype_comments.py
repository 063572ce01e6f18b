"""The comments on pages of Movable Type and TypePad: found by number since version 3, by class in the templates of 2.

Since 3: `div#comment-N.comment` with `.comment-content` and a line of author and date; 4 and later name the comment that is
answered in that line ("replied to comment from ..."). Before: `div.comments-body` that ends in `span.comments-post`
"Posted by: ... at ...", and TypePad's bare paragraphs after `a#cN` that end in `p.posted`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from lxml import html
from lxml.html import HtmlElement

from crawlers import head, printed
from crawlers.filed import filed
from crawlers.html import once, tree
from crawlers.markup import absolute, classes, html_without, inner_html, words
from crawlers.nesting import Placed, by_elements, words_without
from schema.items import Comment, Page, Post, PublishedHow

_ID = re.compile(r"comment-(\d+|6a[0-9a-f]{8,})$")
_ANCHOR = re.compile(r"c(\d+|6a[0-9a-f]{8,})$")
_BODY = frozenset(("comment-content", "comment-body", "comment__body", "comment-text"))
_LINE = frozenset(("comment-footer", "comments-post", "posted", "byline", "comment-header", "asset-meta", "comment-meta", "comment-author", "comment-info"))
_IN_THE_WAY = frozenset((
    "comment-footer", "comments-post", "posted", "byline", "comment-header", "asset-meta", "comment-meta", "comment-author", "comment-info", "user-pic", "comment-avatar",
    "reply", "comment-reply", "comment-footer-experimental", "comment-actions",
))
_FRAGMENTS = {"numbered": "comment-", "anchor": "c"}     # templates of 2.x name no comment
_REDIRECT = re.compile(r"/mt-[\w.-]+\?.*__mode=red\b.*?\bid=(\d+)")
_AUTHOR = frozenset(("author", "vcard", "comment-author", "commenter", "fn"))
_FORM = re.compile(r"mt-comments|/comments$|/t/comments|comments[_-]?form|commentform", re.I)
_CLOSED = re.compile(
    r"comments? (?:to|on|for) this (?:entry|post) (?:are|is) closed|comments are closed|kommentare (?:\w+ ){0,4}geschlossen|commentaires (?:\w+ ){0,4}(?:fermés|clos)"
    r"|comentarios (?:\w+ ){0,4}cerrados|commenti (?:\w+ ){0,4}chiusi|reacties (?:\w+ ){0,4}gesloten|コメントは(?:受け付けていません|終了)", re.I)


class Found(NamedTuple):
    """A comment's place and the elements that belong to it."""

    placed: Placed
    parts: tuple[HtmlElement, ...]
    rule: str


class _Said(NamedTuple):
    """What a comment shows of itself; addresses as printed."""

    author: str
    author_url: str
    line: str
    published: datetime | None
    published_how: PublishedHow | None
    raw: str
    parent: str | None
    permalink: str
    html: str


@once
def find(page: Page) -> tuple[Found, ...]:
    """The comments in the order shown; a number that repeats counts once."""
    found = tuple(_numbered(page)) or tuple(_by_class(page)) or tuple(_anchored(page))
    return tuple({one.placed.ref: one for one in reversed(found)}.values())[::-1]


def read(page: Page, found: tuple[Found, ...], post: Post, number: int) -> Iterator[Comment]:
    """What each comment says."""
    base = head.base_url(page)
    known = {one.placed.ref for one in found}
    marked = any("entry-author-comment" in classes(one.placed.element) for one in found)
    for place, one in enumerate(found, 1):
        said, own = _said(one), one.placed
        parent = said.parent if said.parent in known else own.parent
        yield Comment(
            own.ref, post.platform, rule=one.rule, parent_ref=parent, reply_to_how="markup" if parent else None, page=number, place=place,
            depth=own.depth if said.parent is None else None, url=absolute(base, said.permalink) or (f"{post.url}#{_FRAGMENTS[one.rule]}{own.ref}" if one.rule in _FRAGMENTS else ""),
            author=said.author, author_url=absolute(base, said.author_url), by_post_author="entry-author-comment" in classes(own.element) if marked else None,
            published=said.published, published_raw=said.raw, published_how=said.published_how, html=said.html, language=post.language,
        )


def offers_form(page: Page) -> bool:
    """Whether the page has the form for a comment."""
    return any(_FORM.search(f"{form.get('action') or ''} {form.get('name') or ''} {form.get('id') or ''}") for form in tree(page).iter("form"))


def closed(page: Page) -> bool | None:
    """True where the page says so, False where it has the form."""
    blocks = filed(page).of("comments", "comments-closed", "comments-content", "comments-open", "respond")
    if any(_CLOSED.search(words(block)) for block in blocks[-3:]) or _CLOSED.search(_tail(page)):
        return True
    return False if offers_form(page) else None


def _tail(page: Page) -> str:
    """The words of TypePad's paragraph after the last comment."""
    return " ".join(text for one in tree(page).iter("p", "h3") if len(text := "".join(one.itertext())) < 120 and "omment" in text)


def _numbered(page: Page) -> Iterator[Found]:
    """`comment-N` may stand twice (an anchor before the element) and in longer ids of the parts."""
    roots: dict[str, HtmlElement] = {}
    for id_, element in filed(page).identified:
        number = _ID.fullmatch(id_)
        if number and element.tag not in ("a", "form", "input"):
            roots.setdefault(number[1], element)
    for placed in by_elements(roots.items()):
        yield Found(placed, (placed.element,), "numbered")


def _by_class(page: Page) -> Iterator[Found]:
    """The templates of 2.x: the form stands in a `div.comments-body`, too, but is not signed."""
    signed = (one for one in filed(page).of("comments-body") if _line_of((one,)) is not None and one.find(".//form") is None)
    for place, element in enumerate(signed, 1):
        yield Found(Placed(_stated_number(element) or f"#{place}", element), (element,), "comments-body")


def _stated_number(element: HtmlElement) -> str:
    """The link to a commenter's site goes through a script that is told the number of the comment."""
    numbers = (_REDIRECT.search(link.get("href") or "") for link in element.iter("a"))
    return next((number[1] for number in numbers if number), "")


def _anchored(page: Page) -> Iterator[Found]:
    """`<a id="cN"></a>`, paragraphs, and `p.posted`: everything between two anchors."""
    for anchor in tree(page).iter("a"):
        number = _ANCHOR.fullmatch(anchor.get("id") or anchor.get("name") or "")
        parts = tuple(_signed_parts(anchor)) if number else ()
        if number and parts:
            yield Found(Placed(number[1], anchor), parts, "anchor")


def _signed_parts(anchor: HtmlElement) -> Iterator[HtmlElement]:
    parts = []
    for element in anchor.itersiblings():
        if element.tag in ("h2", "h3", "form", "a"):
            return
        parts.append(element)
        if not _LINE.isdisjoint(classes(element)):
            yield from parts
            return


def _said(found: Found) -> _Said:
    own = found.placed
    element = _around(found.parts)
    lines = [one for one in element.iter() if not _LINE.isdisjoint(classes(one)) or one.tag == "header"]
    body = next((one for one in element.iterdescendants() if not _BODY.isdisjoint(classes(one))), None)
    lines = [one for one in lines if body is None or body not in one.iterancestors()]
    line, holder = _dated(lines, element, body)
    name, link = _author(lines, line)
    stamped = next((one for scope in lines for one in scope.iter("abbr", "time") if one.get("title") or one.get("datetime")), None)
    moment, how = printed.moment(stamped.get("datetime") or stamped.get("title")) if stamped is not None else (None, None)
    return _Said(
        name, _site(link), line, moment, how, (printed.date_in(words(stamped)) if stamped is not None else "") or printed.date_in(line),
        _answered(lines, own.ref), _permalink(holder, own.ref), _html(body if body is not None else element, whole=body is None, own=own.element),
    )


def _around(parts: tuple[HtmlElement, ...]) -> HtmlElement:
    """One element with all the parts; copies, where they are siblings, since the tree is shared."""
    if len(parts) == 1:
        return parts[0]
    holder = html.Element("div")
    for part in parts:
        copied = html.fromstring(html.tostring(part, encoding="unicode"))
        holder.append(copied)
    return holder


def _line_of(parts: tuple[HtmlElement, ...]) -> HtmlElement | None:
    return next((one for part in parts for one in part.iter() if not _LINE.isdisjoint(classes(one))), None)


def _dated(lines: list[HtmlElement], element: HtmlElement, body: HtmlElement | None) -> tuple[str, HtmlElement]:
    """The line that prints the date, which is the one that names the author, too."""
    for one in lines:
        if printed.DATE.search(text := words_without(one, ())):
            return text, one
    return words_without(element, [body]), lines[-1] if lines else element


def _author(lines: list[HtmlElement], line: str) -> tuple[str, HtmlElement | None]:
    """The name, and the link on it."""
    for scope in lines:
        for one in scope.iter():
            if not _AUTHOR.isdisjoint(classes(one)) and (name := words(one).strip(" :")):
                return name, next(one.iter("a"), None)
    name = printed.byline(line).name.partition(" | ")[0].strip()
    links = (link for scope in lines for link in scope.iter("a"))
    own = next((link for link in links if words(link) and (words(link) == name or name.startswith(words(link)))), None)
    return (words(own) if own is not None else name), own


def _site(link: HtmlElement | None) -> str:
    """The author's site; behind a script that redirects there since 2004, its address stands in the title, or nowhere."""
    href = (link.get("href") or "") if link is not None else ""
    if link is None or not _REDIRECT.search(href):
        return href
    title = link.get("title") or ""
    return title if title.startswith("http") else ""


def _answered(lines: list[HtmlElement], ref: str) -> str | None:
    """The number in "replied to comment from ..."."""
    numbers = (_ID.search(link.get("href") or "") for scope in lines for link in scope.iter("a"))
    return next((number[1] for number in numbers if number and number[1] != ref), None)


def _permalink(line: HtmlElement, ref: str) -> str:
    hrefs = (link.get("href") or "" for link in line.iter("a"))
    return next((href for href in hrefs if href.endswith(f"#comment-{ref}") and not href.startswith("#")), "")


def _html(body: HtmlElement, *, whole: bool, own: HtmlElement) -> str:
    """The inner HTML of the body; of the whole comment, without its lines, where the template does not mark the body."""
    unwanted = {
        one for one in body.iterdescendants()
        if one.tag in ("script", "style", "form") or (whole and (one.tag in ("header", "footer") or not _IN_THE_WAY.isdisjoint(classes(one))))
        or (one is not own and _ID.fullmatch(one.get("id") or ""))
    }
    return html_without(body, unwanted) if unwanted else inner_html(body)
