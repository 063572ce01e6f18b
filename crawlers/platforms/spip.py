"""Sites and blogs made with SPIP, from 1.9 to 4.

Markup: squelettes-dist and the plugins Forum and Comments (inclure/forum.html of https://github.com/spipremix/dist and
zcore, squelettes-dist/inclure/forum.html of 3.x), and saved pages of papers that use skeletons of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from crawlers import head, listed, signs
from crawlers.filed import filed, is_within
from crawlers.html import once, tree
from crawlers.markup import absolute
from crawlers.platforms import _spip_comments as comments
from crawlers.platforms import _spip_post as post
from schema import keys
from schema.items import Comment, Link, Page, Post, Skipped

_NAME = re.compile(rb"\bspip\b")
_LIKELY = re.compile(rb"\bcrayon (?:article|forum|breve|rubrique)-|/?spip\.php\?|/local/cache-(?:css|js|vignettes|gd2)/|squelettes(?:-dist)?/|formulaire_spip\b|spip_documents?_")
_TEXTS = (b"crayon ", b"spip", b"/local/cache-", b"squelettes")
_TITLES = ("entry-title", "titre", "h3-like", "h2-like", "spip")
_PAGING = re.compile(r"[?&]debut_(?:forums|comments|forum)=(\d+)")
_LIST_PAGING = re.compile(r"[?&]debut_(?:articles?\w*|recents?|liste\w*)=\d+")
_NEXT = re.compile(r"suivant|next|siguiente|nächste|weiter|›|»|>", re.I)


def confidence(page: Page) -> float:
    """How sure we are that SPIP made this page: 0 no idea, 1 certain."""
    if _NAME.search(signs.generator(page)) or page.header("composed-by").startswith("SPIP"):
        return 1.0
    if signs.made_by_another(page, b"spip") or not signs.has(page, *_TEXTS):
        return 0.0
    return min(0.35 * len(set(_LIKELY.findall(signs.lowered(page)))), 0.9)


def read(page: Page) -> Iterator[Post | Comment | Link | Skipped]:
    """The post with the messages of its forum, or the posts that a section leads to; feeds in any case."""
    if page.status in (404, 410):
        yield Skipped("not found page", page.url)
        return
    yield from head.feeds(page)
    found = comments.find(page)
    if not found and not comments.offers_form(page) and post.marked(page) is None and len(_titles(page)) > 1:
        yield from listed.posts(page, _titles(page), "article title")
        yield from listed.further(page, _next(page), "pagination")
        return
    read_post = post.read(page)
    if read_post is None:
        yield Skipped("no post found", page.url, "spip article text")
        return
    yield read_post
    yield from comments.read(page, found, read_post)
    yield from _comment_pages(page)


@once
def _titles(page: Page) -> list[HtmlElement]:
    """The links of headings, as lists of articles have them; menus and blocks beside the list are left out."""
    headings = (one for one in tree(page).iter("h2", "h3") if not is_within(one, names=frozenset(("aside", "nav", "menu", "header")), tags=frozenset(("aside", "nav", "footer"))))
    return [link for one in headings for link in one.iter("a") if link.get("href") and not (link.get("href") or "").startswith("#")]


def _next(page: Page) -> Iterator[HtmlElement]:
    links = (link for pager in filed(page).of("pagination", "pages") for link in pager.iter("a"))
    return (link for link in links if _LIST_PAGING.search(link.get("href") or "") and _NEXT.search("".join(link.itertext()) + (link.get("rel") or "")))


def _comment_pages(page: Page) -> Iterator[Link]:
    """SPIP cuts long forums into pages: `?debut_forums=50#pagination_forums`."""
    if b"debut_" not in page.body:
        return
    base = head.base_url(page)
    for link in tree(page).iter("a"):
        url = absolute(base, link.get("href")).partition("#")[0]
        start = _PAGING.search(url)
        if start and url != page.url and keys.source_of(url) == keys.source_of(base):
            yield Link(url, "comments", "pagination")
