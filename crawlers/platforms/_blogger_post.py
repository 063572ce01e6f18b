"""The post on a Blogger page: title, author, date and body, whatever template shows it."""

from __future__ import annotations

import json
import re
from copy import deepcopy
from datetime import UTC, datetime
from functools import lru_cache
from typing import NamedTuple

from lxml.html import HtmlElement

from crawlers import head
from crawlers.html import tree
from crawlers.markup import absolute, elements, first, inner_html, string, words
from crawlers.platforms import _blogger_comments as comments
from schema.items import Page, Post

_HAS = "contains(concat(' ', normalize-space(@class), ' '), ' {} ')"
_BODY_CLASS = " or ".join(_HAS.format(name) for name in ("post-body", "entry-content", "postbody"))
_OUTSIDE = "not(ancestor::*[@id='comments' or contains(@class, 'sidebar') or contains(@class, 'FeaturedPost') or contains(@class, 'PopularPosts')])"
_BODIES = elements(f"//*[{_BODY_CLASS} or starts-with(@id, 'post-body-') or @itemprop='articleBody'][{_OUTSIDE}]")
_CUSTOM_BODIES = elements("//div[" + " or ".join(_HAS.format(name) for name in ("blog-content", "blogPost", "posts", "blogpost")) + f"][{_OUTSIDE}]")
_CONTAINER = elements(
    "ancestor::*[" + " or ".join(_HAS.format(name) for name in ("post", "post-outer", "hentry", "article_body", "posts", "blogPost", "blogpost")) + "]"
)
_TITLES = elements(
    ".//*[self::h1 or self::h2 or self::h3 or self::h4][" + " or ".join(_HAS.format(name) for name in ("post-title", "entry-title", "blog-title", "posttitle")) + "]"
)
_TITLES_BEFORE = elements("preceding::*[self::h1 or self::h2 or self::h3][" + " or ".join(_HAS.format(name) for name in ("post-title", "entry-title", "blog-title")) + "][1]")
_OWN_HEADINGS = elements(".//*[self::h1 or self::h2][not(@class)]")
_BYLINES = elements(".//*[" + " or ".join(_HAS.format(name) for name in ("byline", "blog-byline", "post-footer", "posted", "post-info", "postmeta")) + f"][{_OUTSIDE}]")
_AUTHORS = elements(
    ".//*[@itemprop='author']//*[@itemprop='name'] | .//*[contains(@class, 'post-author')]//*[contains(@class, 'fn')]//a"
    " | .//*[contains(@class, 'post-author')]//*[contains(@class, 'fn')]"
    " | .//*[contains(@class, 'vcard')]//*[contains(@class, 'fn')] | .//a[@rel='author']"
)
_PROFILE = string(
    "(.//*[@itemprop='author']//meta[@itemprop='url']/@content | .//*[contains(@class, 'vcard')]//a/@href | .//a[@rel='author']/@href)[1]"
)
_STAMP = string(
    "(.//abbr[contains(@class, 'published')]/@title | .//time/@datetime | .//*[@itemprop='datePublished']/@content | .//*[@itemprop='datePublished']/@title)[1]"
)
_TIMES = elements(".//abbr[contains(@class, 'published')] | .//time | .//*[contains(@class, 'timestamp-link')] | .//a[@rel='bookmark'] | .//a[@title='permanent link']")
_DATE_HEADERS = elements("preceding::*[contains(@class, 'date-header') or contains(@class, 'date_header')][1]")
_FURNITURE_CLASSES = (
    "zemanta-pixie", "zemanta-related", "blogger-labels", "post-labels", "post-footer", "jump-link", "post-share-buttons", "share-buttons",
    "blogger-post-footer", "linkwithin_div", "related-posts", "addthis_toolbox", "sharethis", "blogComments", "byline", "blog-byline", "comments", "tweetmeme_button",
)
_FURNITURE = elements(
    "descendant::*[self::script or self::style or self::noscript or @id='comments' or @id='related-posts' or "
    + " or ".join(_HAS.format(name) for name in _FURNITURE_CLASSES) + "]"
)
_JSON_LD = elements("//script[@type='application/ld+json']")
_LOCALE = re.compile(rb"'locale': '([a-z]{2})\b")
_BY = re.compile(r"\bby:?\s+(?P<author>.{1,60}?)\s*,?\s+(?:(?:at|on)\b:?|@|\|)\s*(?P<date>[^|]{4,60}?)\s*(?:\||$)", re.I)
_DATE = re.compile(r"\d{1,4}[./:-]\d{1,2}|\b(?:19|20)\d\d\b")


class _Author(NamedTuple):
    name: str = ""
    url: str = ""


class _Published(NamedTuple):
    raw: str = ""
    when: datetime | None = None


