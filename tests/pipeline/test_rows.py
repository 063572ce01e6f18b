"""Items as rows."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.rows import content_hash, link_rows, marks_json, stamp_for, storable
from schema.items import Comment, Mark, Post, TextLink


@pytest.mark.parametrize(
    ("given_text", "stored"),
    [
        ("plain", "plain"),
        ("a\x00b", "ab"),
        ("naïve \U0001f600", "naïve \U0001f600"),
        ("half \ud83d of a pair", "half \ufffd of a pair"),
        ("both \ud83d\ude00 halves", "both \U0001f600 halves"),
    ],
)
def test_text_is_made_fit_for_both_databases(given_text: str, stored: str) -> None:
    assert storable(given_text) == stored


@given(st.text(st.characters(codec=None)))
def test_any_text_becomes_storable_and_stays_so(text: str) -> None:
    once = storable(text)
    assert "\x00" not in once
    assert once.encode().decode() == storable(once) == once


def test_moments_are_text_for_sqlite_and_themselves_for_postgresql() -> None:
    moment = datetime(2009, 10, 14, 8, 5, 0, 123456, tzinfo=UTC)
    assert stamp_for("sqlite")(moment) == "2009-10-14T08:05:00.123Z"
    assert stamp_for("postgresql")(moment) == moment.replace(microsecond=123000)
    assert stamp_for("sqlite")(None) is stamp_for("postgresql")(None) is None


def test_the_hash_sees_words_and_author_but_not_the_theme() -> None:
    post = Post(url="http://a.example/1", platform="x", title="T", text="words", html="<p>words</p>")
    same = Post(url="http://a.example/1", platform="x", title="T", text="words", html="<div>words</div>")
    other = Post(url="http://a.example/1", platform="x", title="T", text="other words")
    assert content_hash(post) == content_hash(same) != content_hash(other)


def test_a_removal_changes_the_hash_of_a_comment() -> None:
    assert content_hash(Comment("1", "x")) != content_hash(Comment("1", "x", removed_how="author"))


def test_marks_and_links_become_rows() -> None:
    assert json.loads(marks_json([Mark(0, 4, "quote")])) == [{"start": 0, "end": 4, "kind": "quote"}]
    rows = link_rows("k", [TextLink("http://a.example/", "here", 3, 7), TextLink("http://b.example/", "there", 8, 13)])
    assert [(row["number"], row["anchor"]) for row in rows] == [(1, "here"), (2, "there")]
