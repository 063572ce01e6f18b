"""What the head of a page says of it: canonical address, language, title, author, date, feeds. Any platform may ask."""

from __future__ import annotations

from lxml.html import HtmlElement

from crawlers.html import once, tree
from crawlers.markup import absolute, first, split, words
from schema import keys
from schema.items import Link, Page

_FEED_TYPES = ("application/rss+xml", "application/atom+xml")
_TAGS = ("meta", "link", "base", "title")


@once
def _entries(page: Page) -> dict[str, list[HtmlElement]]:
    """The elements of a head by tag, wherever broken markup has carried them: one walk instead of four."""
    found: dict[str, list[HtmlElement]] = {tag: [] for tag in _TAGS}
    for element in tree(page).iter(*_TAGS):
        found[element.tag].append(element)
    return found


@once
def meta(page: Page) -> dict[str, str]:
    """Meta tags by lower-case name, property or itemprop; the first of each counts."""
    found: dict[str, str] = {}
    for element in _entries(page)["meta"]:
        name = element.get("property") or element.get("name") or element.get("itemprop")
        content = element.get("content")
        if name is not None and content is not None:
            found.setdefault(name.strip().lower(), content.strip())
    return found


def contents(page: Page, *names: str) -> list[str]:
    """What all meta tags of these (lower-case) names say."""
    return [
        content for element in _entries(page)["meta"]
        if (element.get("name") or "").strip().lower() in names and (content := element.get("content"))
    ]


@once
def base_url(page: Page) -> str:
    """What relative addresses on the page start from."""
    stated = next((element.get("href") for element in _entries(page)["base"] if element.get("href")), None)
    return absolute(page.url, stated) or page.url


def linked(page: Page, rel: str) -> str:
    """The absolute href of the first `<link rel=...>` of that kind, or ""."""
    return next((absolute(base_url(page), element.get("href")) for rels, element in _links(page) if rel in rels), "")


@once
def _links(page: Page) -> list[tuple[list[str], HtmlElement]]:
    """The link elements that lead anywhere, each with its kinds."""
    return [
        (rels.lower().split(), element) for element in _entries(page)["link"]
        if (rels := element.get("rel")) and element.get("href") is not None
    ]


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
    return meta(page).get("og:title") or window_title(page)


def window_title(page: Page) -> str:
    """The words of the title element."""
    return words(first(_entries(page)["title"]))


def feeds(page: Page) -> list[Link]:
    """The feeds the page names."""
    return [
        Link(absolute(base_url(page), element.get("href")), "feed", "link rel=alternate")
        for rels, element in _links(page)
        if "alternate" in rels and (element.get("type") or "").lower() in _FEED_TYPES
    ]


def feed_titles(page: Page) -> list[str]:
    """What the page calls its RSS feeds."""
    return [element.get("title") or "" for _, element in _links(page) if element.get("type") == _FEED_TYPES[0]]
