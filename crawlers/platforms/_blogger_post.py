"""The post on a Blogger page: title, author, date and body, whatever template shows it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import NamedTuple, cast

from lxml import etree
from lxml.html import HtmlElement

from crawlers import head
from crawlers.html import once, tree
from crawlers.markup import absolute, by_id, elements, first, html_without, string, words
from crawlers.platforms import _blogger_comments as comments
from schema import keys
from schema.items import Page, Post


def hrefs(xpath: str) -> Callable[[HtmlElement], list[str]]:
    """A compiled XPath that gives the values of attributes."""
    return cast("Callable[[HtmlElement], list[str]]", etree.XPath(xpath, smart_strings=False))


def one_of(*names: str) -> str:
    """An XPath condition: the element carries one of these class names."""
    return " or ".join(f"contains(concat(' ', normalize-space(@class), ' '), ' {name} ')" for name in names)


WIDGET = "Blog1"    # the id of the widget that shows posts; templates that have it are served by Google, older ones from anywhere
_OUTSIDE_COMMENTS = "[not(ancestor::*[@id='comments'])]"
_BODY_NAMES = frozenset(("post-body", "entry-content", "postbody"))
_CUSTOM_BODY_NAMES = frozenset(("blog-content", "blogPost", "blogpost", "posts"))
_AROUND_NAMES = frozenset(("post", "post-outer", "hentry", "article_body", "posts", "blogPost", "blogpost"))
_ELSEWHERE_NAMES = frozenset(("sidebar", "FeaturedPost", "PopularPosts"))
_TITLE_NAMES = ("post-title", "entry-title", "blog-title", "posttitle")
_TITLES = elements(f"descendant::*[self::h1 or self::h2 or self::h3 or self::h4][{one_of(*_TITLE_NAMES)}]")
_TITLES_BEFORE = elements(f"preceding::*[self::h1 or self::h2 or self::h3][{one_of(*_TITLE_NAMES)}][1]")
_OWN_HEADINGS = elements("descendant::*[self::h1 or self::h2][not(@class)]")
_BYLINES = elements(f"descendant::*[{one_of('byline', 'blog-byline', 'post-footer', 'posted', 'post-info', 'postmeta')}]{_OUTSIDE_COMMENTS}")
_AUTHORS = elements(
    "descendant::*[@itemprop='author']/descendant::*[@itemprop='name'] | descendant::*[contains(@class, 'post-author')]/descendant::*[contains(@class, 'fn')]/descendant::a"
    " | descendant::*[contains(@class, 'post-author')]/descendant::*[contains(@class, 'fn')]"
    f" | descendant::*[contains(@class, 'vcard')]{_OUTSIDE_COMMENTS}/descendant::*[contains(@class, 'fn')] | descendant::a[@rel='author']"
)
_PROFILE = string(
    "(descendant::*[@itemprop='author']/descendant::meta[@itemprop='url']/@content | descendant::*[contains(@class, 'post-author')]/descendant::a/@href"
    " | descendant::*[contains(@class, 'author')]/descendant::a/@href | descendant::a[@rel='author']/@href)[1]"
)
_STAMP = string(
    "(descendant::abbr[contains(@class, 'published')]/@title | descendant::time/@datetime | descendant::*[@itemprop='datePublished']/@content"
    " | descendant::*[@itemprop='datePublished']/@title)[1]"
)
_TIMES = elements(
    "descendant::abbr[contains(@class, 'published')] | descendant::time | descendant::*[contains(@class, 'timestamp-link')] | descendant::a[@rel='bookmark']"
    " | descendant::a[@title='permanent link']"
)
_PERMALINKS = hrefs(
    "descendant::a[contains(@class, 'timestamp-link') or @title='permanent link']/@href | descendant::*[contains(@class, 'byline')]/a/@href"
    " | descendant::a[@title='comment permalink']/@href"
)
_DATE_HEADERS = elements("preceding::*[contains(@class, 'date-header') or contains(@class, 'date_header')][1]")
_FURNITURE_NAMES = frozenset((
    "zemanta-pixie", "zemanta-related", "blogger-labels", "post-labels", "post-footer", "jump-link", "post-share-buttons",
    "share-buttons", "blogger-post-footer", "linkwithin_div", "related-posts", "addthis_toolbox", "sharethis", "blogComments",
    "byline", "blog-byline", "comments", "tweetmeme_button",
))
_FURNITURE_IDS = frozenset(("comments", "related-posts"))
_FURNITURE_TAGS = frozenset(("script", "style", "noscript"))
_JSON_LD = elements("/descendant::script[@type='application/ld+json']")
_LOCALE = re.compile(rb"'locale': '([a-z]{2})\b")
_BY = re.compile(r"\bby:?\s+(?P<author>.{1,60}?)\s*,?\s+(?:(?:at|on)\b:?|@|\|)\s*(?P<date>[^|]{4,60}?)\s*(?:\||$)", re.I)
_DATE = re.compile(r"\d{1,4}[./:-]\d{1,2}|\b(?:19|20)\d\d\b")


class _Author(NamedTuple):
    name: str = ""
    url: str = ""


class _Published(NamedTuple):
    raw: str = ""
    when: datetime | None = None


@once
def bodies(page: Page) -> list[HtmlElement]:
    """The bodies of the posts that a page shows, in order; a body inside another one does not count.

    Looked for in the blog widget (since 2006 all templates have it), else on the whole page; never among comments.
    """
    root = tree(page)
    area, thread = by_id(root, WIDGET), comments.block_of(page)
    found = list(_outermost(area, thread, _BODY_NAMES)) if area is not None else []
    return found or list(_outermost(root, thread, _BODY_NAMES)) or list(_outermost(root, thread, _CUSTOM_BODY_NAMES))


def _outermost(area: HtmlElement, thread: HtmlElement | None, names: frozenset[str]) -> Iterator[HtmlElement]:
    """Without recursion: pages may be nested thousands deep."""
    waiting = [area]
    while waiting:
        element = waiting.pop()
        kinds = (element.get("class") or "").split()
        if element is thread or not _ELSEWHERE_NAMES.isdisjoint(kinds):
            continue
        if not names.isdisjoint(kinds) or (element.get("id") or "").startswith("post-body-") or element.get("itemprop") == "articleBody":
            yield element
        else:
            waiting.extend(reversed(element))


def around(body: HtmlElement) -> list[HtmlElement]:
    """The elements around a body that also hold the post's title and footer, the closest first."""
    found = [each for each in (body, *body.iterancestors()) if not _AROUND_NAMES.isdisjoint((each.get("class") or "").split())]
    parent = body.getparent()
    return found or [parent if parent is not None else body]


