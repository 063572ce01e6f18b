"""Comments of a theme that nobody knows, learnt from some that a feed gives: the repeated structure of the page that holds
their texts holds the others, too.

The texts are found by their letters alone, since themes differ in quotes, smilies and white space.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from lxml import html
from lxml.etree import ParserError
from lxml.html import HtmlElement

from crawlers import head
from crawlers.html import tree
from crawlers.markup import html_without, words
from crawlers.platforms import _generic_comments as marked
from crawlers.platforms._generic_parts import Name, name_of, stamp_of, stamps
from schema.items import Comment, Page

_SHORTEST = 12          # letters of a text that is looked for; shorter ones stand anywhere
_LONGEST = 300          # letters that are compared: feeds may cut the rest
_FEWEST = 2             # anchors that make a rule
_DIGITS = re.compile(r"\d+")
_NOT_TEXT = frozenset(("script", "style", "noscript", "template", "textarea", "head"))

# Numbers count one comment from another; these tell depth, stripes and authors apart, and leave the look as it is.
_OF_ONE = re.compile(r"(?:^|[-_])(?:odd|even|alt\w*|first|last|depth|level|thread|by\w*|author|user|parent|child\w*|reply|role|has)(?:[-_]|$)")

Kind = tuple[str, ...]  # how an element looks: tag and classes; without classes, its parent's, too


@dataclass(frozen=True, slots=True)
class Anchored:
    """What was learnt, in words for people, and all comments that the page holds by it."""

    rule: str
    comments: tuple[Comment, ...]


@dataclass(frozen=True, slots=True)
class _Anchor:
    """A known comment and the element that holds its text and nothing else."""

    known: Comment
    body: HtmlElement


def anchored(page: Page, known: Sequence[Comment], url: str) -> Anchored | None:
    """All comments on the page in the structure that holds the known ones; None when no structure holds two of them."""
    anchors = list(_anchors(tree(page), known))
    kind = _unit_kind(anchors)
    if kind is None:
        return None
    units = [element for element in tree(page).iter() if isinstance(element.tag, str) and _kind(element) == kind]
    body = Counter(_kind(anchor.body) for anchor in anchors).most_common(1)[0][0]
    rule = f"anchored {_shown(kind)} {_shown(body)}"
    found = tuple(_comments(page, units, body, anchors, rule, url))
    refs = {one.ref for one in found}
    kept = sum(anchor.known.ref in refs for anchor in anchors)
    return Anchored(rule, found) if kept >= _enough(anchors) else None


def _anchors(root: HtmlElement, known: Sequence[Comment]) -> Iterator[_Anchor]:
    """Where the known texts stand, each in one place."""
    letters, spans = _letters(root)
    for one in known:
        whole = _letters_of(one.html)
        text = whole if whole in letters else whole[:_LONGEST]
        start = letters.find(text) if len(text) >= _SHORTEST else -1
        if start >= 0 and letters.find(text, start + 1) < 0:
            yield _Anchor(one, _holder(spans, start, start + len(text)))


def _holder(spans: dict[HtmlElement, tuple[int, int]], start: int, end: int) -> HtmlElement:
    """What holds the text: one element, the first of several paragraphs, or, where author and date stand in it too, what holds all."""
    closest = [element for element, (first, last) in spans.items() if first <= start and end <= last][-1]
    if spans[closest] == (start, end):
        return _widest(closest, spans)
    return next((child for child in closest if child in spans and start <= spans[child][0] < spans[child][1] <= end), closest)


def _letters(root: HtmlElement) -> tuple[str, dict[HtmlElement, tuple[int, int]]]:
    """All letters and digits of the page in one row, and from where to where each element reaches."""
    row: list[str] = []
    length = 0
    spans: dict[HtmlElement, tuple[int, int]] = {}
    waiting: list[tuple[HtmlElement, bool]] = [(root, False)]
    while waiting:
        element, is_over = waiting.pop()
        if is_over:
            spans[element] = (spans[element][0], length)
            piece = _bare(element.tail)
        elif not isinstance(element.tag, str) or element.tag in _NOT_TEXT:
            piece = _bare(element.tail)
        else:
            spans[element] = (length, length)
            waiting += [(element, True), *((child, False) for child in reversed(element))]
            piece = _bare(element.text)
        row.append(piece)
        length += len(piece)
    return "".join(row), spans


def _bare(text: str | None) -> str:
    return "".join(filter(str.isalnum, (text or "").casefold()))


def _letters_of(source: str) -> str:
    try:
        return _bare("".join(html.fragment_fromstring(source, create_parent=True).itertext()))
    except (ParserError, ValueError):
        return ""


def _widest(element: HtmlElement, spans: dict[HtmlElement, tuple[int, int]]) -> HtmlElement:
    """The outermost element with these letters and no others: what holds the paragraphs of one comment holds those of all."""
    parent = element.getparent()
    while parent is not None and spans.get(parent) == spans[element]:
        element, parent = parent, parent.getparent()
    return element


def _unit_kind(anchors: Sequence[_Anchor]) -> Kind | None:
    """The look of what holds one comment each: the largest in which no two anchors meet, whatever else it repeats."""
    holders: dict[Kind, list[HtmlElement]] = {}
    for anchor in anchors:
        innermost: dict[Kind, HtmlElement] = {}
        for element in (anchor.body, *anchor.body.iterancestors()):
            innermost.setdefault(_kind(element), element)
        for kind, element in innermost.items():
            holders.setdefault(kind, []).append(element)
    most = max((len(set(found)) for found in holders.values()), default=0)
    if most < _enough(anchors):
        return None
    apart = {kind: found for kind, found in holders.items() if len(set(found)) == len(found) == most}
    return max(apart, key=lambda kind: min(map(_size, apart[kind])), default=None)


def _enough(anchors: Sequence[_Anchor]) -> int:
    """A feed may hold a text that also stands elsewhere, or in a shape of its own."""
    return max(_FEWEST, len(anchors) - len(anchors) // 5)


def _size(element: HtmlElement) -> int:
    return sum(1 for _ in element.iter())


def _kind(element: HtmlElement) -> Kind:
    own, parent = _own_kind(element), element.getparent()
    return (*own, "in", *(_own_kind(parent) if parent is not None and len(own) == 1 else ()))


def _own_kind(element: HtmlElement) -> Kind:
    names = (element.get("class") or "").split()
    return (str(element.tag), *sorted({_DIGITS.sub("", name) for name in names if not _OF_ONE.search(name)}))


def _shown(kind: Kind) -> str:
    return ".".join(kind[:kind.index("in")])


def _comments(page: Page, units: Sequence[HtmlElement], body: Kind, anchors: Sequence[_Anchor], rule: str, url: str) -> Iterator[Comment]:
    others, base, language = set(units), head.base_url(page), head.language(page)
    by_body = {anchor.body: anchor.known for anchor in anchors}
    name_kind = _name_kind(units, others, by_body)
    above: list[tuple[int, str]] = []
    place = 0
    for element in units:
        own = tuple(marked._own(element, others))
        stamp = stamp_of(list(stamps(own)))
        bodies = [one for one in own if one in by_body or _kind(one) == body]
        if not bodies or not words(bodies[0]):
            continue
        place += 1
        known = next((by_body[one] for one in bodies if one in by_body), None)
        name = _name(own, name_kind) or name_of([one for one in own if one not in bodies], stamp, base)
        unit = marked.Unit(element, own, stamp, name, sum(1 for _ in element.iterancestors()))
        ref = known.ref if known else marked._ref(unit) or f"#{place}"
        while above and above[-1][0] >= unit.depth:
            above.pop()
        found = Comment(
            ref, known.platform if known else "generic", rule=rule, parent_ref=above[-1][1] if above else None,
            reply_to_how="markup" if above else None, place=place, depth=len(above), url=marked._permalink(unit, url),
            author=name.name if name else "", author_url=name.url if name else "", published=stamp.moment if stamp else None,
            published_how=stamp.how if stamp else None, published_raw=stamp.printed if stamp else "", html=_html(unit, bodies), language=language,
        )
        above.append((unit.depth, ref))
        yield replace(found, author=known.author or found.author) if known else found


def _html(unit: marked.Unit, bodies: Sequence[HtmlElement]) -> str:
    """The words: of the element that holds nothing else, of all its paragraphs, or of the whole without author, date and buttons."""
    if bodies[0] is unit.element:
        return marked._body(unit)
    paragraphs = [one for one in bodies if one.getparent() is bodies[0].getparent()]
    return html_without(bodies[0], ()) if len(paragraphs) == 1 else "".join(html_without(one, (), outer=True) for one in paragraphs)


def _name_kind(units: Sequence[HtmlElement], others: set[HtmlElement], by_body: dict[HtmlElement, Comment]) -> Kind | None:
    """How the element looks that holds the known authors' names."""
    kinds: Counter[Kind] = Counter()
    for element in units:
        own = list(marked._own(element, others))
        authors = {by_body[one].author for one in own if one in by_body}
        kinds.update(_kind(one) for one in own if one not in by_body and words(one) in authors - {""})
    return kinds.most_common(1)[0][0] if kinds and kinds.most_common(1)[0][1] >= _FEWEST else None


def _name(own: Sequence[HtmlElement], kind: Kind | None) -> Name | None:
    element = next((one for one in own if kind and _kind(one) == kind and words(one)), None)
    if element is None:
        return None
    href = element.get("href") or next((link.get("href") or "" for link in element.iter("a")), "")
    return Name(element, words(element), href if href.startswith(("http://", "https://")) else "")
