"""Title, author and date of a post: from JSON-LD, microdata, the head, an h-entry, or as printed around the text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import cast

from lxml.html import HtmlElement

from crawlers import head
from crawlers.html import tree
from crawlers.markup import absolute, elements, string
from crawlers.platforms import _generic_comments as comments
from crawlers.platforms._generic_body import Body
from crawlers.platforms._generic_parts import Name, Stamp, moment_of, name_of, stamp_of, stamps, words_of
from schema.items import Page, PublishedHow

Json = dict[str, object]

_JSON_LD = elements("//script[@type='application/ld+json']")
_TITLE = string("//title")
_HEADINGS = elements("//h1|//h2|//h3|//*[@itemprop='headline']|//*[contains(concat(' ', @class, ' '), ' p-name ')]")
_ARTICLES = frozenset(("article", "blogposting", "newsarticle", "socialmediaposting", "techarticle", "reportagenewsarticle", "opinionnewsarticle", "liveblogposting"))
_DATE_TAGS = ("article:published_time", "datepublished", "dc.date.issued", "dcterms.created", "dc.date", "date", "pubdate", "publishdate", "sailthru.date")
_AUTHOR_TAGS = ("author", "article:author", "dc.creator", "dcterms.creator", "parsely-author", "sailthru.author", "byl")
_SITE = re.compile(r"\s+[|\-–—·•«»:]\s+[^|–—·•«»]{1,60}$")
_LOOK_BACK = 40         # elements before the text among which its byline stands
_LOOK_AHEAD = 12        # and after it: Movable Type prints it there
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Facts:
    """What the page says of its post; empty where it says nothing."""

    title: str = ""
    author: str = ""
    author_url: str = ""
    published: datetime | None = None
    published_raw: str = ""
    published_how: PublishedHow | None = None
    comments_reported: int | None = None


def facts(page: Page, body: Body) -> Facts:
    """The first of the sources that says something, for each fact on its own."""
    said = article(page)
    around = _around(page, body)
    stamp = stamp_of(list(stamps(around)))
    name = _author(page, said) or name_of(around, stamp, head.base_url(page))
    stated = _stated_moment(page, said) or ((stamp.moment, stamp.how) if stamp and stamp.moment and stamp.how else None)
    return Facts(
        title=title(page, said), author=name.name if name else "", author_url=name.url if name else "",
        published=stated[0] if stated else None, published_how=stated[1] if stated else None, published_raw=_printed(page, said, stamp),
        comments_reported=_number(said.get("commentCount")),
    )


@lru_cache(maxsize=4)
def article(page: Page) -> Json:
    """The JSON-LD object that describes the post, or {}."""
    return next((one for script in _JSON_LD(tree(page)) for one in _objects(script.text or "") if _types(one) & _ARTICLES), {})


def says_article(page: Page) -> bool:
    """Whether the page itself says that it shows one article."""
    return bool(article(page)) or head.meta(page).get("og:type", "").lower() in ("article", "blog", "og:article") or "article:published_time" in head.meta(page)


def title(page: Page, said: Json) -> str:
    """The heading that the head of the page repeats, else the head's own title without the name of the site."""
    of_head = head.meta(page).get("og:title") or " ".join(_TITLE(tree(page)).split())
    shown = [text for heading in _HEADINGS(tree(page)) if 0 < len(text := words_of(heading)) < 300]
    claims = [*filter(None, (_text(said.get("headline")), of_head, " ".join(_TITLE(tree(page)).split())))]
    for claim in claims:
        if match := next((text for text in shown if _same(text, claim)), None):
            return match
    inside = [text for text in shown if len(text) > 3 and any(text.casefold() in claim.casefold() for claim in claims)]
    return max(inside, key=len, default="") or _SITE.sub("", of_head) or next(iter(shown), "")


def _same(one: str, other: str) -> bool:
    return "".join(one.split()).casefold() == "".join(other.split()).casefold()


def _objects(text: str) -> Iterator[Json]:
    """All objects of a JSON-LD script that may describe the page, the outer first."""
    try:
        waiting: list[object] = [json.loads(text, strict=False)]
    except (ValueError, RecursionError):
        return
    while waiting:
        match waiting.pop(0):
            case list() as several:
                waiting += several
            case dict() as one:
                yield cast(Json, one)
                waiting += [one[name] for name in ("@graph", "mainEntity", "mainEntityOfPage") if name in one]


def _types(one: Json) -> set[str]:
    types = one.get("@type")
    return {str(each).lower() for each in (types if isinstance(types, list) else [types])}


def _author(page: Page, said: Json) -> Name | None:
    for person in (said.get("author"), said.get("creator")):
        first = person[0] if isinstance(person, list) and person else person
        name = _text(first.get("name")) if isinstance(first, dict) else _text(first)
        if 0 < len(name) <= _LONGEST_NAME and not name.startswith("http"):
            return Name(tree(page), name, absolute(page.url, _text(first.get("url"))) if isinstance(first, dict) else "")
    for tag in _AUTHOR_TAGS:
        name = head.meta(page).get(tag, "")
        if 0 < len(name) <= _LONGEST_NAME and "://" not in name:
            return Name(tree(page), name)
    return None


def _stated_moment(page: Page, said: Json) -> tuple[datetime, PublishedHow] | None:
    stated = (_text(said.get("datePublished")), _text(said.get("dateCreated")), *(head.meta(page).get(tag, "") for tag in _DATE_TAGS))
    return next((moment for one in stated if one and (moment := moment_of(one))), None)


def _printed(page: Page, said: Json, stamp: Stamp | None) -> str:
    if stamp and stamp.printed:
        return stamp.printed
    return _text(said.get("datePublished")) or next((head.meta(page)[tag] for tag in _DATE_TAGS if head.meta(page).get(tag)), "")


def _around(page: Page, body: Body) -> list[HtmlElement]:
    """The elements just before the text, the last first, and some after it, without those of comments."""
    order = [one for one in tree(page).iter() if isinstance(one.tag, str)]
    start = order.index(body.element)
    inside = set(body.element.iter())
    held = {one for unit in comments.units(page) for one in unit.element.iter()}
    before = [one for one in order[max(0, start - _LOOK_BACK):start] if one not in held and body.element not in one.iterdescendants()]
    first = [one for one in order[start:start + _LOOK_BACK] if one in inside and one not in held and one.tag not in ("p", "li")]
    after = [one for one in order[start:] if one not in inside and one not in held][:_LOOK_AHEAD]
    return [*_nearest_heading_on(before), *first, *after]


def _nearest_heading_on(before: list[HtmlElement]) -> list[HtmlElement]:
    """From the last heading on, or all when there is none: what stands before the title belongs to the site."""
    for place in range(len(before) - 1, -1, -1):
        if before[place].tag in ("h1", "h2", "header"):
            return [*before[place:], *before[max(0, place - 10):place]]
    return before


def _text(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


def _number(value: object) -> int | None:
    return int(str(value)) if str(value).isdecimal() and len(str(value)) < 8 else None
