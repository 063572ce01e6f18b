"""Who wrote a WordPress post and when, as its theme prints it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from datetime import datetime

from lxml.html import HtmlElement

from crawlers import head
from crawlers.markup import absolute, words
from crawlers.nesting import is_inside
from crawlers.platforms._wordpress_index import anchors, index
from schema.items import Page

_AUTHOR_TAGS = ("author", "article:author", "shareaholic:article_author_name", "parsely-author", "dc.creator")
_WRITTEN_BY = re.compile(r"(?:written|verfasst|geschrieben|écrit|escrito|scritto|geschreven|napisane)\b", re.I)    # Yoast SEO, since 2020
_NO_NAME = re.compile(r"^(?:view|read|more|website|web|posts?|all|follow|about|alle|mehr|voir|ver|@|http|www\.|\d)\b", re.I)
_ALL_BY = re.compile(
    r"^(?:view all (?:posts by|of|posts from)|posts by|all posts by|more by|alle (?:beiträge|artikel) von|"
    r"(?:voir )?(?:tous les )?articles (?:par|de)|ver todas las entradas de|tutti gli articoli di|alle berichten van|"
    r"ver todos os posts de)\s+(.*?)(?:['’]s posts)?(?: anzeigen| ansehen)?[\s.→»]*$", re.I)
_BYLINE = re.compile(
    r"^(?:(?:posted|published|written|article|veröffentlicht|geschrieben|publié|publicado|scritto)?\s*"
    r"\b(?:by|von|par|por|door|di|da|przez|от|autor(?:in)?|author|auteur)\b\s*:?\s*)+", re.I)
_BY = re.compile(r"(?:^|[\s|,])(?:by|von|par|por|door|Par|Von|By)\s+([^\d|•·,(]{2,50}?)\s*(?:$|[|•·,(]|\bon\b|\bam\b|\d)")
_THEN_DATE = re.compile(r"\s+(?:on|am|le|el|op|il|em|at)\s+(?=.*\d)")
# Words are tried from their first letter only: to try them from each one takes as long as the rest of the byline.
_WEEKDAY = (r"(?:(?:\b[^\W\d]+(?:day|tag|woch|dag|dì|feira)|(?:mon|tue|wed|thu|fri|sat|sun|mo|di|mi|do|fr|sa|so|"
            r"lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo))"
            r"\.?,?\s+)?")
_DAY = (r"(?:\d{1,2}(?:\.|st|nd|rd|th|er|º)?\s*(?:de\s+)?[^\W\d]{3,12}\.?,?\s*(?:de[l]?\s+)?(?:\d{4}|’\d\d)"
        r"|\b[^\W\d]{3,12}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}|\d{4}[./-]\d{1,2}[./-]\d{1,2}"
        r"|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}年\d{1,2}月\d{1,2}日)")
_TIME = (r"(?:\s*,?\s*(?:at|um|à|a las|alle|om|às|o|в|klo|@|-|–|—|/|·|\|)?\s*\d{1,2}[:.h]\d\d(?::\d\d)?"
         r"(?:\s*[ap]\.?m\b\.?)?(?:\s*(?-i:[A-Z]{3,4})\b)?(?:\s*Uhr)?)?")
_DIGIT = re.compile(r"\d")
_PRINTED = re.compile(_WEEKDAY + _DAY + _TIME, re.I)


def author(page: Page, body: HtmlElement | None, comments: Set[HtmlElement]) -> tuple[str, str]:
    """Name and address of the author; "" and "" where the page names none."""
    for element in _authors(page):
        if not is_inside(element, comments) and (name := _name(element)) and not _in_menu(element):
            link = element if element.tag == "a" else next(iter(element.iter("a")), None)
            return name, absolute(head.base_url(page), link.get("href")) if link is not None else ""
    for text in _lines(page, {*comments, body} if body is not None else comments):
        if (match := _BY.search(text)) and (match.start() == 0 or _PRINTED.search(text)):
            return match[1].strip(), ""
    return _stated(head.meta(page)), ""


def _stated(meta: dict[str, str]) -> str:
    """By the meta tags of plugins. Themes of the 2000s put their own maker there, with his address."""
    named = [meta.get(name, "") for name in _AUTHOR_TAGS]
    named += [meta.get(f"twitter:data{number}", "") for number in (1, 2) if _WRITTEN_BY.match(meta.get(f"twitter:label{number}", ""))]
    return next((name for name in named if name and "://" not in name), "")


def _authors(page: Page) -> Iterator[HtmlElement]:
    """Elements that may hold the author's name, the surest first; the tree is asked for links only when needed."""
    yield from index(page).of("author")
    yield from index(page).of("byline")
    yield from (link for link in anchors(page) if "author" in (link.get("rel") or "").split())
    yield from (link for link in anchors(page) if "/author/" in (href := link.get("href") or "") or "/autor/" in href)


