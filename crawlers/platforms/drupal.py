"""Blogs and magazines made with Drupal, from 6 to 10.

Markup: modules/comment/comment.tpl.php and themes/garland of Drupal 6, themes/bartik of 7, core/themes/classy, bartik and
olivero of 8 to 10 (https://git.drupalcode.org/project/drupal), and saved pages of sites with themes of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from crawlers import head, listed
from crawlers.html import tree
from crawlers.markup import elements
from crawlers.platforms import _drupal_comments as comments
from crawlers.platforms import _drupal_post as post
from schema.items import Comment, Link, Page, Post, Skipped

_GENERATOR = re.compile(rb"<meta[^>]{1,40}generator[\"'][^>]{1,40}drupal|x-generator[^>]{1,20}drupal", re.I)
_LIKELY = re.compile(rb"Drupal\.settings\b|data-drupal-(?:selector|link|messages)|drupal-settings-json|/misc/drupal\.js|/core/misc/drupal", re.I)
_HINTS = re.compile(rb"/sites/(?:default|all)/(?:files|themes|modules)/|class=[\"'][^\"'>]*\bnode-type-|\bfield-name-body\b|\bpath-node\b", re.I)
_OTHERS = re.compile(rb"<meta[^>]{1,40}generator[\"'][^>]{1,60}(?:blogger|wordpress|movable|typepad|ghost|joomla|typo3)", re.I)
_TEASERS = elements(
    "//*[contains(concat(' ', normalize-space(@class), ' '), ' node ') or contains(@class, 'node-teaser') or contains(@class, 'views-row')"
    " or contains(@class, 'view-mode-teaser')][not(ancestor::aside or ancestor::*[contains(concat(' ', @class), ' sidebar') or contains(@class, 'block-views')])]"
    "/descendant::*[self::h1 or self::h2 or self::h3]//a[@href][not(ancestor::*[@id='comments'])]"
)
_NEXT = elements("//li[contains(@class, 'pager-next') or contains(@class, 'pager__item--next')]/a[@href]")
_SINGLE = re.compile(r"\bpage-node-\d+\b|\bpage-node-type-|\bnode-type-")
_BODY_CLASS = re.compile(rb"<body[^>]{0,200}?class=[\"']([^\"'>]*)", re.I)


def confidence(page: Page) -> float:
    """How sure we are that Drupal made this page: 0 no idea, 1 certain."""
    if _GENERATOR.search(page.body) or page.header("x-generator").startswith("Drupal"):
        return 1.0
    if _OTHERS.search(page.body):
        return 0.0
    if _LIKELY.search(page.body):
        return 0.95
    return min(0.35 * len({hint.lower() for hint in _HINTS.findall(page.body)}), 0.7)


def read(page: Page) -> Iterator[Post | Comment | Link | Skipped]:
    """The post with its comments, or the posts a listing leads to; feeds in any case."""
    if page.status in (404, 410):
        yield Skipped("not found page", page.url)
        return
    yield from head.feeds(page)
    found = comments.find(page)
    titles = _TEASERS(tree(page))
    if not found and len(titles) > 1 and not _is_single(page):
        yield from listed.posts(page, titles, "node title")
        yield from listed.further(page, _NEXT(tree(page)), "pager")
        return
    read_post = post.read(page)
    if read_post is None:
        yield Skipped("no post found", page.url, "drupal node body")
        return
    yield read_post
    yield from comments.read(page, found, read_post)
    yield from comments.further_pages(page)


def _is_single(page: Page) -> bool:
    """By the class names that Drupal gives to the body of a page of one node, or by the form below it."""
    if post.asks_for_comments(page):
        return True
    named = _BODY_CLASS.search(page.body)
    return named is not None and bool(_SINGLE.search(named[1].decode("utf-8", "replace")))
