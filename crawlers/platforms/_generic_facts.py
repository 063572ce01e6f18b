"""Title, author and date of a post: from JSON-LD, microdata, the head, an h-entry, or as printed around the text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from lxml.html import HtmlElement

from crawlers import head
from crawlers.html import once, tree
from crawlers.markup import absolute, elements, string
from crawlers.platforms import _generic_comments as comments
from crawlers.platforms._generic_body import Body
from crawlers.platforms._generic_parts import PRINTED_DATE, Name, Stamp, moment_of, name_of, stamp_of, stamps, words_of
from schema.items import Page, PublishedHow

Json = dict[str, object]

_JSON_LD = elements("//script[@type='application/ld+json']")
_TITLE = string("//title")
_HEADINGS = elements("//h1|//h2|//h3|//*[@itemprop='headline']|//*[contains(concat(' ', @class, ' '), ' p-name ')]")
_ARTICLES = frozenset(("article", "blogposting", "newsarticle", "socialmediaposting", "techarticle", "reportagenewsarticle", "opinionnewsarticle", "liveblogposting"))
_DATE_TAGS = ("article:published_time", "datepublished", "dc.date.issued", "dcterms.created", "dc.date", "date", "pubdate", "publishdate", "sailthru.date")
_AUTHOR_TAGS = ("author", "article:author", "dc.creator", "dcterms.creator", "parsely-author", "sailthru.author", "byl")
_SITE = re.compile(r"\s+[|\-–—·•«»:]\s+[^|–—·•«»]{1,60}$")
_WORD = re.compile(r"\w+")
_MOST = 0.6             # of the words of a heading must be in the title of the page
_LONGEST_TITLE = 300
_LOOK_BACK = 150        # elements before the text among which its byline stands
_BYLINE = 80            # letters
_FIRST_LINES = 40       # elements of the text that may still be its byline
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
    stamp = stamp_of(list(stamps(around))) or _at_the_start(body)
    heading = title(page, body)
    name = _author(page, said) or name_of([one for one in around if words_of(one) != heading], stamp, head.base_url(page))
    if name and name.name == heading:
        name = None
    stated = _stated_moment(page, said) or ((stamp.moment, stamp.how) if stamp and stamp.moment and stamp.how else None)
    return Facts(
        title=heading, author=name.name if name else "", author_url=name.url if name else "",
        published=stated[0] if stated else None, published_how=stated[1] if stated else None, published_raw=_printed(page, said, stamp),
        comments_reported=_number(said.get("commentCount")),
    )


@once
def article(page: Page) -> Json:
    """The JSON-LD object that describes the post, or {}."""
    return next((one for script in _JSON_LD(tree(page)) for one in _objects(script.text or "") if _types(one) & _ARTICLES), {})


def says_article(page: Page) -> bool:
    """Whether the page itself says that it shows one article."""
    return bool(article(page)) or head.meta(page).get("og:type", "").lower() in ("article", "blog", "og:article") or "article:published_time" in head.meta(page)


def title(page: Page, body: Body) -> str:
    """The heading that the head of the page repeats, else the one above the text that shares its words, else the head's."""
    full = " ".join(_TITLE(tree(page)).split())
    claims = [*filter(None, (_text(article(page).get("headline")), head.meta(page).get("og:title"), full))]
    shown = [text for heading in _headings(page, body) if 0 < len(text := words_of(heading)) < _LONGEST_TITLE]
    for claim in claims:
        if match := next((text for text in shown if _same(text, claim)), None):
            return match
    likely = [text for text in shown if any(_is_told(text, claim) for claim in claims)]
    return next(iter(likely), "") or (_SITE.sub("", claims[0]) if claims else next(iter(shown), ""))


def _headings(page: Page, body: Body) -> list[HtmlElement]:
    """The headings of the page: those in the text's first lines and above it, the nearest first, then those below."""
    found = _HEADINGS(tree(page))
    order = {element: place for place, element in enumerate(tree(page).iter())}
    start = order[body.element] + 3
    return sorted(found, key=lambda heading: (order[heading] > start, abs(order[heading] - start)))


def _is_told(heading: str, claim: str) -> bool:
    """Whether the title of the page has most words of the heading, and the heading is not the site's own name at the start of it."""
    wanted, told = _WORD.findall(heading.casefold()), set(_WORD.findall(claim.casefold()))
    return bool(wanted) and sum(word in told for word in wanted) >= _MOST * len(wanted)


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
    """The elements from the title to the text, and some after it, without those of comments."""
    order = [one for one in tree(page).iter() if isinstance(one.tag, str)]
    start = order.index(body.element)
    holders = set(body.element.iterancestors())
    inside = set(body.element.iter())
    held = {one for unit in comments.units(page) for one in unit.element.iter()}
    before = [one for one in order[max(0, start - _LOOK_BACK):start] if one not in held and one not in holders]
    first = [one for one in order[start:start + _FIRST_LINES] if one in inside and one not in held and not _is_prose(one)]
    after = [one for one in order[start + len(inside):start + len(inside) + _LOOK_AHEAD] if one not in held]
    return [*_from_the_title(before), *first, *after]


def _is_prose(element: HtmlElement) -> bool:
    """A paragraph that is longer than a byline: a date in it is talked about."""
    return element.tag == "li" or (element.tag == "p" and len(words_of(element)) > _BYLINE)


def _at_the_start(body: Body) -> Stamp | None:
    """A date that opens the text, as news agencies write it."""
    found = PRINTED_DATE.match(words_of(body.element))
    return Stamp(body.element, found[0]) if found else None


def _from_the_title(before: list[HtmlElement]) -> list[HtmlElement]:
    """From the last main heading on: what stands before the title belongs to the site, but for a byline just above it."""
    for tags in (("h1",), ("h2", "header")):
        place = next((place for place in range(len(before) - 1, -1, -1) if before[place].tag in tags), None)
        if place is not None:
            return [*before[place:], *before[max(0, place - 6):place]]
    return before[-_FIRST_LINES:]


def _text(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


def _number(value: object) -> int | None:
    return int(str(value)) if str(value).isdecimal() and len(str(value)) < 8 else None
