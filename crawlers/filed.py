"""The elements of a page, filed by class name and id in one pass: for modules that ask for many of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from heapq import merge

from lxml.html import HtmlElement

from crawlers.html import once, tree
from schema.items import Page


class Filed:
    """Elements by class name and by id, in document order."""

    def __init__(self, root: HtmlElement) -> None:
        self._by_class: dict[str, list[tuple[int, HtmlElement]]] = defaultdict(list)
        self.ids: dict[str, HtmlElement] = {}
        self.identified: list[tuple[str, HtmlElement]] = []     # ids repeat: an anchor and what it stands before
        by_class, ids = self._by_class, self.ids
        for place, element in enumerate(root.iter()):
            if names := element.get("class"):
                placed = (place, element)
                for name in _split(names):
                    by_class[name].append(placed)
            if id_ := element.get("id"):
                ids.setdefault(id_, element)
                self.identified.append((id_, element))

    def of(self, *names: str) -> list[HtmlElement]:
        """The elements that carry one of the class names, each once."""
        found = [self._by_class[name] for name in names if name in self._by_class]
        return [element for _, element in found[0]] if len(found) == 1 else list(_once(found))

    def like(self, *parts: str) -> list[HtmlElement]:
        """The elements one of whose class names contains one of these parts."""
        return self.of(*(name for name in self._by_class if _is_like(name, parts)))

    def numbered(self, start: str) -> Iterator[tuple[str, HtmlElement]]:
        """The elements whose id begins so and ends in digits, with these digits."""
        for id_, element in self.ids.items():
            if id_.startswith(start) and (number := id_[len(start):]).isascii() and number.isdecimal():
                yield number, element


def _once(found: Iterable[list[tuple[int, HtmlElement]]]) -> Iterator[HtmlElement]:
    last = -1
    for place, element in merge(*found, key=lambda pair: pair[0]):
        if place != last:
            yield element
        last = place


@once
def filed(page: Page) -> Filed:
    """The page's elements, filed; shared by all who ask."""
    return Filed(tree(page))


def is_within(element: HtmlElement, *, names: frozenset[str] = frozenset(), tags: frozenset[str] = frozenset(), ids: frozenset[str] = frozenset()) -> bool:
    """Whether an ancestor has one of these class names, tags or ids; the body of the page does not count."""
    for one in element.iterancestors():
        if one.tag == "body":
            return False
        if one.tag in tags or (ids and one.get("id") in ids) or (names and (own := one.get("class")) and not names.isdisjoint(_split(own))):
            return True
    return False


@lru_cache(maxsize=8192)
def _is_like(name: str, parts: tuple[str, ...]) -> bool:
    return any(part in name for part in parts)


@lru_cache(maxsize=8192)
def _split(class_names: str) -> frozenset[str]:
    return frozenset(class_names.split())
