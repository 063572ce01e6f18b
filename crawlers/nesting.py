"""Who answers whom: by elements inside one another, or by depths that are printed side by side."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Set
from typing import NamedTuple

from lxml.html import HtmlElement

_APART = frozenset(("a", "p", "div", "li", "td", "br", "h3", "h4", "h5", "span", "dd", "dt", "time"))   # start a word


class Placed(NamedTuple):
    """A comment's element and its place in the conversation; depth counts from 0, None: nothing on the page is nested."""

    ref: str
    element: HtmlElement
    parent: str | None = None
    depth: int | None = None


def by_elements(found: Iterable[tuple[str, HtmlElement]]) -> list[Placed]:
    """A comment inside the element of another one answers it."""
    owners: dict[HtmlElement, Placed] = {}
    for ref, element in found:
        above = next((owners[one] for one in element.iterancestors() if one in owners), None)
        owners[element] = Placed(ref, element, above.ref if above else None, (above.depth or 0) + 1 if above else 0)
    return _flat_or_not(list(owners.values()))


def by_depth(found: Iterable[tuple[str, HtmlElement, int]]) -> list[Placed]:
    """A comment answers the last one before it that stands less deep."""
    line: list[tuple[str, int]] = []        # of ancestors
    placed = []
    for ref, element, depth in found:
        while line and line[-1][1] >= depth:
            line.pop()
        placed.append(Placed(ref, element, line[-1][0] if line else None, depth))
        line.append((ref, depth))
    return _flat_or_not(placed)


def _flat_or_not(placed: list[Placed]) -> list[Placed]:
    if any(one.depth for one in placed):
        return placed
    return [one._replace(depth=None) for one in placed]


def is_inside(element: HtmlElement, holders: Set[HtmlElement]) -> bool:
    """Whether the element is one of the holders or stands in one."""
    return bool(holders) and (element in holders or not holders.isdisjoint(element.iterancestors()))


def words_without(element: HtmlElement, unwanted: Collection[HtmlElement | None]) -> str:
    """The words inside an element, some of its descendants (and every form and script) left out; for lines, not for bodies."""
    return " ".join("".join(_texts(element, unwanted)).split())


def _texts(element: HtmlElement, unwanted: Collection[HtmlElement | None]) -> Iterator[str]:
    waiting: list[HtmlElement | str] = [element]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            yield one
            continue
        if one is not element:
            waiting.append(one.tail or "")
        if one not in unwanted and one.tag not in ("form", "script", "style", "noscript", "template"):
            yield " " if one.tag in _APART else ""
            yield one.text or ""
            waiting.extend(reversed(one))
