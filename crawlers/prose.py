"""Where the text of an article stands on a page whose theme does not say: the element that holds most paragraphs."""

from __future__ import annotations

from collections import defaultdict

from lxml.html import HtmlElement

from crawlers.markup import classes, text_of

_APART_TAGS = frozenset(("nav", "aside", "footer", "form", "blockquote", "li"))
_APART_NAMES = ("comment", "sidebar", "teaser")     # what a class name begins with
_SHORTEST = 140     # characters: less is a footer or a teaser


def most_paragraphs(root: HtmlElement) -> HtmlElement | None:
    """The element whose own paragraphs are longest taken together; None for a page without prose."""
    weights: dict[HtmlElement, int] = defaultdict(int)
    known: dict[HtmlElement, bool] = {}
    for paragraph in root.iter("p"):
        holder = paragraph.getparent()
        if holder is not None and not _is_in_part_apart(holder, known):
            weights[holder] += len(text_of(paragraph))
    holder = max(weights, key=lambda one: weights[one], default=None)
    return holder if holder is not None and weights[holder] >= _SHORTEST else None


def _is_in_part_apart(holder: HtmlElement, known: dict[HtmlElement, bool]) -> bool:
    """Whether the element, or one around it, is no part of the article; what is known of those around is not asked again."""
    line: list[HtmlElement] = []
    one: HtmlElement | None = holder
    while one is not None and one not in known:
        line.append(one)
        one = one.getparent()
    is_apart = known[one] if one is not None else False
    for element in reversed(line):
        known[element] = is_apart = is_apart or _is_apart(element)
    return is_apart


def _is_apart(element: HtmlElement) -> bool:
    if element.tag in _APART_TAGS:
        return True
    if element.tag == "body":       # themes say there what the page is
        return False
    return element.get("id") == "comments" or any(name.startswith(_APART_NAMES) for name in classes(element))
