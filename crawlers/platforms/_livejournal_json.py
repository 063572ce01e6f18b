"""The comments of an entry as LiveJournal's own pages carry them for their script: `Site.page = {"comments": [...]}`.

Each has `dtalkid` (its number), `parent`, `level` from 1, `uname`, `dname`, `article` (HTML), `ctime`, `ctime_ts` (the epoch), `thread_url`,
`deleted`, and `loaded`: 0 or null where the text must be asked for on the page of the thread.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from crawlers import printed
from crawlers.html import once, text_of
from schema.items import Comment, Page, Post

_STATE = re.compile(r"\bSite\.page\s*=\s*(?=\{)")
_Fields = dict[str, object]


@once
def state(page: Page) -> _Fields | None:
    """What the page tells its script, or None."""
    if b"Site.page" not in page.body:
        return None
    text = text_of(page)
    for start in _STATE.finditer(text):
        try:
            said, _end = json.JSONDecoder(strict=False).raw_decode(text, start.end())
        except (ValueError, RecursionError):
            continue
        if isinstance(said, dict) and ("comments" in said or "replycount" in said):
            return said
    return None


def has_more(page: Page, shown: int) -> bool:
    """Whether the JSON has comments, as many as the HTML shows or more."""
    return len(_comments(page)) >= max(shown, 1)


def reported(page: Page) -> int | None:
    """How many comments there are, on all pages."""
    said = state(page) or {}
    count = said.get("replycount")
    return count if isinstance(count, int) and not isinstance(count, bool) and count >= 0 else None


def comments(page: Page, post: Post, number: int) -> Iterator[Comment]:
    """The comments that came with their texts, and the tombstones."""
    place = 0
    for said in _comments(page):
        if not _is_loaded(said) and not said.get("deleted"):
            continue
        place += 1
        ref, parent, level = str(said["dtalkid"]), _number(said.get("parent")), said.get("level")
        parent = parent if parent != ref else None
        author = _text(said.get("dname")) or _text(said.get("uname"))
        when, how = printed.epoch(said.get("ctime_ts"))
        yield Comment(
            ref, "livejournal", rule="Site.page", parent_ref=parent, reply_to_how="markup" if parent else None, page=number, place=place,
            depth=level - 1 if isinstance(level, int) and 0 < level < 10_000 else None, url=_text(said.get("thread_url")) or f"{post.url}?thread={ref}#t{ref}", author=author,
            author_url=_text(said.get("commenter_journal_base")), by_post_author=_text(said.get("uname")) == _text(said.get("poster")) if said.get("poster") and said.get("uname") else None,
            published=when, published_how=how, published_raw=_text(said.get("ctime")), html="" if said.get("deleted") else _text(said.get("article")), language=post.language,
            removed_how="unknown" if said.get("deleted") else None,
        )


def folded(page: Page) -> Iterator[str]:
    """The addresses of threads whose texts did not come along."""
    for said in _comments(page):
        url = _text(said.get("thread_url")).partition("#")[0]
        if not _is_loaded(said) and not said.get("deleted") and url.startswith(("http://", "https://")):
            yield url


@once
def _comments(page: Page) -> list[_Fields]:
    said = state(page) or {}
    listed = said.get("comments")
    numbered = [(_number(one.get("dtalkid")), one) for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    return list({number: one for number, one in reversed(numbered) if number}.values())[::-1]


def _is_loaded(said: _Fields) -> bool:
    """Older pages do not say; a comment with its text is there."""
    return bool(said.get("loaded", 1)) and isinstance(said.get("article"), str)


def _number(value: object) -> str | None:
    text = str(value)
    return text if text.isascii() and text.isdecimal() and len(text) < 16 and int(text) else None


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