def _in_menu(element: HtmlElement) -> bool:
    return any(one.tag == "nav" or (one.tag == "ul" and "menu" in (one.get("class") or ""))
               for one in element.iterancestors())


def _name(element: HtmlElement) -> str:
    link = element if element.tag == "a" else next((one for one in element.iter("a") if words(one)), None)
    for source in (link, element):
        text = words(source).partition(" | ")[0] if source is not None else ""
        if match := _ALL_BY.match(text):
            text = match[1]
        text = _THEN_DATE.split(_BYLINE.sub("", text))[0].strip(" ,|·•:–-")
        if 1 < len(text) < 60 and len(text.split()) < 8 and not _NO_NAME.match(text) and not _PRINTED.search(text):
            return text
    return ""


def date(page: Page, body: HtmlElement | None, comments: Set[HtmlElement]) -> tuple[datetime | None, str]:
    """The moment, where the markup or the head has a stamp with its offset; and the date as printed.

    Where the head states the moment, a printed date of the same day wins over that of a teaser or an update.
    """
    stated = stamp(head.meta(page).get("article:published_time", ""))
    first: tuple[datetime | None, str] = (None, "")
    for moment, text in _printed(page, {*comments, body} if body is not None else comments, comments):
        if _is_same_day(stated, text):
            return stated or moment, text
        first = first if first[1] else (moment, text)
    return stated or first[0], first[1] or head.meta(page).get("article:published_time", "")


def _printed(page: Page, holders: Set[HtmlElement], comments: Set[HtmlElement]
             ) -> Iterator[tuple[datetime | None, str]]:
    for element in index(page).of("date"):
        if is_inside(element, comments if "meta" in (element.get("class") or "") else holders):
            continue
        if match := _dated(words(element)):
            yield stamp(element.get("datetime") or "") or _stamp_inside(element), match[0].strip()
    for text in _lines(page, holders):
        if match := _dated(text):
            yield None, match[0].strip()


def _dated(text: str) -> re.Match[str] | None:
    return _PRINTED.search(text) if _DIGIT.search(text) else None


def _is_same_day(moment: datetime | None, printed: str) -> bool:
    numbers = {int(number) for number in re.findall(r"\d+", printed)}
    return moment is None or (moment.day in numbers and bool({moment.year, moment.year % 100} & numbers))


def _stamp_inside(element: HtmlElement) -> datetime | None:
    """A box around the date gives way to the first stamp in it."""
    return next((when for one in element.iter("time", "abbr", "span") if (when := stamp(one.get("datetime") or ""))), None)


def stamp(text: str) -> datetime | None:
    """An ISO stamp with its offset as an aware time; None for anything else."""
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        return None
    return when if when.tzinfo else None


def _lines(page: Page, holders: Set[HtmlElement]) -> Iterator[str]:
    """Short texts of the post outside its body: Kubrick and its kin print author and date without any class."""
    for container in index(page).of("container"):
        stack = [container] if not is_inside(container, holders) else []
        while stack:
            element = stack.pop()
            if element not in holders and element.tag not in ("script", "style", "form"):
                yield from _short(element.text)
                stack.extend(reversed(element))
            if element is not container:
                yield from _short(element.tail)


def _short(text: str | None) -> Iterator[str]:
    if text and len(text) < 200 and (line := " ".join(text.split())):
        yield line
