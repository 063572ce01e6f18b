"""How a page tells Disqus' script which thread it wants: the forum, and the identifier and address of the post."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from crawlers import answers
from crawlers.html import text_of
from schema.items import Page

_PLACE = re.compile(r"id=\\?[\"']?disqus_thread\b")
_COMMENTED_OUT = re.compile(r"/\*(?:(?!\*/|</script).){0,5000}\*/", re.S)
_COMMENT_LINE = re.compile(r"^\s*//.*$", re.M)
_STRING = r"\s*[=:]\s*([\"'])((?:\\.|(?!\1)[^\\\n<])*)\1"
_FORUMS = (
    re.compile(r"[\"']?\bdisqus_?shortname[\"']?" + _STRING, re.I),
    re.compile(r"()(?:https?:|[\"'])?//([a-z0-9-]+)\.disqus\.com/embed\.js", re.I),
)
_IDENTIFIERS = (re.compile(r"[\"']?\bdisqus_?identifier[\"']?" + _STRING, re.I), re.compile(r"\bpage\.identifier" + _STRING))
_ADDRESSES = (re.compile(r"[\"']?\bdisqus_?url[\"']?" + _STRING, re.I), re.compile(r"\bpage\.url" + _STRING))
_FORUM = re.compile(r"[A-Za-z0-9_-]{1,80}")


@dataclass(frozen=True, slots=True)
class Thread:
    """A thread as the page names it; identifier and address are "" where they are worked out by a script."""

    forum: str
    identifier: str
    url: str


@lru_cache(maxsize=4)
def thread(page: Page) -> Thread | None:
    """The thread that the page shows; None where it shows none, or only numbers of comments."""
    text = text_of(page)
    if not _PLACE.search(text):
        return None
    text = _COMMENT_LINE.sub("", _COMMENTED_OUT.sub("", text))
    forum = _first(_FORUMS, text)
    if not _FORUM.fullmatch(forum):
        return None
    url = _first(_ADDRESSES, text)
    return Thread(forum, _first(_IDENTIFIERS, text), url if url.startswith(("http://", "https://")) else "")


def _first(patterns: tuple[re.Pattern[str], ...], text: str) -> str:
    return next((_unescaped(found[2]) for pattern in patterns if (found := pattern.search(text))), "")


def _unescaped(literal: str) -> str:
    """A string of a script without its escapes: they are those of JSON, and quotes."""
    plain = literal.replace("\\'", "'").replace('\\"', '"').replace('"', '\\"')
    return answers.text(answers.loaded(f'"{plain}"')).strip()
