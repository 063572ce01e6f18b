"""Journals on LiveJournal, in the styles of S1 and S2, on its own comment pages since 2012, and in the JSON these are made from.

Markup: bin/upgrading/s2layers (core1, tabularindent, sixhtml: `EntryPage::print_comment`) and cgi-bin of
https://github.com/apparentlymart/livejournal; for the pages since 2012, what programs that archive journals read of them
(https://github.com/leonid-ed/lj-dl and others): `b-singlepost`, `aentry-post`, `b-tree-twig`, and `Site.page = {...}`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from crawlers import head, listed, signs
from crawlers.filed import filed
from crawlers.html import tree
from crawlers.markup import absolute
from crawlers.platforms import _livejournal_comments as comments
from crawlers.platforms import _livejournal_json as scripted
from crawlers.platforms import _livejournal_post as post
from schema import keys
from schema.items import Comment, Link, Page, Post, Skipped

_OWN_CLASS = re.compile(rb"class=[\"'][^\"'>]*\b(?:b-singlepost|aentry-post|i-ljuser)\b")
_SURE = (
    (b".livejournal.", re.compile(rb"\b(?:l-stat|l-files|stat|imgprx|xc3|ic\.pics)\.livejournal\.(?:com|net)/")),
    (b"site.page", re.compile(rb"site\.page\s*=")), (b"lj_cmtinfo", re.compile(rb"\blj_cmtinfo\b")), (b"data-ljuser=", re.compile(b"data-ljuser=")),
    (b"lj:user=", re.compile(rb"\blj:user=")), (b"b-singlepost", _OWN_CLASS), (b"aentry-post", _OWN_CLASS), (b"i-ljuser", _OWN_CLASS),
)
_LIKELY = (
    (b"ljcmt", re.compile(rb"id=[\"']ljcmt\d")), (b"ljuser", re.compile(rb"class=[\"']ljuser")), (b"replyto=", re.compile(rb"[?&;]replyto=\d")),
    (b"?thread=", re.compile(rb"href=[\"'][^\"'>]*\.html\?thread=\d")),
)
_ENTRY = re.compile(r"^[^?#]*/\d+\.html(?:$|[?#])")
_TITLES = ("subj-link", "entry-title", "entry-header", "asset-name", "subject", "entryHeader", "entry-linkbar-title")
_COMMENT_PAGE = re.compile(r"[?&]page=(\d{1,5})\b")
_EARLIER = re.compile(r"[?&]skip=\d+")


def confidence(page: Page) -> float:
    """How sure we are that LiveJournal made this page: 0 no idea, 1 certain."""
    if signs.made_by_another(page, b"livejournal"):
        return 0.0
    hints = len({hint[:12] for hint in signs.near(page, *_LIKELY)})
    if any(True for _ in signs.near(page, *_SURE)):
        return 1.0 if hints or signs.has(page, b"site.page", b"b-singlepost", b"aentry-post") else 0.6
    return min(0.4 * hints, 0.9)


def read(page: Page) -> Iterator[Post | Comment | Link | Skipped]:
    """The entry with its comments, or the entries a journal's page leads to; feeds in any case."""
    if page.status in (404, 410):
        yield Skipped("not found page", page.url)
        return
    yield from head.feeds(page)
    found = comments.find(page)
    titles = list(_title_links(page))
    if not found and scripted.state(page) is None and not _ENTRY.search(head.canonical(page)) and len({link.get("href") for link in titles}) > 1:
        yield from listed.posts(page, titles, "entry title")
        yield from listed.further(page, _earlier(page), "skip")
        return
    read_post = post.read(page)
    if read_post is None:
        yield Skipped("no post found", page.url, "livejournal entry")
        return
    yield read_post
    number = _number(page.url)
    yield from scripted.comments(page, read_post, number) if scripted.has_more(page, len(found)) else comments.read(page, found, read_post, number)
    yield from _comment_pages(page, number)
    yield from _folded(page)


def _title_links(page: Page) -> Iterator[HtmlElement]:
    for one in filed(page).of(*_TITLES):
        for link in [one] if one.tag == "a" else one.iter("a"):
            if _ENTRY.search(link.get("href") or ""):
                yield link


def _earlier(page: Page) -> Iterator[HtmlElement]:
    """`?skip=20`: ten or twenty entries back; the link forward to newer ones comes second where there are both."""
    return (link for link in tree(page).iter("a") if _EARLIER.search(link.get("href") or ""))


def _number(url: str) -> int:
    """Which page of comments this is, from 1."""
    found = _COMMENT_PAGE.search(url)
    return max(1, int(found[1])) if found else 1


def _comment_pages(page: Page, own: int) -> Iterator[Link]:
    """The other pages of comments: `/12345.html?page=2#comments`."""
    if b"page=" not in page.body:
        return
    base, address = head.base_url(page), head.canonical(page).partition("?")[0]
    for link in tree(page).iter("a"):
        href = link.get("href") or ""
        if _COMMENT_PAGE.search(href):
            url = absolute(base, href).partition("#")[0]
            is_own = url.partition("?")[0] == address or address.startswith("file:")
            if is_own and _number(url) != own and keys.source_of(url) == keys.source_of(base):
                yield Link(url, "comments", "page")


def _folded(page: Page) -> Iterator[Link]:
    """Deep or long threads show subjects only: the page of the thread has the texts."""
    for url in dict.fromkeys(comments.folded(page) if not scripted.state(page) else scripted.folded(page)):
        yield Link(url, "comments", "folded thread")