def read(page: Page) -> Post | None:
    """The post of an item page; None when there is nothing that looks like a body."""
    body = first(bodies(page))
    if body is None:
        return None
    author, published, kind = _author(page, body), _published(page, body), body.get("class") or body.get("id") or "itemprop"
    return Post(
        url=_url(page, body),
        platform="blogger",
        rule=f"{body.tag}.{(kind.split() or [''])[0]}",
        title=title(page, body),
        author=author.name,
        author_url=author.url,
        published_raw=published.raw,
        published=published.when,
        published_how="offset" if published.when else None,
        html=html_without(body, set(_furniture(body))),
        language=language(page),
        comments_reported=comments.reported(page),
        comments_closed=comments.closed(page),
        comments_elsewhere=comments.elsewhere(page),
    )


def language(page: Page) -> str:
    """The language of the page; older templates state it in a script only."""
    if stated := head.language(page):
        return stated
    in_script = _LOCALE.search(page.body)
    return in_script[1].decode("ascii") if in_script else ""


def _url(page: Page, body: HtmlElement) -> str:
    """The canonical address; for a saved file that names none, what the post's or a comment's permalink says."""
    stated = head.canonical(page)
    if not stated.startswith("file:"):
        return stated
    named = (absolute(head.base_url(page), link) for place in (*around(body), tree(page)) for link in _PERMALINKS(place))
    return next((keys.canonical_url(url) for url in named if url.startswith(("http://", "https://"))), stated)


