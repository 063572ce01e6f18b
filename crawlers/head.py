"""What the head of a page says of it: canonical address, language, title, author, date, feeds. Any platform may ask."""

from __future__ import annotations

from lxml.html import HtmlElement

from crawlers.html import once, tree
from crawlers.markup import absolute, elements, first, split, string, words
from schema import keys
from schema.items import Link, Page

_META = elements("//meta[@content][@name or @property or @itemprop]")
_LINKS = elements("//link[@rel][@href]")
_BASE = string("//base/@href")
_TITLE = elements("//title")
_FEED_TYPES = ("application/rss+xml", "application/atom+xml")


@once
def meta(page: Page) -> dict[str, str]:
    """Meta tags by lower-case name, property or itemprop; the first of each counts."""
    found: dict[str, str] = {}
    for element in _META(tree(page)):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        found.setdefault(name.strip().lower(), (element.get("content") or "").strip())
    return found


@once
def base_url(page: Page) -> str:
    """What relative addresses on the page start from."""
    return absolute(page.url, _BASE(tree(page))) or page.url


def linked(page: Page, rel: str) -> str:
    """The absolute href of the first `<link rel=...>` of that kind, or ""."""
    return next((absolute(base_url(page), element.get("href")) for element in _links(page) if rel in _rels(element)), "")


@once
def _links(page: Page) -> list[HtmlElement]:
    return _LINKS(tree(page))


@once
def canonical(page: Page) -> str:
    """The canonical address of what the page shows: its canonical link, else og:url, else its own address.

    A canonical link to another host is not believed when the page was fetched over http, unless only `www.`, the
    scheme or the country twin of a blogspot address differs: anyone could otherwise write into another blog's rows.
    A saved file (`file:`) has no host to contradict it.
    """
    own = keys.canonical_url(page.url)
    for claimed in (linked(page, "canonical"), absolute(base_url(page), meta(page).get("og:url"))):
        if claimed.startswith(("http://", "https://")) and _believable(own, claimed):
            return keys.canonical_url(claimed)
    return own


def _believable(own: str, claimed: str) -> bool:
    if own.startswith("file:"):
        return True
    return keys.source_of(own) == keys.source_of(claimed) and (not _is_front(claimed) or _is_front(own))


def _is_front(url: str) -> bool:
    return split(url).path in ("", "/")


def language(page: Page) -> str:
    """The language the page says it is in, as an ISO 639-1 code, or ""."""
    declared = tree(page).get("lang") or tree(page).get("xml:lang") or meta(page).get("og:locale") or ""
    code = declared.replace("_", "-").partition("-")[0].lower()
    return code if len(code) == 2 and code.isalpha() else ""


def title(page: Page) -> str:
    """og:title, else the title element."""
    return meta(page).get("og:title") or words(first(_TITLE(tree(page))))


def feeds(page: Page) -> list[Link]:
    """The feeds the page names."""
    return [
        Link(absolute(base_url(page), element.get("href")), "feed", "link rel=alternate")
        for element in _links(page)
        if "alternate" in _rels(element) and (element.get("type") or "").lower() in _FEED_TYPES
    ]


def _rels(element: HtmlElement) -> list[str]:
    return (element.get("rel") or "").lower().split()
