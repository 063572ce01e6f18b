"""Author, date, permalink and text of one WordPress comment, found in a single walk over its own elements."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from lxml.html import HtmlElement

from crawlers.markup import has_words, html_without, inner_html, text_of
from crawlers.platforms._wordpress_roles import NO_ROLE, NONE, Role, role
from crawlers.printed import date_in

_BLOCKS = frozenset(("p", "blockquote", "pre", "ul", "ol", "dl", "table", "figure", "h1", "h2", "h3", "h4", "h5", "h6"))
_MUTE = frozenset(("br", "em", "i", "b", "u", "strong", "s", "del", "code", "sup", "sub", "q", "hr", "wbr", "font"))   # without a class they say nothing
_DISQUS = frozenset(("a", "span", "div", "cite"))   # that the Disqus plugin puts the name into
_NAME_TAGS = frozenset(("b", "strong", "a", "cite", "span", "h3", "h4", "h5"))
_SAYS = re.compile(
    r"\s*(?:,?\s*\b(?:says|said|wrote|writes|sagt|schreibt|meint|meinte|dice|dijo|dit|a dit|a écrit|zegt|schreef|"
    r"disse|diz|ha detto|scrive|pisze|mówi|napisał\(a\)|пишет|говорит|сказал|комментирует)\b)?[\s:,|·—–-]*$", re.I)
_LED_BY = re.compile(r"^(?:[|·•—–-]|\b(?:by|von|par|por|door|di|da|przez|от|comment by|kommentar von)\b)\s*", re.I)
_DATE_LED_BY = re.compile(
    r"^(?:[\s|·•—–@/,:()-]|\b(?:said|says|posted|wrote|written|on|am|at|le|el|il|em|op|dnia|den|a|à|um|date|datum|"
    r"permalink|link)\b)+(?=\S)", re.I)
_DIGIT = re.compile(r"\d")
_CLOCK = re.compile(r"\d\s*[:.h]\s*\d\d")
_CLOCK_AFTER = re.compile(r"^[\W_]*(?:(?:at|um|à|a las|alle|om|às|o|в)\s+)?\d{1,2}[:.h]\d\d(?:\s*[ap]\.?m\b\.?| Uhr)?", re.I)
_DATE_BEFORE = re.compile(r"[^|]*\d[^|]*(?:\b(?:at|um|à|a las|alle|om|às|o|в)|[@,/·])\s*$|[^|]*\d{4}\D{0,4}$", re.I)


@dataclass(slots=True)
class Parts:
    """The elements of one comment by the part they play."""

    author: HtmlElement | None = None
    author_rank: int = NONE
    date: HtmlElement | None = None
    date_rank: int = NONE
    permalink: HtmlElement | None = None
    profile: HtmlElement | None = None       # a link to the author that is not the name itself
    bodies: list[tuple[int, HtmlElement]] = field(default_factory=list)
    blocks: list[tuple[bool, HtmlElement]] = field(default_factory=list)   # (inside the head, paragraph or the like)
    heads: list[HtmlElement] = field(default_factory=list)
    furniture: list[HtmlElement] = field(default_factory=list)


def survey(scopes: Sequence[HtmlElement], others: Collection[HtmlElement]) -> Parts:
    """Walk over the elements of one comment (one element, or `dt` and `dd`) without entering other comments."""
    parts = Parts()
    for scope in scopes:
        stack = [(child, False, False) for child in reversed(scope)]
        while stack:
            element, in_head, in_block = stack.pop()
            tag, names, itemprop = element.tag, element.get("class"), element.get("itemprop")
            if names is not None or itemprop is not None or tag not in _MUTE:
                entered = _note(parts, element, (tag, names, itemprop), in_head, in_block, others)
                if entered is None:
                    continue
                in_head, in_block = entered
            if len(element):
                stack += [(child, in_head, in_block) for child in reversed(element)]
        own = role("div", scope.get("class") or "", "")
        if own.body != NONE:
            parts.bodies.append((own.body, scope))
    return parts


def _note(
    parts: Parts, element: HtmlElement, named: tuple[str, str | None, str | None], in_head: bool, in_block: bool, others: Collection[HtmlElement]
) -> tuple[bool, bool] | None:
    """File the element under its role; None: nothing inside it matters."""
    tag, names, itemprop = named
    if (names is not None and "children" in names) or element in others:
        parts.furniture.append(element)
        return None
    played = role(tag, names or "", itemprop or "")
    if played.is_furniture or (tag == "a" and _note_link(parts, element)):
        parts.furniture.append(element)
        return None
    if tag in _DISQUS and (element.get("id") or "").startswith("dsq-author-user"):
        played = Role(author=0)
    is_block = not in_block and tag in _BLOCKS
    if played is NO_ROLE:
        if is_block:
            parts.blocks.append((in_head, element))
        return in_head, in_block or is_block
    _note_ranks(parts, element, played, in_block)
    if played.is_head:
        parts.heads.append(element)
    if is_block:
        parts.blocks.append((in_head or played.is_head or played.author < NONE or played.date < NONE, element))
    return in_head or played.is_head, in_block or is_block


def _note_ranks(parts: Parts, element: HtmlElement, played: Role, in_block: bool) -> None:
    author, date, body, _, _ = played
    penalty = 5 if in_block else 0
    if author < NONE and author + penalty < parts.author_rank and has_words(element):
        parts.author, parts.author_rank = element, author + penalty
    if date < NONE and date + penalty < parts.date_rank and _tells_a_date(element):
        parts.date, parts.date_rank = element, date + penalty
    if body < NONE:
        parts.bodies.append((body, element))


def _note_link(parts: Parts, link: HtmlElement) -> bool:
    """Whether a link is only a label: reply, edit, permalink sign. A permalink that prints the date is the date."""
    href = link.get("href") or ""
    if "replytocom=" in href or "#respond" in href or "/wp-login.php" in href or "action=editcomment" in href:
        return True
    if "#comment-" not in href and not href.startswith("#dsq-comment"):
        return False
    if not _DIGIT.search(text_of(link)):
        parts.permalink = parts.permalink if parts.permalink is not None else link
        return len(link) == 0 or not any(True for _ in link.iter("time", "img"))
    if parts.permalink is None or parts.date_rank > 3:
        parts.permalink = link
        if parts.date_rank > 3:
            parts.date, parts.date_rank = link, 3
    return False


def _tells_a_date(element: HtmlElement) -> bool:
    return bool(_DIGIT.search(element.get("datetime") or element.get("title") or text_of(element)))


def name(parts: Parts) -> str:
    """The author's name as printed, without "says:" and the like."""
    element = parts.author
    if element is None:
        element = next((link for head in parts.heads for link in head.iter("a", "strong", "b", "h3", "h4", "h5")
                        if link is not parts.permalink and has_words(link)), None)
    elif parts.author_rank >= 2:
        element = _narrowed(element, parts)
    text = "".join(_own_text(element, parts)) if element is not None else ""
    return _LED_BY.sub("", _SAYS.sub("", " ".join(text.split())))


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


