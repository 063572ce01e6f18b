"""What the pages of Movable Type and TypePad give: a post and its thread, or a list of posts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from crawlers import head, listed
from crawlers.filed import filed
from crawlers.html import tree
from crawlers.markup import absolute
from crawlers.platforms import _movabletype_comments as comments
from crawlers.platforms import _movabletype_pings as pings
from crawlers.platforms import _movabletype_post as post
from schema import keys
from schema.items import Comment, Link, Page, Post, Skipped

_TITLES = ("asset-name", "entry-header", "entry-title", "title", "entry__title")
_NEXT = ("pager-right", "next", "nav-next", "pagination", "pager", "page-numbers", "link_next")
_NEXT_WORDS = re.compile(r"next|older|weiter|suivant|siguiente|seguente|volgende|次|»|›", re.I)
_COMMENT_PAGE = re.compile(r"/comments/page/(\d{1,5})/?$")
_SINGLE = re.compile(rb"<body[^>]{0,300}\b(?:mt-entry-archive|individual-entry-archive|individual|single|entry-\d)\b", re.I)
_SEVERAL = re.compile(rb"<body[^>]{0,300}\bmt-(?:main-index|archive-index|archive-listing)\b", re.I)


def read(page: Page, platform: str) -> Iterator[Post | Comment | Link | Skipped]:
    """The post and its thread, or the posts that a list shows; feeds in any case."""
    if page.status in (404, 410):
        yield Skipped("not found page", page.url)
        return
    yield from head.feeds(page)
    found = comments.find(page)
    if not found and _is_list(page):
        yield from listed.posts(page, _title_links(page), "entry title")
        yield from listed.further(page, _next_links(page), "pager")
        return
    read_post = post.read(page, platform)
    if read_post is None:
        yield Skipped("no post found", page.url, f"{platform} entry body")
        return
    yield read_post
    number = _number(page.url)
    said = list(comments.read(page, found, read_post, number))
    yield from said
    yield from pings.read(page, read_post, number, len(said))
    yield from _comment_pages(page, number)


def _is_list(page: Page) -> bool:
    if _SEVERAL.search(page.body):
        return True
    return not _SINGLE.search(page.body) and not comments.offers_form(page) and len({link.get("href") for link in _title_links(page)}) > 1


def _title_links(page: Page) -> list[HtmlElement]:
    headings = (one for one in filed(page).of(*_TITLES) if one.tag in ("h1", "h2", "h3", "h4"))
    return [link for heading in headings for link in heading.iter("a") if link.get("href")]


def _next_links(page: Page) -> list[HtmlElement]:
    pagers = filed(page).of(*_NEXT)
    links = [link for pager in pagers for link in pager.iter("a")] + [link for link in tree(page).iter("a") if link.get("rel") == "next"]
    return [link for link in links if _NEXT_WORDS.search("".join(link.itertext())) or link.get("rel") == "next"]


def _number(url: str) -> int:
    """Which page of comments this is, 1 being the first."""
    found = _COMMENT_PAGE.search(url.partition("#")[0].partition("?")[0])
    return max(1, int(found[1])) if found else 1


def _comment_pages(page: Page, own: int) -> Iterator[Link]:
    """TypePad's further pages of comments: `.../title/comments/page/2/#comments`."""
    if b"/comments/page/" not in page.body:
        return
    base = head.base_url(page)
    for link in tree(page).iter("a"):
        url = absolute(base, link.get("href")).partition("#")[0]
        if _COMMENT_PAGE.search(url) and _number(url) != own and keys.source_of(url) == keys.source_of(base):
            yield Link(url, "comments", "comments/page")
