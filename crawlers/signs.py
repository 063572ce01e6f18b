"""What gives the maker of a page away, asked of its bytes: choosing a reader must not take longer than reading.

Everything is in lower case, so that plain `in` will do. A scan of a whole page takes about a thirtieth of its parsing, a
pattern that ignores case ten times that (2026): ask for the generator first, for the head next, for the whole page last.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from crawlers import xml
from crawlers.html import once
from schema.items import Page

_MAKERS = (
    b"blogger", b"wordpress", b"drupal", b"movable type", b"movabletype", b"typepad", b"livejournal", b"spip", b"serendipity", b"typecho", b"hexo", b"ghost",
    b"discourse", b"substack", b"joomla", b"typo3", b"plone", b"hugo", b"jekyll", b"squarespace", b"wix.com", b"textpattern", b"dotclear",
)
_PATHS = ((b"/wp-content/", b"wordpress"), (b"/wp-includes/", b"wordpress"), (b"https://api.w.org/", b"wordpress"))     # the last is a kind of link
_LONGEST_TAG = 300
_NEAR = 200
_HEAD = 64_000      # where nothing says that the head ends
_CONTENT = re.compile(rb"content=(?:\"([^\"]*)|'([^']*)'|([^\s>]*))")


@once
def lowered(page: Page) -> bytes:
    """The page's bytes in lower case (ASCII letters)."""
    return page.body.lower()


@once
def outermost(page: Page) -> str:
    """The name of the outermost element in lower case; "" for what is no markup."""
    return xml.outermost(page).lower()


@once
def head(page: Page) -> bytes:
    """The bytes before the body, in lower case."""
    end = page.body.find(b"<body")
    if end < 0:
        end = lowered(page).find(b"<body")
    return page.body[:end if end >= 0 else _HEAD].lower()


@once
def generator(page: Page) -> bytes:
    """What the generator tags of the page say, in lower case; b"" for none. Plugins add tags of their own."""
    return b"|".join(_generators(head(page)))


def made_by_another(page: Page, *own: bytes) -> bool:
    """Whether the page names its maker, and it is none of these."""
    named = makers(page)
    return bool(named) and not any(maker in own for maker in named)


@once
def makers(page: Page) -> tuple[bytes, ...]:
    """Who made the page, by its generator; where blogs hide that, by paths in the head that only one maker has."""
    stated = generator(page)
    named = tuple(maker for maker in _MAKERS if maker in stated)
    return named or tuple({maker for path, maker in _PATHS if path in head(page)})


def has(page: Page, *signs: bytes) -> bool:
    """Whether one of the signs (in lower case) stands anywhere in the page."""
    body = lowered(page)
    return any(sign in body for sign in signs)


def near(page: Page, *signs: tuple[bytes, re.Pattern[bytes]]) -> Iterator[bytes]:
    """What the patterns match around a plain text that every match contains: far quicker than to try them at each byte."""
    body = lowered(page)
    for text, pattern in signs:
        for at in _places(body, text):
            yield from (found[0] for found in pattern.finditer(body, max(at - _NEAR, 0), at + _NEAR))


def _places(body: bytes, text: bytes) -> Iterator[int]:
    at = body.find(text)
    while at >= 0:
        yield at
        at = body.find(text, at + len(text))


def _generators(start: bytes) -> list[bytes]:
    found, at = [], start.find(b"generator")
    while at >= 0:
        opened, closed = start.rfind(b"<", max(at - _LONGEST_TAG, 0), at), start.find(b">", at, at + _LONGEST_TAG)
        content = _CONTENT.search(start[opened:closed]) if opened >= 0 and start.startswith(b"<meta", opened) else None
        if content:
            found.append(content[1] or content[2] or content[3] or b"")
        at = start.find(b"generator", max(at + 9, closed))
    return found