def _own_text(element: HtmlElement, parts: Parts) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child not in parts.furniture and child is not parts.date and child is not parts.permalink:
            yield from _own_text(child, parts)
        yield child.tail or ""


def address(parts: Parts) -> str:
    """The href of the link around, inside or beside the author's name; "" where there is none."""
    element = parts.author
    if element is None:
        return ""
    inside = [element, *element.iter("a")]
    around = [ancestor for _, ancestor in zip(range(3), element.iterancestors(), strict=False)]
    for link in (*inside, *around):
        href = link.get("href") if link.tag == "a" else None
        if href and "#comment-" not in href and "replytocom=" not in href and link is not parts.date:
            return str(href)
    shown = (element.getparent().text or "").strip() if element.getparent() is not None else ""
    return shown if shown.startswith(("http://", "https://")) else ""   # the Disqus plugin prints it as text


def printed_date(parts: Parts) -> str:
    """The date as the page prints it, completed where theme authors put half of it beside the link."""
    element = parts.date
    if element is None:
        return _date_beside(parts)
    text = " ".join("".join(_date_text(element, parts)).split())
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


def _date_text(element: HtmlElement, parts: Parts) -> Iterator[str]:
    """A box that holds author and date gives the date only."""
    yield element.text or ""
    for child in element:
        if child is not parts.author and child not in parts.furniture:
            yield from _date_text(child, parts)
        yield child.tail or ""


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
    stamp = (parts.date.get("datetime") or "") if parts.date is not None else ""
    try:
        when = datetime.fromisoformat(stamp)
    except ValueError:
        return None
    return when if when.tzinfo else None


def body(parts: Parts, scopes: Sequence[HtmlElement]) -> str:
    """The HTML of the text: of the element made for it, else of the paragraphs outside the head."""
    keys = [part for part in (parts.author, parts.date) if part is not None]
    holders = _holders(keys, scopes)
    fitting = [(rank, element) for rank, element in parts.bodies if element not in holders]
    if fitting:
        chosen = min(fitting, key=lambda pair: pair[0])[1]
        return html_without(chosen, inside) if (inside := _inside(chosen, parts.furniture, scopes)) else inner_html(chosen)
    blocks = [(in_head, block) for in_head, block in parts.blocks if block not in holders]
    kept = [block for in_head, block in blocks if not in_head] or [block for _, block in blocks]
    if kept:
        return "\n".join(html_without(block, parts.furniture, outer=True) for block in kept)
    unwanted = [*parts.furniture, *parts.heads, *keys]
    return "".join(html_without(scope, unwanted) for scope in scopes)


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
