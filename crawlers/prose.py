"""Where the text of an article stands on a page whose theme does not say: the element that holds most paragraphs."""

from __future__ import annotations

from collections import defaultdict

from lxml.html import HtmlElement

from crawlers.markup import elements

_PARAGRAPHS = elements(
    "//p[not(ancestor::nav or ancestor::aside or ancestor::footer or ancestor::form or ancestor::blockquote or ancestor::li"
    " or ancestor::*[not(self::body)][@id='comments' or contains(concat(' ', @class), ' comment') or contains(concat(' ', @class), ' sidebar') or contains(concat(' ', @class), ' teaser')])]"
)
_SHORTEST = 140     # characters: less is a footer or a teaser


def most_paragraphs(root: HtmlElement) -> HtmlElement | None:
    """The element whose own paragraphs are longest taken together; None for a page without prose."""
    weights: dict[HtmlElement, int] = defaultdict(int)
    for paragraph in _PARAGRAPHS(root):
        if (holder := paragraph.getparent()) is not None:
            weights[holder] += sum(map(len, paragraph.itertext()))
    holder = max(weights, key=lambda one: weights[one], default=None)
    return holder if holder is not None and weights[holder] >= _SHORTEST else None
