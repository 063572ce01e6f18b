"""Blogs and magazines made with Drupal, from 6 to 10.

Markup: modules/comment/comment.tpl.php and themes/garland of Drupal 6, themes/bartik of 7, core/themes/classy, bartik and
olivero of 8 to 10 (https://git.drupalcode.org/project/drupal), and saved pages of sites with themes of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from crawlers import head, listed, signs
from crawlers.filed import filed, is_within
from crawlers.platforms import _drupal_comments as comments
from crawlers.platforms import _drupal_post as post
from schema.items import Comment, Link, Page, Post, Skipped

_LIKELY = re.compile(rb"drupal\.settings\b|data-drupal-(?:selector|link|messages)|drupal-settings-json|/misc/drupal\.js|/core/misc/drupal")
_HINTS = re.compile(rb"/sites/(?:default|all)/(?:files|themes|modules)/|class=[\"'][^\"'>]*\bnode-type-|\bfield-name-body\b|\bpath-node\b")
_HINT_TEXTS = (b"/sites/", b"node-type-", b"field-name-body", b"path-node")
_TEASERS = ("node", "node-teaser", "node--view-mode-teaser", "view-mode-teaser", "views-row")
_BESIDE = frozenset(("sidebar", "block-views", "block-views-block"))
_SINGLE = re.compile(r"\bpage-node-\d+\b|\bpage-node-type-|\bnode-type-")
_BODY_CLASS = re.compile(rb"<body[^>]{0,200}?class=[\"']([^\"'>]*)", re.I)


def confidence(page: Page) -> float:
    """How sure we are that Drupal made this page: 0 no idea, 1 certain."""
    if b"drupal" in signs.generator(page) or page.header("x-generator").startswith("Drupal"):
        return 1.0
    if signs.made_by_another(page, b"drupal"):
        return 0.0
    if signs.has(page, b"drupal") and _LIKELY.search(signs.lowered(page)):
        return 0.95
    if not signs.has(page, *_HINT_TEXTS):
        return 0.0
    return min(0.35 * len(set(_HINTS.findall(signs.lowered(page)))), 0.7)


def read(page: Page) -> Iterator[Post | Comment | Link | Skipped]:
    """The post with its comments, or the posts a listing leads to; feeds in any case."""
    if page.status in (404, 410):
        yield Skipped("not found page", page.url)
        return
    yield from head.feeds(page)
    found = comments.find(page)
    titles = _titles(page)
    if not found and len(titles) > 1 and not _is_single(page):
        yield from listed.posts(page, titles, "node title")
        yield from listed.further(page, _next(page), "pager")
        return
    read_post = post.read(page)
    if read_post is None:
        yield Skipped("no post found", page.url, "drupal node body")
        return
    yield read_post
    yield from comments.read(page, found, read_post)
    yield from comments.further_pages(page)


def _titles(page: Page) -> list[HtmlElement]:
    """The links of the headings of several nodes."""
    teasers = (one for one in filed(page).of(*_TEASERS) if not is_within(one, names=_BESIDE, tags=frozenset(("aside",))))
    headings = (heading for teaser in teasers for heading in teaser.iter("h1", "h2", "h3"))
    return list(dict.fromkeys(link for heading in headings for link in heading.iter("a") if link.get("href") and not is_within(link, ids=frozenset(("comments",)))))


def _next(page: Page) -> Iterator[HtmlElement]:
    return (link for item in filed(page).of("pager-next", "pager__item--next") for link in item.iter("a"))


def _is_single(page: Page) -> bool:
    """By the class names that Drupal gives to the body of a page of one node, or by the form below it."""
    if post.asks_for_comments(page):
        return True
    named = _BODY_CLASS.search(page.body)
    return named is not None and bool(_SINGLE.search(named[1].decode("utf-8", "replace")))
