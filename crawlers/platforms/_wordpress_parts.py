"""Author, date, permalink and text of one WordPress comment, from the elements that play these parts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import chain, islice

from lxml.html import HtmlElement

from crawlers.markup import has_words, html_without, inner_html, outer_html
from crawlers.platforms._wordpress_roles import NONE, role
from crawlers.platforms._wordpress_survey import Parts
from crawlers.printed import date_in

_NAME_TAGS = frozenset(("b", "strong", "a", "cite", "span", "h3", "h4", "h5"))
_SAYS = (
    "says", "said", "wrote", "writes", "sagt", "schreibt", "meint", "meinte", "dice", "dijo", "a dit", "dit", "a écrit", "zegt", "schreef", "disse", "diz",
    "ha detto", "scrive", "pisze", "mówi", "napisał(a)", "пишет", "говорит", "сказал", "комментирует",
)
_SAYS_AT_END = re.compile(rf"(?:^|,?\s*)\b(?:{'|'.join(map(re.escape, _SAYS))})$", re.I)
_LAST_WORDS = frozenset(one.rpartition(" ")[2] for one in _SAYS)
_LONGEST_WORD = max(map(len, _LAST_WORDS)) + 1
_LED_BY = re.compile(r"(?:[|·•—–-]|\b(?:by|von|par|por|door|di|da|przez|от|comment by|kommentar von)\b)\s*", re.I)
_DATE_LED_BY = re.compile(
    r"^(?:[\s|·•—–@/,:()-]|\b(?:said|says|posted|wrote|written|on|am|at|le|el|il|em|op|dnia|den|a|à|um|date|datum|"
    r"permalink|link)\b)+(?=\S)", re.I)
_DIGIT = re.compile(r"\d")
_CLOCK = re.compile(r"\d\s*[:.h]\s*\d\d")
_CLOCK_AFTER = re.compile(r"^[\W_]*(?:(?:at|um|à|a las|alle|om|às|o|в)\s+)?\d{1,2}[:.h]\d\d(?:\s*[ap]\.?m\b\.?| Uhr)?", re.I)
_DATE_BEFORE = re.compile(r"[^|]*\d[^|]*(?:\b(?:at|um|à|a las|alle|om|às|o|в)|[@,/·])\s*$|[^|]*\d{4}\D{0,4}$", re.I)


def name(parts: Parts) -> str:
    """The author's name as printed, without "says:" and the like."""
    element = parts.author
    if element is None:
        element = next((link for head in parts.heads for link in head.iter("a", "strong", "b", "h3", "h4", "h5")
                        if link is not parts.permalink and has_words(link)), None)
    elif parts.author_rank >= 2:
        element = _narrowed(element, parts)
    text = _without_says(" ".join(_own_text(element, parts).split())) if element is not None else ""
    led_by = _LED_BY.match(text)
    return text[led_by.end():] if led_by else text


def _without_says(name: str) -> str:
    """Told by the last word: to try the pattern at each letter of each name takes its time."""
    name = name.rstrip(" :,|·—–-")
    last = name[-_LONGEST_WORD:].replace(",", " ").rpartition(" ")[2]
    return _SAYS_AT_END.sub("", name) if last.lower() in _LAST_WORDS else name


def _narrowed(element: HtmlElement, parts: Parts) -> HtmlElement:
    """A box around name, date and "says" gives way to the name alone."""
    for inner in element.iter(*_NAME_TAGS):
        if inner is not element and inner is not parts.date and inner is not parts.permalink and _is_name(inner, parts):
            return inner
    return element


def _is_name(inner: HtmlElement, parts: Parts) -> bool:
    if any(ancestor in parts.furniture for ancestor in (inner, *inner.iterancestors())):
        return False
    played = role(inner.tag, inner.get("class") or "", "")
    plain = inner.tag != "span" or played.author < NONE
    return plain and played.date == NONE and has_words(inner)


def _own_text(element: HtmlElement, parts: Parts) -> str:
    unwanted = (parts.date, parts.permalink, *parts.furniture)
    return "".join(_text_without(element, unwanted)) if len(element) else element.text or ""


def _text_without(element: HtmlElement, unwanted: Sequence[HtmlElement | None]) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child not in unwanted:
            yield from _text_without(child, unwanted)
        yield child.tail or ""


def address(parts: Parts) -> str:
    """The href of the link around, inside or beside the author's name; "" where there is none."""
    element = parts.author
    if element is None:
        return ""
    for link in chain(element.iter("a"), (one for one in islice(element.iterancestors(), 3) if one.tag == "a")):
        href = link.get("href")
        if href and "#comment-" not in href and "replytocom=" not in href and link is not parts.date:
            return str(href)
    shown = (element.getparent().text or "").strip() if element.getparent() is not None else ""
    return shown if shown.startswith(("http://", "https://")) else ""   # the Disqus plugin prints it as text


