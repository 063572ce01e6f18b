"""The element that holds the main text: trafilatura says which words are the text, the page's own tree says where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import dropwhile

from lxml.html import HtmlElement

from crawlers.html import once, text_of, tree
from crawlers.markup import html_without, words
from crawlers.platforms import _generic_comments as comments
from crawlers.platforms._generic_parts import PRINTED_DATE
from schema.items import Page

_BLOCKS = frozenset(("p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "td", "dd", "dt", "div", "article", "section", "main", "figcaption"))
_NOT_TEXT = frozenset(("form", "nav", "aside", "footer", "script", "style", "noscript", "button", "select", "template", "dialog"))
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:share|sharing|social|shariff|addtoany|related|tags?|tag-?list|breadcrumbs?|author-?(?:box|bio|info)|about-?author|newsletter|"
    r"pagination|pager|post-?nav\w*|comments?|comment-?form|respond|kommentare|commentaires|comentarios|forum|advert\w*|promo|meta|byline|submitted|posted|rdf-meta|"
    r"toolbar|print|rating|vote|teaser|recommend\w*|more-?from|paywall|cookie\w*|consent\w*|trackbacks?|pingbacks?)(?=$|[\s_-])", re.I)
_NAMED = re.compile(r"(?:^|\s)(?:e-content|entry-content|post-?body|post-?content|article-?body|blog-?body|postbody|storycontent)(?=$|\s)", re.I)
_BODY_PROPERTY = re.compile(r"(?:^|[\s:])(?:articleBody|content:encoded)(?=$|\s)")
_ENOUGH = 0.85          # of the main text's letters must stand in the container; the rest may be a teaser or a caption elsewhere
_NAMED_ENOUGH = 0.5     # of them must stand in an element that calls itself the body to believe it
_OF_TEXT = frozenset((
    "p", "ul", "ol", "dl", "pre", "blockquote", "table", "figure", "picture", "img", "video", "br", "h2", "h3", "h4", "h5", "h6", "hr", "center",
    "a", "b", "i", "u", "s", "em", "strong", "span", "q", "code", "tt", "sup", "sub", "small", "big", "font", "del", "ins", "cite", "abbr", "mark", "kbd",
))
_TITLES = frozenset(("h1", "header"))
_ENDS = frozenset(("h2", "h3", "h4", "hr"))
_PICTURES = frozenset(("figure", "picture", "img", "video", "a"))
_BYLINE = 80            # letters of a line that is a byline if it has a date
_SHORT = 200            # letters of a line that may be a byline
_LINKED = 0.8           # of the letters of a list stand in links: it leads away
_START = 60             # letters by which a block is recognized
_FEW_WORDS = 5


@dataclass(frozen=True, slots=True)
class Body:
    """Where the main text stands, and its HTML without what the theme put around it."""

    element: HtmlElement
    html: str
    rule: str


@once
def body(page: Page) -> Body | None:
    """The main text of the page; None when there is none to speak of."""
    held = comments.area(page)
    blocks = list(dropwhile(_is_above_the_text, (block for block in _main_blocks(page) if block not in held)))
    if not blocks:
        return None
    container, rule = _container(blocks)
    html = html_without(container, set(_furniture(container, set(blocks), held)))
    return Body(container, html, rule) if len(words(container).split()) >= _FEW_WORDS else None


def _is_above_the_text(block: HtmlElement) -> bool:
    """A title, or a short line with a date that is no sentence."""
    line = words(block)
    return block.tag == "h1" or (len(line) < _BYLINE and not line.endswith(".") and bool(PRINTED_DATE.search(line)))


def _main_blocks(page: Page) -> list[HtmlElement]:
    """The blocks of the page whose words trafilatura takes for the main text."""
    starts = _starts(page)
    found = [block for block in tree(page).iter(*_BLOCKS) if (own := _start_of(block)) and own in starts]
    return found or _plain_blocks(page)


def _starts(page: Page) -> set[str]:
    """How the paragraphs of the main text begin, without white space."""
    import trafilatura

    document = trafilatura.bare_extraction(text_of(page), include_comments=False, include_tables=True, fast=True)
    extracted = getattr(document, "body", None)
    if extracted is None:
        return set()
    lines = (line for element in extracted.iter() for text in (element.text, element.tail) for line in (text or "").splitlines())
    return {start for line in lines if len(start := _squeezed(line)) > _FEW_WORDS}


def _start_of(block: HtmlElement) -> str:
    """How the block's own words begin; "" when it only holds other blocks."""
    pieces, length = [], 0
    for piece in _own_text(block):
        pieces.append(piece)
        length += len(piece)
        if length > _START * 4:
            break
    return _squeezed("".join(pieces))


