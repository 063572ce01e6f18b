"""What a page says of its article to machines: JSON-LD and meta tags. For platforms whose themes print it in a hundred ways."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from crawlers import head
from crawlers.html import once, tree
from crawlers.printed import moment
from schema.items import Page, PublishedHow

_ARTICLES = ("Article", "NewsArticle", "BlogPosting", "Report", "TechArticle", "SocialMediaPosting")
_CDATA = re.compile(r"^\s*(?://)?\s*<!\[CDATA\[|(?://)?\s*\]\]>\s*$")
_MOST = 2000    # values looked at in one script: a graph may be huge


class Stated(NamedTuple):
    """Author and date of the article; "" and None for what the page does not say. `raw` is the date as written there."""

    author: str = ""
    author_url: str = ""
    raw: str = ""
    published: datetime | None = None
    how: PublishedHow | None = None


@once
def article(page: Page) -> Stated:
    """Author and date by JSON-LD, else by meta tags."""
    said = next(_articles(page), {})
    author, url = _person(said.get("author"))
    raw = said.get("datePublished") or head.meta(page).get("article:published_time") or head.meta(page).get("datepublished") or ""
    named = author or head.meta(page).get("author", "")
    raw = raw if isinstance(raw, str) else ""
    return Stated("" if named.startswith("http") else named, url, raw, *moment(raw))


def _articles(page: Page) -> Iterator[dict[str, object]]:
    for script in tree(page).iter("script"):
        if (script.get("type") or "").lower() != "application/ld+json":
            continue
        try:
            said = json.loads(_CDATA.sub("", script.text or ""), strict=False)
        except (ValueError, RecursionError):
            continue
        yield from (one for one in _objects(said) if one.get("@type") in _ARTICLES)


def _objects(said: object) -> Iterator[dict[str, object]]:
    waiting = [said]
    for _ in range(_MOST):
        if not waiting:
            return
        match waiting.pop():
            case dict() as found:
                yield found
                waiting.extend(found.values())
            case list() as several:
                waiting.extend(reversed(several))


def _person(said: object) -> tuple[str, str]:
    match said:
        case [first, *_]:
            return _person(first)
        case {"name": str() as name, "url": str() as url}:
            return name, url
        case {"name": str() as name}:
            return name, ""
        case str() as name:
            return name, ""
    return "", ""
