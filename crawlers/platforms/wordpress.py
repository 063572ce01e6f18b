"""Blogs made with WordPress, on a server of their own or on wordpress.com, in the markup of any theme since 2003."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from crawlers import head, signs
from crawlers.html import tree
from crawlers.platforms import _wordpress_comments as comments
from crawlers.platforms import _wordpress_completing as completing
from crawlers.platforms import _wordpress_links as links
from crawlers.platforms import _wordpress_post as post
from crawlers.platforms._wordpress_index import index
from schema.items import Comment, Link, Page, Post, Skipped

_PATHS = (b"/wp-includes/", b"/wp-json/", b"wp-comments-post.php")
_FOLDER, _IN_FOLDER = b"/wp-content/", re.compile(rb"/wp-content/(?:themes|plugins|uploads|mu-plugins)")
_API = b"api.w.org"
_HOST, _OWN_HOST = b".wp.com/", re.compile(rb"\bs\d?\.wp\.com/")
_NUMBERED = re.compile(rb"<body[^>]{1,400}\bpostid-\d")
_LIKELY = tuple(map(re.compile, (     # apart, since one that begins in a single way is found several times as fast
    rb"class=[\"'][^\"'>]*\b(?:wp-block-|commentlist|comment-list|bypostauthor|hentry)", rb"xmlrpc\.php", rb"replytocom=", rb"wp-image-\d",
    rb"id=[\"'](?:li-|div-|dsq-)?comment-\d")))
_LIKELY_TEXTS = (b"wp-block-", b"comment-", b"commentlist", b"bypostauthor", b"hentry", b"xmlrpc.php", b"replytocom=", b"wp-image-")

_LISTINGS = frozenset(("home", "blog", "archive", "category", "search", "tag", "author", "date", "paged", "tax"))
_LISTING_URL = re.compile(r"/(?:page/\d+|category/.+|tag/.+|author/[^/]+|(?:19|20)\d\d(?:/\d\d){0,2})/?$|^/?$")


def confidence(page: Page) -> float:
    """How sure we are that WordPress made this page: 0 no idea, 1 certain."""
    if page.body[:1] in (b"[", b"{"):       # JSON is full of signs, too
        return 0.0
    if b"wordpress" in signs.generator(page):
        return 1.0
    if signs.made_by_another(page, b"wordpress"):
        return 0.0
    if _is_sure(page):
        return 1.0
    if not signs.has(page, *_LIKELY_TEXTS):
        return 0.0
    start = signs.lowered(page)[:400_000]
    return min(0.25 * len({found for sign in _LIKELY for found in sign.findall(start)}), 0.6)


def _is_sure(page: Page) -> bool:
    """The head is asked first, since hardly a page of WordPress has none of its paths there."""
    start = signs.head(page)
    if _has_paths(start) or _API in start or (_HOST in start and _OWN_HOST.search(start)):
        return True
    body = signs.lowered(page)
    return _has_paths(body) or bool(_NUMBERED.match(body, len(start)))


def _has_paths(text: bytes) -> bool:
    return any(path in text for path in _PATHS) or (_FOLDER in text and bool(_IN_FOLDER.search(text)))


def read(page: Page) -> Iterator[Post | Comment | Link | Skipped]:
    """The post with its comments, or the posts a listing leads to; feeds in any case."""
    names = _body_classes(page)
    if page.status in (404, 410) or "error404" in names:
        yield Skipped("not found page", page.url)
        return
    yield from links.feeds(page)
    found = comments.find(page)
    if "attachment" in names:
        yield Skipped("attachment page", page.url)
    elif _is_listing(page, names, bool(found)):
        yield from links.from_listing(page)
    elif any(_asks_password(form) for form in index(page).of("form")):
        yield Skipped("password protected", page.url)
    else:
        yield from _thread(page, found)


def _body_classes(page: Page) -> frozenset[str]:
    body = next(tree(page).iterchildren("body"), None)
    return frozenset((body.get("class") or "").split()) if body is not None else frozenset()


def _asks_password(form: HtmlElement) -> bool:
    return "post-password-form" in (form.get("class") or "") or "action=postpass" in (form.get("action") or "")


def _is_listing(page: Page, names: frozenset[str], has_comments: bool) -> bool:
    """By the body's class where the theme prints body_class() (since 2.8, 2009), else by what the page shows."""
    if names & {"single", "singular", "page"} and not names & {"blog", "archive", "search"}:
        return False
    if names & _LISTINGS and not has_comments:
        return True
    several = len(index(page).of("post")) > 1
    return not has_comments and (several or (not index(page).of("respond") and bool(_LISTING_URL.search(_path(page)))))


def _path(page: Page) -> str:
    return page.url.partition("://")[2].partition("/")[2].partition("?")[0] if "://" in page.url else "file"


def _thread(page: Page, found: tuple[comments.Found, ...]) -> Iterator[Post | Comment | Link]:
    url = head.canonical(page)
    number = links.comment_page(page, url, found)
    said = list(comments.read(page, found, number, url))
    further = list(links.comment_pages(page, url, number))
    yield post.read(page, found, pings=sum(one.kind != "comment" for one in said) if said and not further else None)
    yield from said
    yield from further
    yield from completing.sources(page, url)
