"""Comments by their markup alone: repeated elements called a comment, each with a date, an author and words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from lxml.html import HtmlElement

from crawlers import head
from crawlers.html import once, tree
from crawlers.markup import html_without, words
from crawlers.platforms._generic_parts import Name, Stamp, name_of, stamp_of, stamps, words_of
from schema.items import Comment, Kind, Page

_CALLED = r"(?:comment|kommentar|commentaire|comentario|commento|reactie|komentarz|komentar|kommentti|opinion|talkback)"
_AREA = re.compile(rf"(?:^|[\s_-]){_CALLED}|forum", re.I)
# One comment, not their list, their number, their form or a part of one.
_UNIT_CLASS = re.compile(
    rf"(?:[a-z]{{1,7}}[-_]{{1,2}})?{_CALLED}(?:e|en|er|s)?(?:[-_]*(?:item|body|box|con|container|entry|single|wrapper|wrap|card|message|row|block|"
    r"post|content|li|node|inner|main|main-level|level|level-\d|article|thread))?(?:[-_]?\d+)?|forum-fil|forum-message|h-cite", re.I)
_UNIT_ID = re.compile(rf"(?:[a-z]{{1,4}}[-_])?(?:{_CALLED}|forum|reply)[-_]?\d+", re.I)
_UNIT_TYPE = re.compile(r"(?:schema\.org/|schema:|sioct?:)(?:User)?Comments?\b", re.I)
_NOT_HERE = re.compile(
    r"(?:^|\s)(?:(?:primary|secondary|left|right|main|blog|page)[-_])?(?:side-?bar|widget)s?(?:[-_]?(?:area|left|right|primary|secondary|\d+))?(?=\s|$)"
    r"|(?:^|[\s_-])(?:recent|latest|letzte|neueste|aktuelle|newest|popular|derniers?|ultimos|most)[-_]?(?:comment|kommentar|coment|post|read)"
    r"|(?:^|[\s_-])(?:respond|reply-?form|comment-?form|newsletter|related[-_]?posts?)(?=[\s_-]|$)", re.I)
_NOT_A_BODY = re.compile(
    r"(?:^|[\s_-])(?:reply|respond|actions?|links|vote\w*|like\w*|meta|metadata|avatar|submitted|permalink|tools?|share|report|rating|buttons?|"
    r"edit|flag|by-?line|rdf-meta|says|hidden|screen-reader-text|element-invisible|moderation|forum-nav|addQuote|repondre|comments?-(?:post|meta|info|date|"
    r"author|head|header|footer|actions?|links?|reply))(?:$|[\s_-])", re.I)
_BODY_NAME = re.compile(
    r"(?:^|[\s_:-])(?:comment-?text|commenttext|comment-?(?:body|content|texte|copy)|[\w-]*card__text|forum-texte|field-name-comment-body|"
    r"field-comment-body|text|texte|message|e-content|p-content|encoded|nachricht|commentText|description)(?:$|[\s_]|--)", re.I)
_IN_FORMS = frozenset(("form", "aside", "nav", "head", "select", "textarea"))
_NOT_WORDS = frozenset(("form", "button", "script", "style", "noscript", "time", "textarea", "svg", "nav", "template"))
_DIGITS = re.compile(r"\d+")
_LAYOUT = 0.4               # of the letters of the page: no widget is that large
_BOXES = 6                  # around the comments that may be named for them
_LONGEST_HEAD = 200         # characters around a date or a name that are still furniture


@dataclass(frozen=True, slots=True)
class Unit:
    """One comment as an element, and what it contains that is not another comment."""

    element: HtmlElement
    own: tuple[HtmlElement, ...] = field(repr=False)
    stamp: Stamp | None
    name: Name | None
    depth: int                  # in the tree of elements


@once
def units(page: Page) -> tuple[Unit, ...]:
    """The comments of the page: the innermost repeated elements that still hold author, date and words."""
    groups = [tuple(_units(group, head.base_url(page))) for group in _groups(tree(page))]
    groups = [group for group in groups if len(group) > 1 or (group and _stands_alone(group[0]))]
    return max(groups, key=_worth, default=())


def area(page: Page) -> set[HtmlElement]:
    """All elements of the comments and of the boxes around them that are named for comments: heading, hints and form."""
    found = units(page)
    if not found:
        return set()
    shared = set(found[0].element.iterancestors()).intersection(*(unit.element.iterancestors() for unit in found[1:]))
    around = [one for one in found[0].element.iterancestors() if one in shared][:_BOXES]
    named = [one for one in around if _AREA.search(f"{one.get('class') or ''} {one.get('id') or ''}") and not _is_layout(one)]
    boxes = named or [unit.element for unit in found]
    return {one for box in boxes for one in box.iter()}


def read(page: Page, url: str) -> Iterator[Comment]:
    """The comments on the page, in order, each with the one it answers where nesting shows it."""
    above: list[tuple[int, str]] = []       # depth in the tree and ref of the comments that the next may answer
    language = head.language(page)
    for place, unit in enumerate(units(page), start=1):
        ref = _ref(unit) or f"#{place}"
        while above and above[-1][0] >= unit.depth:
            above.pop()
        stamp, name = unit.stamp, unit.name
        yield Comment(
            ref, "generic", rule=_rule(unit.element), parent_ref=above[-1][1] if above else None,
            reply_to_how="markup" if above else None, place=place, depth=len(above), kind=_kind(unit.element), url=_permalink(unit, url),
            author=name.name if name else "", author_url=name.url if name else "", by_post_author=_is_by_post_author(unit.element),
            published=stamp.moment if stamp else None, published_how=stamp.how if stamp else None,
            published_raw=stamp.printed if stamp else "", html=_body(unit), language=language,
        )
        above.append((unit.depth, ref))


def _groups(root: HtmlElement) -> Iterator[list[HtmlElement]]:
    """Elements that are called a comment in the same way."""
    elsewhere = _elsewhere(root)
    groups: dict[tuple[str, str], list[HtmlElement]] = {}
    for element in root.iter():
        if element not in elsewhere:
            for name in _called(element):
                groups.setdefault((element.tag, name), []).append(element)
    yield from groups.values()


def _elsewhere(root: HtmlElement) -> set[HtmlElement]:
    """All that is in a form, or in a widget that shows comments of other posts."""
    found: set[HtmlElement] = set()
    for element in root.iter():
        if element not in found and element.tag not in ("html", "body") and (element.tag in _IN_FORMS or _is_widget(element)):
            found.update(element.iter())
    return found


def _is_widget(element: HtmlElement) -> bool:
    return _names_a_widget(f"{element.get('class') or ''} {element.get('id') or ''}") and not _is_layout(element)


@lru_cache(maxsize=8192)
def _names_a_widget(names: str) -> bool:
    """Cached: pages repeat themselves, and so do the pages of one site."""
    return bool(_NOT_HERE.search(names))


def _called(element: HtmlElement) -> Iterator[str]:
    if element.tag in ("a", "span", "body", "html", "input", "label", "form", "img", "i", "h1", "h2", "h3", "h4", "ul", "ol", "textarea", "svg", "p"):
        return
    yield from _unit_names(element.get("class") or "")
    if _UNIT_ID.fullmatch(element.get("id") or ""):
        yield "#"
    if _UNIT_TYPE.search(f"{element.get('itemtype') or ''} {element.get('typeof') or ''}"):
        yield "schema.org"


@lru_cache(maxsize=8192)
def _unit_names(class_names: str) -> tuple[str, ...]:
    return tuple(_DIGITS.sub("", name) for name in dict.fromkeys(class_names.split()) if _UNIT_CLASS.fullmatch(name))


def _is_layout(element: HtmlElement) -> bool:
    """Whether the element holds much of the page: a column layout may be named for the sidebar in it."""
    length = sum(map(len, element.itertext()))
    return length > _LAYOUT * sum(map(len, element.getroottree().getroot().itertext("body", "p", "div", "li", "td", "a", "span")))


def _units(group: Sequence[HtmlElement], base: str) -> Iterator[Unit]:
    all_of_them = set(group)
    for element in group:
        own = tuple(_own(element, all_of_them))
        found = list(stamps(own))
        stamp = stamp_of(found)
        name = name_of(own, stamp, base)
        if (name or stamp) and _places(found) <= 2 and _has_words(element, own, stamp, name):
            yield Unit(element, own, stamp, name, sum(1 for _ in element.iterancestors()))


def _own(element: HtmlElement, others: set[HtmlElement]) -> Iterator[HtmlElement]:
    """The element and what it contains, in order, without other comments."""
    waiting = [element]
    while waiting:
        one = waiting.pop()
        yield one
        waiting += [child for child in reversed(one) if child not in others]


def _places(found: Sequence[Stamp]) -> int:
    """How many different dates: more than one and a time of editing are those of a whole list of comments."""
    moments = {stamp.moment for stamp in found if stamp.moment}
    if moments:
        return len(moments)
    printed = {stamp.printed for stamp in found}
    return sum(not any(one in other for other in printed if other != one) for one in printed)


def _has_words(element: HtmlElement, own: Sequence[HtmlElement], stamp: Stamp | None, name: Name | None) -> bool:
    text = sum(len((one.text or "").strip()) + sum(len((child.tail or "").strip()) for child in one) for one in own if one.tag == "time" or one.tag not in _NOT_WORDS)
    return text > len(stamp.printed if stamp else "") + len(name.name if name else "")


def _stands_alone(unit: Unit) -> bool:
    """A single element must be called a comment, hold all the parts and be known by a number or a type."""
    element = unit.element
    near = (element, *unit.own[1:12])
    numbered = any(_UNIT_ID.fullmatch(one.get("id") or one.get("name") or "") or (one.get("id") or "").isdigit() for one in near)
    typed = _UNIT_TYPE.search(f"{element.get('itemtype') or ''} {element.get('typeof') or ''}")
    if unit.stamp and unit.name:
        return bool(numbered or typed)
    return bool(unit.name and _UNIT_ID.fullmatch(element.get("id") or "") and _named_body(unit) is not None)


def _worth(group: tuple[Unit, ...]) -> tuple[int, int, int]:
    """The more complete comments the better, and of two ways to see the same ones the inner."""
    complete = sum(bool(unit.stamp) + bool(unit.name) for unit in group)
    return complete, len(group), min(unit.depth for unit in group)


def _ref(unit: Unit) -> str:
    """The platform's number: of the element, of an anchor in it, or of one just before it."""
    before = unit.element.getprevious()
    near = (unit.element, *unit.own[1:12], *((before,) if before is not None and before.tag == "a" else ()))
    for one in (*near, unit.element.getparent()):
        for attribute in ("id", "name", "data-comment-id", "data-id"):
            value = (one.get(attribute) or "") if one is not None else ""
            if _UNIT_ID.fullmatch(value) or (value.isdigit() and attribute != "name"):
                return str(_DIGITS.findall(value)[-1])
    return ""


