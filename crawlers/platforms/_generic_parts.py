"""Dates and names as pages without a known platform print them: inside one comment, or around the text of a post."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from lxml.html import HtmlElement

from crawlers.markup import absolute, words
from schema.items import PublishedHow

_MONTH = (
    r"(?:jan|feb|mar|mär|mrz|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez|ene|abr|ago|dic|fév|fev|avr|juin|juil|aoû|aou|déc|"
    r"gen|mag|giu|lug|set|ott|out|maj|mei|янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек)[^\W\d_]{0,8}\.?")
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,? |(?:mo|di|mi|do|fr|sa|so)[^\W\d_]{0,8}\.?,? |(?:lun|mar|mer|jeu|ven|sam|dim)[^\W\d_]{0,5}\.?,? )?"
_CLOCK = (
    r"(?:T\d\d:\d\d\S*|[ ,|/·@-]*(?:\b(?:at|um|à|a las|alle|om|kl\.?) )?@?\d{1,2}[:h.]\d\d(?::\d\d(?:\.\d+)?)?"
    r"(?: ?[ap]\.?m\b\.?)?(?: (?:uhr|utc|gmt|[a-z]{2,3}t)\b)?)?")
_DAY = "|".join((
    r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}", r"\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}",
    rf"\d{{1,2}}(?:st|nd|rd|th|er)?\.?[ -]?(?:de |of )?{_MONTH}(?: de|,)?[ -]\d{{4}}", rf"{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}",
    r"\d{4}年 ?\d{1,2}月 ?\d{1,2}日",
))
PRINTED_DATE = re.compile(
    rf"(?<![\w./-])(?:(?:\d{{1,2}}:\d\d(?: ?[ap]\.?m\.?)?,? (?:on )?)?{_WEEKDAY}(?:{_DAY}){_CLOCK}"
    r"|\d+ (?:second|minute|hour|day|week|month|year)s? ago|vor \d+ (?:Minute|Stunde|Tag|Woche|Monat|Jahr)\w*"
    r"|il y a \d+ \w+|hace \d+ \w+)(?![\w/])", re.I)
_DATE_NAME = re.compile(r"(?:^|[\s_:-])(?:date\w*|time\w*|datum|fecha|data|created|published|posted-?on|dt-published|pub\w*date)(?:$|[\s_-])", re.I)
_AUTHOR_NAME = re.compile(
    r"(?:^|[\s_:-])(?:[\w-]*author|author-?name|fn|user-?name|nick(?:name)?|commenter|poster|auteur|autor|verfasser|creator|qui(?:-\d+)?|by-?line|"
    r"displayname|commentauthor)(?:$|[\s_-])", re.I)
_NAME_PROPERTY = re.compile(r"(?:^|\s|:)(?:author|creator|foaf:name)(?:$|\s)", re.I)
# "Posted by: Ann at March 5": what stands between these words and the date is the name.
_BY = re.compile(
    r"^(?:(?:posted|written|comment(?:ed)?|submitted|geschrieben|verfasst|kommentiert|eingesandt|par|publié|publicado|escrito|inviato|scritto|door|geplaatst)\s+)?"
    r"(?:by|von|par|por|da|door|di|af|av)\b:?\s*(?P<name>.{1,60}?)$", re.I)
_HAS_CLOCK = re.compile(r"\d[:h]\d\d|\d ?[ap]\.?m\b", re.I)
_ZERO = re.compile(r"\b0")
_JOINT = re.compile(r"[\s|,:;·•–—(-]+(?:(?:at|on|am|um|le|el|il|op|the|dit|a dit|says|said|wrote|schrieb|schreibt|sagt|vom|du)\b[\s:,]*)*[\s|,:;·•–—(-]*$", re.I)
_LONGEST_LINE = 160             # characters; a date in a longer run of text is talked about, not printed by the theme
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Stamp:
    """A date on the page: where it stands, as printed, and in UTC where the markup says it to machines."""

    element: HtmlElement
    printed: str
    moment: datetime | None = None
    how: PublishedHow | None = None


@dataclass(frozen=True, slots=True)
class Name:
    """A name on the page: where it stands and where it leads."""

    element: HtmlElement
    name: str
    url: str = ""


def moment_of(stamp: str) -> tuple[datetime, PublishedHow] | None:
    """A machine-readable stamp in UTC, with how well it is known; None for anything else."""
    try:
        when = datetime.fromisoformat(stamp.strip())
    except ValueError:
        return None
    if when.tzinfo is not None:
        return when.astimezone(UTC), "offset"
    return when.replace(tzinfo=UTC), "local" if len(stamp.strip()) > 10 else "date"


def stamps(own: Iterable[HtmlElement]) -> Iterator[Stamp]:
    """The dates among these elements, in order: time elements, then by name, then by how they look."""
    elements = list(own)
    yield from (stamp for one in elements if one.tag in ("time", "abbr") and (stamp := _by_attribute(one)))
    yield from (stamp for one in elements if _DATE_NAME.search(_names(one)) and (stamp := _by_attribute(one) or _by_look(one)))
    yield from (stamp for one in elements if len(words_of(one)) <= _LONGEST_LINE and (stamp := _by_look(one)))


def stamp_of(found: Sequence[Stamp]) -> Stamp | None:
    """The first of the dates, as printed where it has its time, too; the markup may say it to machines only."""
    if not found:
        return None
    first = found[0]
    longer = [stamp for stamp in found if stamp.printed and _is_longer(stamp.printed, first.printed)]
    if longer and not _HAS_CLOCK.search(first.printed):
        return replace(longer[0], moment=first.moment or longer[0].moment, how=first.how or longer[0].how)
    return first


def _is_longer(printed: str, other: str) -> bool:
    """Whether it names the same day, but with its time ("March 05" is March 5)."""
    return not other or (bool(_HAS_CLOCK.search(printed)) and _ZERO.sub("", other) in _ZERO.sub("", printed))


def name_of(own: Collection[HtmlElement], stamp: Stamp | None, base: str) -> Name | None:
    """Who wrote it: by property, by class, or by the words before the date."""
    for is_name in (_is_marked_name, _is_called_author, _is_cited):
        for element in own:
            if is_name(element) and (name := _name_in(element, stamp, base)):
                return name
    return _name_before(stamp, base) if stamp else None


def words_of(element: HtmlElement) -> str:
    """The words of an element and all in it, as far as they can be a line of furniture."""
    found, length = [], 0
    for piece in element.itertext():
        found.append(piece)
        length += len(piece)
        if length > _LONGEST_LINE * 3:
            break
    return " ".join("".join(found).split())


def _names(element: HtmlElement) -> str:
    return " ".join(filter(None, map(element.get, ("class", "itemprop", "property"))))


def _by_attribute(element: HtmlElement) -> Stamp | None:
    for attribute in ("datetime", "content", "title", "data-time", "data-datetime"):
        if found := moment_of(element.get(attribute) or ""):
            printed = words_of(element)
            return Stamp(element, printed if 0 < len(printed) <= _LONGEST_LINE else "", *found)
    return None


def _by_look(element: HtmlElement) -> Stamp | None:
    """A date in the element's own text, not in what it contains."""
    for text in (element.text, *(child.tail for child in element)):
        if text and (found := PRINTED_DATE.search(" ".join(text.split()))):
            return Stamp(element, found[0].strip(" -|,/·("))
    return None


