"""The nouns are plain values: frozen, without surprises, and of the standard library alone."""

from __future__ import annotations

import ast
import dataclasses
import pickle
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, get_args

import pytest

from schema import items, tables
from schema.items import Comment, Finding, Link, Mark, Page, Post, Skipped, Span, Tag, TextLink, Thread

NOUNS = (Page, Link, TextLink, Mark, Post, Comment, Skipped, Thread, Span, Finding, Tag)
NOW = datetime(2009, 10, 14, 8, 5, tzinfo=UTC)
EXAMPLES: list[Any] = [     # Any: one of each
    Page("https://blog.example/", b"<html>", NOW, (("content-type", "text/html"), ("link", "a"), ("link", "b"))),
    Link("https://blog.example/feed", "feed"),
    Post("https://blog.example/a", "blogger", marks=(Mark(0, 4, "quote"),), links=(TextLink("https://a.example/", "word", 0, 4),)),
    Comment("#1", "blogger"),
    Thread(Post("https://blog.example/a", "blogger"), (Comment("#1", "blogger"),)),
    Tag("c1", "spam", 1, 1, Finding(0.9, 2, (Span(0, 4, "offer"),), subtype="link"), NOW),
]


@pytest.mark.parametrize("noun", NOUNS)
def test_nouns_are_frozen_and_take_no_further_fields(noun: type) -> None:
    assert dataclasses.is_dataclass(noun)
    assert noun.__dataclass_params__.frozen     # type: ignore[attr-defined]  # not in typeshed
    assert hasattr(noun, "__slots__")


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: type(example).__name__)
def test_values_travel_between_processes(example: Any) -> None:
    assert pickle.loads(pickle.dumps(example)) == example


def test_headers_are_found_by_lower_case_name_the_first_one_first() -> None:
    page = EXAMPLES[0]
    assert [page.header(name) for name in ("content-type", "link", "etag")] == ["text/html", "a", ""]


def test_an_unknown_is_none_or_empty_never_a_guess() -> None:
    post = Post("https://blog.example/a", "blogger")
    assert (post.published, post.comments_reported, post.comments_closed, post.title) == (None, None, None, "")
    comment = Comment("#1", "blogger")
    assert (comment.reply_to, comment.depth, comment.by_post_author, comment.published) == (None, None, None, None)


@pytest.mark.parametrize(("noun", "table", "elsewhere"), [
    (Post, tables.post, {"links", "fetched_at"}),
    (Comment, tables.comment, {"links", "fetched_at", "parent_ref"}),
])
def test_what_an_item_knows_has_a_column(noun: type, table: Any, elsewhere: set[str]) -> None:
    fields = {field.name for field in dataclasses.fields(noun)}
    assert fields - elsewhere <= set(table.columns.keys())


def test_kinds_are_the_known_ones() -> None:
    assert get_args(items.Kind) == ("comment", "pingback", "trackback")
    assert get_args(items.Threading) == ("nested", "flat", "unknown")
    assert get_args(items.Completeness) == ("complete", "partial", "none", "unknown")
    assert get_args(items.ReplyHow) == ("markup", "feed", "api")
    assert get_args(items.PublishedHow) == ("offset", "epoch", "feed", "api", "zone", "local", "date", "relative")
    assert get_args(items.RemovedHow) == ("author", "moderator", "vanished", "page_gone", "unknown")


def test_items_need_the_standard_library_only() -> None:
    assert items.__file__
    source = Path(items.__file__).read_text(encoding="utf-8")
    imports = [node.module for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ImportFrom)]
    assert imports and all(module and module.partition(".")[0] in sys.stdlib_module_names for module in imports)
