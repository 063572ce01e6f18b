"""What the tests of all platforms that serve comments as JSON have in common: pages from fixtures, and answers gone wrong."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from crawlers.reading import Reading
from crawlers.reading import read as read_page
from pipeline.clean import clean
from schema.items import Link, Page, Thread

FETCHED = datetime(2026, 1, 1, tzinfo=UTC)
PAGES = Path(__file__).parents[2] / "pages"
JSON = (("content-type", "application/json; charset=utf-8"),)
HTML = (("content-type", "text/html; charset=utf-8"),)


def fixture(name: str) -> bytes:
    return (PAGES / name).read_bytes()


def answer(url: str, body: bytes | str | object, about: str = "") -> Page:
    """An API's answer: bytes as they are, a value as JSON."""
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Page(url, raw, FETCHED, JSON, about=about)


def page(url: str, body: bytes, about: str = "") -> Page:
    return Page(url, body, FETCHED, HTML, about=about)


def read(page: Page) -> Reading:
    return read_page(page)


def cleaned(page: Page) -> Thread:
    (thread,) = read_page(page).threads
    result = clean(thread, page)
    assert result.thread is not None
    return result.thread


def comment_links(reading: Reading) -> list[Link]:
    return [link for link in reading.links if link.kind == "comments"]


def edges(thread: Thread) -> list[tuple[str, str | None]]:
    """(author, author of the parent) of each comment."""
    by_key = {comment.key: comment.author for comment in thread.comments}
    return [(comment.author, by_key.get(comment.reply_to) if comment.reply_to else None) for comment in thread.comments]


def mutations(name: str) -> st.SearchStrategy[bytes]:
    """The fixture with some values replaced by others of any kind, or cut, or with bytes changed."""
    whole = fixture(name)
    return st.one_of(
        st.binary(max_size=200),
        st.integers(0, len(whole)).map(lambda end: whole[:end]),
        st.tuples(st.integers(0, len(whole)), st.binary(max_size=4)).map(lambda change: whole[:change[0]] + change[1] + whole[change[0] + 1:]),
        _with_other_values(json.loads(whole)),
    )


@st.composite
def _with_other_values(draw: st.DrawFn, value: Any) -> bytes:     # Any: JSON
    return json.dumps(_changed(value, draw)).encode()


_ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(codec=None), max_size=6) | st.just("2024-13-45T99:99"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "comments", "replies", "children", "author", "name"]), inner, max_size=3),
    max_leaves=6,
)


def _changed(value: Any, draw: st.DrawFn) -> Any:      # Any: JSON
    """One place in the value, however deep, holds something else."""
    if isinstance(value, dict) and value and draw(st.integers(0, 5)):
        key = draw(st.sampled_from(sorted(value)))
        return {**value, key: _changed(value[key], draw)}
    if isinstance(value, list) and value and draw(st.integers(0, 5)):
        place = draw(st.integers(0, len(value) - 1))
        return [*value[:place], _changed(value[place], draw), *value[place + 1:]]
    return draw(_ANY)
