"""Source HTML to the words a reader sees, with marks and links at their places, in one pass over the elements."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from html import unescape
from itertools import count
from typing import TypeVar
from urllib.parse import urljoin

from lxml import etree

from pipeline.clean._writer import LINE, PARAGRAPH, Stretch, Writer
from pipeline.clean.context import Context
from pipeline.clean.repair import one_line, repair, without_controls
from schema.items import Comment, Mark, MarkKind, Post, TextLink

T = TypeVar("T", Post, Comment)

_PARSER = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
_DROPPED = frozenset((
    "script", "style", "noscript", "form", "button", "iframe", "svg", "template", "select", "textarea", "head", "title",
    "object", "embed", "audio", "video", "canvas", "map",
))
_BLOCKS = {
    **dict.fromkeys(("p", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "table", "figure", "hr"), PARAGRAPH),
    **dict.fromkeys((
        "div", "li", "dt", "dd", "tr", "caption", "figcaption", "section", "article", "header", "footer", "aside", "nav", "main",
        "address", "details", "summary", "center", "fieldset", "legend", "menu", "dir",
    ), LINE),
}
_LISTS = frozenset(("ul", "ol", "menu", "dir"))
_CELLS = frozenset(("td", "th"))
_MARKS: dict[str, MarkKind] = {
    "blockquote": "quote", "q": "quote", "pre": "code", "code": "code", "tt": "code", "samp": "code", "li": "list",
    "h1": "heading", "h2": "heading", "h3": "heading", "h4": "heading", "h5": "heading", "h6": "heading",
    "del": "deleted", "s": "deleted", "strike": "deleted",
}
_EMOTICON = re.compile(r"\b(?:wp-smiley|emoji|smil(?:ey|ie)s?|emoticons?)\b", re.I)
_BULLET = "• "
_IN_ADDRESSES = str.maketrans({"\t": None, "\n": None, "\r": None, " ": "%20"})    # as browsers do
# Editors of the 2000s wrote a character beyond U+FFFF as two references to surrogates.
_SURROGATE_PAIR = re.compile(r"&#(x[dD][89abAB][0-9a-fA-F]{2}|5[56]\d{3});&#(x[dD][c-fC-F][0-9a-fA-F]{2}|5[67]\d{3});")
_UPDATE = re.compile(
    r"^[\[(*_]{0,2}(?:updated?|upd|edit(?:ed)?|nachtrag|aktualisierung|mise à jour|màj|actualización|actualizado|"
    r"aggiornamento|atualização|bijgewerkt)(?:[ ]?(?:#?\d[\d./:, -]{0,16}(?:[ap]m)?|\([^)\n]{1,40}\)))?[*_]{0,2}[ ]?[:\]]",
    re.I | re.M,
)


def with_text(item: T, context: Context) -> T:
    """The item with the text, marks and links of its source HTML; a post's title and bio in one line each."""
    text, marks, links = text_of(item.html, context.base)
    if isinstance(item, Post):
        return replace(item, text=text, marks=marks, links=links, title=one_line(item.title), bio=one_line(item.bio))
    return replace(item, text=text, marks=marks, links=links)


def text_of(html: str, base: str = "") -> tuple[str, tuple[Mark, ...], tuple[TextLink, ...]]:
    """What a reader of that HTML sees. Any string will do; links that lead nowhere on the web are left out."""
    walk = _Walk(base)
    walk.over(_parse(html))
    text, marks, links = walk.writer.finish()
    return text, (*marks, *_updates(text)), links


def _parse(html: str) -> etree._Element:
    html = without_controls(html)
    if "&#" in html:
        html = _SURROGATE_PAIR.sub(_character_of, html)
    return etree.fromstring(f"<div>{html}</div>".encode(), _PARSER)


def _character_of(pair: re.Match[str]) -> str:
    high, low = (int(half[1:], 16) if half[0] == "x" else int(half) for half in pair.groups())
    code = 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00)
    return chr(code) if 0xD800 <= high < 0xDC00 <= low < 0xE000 else unescape(pair[0])


