"""Small questions to an element tree that every platform module asks. Nothing here knows a platform."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from html import escape
from typing import cast
from urllib.parse import SplitResult, urljoin, urlsplit

from lxml import etree
from lxml.html import HtmlElement

# libxml2 joins the texts of an element itself: half the time of `itertext`, which makes a Python object of each child.
_STRING = cast("Callable[[HtmlElement], str]", etree.XPath("string()", smart_strings=False))
_HOLDERS = ("div", "section", "article", "main", "aside", "table", "td", "ol", "ul", "dl")
_LONGEST = 100_000      # characters looked at for words: more are a body, and its words would fill the memory


def classes(element: HtmlElement) -> list[str]:
    """The class names of an element, in order."""
    return (element.get("class") or "").split()


def has_class(element: HtmlElement, name: str) -> bool:
    """Whether the element carries that class name."""
    return name in classes(element)


def words(element: HtmlElement | None) -> str:
    """The text inside, white space collapsed: for names, dates and headings, not for bodies. "" for None."""
    return " ".join(text_of(element)[:_LONGEST].split()) if element is not None else ""


def text_of(element: HtmlElement) -> str:
    """The text inside as it stands there."""
    return _STRING(element) if len(element) else element.text or ""


def has_words(element: HtmlElement) -> bool:
    """Whether any word stands inside; quicker than to ask for the words."""
    return bool((element.text or "").strip()) or (len(element) > 0 and bool(_STRING(element).strip()))


def inner_html(element: HtmlElement) -> str:
    """What stands between the element's tags, as HTML: the source of a body."""
    if not len(element):
        return escape(element.text or "", quote=False).strip()
    if ">" in "".join(element.values()):     # stands unescaped in an attribute
        return html_without(element, ())
    outer = outer_html(element)     # one call, since each costs as much as a paragraph
    return outer[outer.index(">") + 1:outer.rindex("</")].strip()


def outer_html(element: HtmlElement) -> str:
    """The element itself as HTML."""
    return etree.tostring(element, encoding="unicode", method="html", with_tail=False)


def html_without(element: HtmlElement, unwanted: Collection[HtmlElement], *, outer: bool = False) -> str:
    """The element's inner (or outer) HTML with some descendants left out; the tree itself stays as it was."""
    unwanted = frozenset(unwanted)
    holders = _holders(element, unwanted)
    inside = "".join(_kept(element, unwanted, holders)).strip()
    return f"{_start_tag(element)}{inside}</{element.tag}>" if outer else inside


def _holders(element: HtmlElement, unwanted: Collection[HtmlElement]) -> set[HtmlElement]:
    """What stands between the element and those unwanted in it."""
    holders: set[HtmlElement] = set()
    for one in unwanted:
        for ancestor in one.iterancestors():
            if ancestor is element or ancestor in holders:
                break
            holders.add(ancestor)
    return holders


def _kept(element: HtmlElement, unwanted: Collection[HtmlElement], holders: set[HtmlElement]) -> Iterator[str]:
    """The pieces in order; without recursion, since pages may be nested thousands deep."""
    yield escape(element.text or "", quote=False)
    waiting: list[HtmlElement | str] = list(reversed(element))
    while waiting:
        child = waiting.pop()
        if isinstance(child, str):
            yield child
        elif child in unwanted:
            yield escape(child.tail or "", quote=False)
        elif child in holders:
            yield _start_tag(child) + escape(child.text or "", quote=False)
            waiting.append(f"</{child.tag}>" + escape(child.tail or "", quote=False))
            waiting.extend(reversed(child))
        else:
            yield etree.tostring(child, encoding="unicode", method="html")


def _start_tag(element: HtmlElement) -> str:
    return f"<{element.tag}{''.join(f' {name}={chr(34)}{escape(value)}{chr(34)}' for name, value in element.items())}>"


def elements(xpath: str) -> Callable[[HtmlElement], list[HtmlElement]]:
    """A compiled XPath that finds elements: compile once at the top of a module, call often."""
    return cast("Callable[[HtmlElement], list[HtmlElement]]", etree.XPath(xpath))


def string(xpath: str) -> Callable[[HtmlElement], str]:
    """A compiled XPath that gives a string (an attribute, say); "" where it finds nothing."""
    return cast("Callable[[HtmlElement], str]", etree.XPath(f"string({xpath})", smart_strings=False))


def by_class(name: str, tag: str = "*", axis: str = "descendant") -> Callable[[HtmlElement], list[HtmlElement]]:
    """A compiled XPath for the elements that carry a class name."""
    return elements(f"{axis}::{tag}[contains(concat(' ', normalize-space(@class), ' '), ' {name} ')]")


def by_id(root: HtmlElement, name: str) -> HtmlElement | None:
    """The first element with that id, of those that hold others: the parser keeps no table of ids, and `id()` of XPath finds nothing."""
    return next((one for one in root.iter(*_HOLDERS) if one.get("id") == name), None)


def first(found: list[HtmlElement]) -> HtmlElement | None:
    """The first of the elements found, or None."""
    return found[0] if found else None


def absolute(base: str, href: str | None) -> str:
    """The address an href leads to from `base`; "" for none, for script and mail addresses and for nonsense."""
    href = (href or "").strip()
    if not href or href.startswith(("#", "javascript:", "mailto:", "data:", "about:")):
        return ""
    if href.startswith(("http://", "https://")) and "[" not in href:
        return href     # most are; urljoin takes its time
    try:
        return urljoin(base, href)
    except ValueError:
        return ""


def split(url: str) -> SplitResult:
    """The parts of an address; of nonsense (`http://[`), empty ones."""
    try:
        return urlsplit(url)
    except ValueError:
        return SplitResult("", "", "", "", "")
