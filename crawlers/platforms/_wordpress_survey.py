"""Which elements of one WordPress comment play which part, found in a single walk over them."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from crawlers.markup import has_words, text_of
from crawlers.platforms._wordpress_roles import NO_ROLE, NONE, Role, role

_BLOCKS = frozenset(("p", "blockquote", "pre", "ul", "ol", "dl", "table", "figure", "h1", "h2", "h3", "h4", "h5", "h6"))
_MUTE = frozenset(("br", "em", "i", "b", "u", "strong", "s", "del", "code", "sup", "sub", "q", "hr", "wbr", "font"))   # without a class they say nothing
_DISQUS = frozenset(("a", "span", "div", "cite"))   # that the Disqus plugin puts the name into
_DIGIT = re.compile(r"\d")
_Place = tuple[bool, bool]      # what an element stands in: the comment's head, a paragraph or the like
_OUTSIDE: _Place = (False, False)


@dataclass(slots=True)
class Parts:
    """The elements of one comment by the part they play."""

    author: HtmlElement | None = None
    author_rank: int = NONE
    date: HtmlElement | None = None
    date_rank: int = NONE
    permalink: HtmlElement | None = None
    bodies: list[tuple[int, HtmlElement, int]] = field(default_factory=list)     # rank, element, how much furniture stands before it
    blocks: list[tuple[bool, HtmlElement]] = field(default_factory=list)   # (inside the head, paragraph or the like)
    heads: list[HtmlElement] = field(default_factory=list)
    furniture: list[HtmlElement] = field(default_factory=list)


def survey(scopes: Sequence[HtmlElement], others: Collection[HtmlElement]) -> Parts:
    """Walk over the elements of one comment (one element, or `dt` and `dd`) without entering other comments."""
    parts = Parts()
    for scope in scopes:
        around: dict[HtmlElement | None, _Place] = {scope: _OUTSIDE}
        for child in scope:
            _survey(parts, child, around, others)
        own = role("div", scope.get("class") or "", "")
        if own.body != NONE:
            parts.bodies.append((own.body, scope, 0))
    return parts


def _survey(parts: Parts, top: HtmlElement, around: dict[HtmlElement | None, _Place], others: Collection[HtmlElement]) -> None:
    """lxml's own walk takes a third of the time of one that waits for children in Python; what stands in furniture has no place around it."""
    for element in top.iter():
        place = around.get(element.getparent())
        if place is None:
            continue
        entered = _note(parts, element, place, others)
        if entered is None and element is top:
            return      # most of all, the answers to the comment
        if entered is not None and len(element):
            around[element] = entered


def _note(parts: Parts, element: HtmlElement, place: _Place, others: Collection[HtmlElement]) -> _Place | None:
    """File the element under its role; None: nothing inside it matters."""
    tag, names, itemprop = element.tag, element.get("class"), element.get("itemprop")
    if names is None and itemprop is None and tag in _MUTE:
        return place
    if element in others or (names is not None and "children" in names):
        parts.furniture.append(element)
        return None
    played = role(tag, names or "", itemprop or "")
    if played.is_furniture or (tag == "a" and _note_link(parts, element)):
        parts.furniture.append(element)
        return None
    if played is NO_ROLE and tag in _DISQUS and (element.get("id") or "").startswith("dsq-author-user"):
        played = Role(author=0)
    if played is NO_ROLE and tag not in _BLOCKS:
        return place
    return _note_role(parts, element, played, place)


def _note_role(parts: Parts, element: HtmlElement, played: Role, place: _Place) -> _Place:
    in_head, in_block = place
    is_block = not in_block and element.tag in _BLOCKS
    if played is not NO_ROLE:
        _note_ranks(parts, element, played, in_block)
    if played.is_head:
        parts.heads.append(element)
    if is_block:
        parts.blocks.append((in_head or played.is_head or played.author < NONE or played.date < NONE, element))
    return in_head or played.is_head, in_block or is_block


def _note_ranks(parts: Parts, element: HtmlElement, played: Role, in_block: bool) -> None:
    author, date, body, _, _ = played
    penalty = 5 if in_block else 0
    if author < NONE and author + penalty < parts.author_rank and has_words(element):
        parts.author, parts.author_rank = element, author + penalty
    if date < NONE and date + penalty < parts.date_rank and _tells_a_date(element):
        parts.date, parts.date_rank = element, date + penalty
    if body < NONE:
        parts.bodies.append((body, element, len(parts.furniture)))


def _note_link(parts: Parts, link: HtmlElement) -> bool:
    """Whether a link is only a label: reply, edit, permalink sign. A permalink that prints the date is the date."""
    href = link.get("href") or ""
    if "replytocom=" in href or "#respond" in href or "/wp-login.php" in href or "action=editcomment" in href:
        return True
    if "#comment-" not in href and not href.startswith("#dsq-comment"):
        return False
    if not _DIGIT.search(text_of(link)):
        parts.permalink = parts.permalink if parts.permalink is not None else link
        return len(link) == 0 or not any(True for _ in link.iter("time", "img"))
    if parts.permalink is None or parts.date_rank > 3:
        parts.permalink = link
        if parts.date_rank > 3:
            parts.date, parts.date_rank = link, 3
    return False


def _tells_a_date(element: HtmlElement) -> bool:
    return bool(_DIGIT.search(element.get("datetime") or element.get("title") or text_of(element)))