def _permalink(unit: Unit, url: str) -> str:
    """The address of the post with the anchor of the comment, where there is one."""
    before = unit.element.getprevious()
    for one in (*unit.own[:12], *((before,) if before is not None and before.tag == "a" else ())):
        anchor = one.get("id") or one.get("name") or ""
        if _UNIT_ID.fullmatch(anchor):
            return f"{url}#{anchor}"
    return ""


def _kind(element: HtmlElement) -> Kind:
    names = (element.get("class") or "").lower()
    return "pingback" if "pingback" in names else "trackback" if "trackback" in names else "comment"


def _is_by_post_author(element: HtmlElement) -> bool | None:
    names = (element.get("class") or "").lower()
    return True if re.search(r"by-?(?:post-?|node-?)author|author-comment", names) else None


def _rule(element: HtmlElement) -> str:
    return f"{element.tag}.{'.'.join((element.get('class') or '').split()[:2])}".rstrip(".")


def _body(unit: Unit) -> str:
    """The HTML of the words: of the element named for them, else of all but the author, the date and the buttons."""
    body = _named_body(unit)
    if body is None:
        body = unit.element
    return html_without(body, set(_furniture(body, unit)))


def _named_body(unit: Unit) -> HtmlElement | None:
    """The longest of those named so: a title may be called the body, too."""
    named = [one for one in unit.own[1:] if _BODY_NAME.search(_names(one)) and _is_body(one, unit)]
    return max(named, key=lambda one: len(words(one)), default=None)


