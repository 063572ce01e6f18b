"""A Blogger page that shows several posts: front, month archive, label or search page. It leads on to the posts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from crawlers import head
from crawlers.html import tree
from crawlers.markup import absolute, by_id, elements, split, words
from crawlers.platforms import _blogger_post as post
from crawlers.platforms import _blogger_words as say
from schema import keys
from schema.items import Link, Page, Skipped

_TITLE_LINKS = elements("descendant::*[self::h1 or self::h2 or self::h3 or self::h4][contains(@class, 'post-title') or contains(@class, 'entry-title')]/descendant::a[@href]")
_STAMP_LINKS = elements("descendant::a[@href][contains(@class, 'timestamp-link') or @rel='bookmark' or @title='permanent link' or @title='permalink']")
_COMMENT_LINKS = elements("descendant::a[@href][contains(@class, 'comment-link')]")
_AROUND_LINKS = elements("ancestor-or-self::a[@href] | descendant::a[@href][descendant::*[contains(@class, 'post-body')]]")    # the mobile index
_OLDER = elements("/descendant::a[contains(@class, 'blog-pager-older-link')][@href]")
_ARCHIVES = elements(
    "/descendant::*[contains(@class, 'BlogArchive') or @id='ArchiveList' or contains(@class, 'archive-list')]/descendant::a[@href]"
)
_MENU = elements("/descendant::*[contains(@class, 'BlogArchive')]/descendant::option[@value]")
_MONTH = re.compile(r"/\d{4}/\d\d/?$|/\d{4}_\d\d_\d\d_[^/]*$|_archive\.\w+$")
_POST = re.compile(r"/\d{4}/\d\d/[^/]+\.\w+$")
_POSTS_FEED = re.compile(r"/feeds/posts/(?:default|summary)(?:\?|$)")


def read(page: Page) -> Iterator[Link | Skipped]:
    """The posts shown, older posts, the months of the archive, and the feed that Google keeps even where nothing names it."""
    posts = list(_posts(page))
    older = [Link(absolute(head.base_url(page), link.get("href")), "next", "older posts") for link in _OLDER(tree(page))[:1]]
    if not posts and not older:
        yield Skipped("no post found", page.url, "blogger list")
    yield from (*posts, *older, *_archive(page))
    if not head.feeds(page) and by_id(tree(page), post.WIDGET) is not None and page.url.startswith(("http://", "https://")):
        yield Link(absolute(page.url, "/feeds/posts/default"), "feed", "blogger's own path")


def feeds(page: Page) -> Iterator[Link]:
    """The feed of all posts, once; another feed only where the page names no such one."""
    named = head.feeds(page)
    of_posts = [link for link in named if _POSTS_FEED.search(link.url)]
    chosen = [link for link in of_posts if "alt=rss" not in link.url] or of_posts
    if not chosen:
        chosen = [link for link in named if "/comments/default" not in link.url]
    yield from chosen[:1]


def _posts(page: Page) -> Iterator[Link]:
    root, base = tree(page), head.base_url(page)
    shown = (_shown(body, base) for body in post.bodies(page))
    found = {link.url: link for link in shown if link}
    for title in _TITLE_LINKS(root):       # magazine themes show titles and pictures without a word of the body
        url = keys.canonical_url(absolute(base, title.get("href")))
        if url not in found and _POST.search(split(url).path) and _on(url, base):
            found[url] = Link(url, "post", "post title")
    yield from found.values()


def _shown(body: HtmlElement, base: str) -> Link | None:
    places = post.around(body)
    for find, rule in ((_TITLE_LINKS, "post title"), (_STAMP_LINKS, "timestamp link"), (_COMMENT_LINKS, "comment link"), (_AROUND_LINKS, "link around")):
        for link in (link for place in places for link in find(place)):
            url = keys.canonical_url(absolute(base, link.get("href")))
            if _on(url, base) and split(url).path not in ("", "/"):
                return Link(url, "post", rule, _comments_reported(places))
    return None


def _on(url: str, base: str) -> bool:
    """Whether a link stays on the blog: titles may point anywhere (Blogger has a field for that)."""
    return keys.source_of(url) == keys.source_of(base) or base.startswith("file:")


def _comments_reported(places: list[HtmlElement]) -> int | None:
    stated = (say.number(words(link)) for place in places for link in _COMMENT_LINKS(place))
    return next((number for number in stated if number is not None), None)


def _archive(page: Page) -> Iterator[Link]:
    """Months, and posts where the widget lists them; years only where it names no months."""
    root, base = tree(page), head.base_url(page)
    named = [link.get("href") for link in _ARCHIVES(root)] + [option.get("value") for option in _MENU(root)]
    urls = list(dict.fromkeys(keys.canonical_url(url) for url in (absolute(base, href) for href in named) if url and _on(url, base)))
    paths = {url: split(url).path for url in urls}
    months = [url for url in urls if _MONTH.search(paths[url])]
    years = [url for url in urls if re.fullmatch(r"/\d{4}/?", paths[url])]
    yield from (Link(url, "archive", "archive widget") for url in months or years)
    yield from (Link(url, "post", "archive widget") for url in urls if _POST.search(paths[url]))
