from __future__ import annotations

import pytest

from crawlers.sourcelist_entry import FIELDS, Row
from pipeline.enrolling import Entry
from schema.errors import UsageError

URL = "https://till.example/"


def test_what_the_list_says_counts_and_nothing_else() -> None:
    entry = Row(3, {"url": URL, "max_posts": "20", "stratum": " shops "}).entry()
    assert entry == Entry(URL, frozenset(("max_posts", "stratum")), max_posts=20, stratum="shops")


CELLS = [
    ("max_posts", "", None), ("max_posts", 20, 20), ("max_posts", "20.0", 20), ("max_minutes", "1.5", 1.5), ("delay", "0", 0.0),
    ("schedule", "", "daily"), ("is_active", "FALSE", False), ("is_active", True, True), ("is_active", "", True), ("why", "", ""),
]


@pytest.mark.parametrize(("name", "cell", "value"), CELLS)
def test_cells_and_values_are_read(name: str, cell: object, value: object) -> None:
    entry = Row(1, {"url": URL, name: cell}).entry()
    assert getattr(entry, name) == value
    assert entry.said == {name}


WRONG = [
    ("max_posts", "many", "a number, not 'many'"), ("max_posts", "1.5", "a whole number"), ("max_posts", True, "a number"), ("delay", "nan", "a number"),
    ("max_minutes", "inf", "a number"), ("is_active", "perhaps", "true or false"), ("why", 7, "words in quotes"), ("url", 7, "words in quotes"), ("url", " ", "no address"),
]


@pytest.mark.parametrize(("name", "cell", "reason"), WRONG)
def test_what_cannot_be_meant_is_refused(name: str, cell: object, reason: str) -> None:
    with pytest.raises(UsageError, match=reason):
        Row(1, {"url": URL, name: cell}).entry()


def test_the_feed_is_taken_where_there_is_no_blog_or_where_feeds_are_wanted() -> None:
    feed = "https://till.example/feed"
    assert Row(1, {"url": URL}, feed).entry().url == URL
    assert Row(1, {"url": URL}, feed).entry(feeds=True).url == feed
    assert Row(1, {}, feed).entry().url == feed


def test_every_field_of_an_entry_can_be_listed() -> None:
    assert set(FIELDS) == {name for name in Entry.__dataclass_fields__ if name not in ("said", "suggested_name", "found_in")}
