"""Trackbacks on pages of Movable Type and TypePad: `div.trackback#ping-N`, or list items around an anchor `pN`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from crawlers import head, printed
from crawlers.filed import filed
from crawlers.markup import absolute, classes, html_without, words
from crawlers.nesting import words_without
from schema.items import Comment, Page, Post

_ID = re.compile(r"(?:ping-|p)(\d+|6a[0-9a-f]{8,})$")
_FROM = re.compile(r"^\s*(?:from|von|de|da|van|av|fra|»|より)\s+(?P<blog>.{1,120}?)(?:\s+(?:on|am|le|el|il|op|tracked on|gefolgt am)\s*$|\s*$)", re.I)


def read(page: Page, post: Post, number: int, after: int) -> Iterator[Comment]:
    """The trackbacks, counted on after the comments."""
    language = post.language
    for place, (ref, element) in enumerate(_found(page), after + 1):
        title = next((link for link in element.iter("a") if words(link) and not (link.get("href") or "").startswith("#")), None)
        line = words_without(element, ())
        stamp = next((one.get("title") or one.get("datetime") for one in element.iter("abbr", "time")), None)
        moment, how = printed.moment(stamp)
        yield Comment(
            f"ping-{ref}", post.platform, rule="trackback", page=number, place=place, kind="trackback", url=f"{post.url}#ping-{ref}",
            author=_blog(element, title), author_url=absolute(head.base_url(page), title.get("href")) if title is not None else "",
            published=moment, published_how=how, published_raw=printed.date_in(line), html=_html(element), language=language,
        )


def reported(page: Page) -> int | None:
    """How many trackbacks the heading over them states."""
    stated = (printed.number(words(heading)) for heading in filed(page).of("trackbacks-header"))
    return next((count for count in stated if count is not None), None)


def _found(page: Page) -> Iterator[tuple[str, HtmlElement]]:
    seen: set[str] = set()
    for id_, element in filed(page).identified:
        number = _ID.fullmatch(id_)
        holder = _holder(element) if number else None
        if number and holder is not None and number[1].lstrip("0") not in seen:
            seen.add(number[1].lstrip("0"))
            yield number[1].lstrip("0"), holder


def _holder(element: HtmlElement) -> HtmlElement | None:
    """The trackback that an id names: an element of that class, or the list item around an anchor in the list of them."""
    if "trackback" in classes(element):
        return element
    item = element.getparent()
    if element.tag != "a" or item is None or item.tag != "li":
        return None
    return item if any("trackback" in (one.get("id") or "") + (one.get("class") or "") for one in item.iterancestors("div", "ul", "ol")) else None


def _blog(element: HtmlElement, title: HtmlElement | None) -> str:
    """The blog in "Title from Blog"; the title where the template does not name the blog."""
    if title is None:
        return ""
    following = title.getnext()
    after = f"{title.tail or ''}{words(following) if following is not None and following.tag == 'a' else ''}"
    found = _FROM.match(after)
    return found["blog"].strip() if found else words(title)


def _html(element: HtmlElement) -> str:
    content = next((one for one in element.iter() if "trackback-content" in classes(one)), element)
    return html_without(content, {one for one in content.iterdescendants() if one.tag == "script" or "trackback-footer" in classes(one)})