def _updates(text: str) -> Iterator[Mark]:
    """Paragraphs that a writer added later and says so."""
    for found in _UPDATE.finditer(text):
        end = text.find("\n\n", found.end())
        yield Mark(found.start(), end if end >= 0 else len(text), "update")


@dataclass(slots=True)
class _Walk:
    """One pass over the elements of a body."""

    base: str
    writer: Writer = field(default_factory=Writer)
    open: list[Stretch | None] = field(default_factory=list)    # of the elements that may set words apart
    lists: list[Iterator[int] | None] = field(default_factory=list)     # the numbers to come; None: bullets
    preformatted: int = 0

    def over(self, root: etree._Element) -> None:
        walker = etree.iterwalk(root, events=("start", "end"))
        for event, element in walker:
            tag = element.tag
            if tag in _DROPPED:
                if event == "start":
                    walker.skip_subtree()
                    continue
            elif event == "start":
                self.enter(element, tag)
                self.write(element.text)
            else:
                self.leave(tag)
            if event == "end":
                self.write(element.tail)

    def write(self, words: str | None) -> None:
        if not words:
            return
        if self.preformatted:
            self.writer.write_preformatted(repair(words))
        else:
            self.writer.write(repair(words))

    def enter(self, element: etree._Element, tag: str) -> None:
        if tag == "br":
            self.break_line()
        elif tag == "img":
            self.write_emoticon(element)
        else:
            self.end_block(tag)
            self.enter_list(element, tag)
            if tag == "a" or tag in _MARKS:
                stretch = self.stretch(element, tag)
                self.open.append(self.writer.open(stretch) if stretch else None)
            self.preformatted += tag == "pre"

    def leave(self, tag: str) -> None:
        if tag in _LISTS:
            self.lists.pop()
        if (tag == "a" or tag in _MARKS) and (stretch := self.open.pop()):
            self.writer.close(stretch)
        self.preformatted -= tag == "pre"
        self.end_block(tag)

    def stretch(self, element: etree._Element, tag: str) -> Stretch | None:
        if tag == "a":
            url = _web_address(self.base, element.get("href"))
            return Stretch(url=url) if url else None
        prefix = self.item_prefix(element) if tag == "li" else ""
        return Stretch(_MARKS[tag], prefix=prefix)

    def enter_list(self, element: etree._Element, tag: str) -> None:
        if tag in _LISTS:
            self.lists.append(count(_number(element.get("start"), 1)) if tag == "ol" else None)

    def item_prefix(self, element: etree._Element) -> str:
        numbers = self.lists[-1] if self.lists else None
        if numbers is None:
            return _BULLET
        number = _number(element.get("value"), next(numbers))
        self.lists[-1] = count(number + 1)
        return f"{number}. "

    def break_line(self) -> None:
        if self.preformatted:
            self.writer.write_preformatted("\n")
        else:
            self.writer.break_line()

    def end_block(self, tag: str) -> None:
        block = _BLOCKS.get(tag)
        if block is None:
            if tag in _CELLS:
                self.writer.write(" ")
        elif block == LINE or (tag in _LISTS and self.lists):
            self.writer.end_line()
        else:
            self.writer.end_paragraph()

    def write_emoticon(self, image: etree._Element) -> None:
        name, words = image.get("class"), image.get("alt")
        if name and words and _EMOTICON.search(name):
            stretch = self.writer.open(Stretch("emoticon"))
            self.writer.write(repair(words))
            self.writer.close(stretch)


def _number(written: str | None, otherwise: int) -> int:
    return int(written) if written and len(written) < 10 and written.removeprefix("-").isdecimal() else otherwise


def _web_address(base: str, href: str | None) -> str:
    """The absolute address of a link to the web; "" for places on the page, scripts, mail and nonsense."""
    href = without_controls(href or "").strip().translate(_IN_ADDRESSES)
    if not href or href.startswith("#"):
        return ""
    try:
        url = urljoin(base, href)
    except ValueError:
        return ""
    return url if url.lower().startswith(("http://", "https://")) and len(url) > 8 else ""