@lru_cache(maxsize=4)
def bodies(root: HtmlElement) -> list[HtmlElement]:
    """The bodies of the posts that a page shows, in order; a body inside another one does not count."""
    found = _BODIES(root) or _CUSTOM_BODIES(root)
    seen: set[HtmlElement] = set()
    outer = []
    for body in found:
        if not any(parent in seen for parent in body.iterancestors()):
            outer.append(body)
        seen.add(body)
    return outer


def container(body: HtmlElement) -> HtmlElement:
    """The element around a body that also holds the post's title and footer."""
    around = _CONTAINER(body)
    if around:
        return around[0]
    parent = body.getparent()
    return parent if parent is not None else body


def read(page: Page) -> Post | None:
    """The post of an item page; None when there is nothing that looks like a body."""
    root = tree(page)
    body = first(bodies(root))
    if body is None:
        return None
    around = container(body)
    author, published, rule = _author(page, around), _published(page, around, body), body.get("class") or body.get("id") or "itemprop"
    return Post(
        url=head.canonical(page),
        platform="blogger",
        rule=f"{body.tag}.{rule.split()[0]}",
        title=title(page, body),
        author=author.name,
        author_url=author.url,
        published_raw=published.raw,
        published=published.when,
        published_how="offset" if published.when else None,
        html=_clean_html(body),
        language=language(page),
        comments_reported=comments.reported(root),
        comments_closed=comments.closed(root),
        comments_elsewhere=comments.elsewhere(page),
    )


def language(page: Page) -> str:
    """The language of the page; older templates state it in a script only."""
    if stated := head.language(page):
        return stated
    in_script = _LOCALE.search(page.body)
    return in_script[1].decode("ascii") if in_script else ""


def title(page: Page, body: HtmlElement) -> str:
    """The post's title, "" where it has none: Blogger allows posts without, and then prints no heading."""
    around = container(body)
    heading = first(_TITLES(around))
    if heading is None and not _is_stock(body):
        heading = first(_TITLES_BEFORE(body)) if around.get("class") != "posts" else None
        heading = heading if heading is not None else first(_OWN_HEADINGS(around))
    if heading is None:
        return "" if _is_stock(body) else _title_of_page(page)
    by = first(_BYLINES(heading))
    return words(heading) if by is None else words(heading).removesuffix(words(by)).strip()


def _is_stock(body: HtmlElement) -> bool:
    return (body.get("id") or "").startswith("post-body-")


def _title_of_page(page: Page) -> str:
    """Blogger writes "Blog: post" into the title element."""
    whole = head.title(page)
    return whole.partition(": ")[2] or whole


def _author(page: Page, around: HtmlElement) -> _Author:
    named = next((name for name in map(words, _AUTHORS(around)) if name), "")
    if named:
        return _Author(named, absolute(head.base_url(page), _PROFILE(around)))
    if by := _byline(around):
        return _Author(by["author"].strip())
    stated = _json_ld(page).get("author")
    return _Author(str(stated.get("name", ""))) if isinstance(stated, dict) else _Author()


def _byline(around: HtmlElement) -> re.Match[str] | None:
    """"posted by Jane at 1/05/2006 06:42:03 AM", as templates before 2006 print it."""
    lines = [words(line) for line in _BYLINES(around)]
    parent = around.getparent()
    if not lines and parent is not None:
        lines = [words(line) for line in _BYLINES(parent)]
    return next((match for line in lines if (match := _BY.search(line))), None)


def _published(page: Page, around: HtmlElement, body: HtmlElement) -> _Published:
    when = _aware(_STAMP(around)) or _aware(str(_json_ld(page).get("datePublished", "")))
    day, time = words(first(_DATE_HEADERS(body))), next((text for text in map(words, _TIMES(around)) if _DATE.search(text)), "")
    raw = f"{day} {time}".strip() if not _has_year(time) else time
    if not raw and (by := _byline(around)):
        raw = by["date"].strip()
    return _Published(raw, when)


def _has_year(printed: str) -> bool:
    return bool(re.search(r"\b(?:19|20)\d\d\b", printed))


def _aware(stamp: str) -> datetime | None:
    try:
        when = datetime.fromisoformat(stamp.strip())
    except ValueError:
        return None
    return when.astimezone(UTC) if when.tzinfo else None


@lru_cache(maxsize=4)
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


def _clean_html(body: HtmlElement) -> str:
    """The body without what themes and writing tools put into it: pixies, labels, buttons, scripts."""
    if not _FURNITURE(body):
        return inner_html(body)
    own = deepcopy(body)
    for element in _FURNITURE(own):
        _remove(element)
    return inner_html(own)


def _remove(element: HtmlElement) -> None:
    parent = element.getparent()
    if parent is not None:
        element.drop_tree()