def _own_text(block: HtmlElement) -> Iterator[str]:
    """The text of a block up to the first block or line break inside it."""
    yield block.text or ""
    for child in block:
        if child.tag in _BLOCKS or child.tag in ("br", "ul", "ol", "table"):
            return
        yield "".join(child.itertext())
        yield child.tail or ""


def _squeezed(text: str) -> str:
    return "".join(text.split())[:_START]


def _plain_blocks(page: Page) -> list[HtmlElement]:
    """What is left for a page too short or too odd for trafilatura: paragraphs and list items outside of furniture."""
    return [block for block in tree(page).iter("p", "li", "pre", "blockquote")
            if words(block) and not any(_is_furniture(one) for one in (block, *block.iterancestors()) if one.tag not in ("html", "body"))]


def _container(blocks: list[HtmlElement]) -> tuple[HtmlElement, str]:
    """The smallest element that holds nearly all of the text, or one that calls itself the body and holds most of it."""
    weight: dict[HtmlElement, int] = {}
    for block in blocks:
        length = len(words(block))
        for holder in (block, *block.iterancestors()):
            weight[holder] = weight.get(holder, 0) + length
    total = max(weight.values())
    named = [one for one in weight if weight[one] >= _NAMED_ENOUGH * total and _is_named(one)]
    if named:
        best = max(named, key=lambda one: (weight[one], _depth(one)))
        return best, _rule_of(best)
    best = max((one for one in weight if weight[one] >= _ENOUGH * total), key=_depth)
    parent = best.getparent()
    return best if parent is None or best.tag not in ("p", "li") else parent, "main text by trafilatura"


def _is_named(element: HtmlElement) -> bool:
    return bool(
        _NAMED.search(element.get("class") or "") or _BODY_PROPERTY.search(f"{element.get('itemprop') or ''} {element.get('property') or ''}"),
    )


def _rule_of(element: HtmlElement) -> str:
    return f"{element.tag}.{'.'.join((element.get('class') or element.get('itemprop') or '').split()[:2])}".rstrip(".")


def _depth(element: HtmlElement) -> int:
    return sum(1 for _ in element.iterancestors())


def _furniture(container: HtmlElement, blocks: set[HtmlElement], comments_held: set[HtmlElement]) -> Iterator[HtmlElement]:
    """What is inside the container and not of the text: comments, forms, navigation, titles before it and boxes around it."""
    with_text = {one for block in blocks for one in (block, *block.iterancestors())}
    for element in container.iter():
        if element is not container and (element in comments_held or (_is_furniture(element) and not _holds_most(element, with_text, blocks))):
            yield element
        elif element in with_text:
            yield from _strangers(element, with_text, element in blocks)


def _strangers(parent: HtmlElement, with_text: set[HtmlElement], is_block: bool) -> Iterator[HtmlElement]:
    """The children that belong to the theme: boxes, what stands before the first words, and all from the first box after the last."""
    children = list(parent)
    places = [place for place, child in enumerate(children) if child in with_text]
    if not places:
        return
    kinds = {children[place].tag for place in places} | _OF_TEXT
    is_over = False
    for place, child in enumerate(children):
        is_over = is_over or (place > places[-1] and (child.tag in _ENDS or child.tag not in kinds))
        is_title = child.tag in _TITLES or (place < places[0] and not is_block and _is_byline(child))
        if is_over or is_title or (child not in with_text and (child.tag not in kinds or _is_navigation(child))):
            yield child


def _is_byline(child: HtmlElement) -> bool:
    """A short line before the text; a picture there stays."""
    return child.tag not in _PICTURES and len(words(child)) < _SHORT and next(child.iter("img"), None) is None


def _is_navigation(child: HtmlElement) -> bool:
    """A list of links only."""
    return child.tag in ("ul", "ol") and sum(len(words(link)) for link in child.iter("a")) > _LINKED * len(words(child))


def _is_furniture(element: HtmlElement) -> bool:
    if not isinstance(element.tag, str):
        return False
    return element.tag in _NOT_TEXT or _names_furniture(f"{element.get('class') or ''} {element.get('id') or ''}")


@lru_cache(maxsize=8192)
def _names_furniture(names: str) -> bool:
    return bool(_FURNITURE.search(names))


def _holds_most(element: HtmlElement, with_text: set[HtmlElement], blocks: Iterable[HtmlElement]) -> bool:
    """A theme may call the whole text something that sounds like furniture."""
    if element not in with_text or element.tag in ("script", "style", "template", "noscript"):
        return False
    inside = set(element.iter())
    held = sum(block in inside for block in blocks)
    return held * 2 > sum(1 for _ in blocks)
