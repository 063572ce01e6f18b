"""Bytes to a tree of elements: the one place that decodes, for live and archived pages alike."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from lxml import etree, html

from crawlers.decoding import decoded, is_plain_utf8
from crawlers.memory import give_back
from crawlers.taming import flattened, shortened, without_overgrown_tags
from schema.items import Page

# Nobody asks for elements by the parser's own table of ids, which takes a tenth of the parsing to keep.
_PARSER = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False, huge_tree=True)
# One class for all elements: lxml.html's own lookup asks Python for each element that is visited.
_PARSER.set_element_class_lookup(etree.ElementDefaultClassLookup(element=html.HtmlElement))
# One page alone: a tree takes many times the room of its page, and to free it while it is warm takes half as long as later.
_KNOWN: deque[tuple[Page | None, dict[object, Any]]] = deque([(None, {})], maxlen=1)    # Any: answers of many types
_LARGE = 1024 * 1024    # bytes of a page whose room is given back to the machine
_LASTING = (__name__, "crawlers.head", "crawlers.signs")
_Answer = TypeVar("_Answer")


def once(question: Callable[[Page], _Answer]) -> Callable[[Page], _Answer]:
    """Asks the question once for the page in use. All answers about a page are forgotten together: elements of two trees never meet."""
    @wraps(question)
    def remembered(page: Page) -> _Answer:
        latest, known = _KNOWN[0]
        if latest is not page:      # to compare pages by value would take longer than some questions
            known = {}
            _KNOWN.append((page, known))
        elif question in known:
            return known[question]  # type: ignore[no-any-return]   # what this very question was answered
        return known.setdefault(question, question(page))  # type: ignore[no-any-return]
    return remembered


def let_go(page: Page) -> None:
    """Forget what readers asked of the page, when they are done: later only its head is asked. Thousands of elements that are held take the garbage collector its time.

    The tree of a large page goes, too; should somebody ask for it once more, it is made once more.
    """
    latest, known = _KNOWN[0]
    if latest is not page:
        return
    is_large = len(page.body) > _LARGE
    for question in [one for one in known if getattr(one, "__module__", "") not in _LASTING or (is_large and one in _LARGE_ANSWERS)]:
        del known[question]
    if is_large:
        give_back()


@once
def text_of(page: Page) -> str:
    """The page decoded as a browser would: byte order mark, HTTP header, meta tag, then a guess."""
    return decoded(page).replace("\x00", "")


@once
def tree(page: Page) -> html.HtmlElement:
    """The root element. The tree is shared by all who ask: read it, never change it. Any bytes give a tree."""
    text = page.body if is_plain_utf8(page) else text_of(page).encode("utf-8", "replace")
    text = without_overgrown_tags(shortened(text))
    root = _parsed(text)
    if _is_too_deep():
        root = _parsed(flattened(text))
    return root if root is not None else html.Element("html")


def _parsed(text: bytes) -> html.HtmlElement | None:
    try:
        return etree.fromstring(text, _PARSER) if text and not text.isspace() else None
    except etree.ParserError:
        return None


def _is_too_deep() -> bool:
    """Whether the parser has just left out the rest of a page."""
    last = _PARSER.error_log.last_error
    return last is not None and last.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT


_LARGE_ANSWERS = (text_of.__wrapped__, tree.__wrapped__)     # type: ignore[attr-defined]   # set by `wraps`