def _is_marked_name(element: HtmlElement) -> bool:
    return bool(_NAME_PROPERTY.search(f"{element.get('itemprop') or ''} {element.get('property') or ''}")) or element.get("rel") == "author"


def _is_called_author(element: HtmlElement) -> bool:
    return bool(_AUTHOR_NAME.search(element.get("class") or ""))


def _is_cited(element: HtmlElement) -> bool:
    """The themes of the 2000s put the name into a `cite`; one inside a paragraph is a title that somebody quotes."""
    parent = element.getparent()
    return element.tag == "cite" and parent is not None and parent.tag not in ("p", "blockquote")


def _name_in(element: HtmlElement, stamp: Stamp | None, base: str) -> Name | None:
    link = element if element.tag == "a" else next((one for one in element.iter("a") if words(one)), None)
    text = words_of(link) if link is not None and words_of(link) else words_of(element)
    if stamp and stamp.printed:
        text = text.partition(stamp.printed)[0]
    text = _bare_name(text)
    if not 0 < len(text) <= _LONGEST_NAME or PRINTED_DATE.search(text) or not any(map(str.isalnum, text)):
        return None
    holder = link if link is not None else next((one for one in element.iterancestors("a")), None)
    return Name(element, text, _web(base, holder))


def _name_before(stamp: Stamp, base: str) -> Name | None:
    """The words before the date in the smallest element that has some."""
    holder: HtmlElement | None = stamp.element
    while holder is not None and len(line := words_of(holder)) <= _LONGEST_LINE:
        before = line.partition(stamp.printed)[0] if stamp.printed else line
        if name := _bare_name(before):
            link = next((one for one in holder.iter("a") if words(one) == name), None)
            return Name(holder, name, _web(base, link)) if len(name) <= _LONGEST_NAME else None
        holder = holder.getparent()
    return None


def _bare_name(text: str) -> str:
    text = _JOINT.sub("", " " + text).strip(" |,:;·•–—-()")
    found = _BY.match(text)
    return (found["name"] if found else text).strip(" |,:;·•–—-")


def _web(base: str, link: HtmlElement | None) -> str:
    url = absolute(base, link.get("href")) if link is not None else ""
    return url if url.startswith("http") else ""


