"""Where a WordPress page leads on: posts, older posts and months from listings; comment pages and feeds from posts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import parse_qs

from lxml.html import HtmlElement

from crawlers import head, signs
from crawlers.html import once, tree
from crawlers.markup import absolute, elements, split, words
from crawlers.platforms._wordpress_comments import Found
from crawlers.platforms._wordpress_index import anchors, index
from schema import keys
from schema.items import Link, Page

_BOOKMARKS = elements(
    "//body//a[contains(@rel, 'bookmark') or parent::*[contains(@class, 'entry-title') or contains(@class, 'post-title')"
    " or contains(@class, 'posttitle') or contains(@class, 'storytitle')]]"
    " | //body//*[contains(concat(' ', @class, ' '), ' hentry ') or contains(concat(' ', @class, ' '), ' type-post ')"
    " or contains(concat(' ', @class, ' '), ' wp-block-post ') or concat(' ', @class, ' ')=' post ' or self::article]"
    "//*[self::h1 or self::h2 or self::h3]//a"
    " | //body//*[contains(concat(' ', @class, ' '), ' wp-block-post-date ')]//a")
_STATIC = elements(
    "//body//*[contains(concat(' ', @class, ' '), ' page_item ') or contains(@class, 'menu-item-object-page')"
    " or contains(@class, 'wp-block-pages-list__item')]/a")
_OPTIONS = elements("//select[@name='archive-dropdown']/option[@value]")
_PAGE_OF = re.compile(r"/comment-page-(\d+)/?$")
_LISTING_PAGE = re.compile(r"/page/(\d+)/?$")
_MONTH = re.compile(r"/(?:19|20)\d\d/(?:0[1-9]|1[0-2])/?$")
_MONTH_QUERY = re.compile(r"^(?:19|20)\d\d(?:0[1-9]|1[0-2])$")


def feeds(page: Page) -> Iterator[Link]:
    """The blog's feeds; the feed of one post's comments says so in its rule."""
    for link in head.feeds(page):
        yield Link(link.url, "feed", "comments feed" if _is_comment_feed(page, link.url) else link.rule)


def _is_comment_feed(page: Page, url: str) -> bool:
    if "/comments/feed" in url or "feed=comments" in url:
        return True
    if "/feed" not in url:
        return False
    path = _own_path(page)
    return bool(path) and f"{path}/feed" in url and split(url).path.rstrip("/").endswith(f"{path}/feed")


@once
def _own_path(page: Page) -> str:
    return split(keys.canonical_url(page.url)).path.rstrip("/")


def from_listing(page: Page) -> Iterator[Link]:
    """Every post shown, the page of older posts, and the months of the archive."""
    base, own = head.base_url(page), keys.source_of(page.url)
    seen: set[str] = set()
    for rule, find in (("heading in a listing", _BOOKMARKS), ("static page in a menu", _STATIC)):
        for anchor in find(tree(page)):
            url = keys.canonical_url(absolute(base, anchor.get("href")))
            if url.startswith("http") and url not in seen and _is_post(url, own):
                seen.add(url)
                yield Link(url, "post", rule)
    hrefs = [absolute(base, anchor.get("href")) for anchor in anchors(page)]
    hrefs += [absolute(base, option.get("value")) for option in _OPTIONS(tree(page))]
    yield from _older(page, hrefs, own)
    yield from _months(hrefs, own)


def _is_post(url: str, source: str) -> bool:
    parts = split(url)
    is_front = parts.path in ("", "/") and not parts.query
    return keys.source_of(url) == source and not is_front and not _LISTING_PAGE.search(parts.path) \
        and not re.search(r"/(?:category|tag|author)/", parts.path)


def _older(page: Page, hrefs: Sequence[str], source: str) -> Iterator[Link]:
    """The listing page with the next number: page numbers rise with age in every theme."""
    wanted = (_number_of_listing(page.url) or 1) + 1
    for href in hrefs:
        if _number_of_listing(href) == wanted and keys.source_of(href) == source:
            yield Link(href.partition("#")[0], "next", "older posts")
            return


def _number_of_listing(url: str) -> int | None:
    parts = split(url)
    match = _LISTING_PAGE.search(parts.path)
    value = match[1] if match else next(iter(parse_qs(parts.query).get("paged", ())), "")
    return int(value) if value.isdigit() else None


def _months(hrefs: Sequence[str], source: str) -> Iterator[Link]:
    for href in dict.fromkeys(hrefs):
        if keys.source_of(href) == source and _is_month(href):
            yield Link(href.partition("#")[0], "archive", "month archive")


def _is_month(url: str) -> bool:
    parts = split(url)
    query = parse_qs(parts.query).get("m", [""])[0]
    return bool(_MONTH_QUERY.match(query)) or (not parts.query and bool(_MONTH.search(parts.path)))


def comment_pages(page: Page, url: str, current: int) -> Iterator[Link]:
    """The other pages of this post's comments."""
    seen: set[int] = {current}
    for number, href in _numbered(page, url):
        if number not in seen:
            seen.add(number)
            yield Link(href, "comments", "comment page")
    if page_in(page.url) and url.startswith("http") and keys.canonical_url(page.url) == url:
        yield Link(url, "comments", "post of this comment page")


def _numbered(page: Page, url: str) -> Iterator[tuple[int, str]]:
    base, leading = head.base_url(page), _to_comment_pages(page)
    own = keys.key_url(url) if leading else ""
    for href in dict.fromkeys(absolute(base, anchor.get("href")).partition("#")[0] for anchor in leading):
        number = page_in(href)
        if number and "replytocom=" not in href and keys.key_url(href) == own:
            yield number, href


@once
def _to_comment_pages(page: Page) -> list[HtmlElement]:
    if not any(page.body.find(part, len(signs.head(page))) >= 0 for part in _parts_of_comment_pages(page)):     # most posts have one page of comments
        return []
    return [one for one in anchors(page) if "comment-page-" in (href := one.get("href") or "") or "cpage=" in href]


def _parts_of_comment_pages(page: Page) -> Iterator[bytes]:
    """Blogs that have addresses with words number their comment pages in them, too (get_comments_pagenum_link)."""
    yield b"comment-page-"
    url = head.canonical(page)
    if "?" in url or not url.startswith(("http://", "https://")):
        yield b"cpage="


def page_in(url: str) -> int | None:
    """The number of the comment page an address names, if it does: hardly any does."""
    if "comment-page-" not in url and "cpage=" not in url:
        return None
    parts = split(url)
    match = _PAGE_OF.search(parts.path)
    value = match[1] if match else next(iter(parse_qs(parts.query).get("cpage", ())), "")
    return int(value) if value.isdigit() and 0 < int(value) < 100_000 else None


def comment_page(page: Page, url: str, found: Sequence[Found]) -> int:
    """Which comment page this is. A post that opens on its newest page says so in its comments' permalinks."""
    if number := page_in(page.url):
        return number
    if found and (number := _by_permalinks(found)):
        return number
    is_paged = any(True for _ in _numbered(page, url))
    return (_current(page) or 1) if is_paged else 1


def _by_permalinks(found: Sequence[Found]) -> int | None:
    for anchor in found[0].element.iter("a"):
        href = anchor.get("href") or ""
        if "replytocom" not in href and f"#comment-{found[0].ref}" in href and (number := page_in(href)):
            return number
    return None


def _current(page: Page) -> int | None:
    """The number that a paged navigation marks as the current one."""
    texts = (words(element) for element in index(page).of("current"))
    return next((int(text) for text in texts if text.isdigit()), None)