def _names(element: HtmlElement) -> str:
    return f"{element.get('class') or ''} {element.get('itemprop') or ''} {element.get('property') or ''}"


def _is_body(element: HtmlElement, unit: Unit) -> bool:
    inside = set(element.iter())
    held = [part.element for part in (unit.stamp, unit.name) if part]
    return bool(words(element)) and not any(part in inside for part in held) and not any(one.tag == "form" for one in inside)


def _furniture(body: HtmlElement, unit: Unit) -> Iterator[HtmlElement]:
    """Other comments, buttons, and what holds the author and the date but no words of the comment."""
    own = set(unit.own)
    heads = {_widest(part.element, body) for part in (unit.stamp, unit.name) if part}
    waiting = list(body)
    while waiting:
        element = waiting.pop()
        if element not in own or element in heads or element.tag in _NOT_WORDS or _NOT_A_BODY.search(element.get("class") or ""):
            yield element
        else:
            waiting += element


def _widest(part: HtmlElement, body: HtmlElement) -> HtmlElement:
    """The largest element around a date or name that is still a line of furniture."""
    widest = part
    for ancestor in part.iterancestors():
        if ancestor is body or len(words_of(ancestor)) > _LONGEST_HEAD or next(ancestor.iter("p", "blockquote"), None) not in (None, ancestor, part):
            break
        widest = ancestor
    return widest
