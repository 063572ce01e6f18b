"""Words as they were typed, printed the way the platforms print them: line breaks, paragraphs, escapes and dates."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html import escape

_BLOCK = re.compile(r"</?(?:p|ul|ol|li|h[1-6]|blockquote|pre|div)\b")
_TYPOGRAPHY = str.maketrans({"’": "&#8217;", "‘": "&#8216;", "“": "&#8220;", "”": "&#8221;", "–": "&#8211;", "…": "&#8230;", "»": "&#187;"})


def plain(text: str) -> str:
    """A name or title, safe inside HTML, as Blogger writes it."""
    return escape(text).replace("&#x27;", "&#39;")


def typeset(text: str) -> str:
    """Typographic signs as the numeric entities that WordPress prints."""
    return text.translate(_TYPOGRAPHY)


def label(text: str) -> str:
    """A name or title as WordPress prints it: safe inside HTML and XML, and typeset."""
    return typeset(plain(text))


def breaks(text: str) -> str:
    """Blogger: a new line is a `<br />`."""
    return text.replace("\n", "<br />")


def paragraphs(text: str) -> str:
    """WordPress' wpautop, as far as the sample needs it: blank lines begin a paragraph, blocks are left alone."""
    return typeset("\n".join(map(_paragraph, re.split(r"\n{2,}", text))))


def _paragraph(block: str) -> str:
    if block.startswith("<blockquote>") and "<p>" not in block:
        return block.replace("<blockquote>", "<blockquote><p>").replace("</blockquote>", "</p></blockquote>")
    return block if _BLOCK.match(block) else f"<p>{block.replace(chr(10), '<br />' + chr(10))}</p>"


def long_day(time: datetime) -> str:
    """Tuesday, October 20, 2009."""
    return f"{time:%A}, {day(time)}"


def day(time: datetime) -> str:
    """October 20, 2009."""
    return f"{time:%B} {time.day}, {time.year}"


def clock(time: datetime) -> str:
    """9:12 AM."""
    return f"{time.hour % 12 or 12}:{time:%M} {'AM' if time.hour < 12 else 'PM'}"


def milliseconds(time: datetime) -> int:
    """Since the epoch, exactly: Blogger's comment permalinks carry them."""
    return round(time.timestamp() * 1000)


def stamp(time: datetime) -> str:
    """2009-10-20T09:12:40.115+01:00, as Blogger's feeds write it."""
    return time.isoformat(timespec="milliseconds")


def feed_day(time: datetime) -> str:
    """Tue, 20 Oct 2009 08:12:40 +0000, as WordPress' feeds write it."""
    return f"{time.astimezone(UTC):%a, %d %b %Y %H:%M:%S} +0000"
