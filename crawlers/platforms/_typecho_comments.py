"""The comments of a Typecho page: `li#comment-N` (or `li#li-comment-N`) inside one another, in a list with that class."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from crawlers import head, printed
from crawlers.filed import filed
from crawlers.html import once, tree
from crawlers.markup import absolute, classes, html_without, words
from crawlers.nesting import Placed, by_elements, is_inside, words_without
from schema.items import Comment, Page, Post

_ID = re.compile(r"(?:li-|div-)?comment-(\d+)$")
_TEXT = frozenset(("comment-content", "comment-text", "comment_content", "comment-body-content", "text"))
_AUTHOR = frozenset(("comment-author", "comment_author", "author", "fn", "comment-name"))
_META = frozenset(("comment-meta", "comment-time", "comment_meta", "date", "time", "comment-date"))
_IN_THE_WAY = frozenset(("comment-author", "comment-meta", "comment-reply", "comment-time", "comment_meta", "comment_author", "comment-awaiting-moderation", "avatar", "comment-children", "comment-list"))
_CLOSED = re.compile(r"评论已关闭|评论功能已关闭|評論已關閉|comments? (?:are |is )?closed|コメントは(?:閉じ|受け付けて)", re.I)


@once
def find(page: Page) -> tuple[Placed, ...]:
    """The comments in the order shown; of an id on the list item and one inside it, the outer element counts."""
    roots: dict[str, HtmlElement] = {}
    for id_, element in filed(page).identified:
        number = _ID.fullmatch(id_)
        if number and element.tag not in ("a", "form", "input"):
            roots.setdefault(number[1], element)
    return tuple(by_elements(roots.items()))


def read(page: Page, found: tuple[Placed, ...], post: Post, number: int) -> Iterator[Comment]:
    """What each comment says."""
    base, others = head.base_url(page), {one.element for one in found}
    parts = [list(_own_elements(one.element, others)) for one in found]
    marked = any(name.startswith("comment-by-") for own in parts for name in _names(own))
    for place, (one, own) in enumerate(zip(found, parts, strict=True), 1):
        text = next((part for part in own if part.get("itemprop") == "commentText" or not _TEXT.isdisjoint(classes(part))), None)
        stamp = next((part for part in own if part.tag == "time" and part.get("datetime")), None)
        moment, how = printed.moment(stamp.get("datetime")) if stamp is not None else (None, None)
        author, url = _author(own)
        yield Comment(
            one.ref, "typecho", rule="numbered", parent_ref=one.parent, reply_to_how="markup" if one.parent else None, page=number, place=place, depth=one.depth,
            kind="pingback" if "pingback" in classes(one.element) else "comment", url=_permalink(own, one.ref, base, post.url), author=author, author_url=absolute(base, url),
            by_post_author="comment-by-author" in _names(own) if marked else None, published=moment, published_how=how, published_raw=_printed(own, stamp, text),
            html=_html(text if text is not None else one.element, others - {one.element}), language=post.language,
        )


def reported(page: Page) -> int | None:
    """How many comments the heading over them states; headings inside comments are those who wrote them."""
    block = filed(page).ids.get("comments")
    headings = block.iter("h2", "h3", "h4") if block is not None else iter(())
    found = {one.element for one in find(page)}
    stated = (printed.number(words(one)) for one in headings if one.get("id") != "response" and not is_inside(one, found))
    return next((number for number in stated if number is not None), None)


def offers_form(page: Page) -> bool:
    """Whether the page has the form for a comment."""
    return any(form.get("id") in ("comment-form", "comment_form") or (form.get("action") or "").rstrip("/").endswith("/comment") for form in tree(page).iter("form"))


def closed(page: Page) -> bool | None:
    """True where the page says so, False where it has the form."""
    if offers_form(page):
        return False
    block = filed(page).ids.get("comments")
    return True if block is not None and _CLOSED.search(words(block)[-120:]) else None


def _own_elements(element: HtmlElement, others: set[HtmlElement]) -> Iterator[HtmlElement]:
    """The elements of a comment without those of its answers."""
    waiting = [element]
    while waiting:
        one = waiting.pop()
        if one is element or one not in others:
            yield one
            waiting.extend(reversed(one))


def _names(own: list[HtmlElement]) -> set[str]:
    return {name for one in own[:3] for name in classes(one)}


def _author(own: list[HtmlElement]) -> tuple[str, str]:
    """The name, which stands in a `cite.fn` of the standard theme, and the link on it."""
    named = [one for one in own if one.tag == "cite" and "fn" in classes(one)] or [one for one in own if not _AUTHOR.isdisjoint(classes(one)) or one.get("title") == "author"]
    for one in named:
        if name := words(one):
            link = one if one.tag == "a" else next(one.iter("a"), None)
            return name, (link.get("href") or "") if link is not None else ""
    return "", ""


def _printed(own: list[HtmlElement], stamp: HtmlElement | None, text: HtmlElement | None) -> str:
    if stamp is not None and words(stamp):
        return words(stamp)
    lines = (words_without(one, [text]) for one in own if not _META.isdisjoint(classes(one)))
    return next((raw for line in lines if (raw := printed.date_in(line))), "")


def _permalink(own: list[HtmlElement], ref: str, base: str, post_url: str) -> str:
    hrefs = (one.get("href") or "" for one in own if one.tag == "a")
    return next((absolute(base, href) for href in hrefs if href.endswith(f"#comment-{ref}") and not href.startswith("#")), f"{post_url}#comment-{ref}")


def _html(text: HtmlElement, others: set[HtmlElement]) -> str:
    unwanted = {
        one for one in text.iterdescendants()
        if one in others or one.tag in ("script", "style", "form") or not _IN_THE_WAY.isdisjoint(classes(one))
    }
    return html_without(text, unwanted)