def printed_date(parts: Parts) -> str:
    """The date as the page prints it, completed where theme authors put half of it beside the link."""
    element = parts.date
    if element is None:
        return _date_beside(parts)
    text = " ".join("".join(_text_without(element, (parts.author, *parts.furniture))).split())     # a box may hold author and date
    title = element.get("title") or ""
    if parts.date_rank == 3 or element.tag == "a":
        text = _completed(element, text)
    if not _DIGIT.search(text) or (_CLOCK.search(title) and not _CLOCK.search(text) and len(text) < 20):
        text = title or element.get("datetime") or text
    return _DATE_LED_BY.sub("", text).rstrip(" |·,:-—")


def _date_beside(parts: Parts) -> str:
    """A date that the theme prints into the head without an element of its own (Avada)."""
    lines = (line for head in parts.heads for line in (head.text, *(child.tail for child in head)) if line)
    return next((date for line in lines if (date := date_in(line))), "")


def _completed(link: HtmlElement, text: str) -> str:
    """The text of a permalink with the clock time after it, or the day before it."""
    if not _CLOCK.search(text):
        after = _CLOCK_AFTER.match(link.tail or "")
        return f"{text} {after[0].strip()}" if after else text
    if len(text) <= 11:
        previous = link.getprevious()
        before = (previous.tail if previous is not None else link.getparent().text) or ""
        if _DATE_BEFORE.match(before.strip()):
            return f"{before.strip()} {text}"
    return text


def moment(parts: Parts) -> datetime | None:
    """The exact time, where the markup holds an ISO stamp with its offset."""
    stamp = parts.date.get("datetime") if parts.date is not None else None
    if not stamp:
        return None
    try:
        when = datetime.fromisoformat(stamp)
    except ValueError:
        return None
    return when if when.tzinfo else None


def body(parts: Parts, scopes: Sequence[HtmlElement]) -> str:
    """The HTML of the text: of the element made for it, else of the paragraphs outside the head."""
    keys = [part for part in (parts.author, parts.date) if part is not None]
    holders = _holders(keys, scopes)
    fitting = [found for found in parts.bodies if found[1] not in holders]
    if fitting:
        _, chosen, before = min(fitting, key=lambda found: found[0])
        return html_without(chosen, inside) if (inside := _inside(chosen, parts.furniture[before:], scopes)) else inner_html(chosen)
    blocks = [(in_head, block) for in_head, block in parts.blocks if block not in holders]
    kept = [block for in_head, block in blocks if not in_head] or [block for _, block in blocks]
    if kept:
        return "\n".join(_block(block, _inside(block, parts.furniture, scopes)) for block in kept)
    unwanted = [*parts.furniture, *parts.heads, *keys]
    return "".join(html_without(scope, unwanted) for scope in scopes)


def _block(block: HtmlElement, unwanted: Sequence[HtmlElement]) -> str:
    return html_without(block, unwanted, outer=True) if unwanted else outer_html(block)


def ping_body(parts: Parts, scopes: Sequence[HtmlElement]) -> str:
    """The excerpt of a ping, where the theme shows it, else the link to the other blog: newer themes show no more."""
    link = next((one for scope in scopes for one in scope.iter("a") if _is_ping_link(one, parts)), None)
    if any(not in_head and has_words(block) for in_head, block in parts.blocks) or link is None:
        return body(parts, scopes)
    return html_without(link, (), outer=True)


def _is_ping_link(link: HtmlElement, parts: Parts) -> bool:
    return link not in parts.furniture and link is not parts.permalink and has_words(link)


def _holders(keys: Sequence[HtmlElement], scopes: Sequence[HtmlElement]) -> set[HtmlElement]:
    """The elements of the comment that hold its author or date, these among them."""
    holders = set(keys)
    for key in keys:
        for ancestor in key.iterancestors():
            holders.add(ancestor)
            if ancestor in scopes:
                break
    return holders


def _inside(element: HtmlElement, unwanted: Sequence[HtmlElement], scopes: Sequence[HtmlElement]) -> list[HtmlElement]:
    return [one for one in unwanted if _stands_in(one, element, scopes)]


def _stands_in(one: HtmlElement, element: HtmlElement, scopes: Sequence[HtmlElement]) -> bool:
    for ancestor in one.iterancestors():
        if ancestor is element:
            return True
        if ancestor in scopes:
            return False
    return False
