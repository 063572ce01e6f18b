"""Lines of labelled JSONL in both formats, and what is said of bad ones."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.labelled.lines import Line, lines
from schema.errors import UserError
from schema.items import TextLink

COMMENT = {
    "kind": "comment", "id": "c1", "blog": "shops.example", "post_title": "On prices", "post_excerpt": "Prices rise.", "author_name": "Ann", "author_url": None,
    "by_post_author": False, "position": 2, "prev_comment": {"author": "Bob", "text": "First!"}, "text": "See here, and here.",
    "links": [{"href": "https://a.example/", "anchor": "here"}, {"href": "https://b.example/", "anchor": "here"}, {"href": "https://c.example/", "anchor": "gone"}],
    "spam": 1, "self_promotion": 2, "conversational": 0, "spam_subtype": "link_drop", "sample": "random",
}
EXPORTED = {
    "key": "k1", "post_key": "p1", "source": "shops.example", "kind": "comment", "author": "Ann", "text": "See here.", "position": 1, "reply_to": "k0",
    "links": [{"url": "https://a.example/", "anchor": "here", "start": 4, "end": 8}], "marks": [{"start": 0, "end": 3, "kind": "quote"}],
    "spam": 0.91, "spam_level": 2, "label_spam": 0, "label_self_promotion": 3.0, "label_conversational": None, "schema_version": 1,
}


def read(folder: Path, *rows: dict[str, Any] | str) -> list[Line]:       # Any: JSON
    file = folder / "labels.jsonl"
    file.write_text("\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows) + "\n", encoding="utf-8")
    return list(lines(file))


def test_a_line_of_plain_labels(tmp_path: Path) -> None:
    line, = read(tmp_path, COMMENT)
    assert (line.id, line.blog, line.kind, line.title, line.post_text, line.author, line.author_url) == ("c1", "shops.example", "comment", "On prices", "Prices rise.", "Ann", None)
    assert (line.by_post_author, line.position, line.previous_author, line.previous_text) == (False, 2, "Bob", "First!")
    assert line.labels == {"spam": 1, "self_promotion": 2, "conversational": 0}
    assert (line.subtype, line.sample) == ("link_drop", "random")


def test_links_without_offsets_are_found_in_order_and_those_that_stand_nowhere_are_left_out(tmp_path: Path) -> None:
    line, = read(tmp_path, COMMENT)
    assert line.links == (TextLink("https://a.example/", "here", 4, 8), TextLink("https://b.example/", "here", 14, 18))


def test_in_an_export_only_the_added_columns_are_labels(tmp_path: Path) -> None:
    line, = read(tmp_path, EXPORTED)
    assert line.labels == {"spam": 0, "self_promotion": 3}
    assert (line.id, line.thread, line.reply_to) == ("k1", "p1", "k0")
    assert line.links == (TextLink("https://a.example/", "here", 4, 8),)
    assert [mark.kind for mark in line.marks] == ["quote"]


def test_an_export_without_added_columns_has_no_labels(tmp_path: Path) -> None:
    row = {name: value for name, value in EXPORTED.items() if not name.startswith("label_")}
    assert read(tmp_path, row)[0].labels == {}


def test_the_halves_of_tone_are_no_labels(tmp_path: Path) -> None:
    plain, exported, silent = read(tmp_path, COMMENT | {"turned": 2, "voiced": 0}, EXPORTED | {"label_turned": 1.0, "label_voiced": None}, COMMENT)
    assert (plain.halves, exported.halves, silent.halves) == ({"turned": 2, "voiced": 0}, {"turned": 1}, {})
    assert plain.labels == silent.labels
    with pytest.raises(UserError, match="'voiced' must be a level from 0 to 2"):
        read(tmp_path, COMMENT | {"voiced": 3})


def test_labels_of_own_taggers_are_kept(tmp_path: Path) -> None:
    assert read(tmp_path, {"text": "Yes.", "label_numbers_game": 4})[0].labels == {"numbers_game": 4}


@pytest.mark.parametrize(("row", "kind"), [
    ({"text": "a", "kind": "ping"}, "pingback"), ({"text": "a", "kind": "pingback"}, "pingback"), ({"text": "a", "kind": "trackback"}, "trackback"),
    ({"text": "a", "kind": "post"}, "post"), ({"text": "a"}, "comment"), ({"text": "a", "title": "A post"}, "post"), ({"text": "a", "title": "", "post_key": "p"}, "comment"),
])
def test_the_kind_is_what_the_line_says_or_shows(tmp_path: Path, row: dict[str, Any], kind: str) -> None:
    assert read(tmp_path, row)[0].kind == kind


def test_almost_nothing_is_required(tmp_path: Path) -> None:
    first, second = read(tmp_path, '{"text": "Only words."}', "", '{"text": null, "spam": NaN, "links": null, "prev_comment": null}')
    assert (first.id, first.blog, first.thread, first.labels, first.author, first.position) == ("1", "", "", {}, None, None)
    assert (second.id, second.text, second.labels) == ("3", "", {})


def test_names_and_titles_may_be_numbers(tmp_path: Path) -> None:
    line, = read(tmp_path, {"text": "a", "author_name": 42, "post_title": 2010, "id": 7})
    assert (line.author, line.title, line.id) == ("42", "2010", "7")


def test_text_of_segments_is_taken_from_the_file_beside(tmp_path: Path) -> None:
    (tmp_path / "seeds_segments.json").write_text(json.dumps([{"seed": "s", "kind": "comment", "index": 2, "text": "Hello."}]))
    bio = {"seed": "s", "kind": "comment", "index": 2, "unit": False}
    line, = read(tmp_path, {"seed": "s", "kind": "comment", "index": 2, "spam": 0, "reply_to": 1}, bio)
    assert (line.text, line.id, line.position, line.reply_to, line.labels) == ("Hello.", "s:comment:2", 2, None, {"spam": 0})


@pytest.mark.parametrize(("row", "said"), [
    ("{", "labels.jsonl:2 is not JSON"), ("[1]", "labels.jsonl:2 is not a JSON object"), ({"spam": 1}, "labels.jsonl:2 has no 'text'"),
    ({"text": "a", "spam": 3}, "labels.jsonl:2: 'spam' must be a level from 0 to 2 or null, and is 3"), ({"text": "a", "spam": "borderline"}, "'spam' must be a whole number or null"),
    ({"text": "a", "conversational": 1.5}, "'conversational' must be a whole number"), ({"text": "a", "spam": True}, "'spam' must be a whole number"),
    ({"text": "a", "spam": float("inf")}, "'spam' must be a whole number"), ({"text": 5}, "'text' must be a text, and is 5"), ({"text": "a", "author_name": ["b"]}, "'author_name' must be a text"), ({"text": "a", "kind": "song"}, "the kind 'song' is not known"), ({"text": "a", "kind": [1]}, "the kind [1] is not known"),
    ({"text": "a", "links": "x"}, "'links' must be a list"), ({"text": "a", "by_post_author": "no"}, "'by_post_author' must be true, false or null"),
    ({"text": "a", "label_probability": 0}, "'label_probability' must be above 0"), ({"seed": "s", "kind": "post", "index": 0}, "put it beside the labels"),
])
def test_a_bad_line_is_named_with_its_file_and_number(tmp_path: Path, row: dict[str, Any] | str, said: str) -> None:
    with pytest.raises(UserError) as error:
        read(tmp_path, {"text": "fine"}, row)
    assert said in str(error.value)
    assert "labels.jsonl:2" in str(error.value)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"missing\.jsonl cannot be read"):
        list(lines(tmp_path / "missing.jsonl"))
    (tmp_path / "latin.jsonl").write_bytes(b'{"text": "caf\xe9"}')
    with pytest.raises(UserError, match=r"latin\.jsonl is not UTF-8"):
        list(lines(tmp_path / "latin.jsonl"))