def title(page: Page, body: HtmlElement) -> str:
    """The post's title, "" where it has none: Blogger allows posts without, and then prints no heading."""
    heading = _first_in(around(body), _TITLES)
    if heading is None and not _is_stock(body):
        heading = first(_TITLES_BEFORE(body)) if len(bodies(page)) == 1 else None
        heading = heading if heading is not None else _first_in(around(body), _OWN_HEADINGS)
    if heading is None:
        return "" if _is_stock(body) else _title_of_page(page)
    by = first(_BYLINES(heading))
    return words(heading) if by is None else words(heading).removesuffix(words(by)).strip()


def _first_in(places: list[HtmlElement], find: Callable[[HtmlElement], list[HtmlElement]]) -> HtmlElement | None:
    return next((found for place in places if (found := first(find(place))) is not None), None)


def _is_stock(body: HtmlElement) -> bool:
    return (body.get("id") or "").startswith("post-body-")


def _title_of_page(page: Page) -> str:
    """Blogger writes "Blog: post" into the title element, and the blog's name alone where a post has no title."""
    return head.meta(page).get("og:title") or head.title(page).partition(": ")[2]


def _author(page: Page, body: HtmlElement) -> _Author:
    for place in around(body):
        if named := next((name for name in map(words, _AUTHORS(place)) if name), ""):
            return _Author(named, absolute(head.base_url(page), _PROFILE(place)))
    if by := _byline(body):
        return _Author(by["author"].strip())
    stated = _json_ld(page).get("author")
    return _Author(str(stated.get("name", ""))) if isinstance(stated, dict) else _Author()


def _byline(body: HtmlElement) -> re.Match[str] | None:
    """"posted by Jane at 1/05/2006 06:42:03 AM", as templates before 2006 print it."""
    places = around(body)
    beyond = places[-1].getparent()
    lines = (words(line) for place in (*places, beyond) if place is not None for line in _BYLINES(place))
    return next((match for line in lines if (match := _BY.search(line))), None)


def _published(page: Page, body: HtmlElement) -> _Published:
    places = around(body)
    stamp = next((stamp for place in places if (stamp := _STAMP(place))), "") or str(_json_ld(page).get("datePublished", ""))
    times = (words(time) for place in places for time in _TIMES(place))
    time = next((text for text in times if _DATE.search(text)), "")
    raw = time if _has_year(time) else f"{words(first(_DATE_HEADERS(body)))} {time}".strip()
    if not raw and (by := _byline(body)):
        raw = by["date"].strip()
    return _Published(raw, _aware(stamp))


def _has_year(printed: str) -> bool:
    return bool(re.search(r"\b(?:19|20)\d\d\b", printed))


def _aware(stamp: str) -> datetime | None:
    try:
        when = datetime.fromisoformat(stamp.strip())
    except ValueError:
        return None
    return when.astimezone(UTC) if when.tzinfo else None


@once
def _json_ld(page: Page) -> dict[str, object]:
    """The BlogPosting that themes since 2017 describe in JSON-LD, or {}."""
    for script in _JSON_LD(tree(page)):
        try:
            stated = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue
        if isinstance(stated, dict) and stated.get("@type") == "BlogPosting":
            return stated
    return {}


def _furniture(body: HtmlElement) -> Iterator[HtmlElement]:
    """What themes and writing tools put into a body: pixies, labels, buttons, scripts."""
    return (element for element in body.iterdescendants() if _is_furniture(element))


def _is_furniture(element: HtmlElement) -> bool:
    if element.tag in _FURNITURE_TAGS or element.get("id") in _FURNITURE_IDS:
        return True
    names = element.get("class")
    return bool(names) and not _FURNITURE_NAMES.isdisjoint(names.split())
