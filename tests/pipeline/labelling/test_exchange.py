"""What goes out to annotation tools comes back as it was, and what did not come from us is told."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from pipeline.labelling.exchange import doccano, interface, is_of_a_tool, label_studio, read, without_contradictions
from pipeline.labelling.stored import Given
from schema.errors import UserError

TOPS = {"spam": 2, "self_promotion": 3, "conversational": 3}
TASKS = [{"key": "c1", "text": "Hello"}, {"key": "c2", "text": "Chairs!"}]
GIVEN = [Given("c1", "conversational", "ada", 3), Given("c2", "self_promotion", "ada", 2), Given("c2", "spam", "ada", 2)]
# As Label Studio 1.x exports it (JSON), shortened.
EXPORTED = [{
    "id": 7, "data": {"key": "c2", "text": "Chairs!"}, "meta": {}, "annotations": [
        {"id": 3, "completed_by": 12, "was_cancelled": False, "result": [
            {"value": {"choices": ["2"]}, "id": "k", "from_name": "spam", "to_name": "text", "type": "choices", "origin": "manual"},
            {"value": {"text": ["a note"]}, "from_name": "note", "to_name": "text", "type": "textarea"},
        ]},
        {"id": 4, "completed_by": {"email": "bert@lab.example"}, "was_cancelled": True, "result": []},
        {"id": 5, "completed_by": {"email": "bert@lab.example"}, "result": [{"value": {"choices": ["1"]}, "from_name": "spam", "type": "choices"}]},
    ],
}]


def written(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "labels.json"
    file.write_text(text, encoding="utf-8")
    return file


def test_label_studio_there_and_back(tmp_path: Path) -> None:
    file = written(tmp_path, label_studio(TASKS, GIVEN))
    assert is_of_a_tool(file)
    assert {*read(file, "nobody", TOPS)} == {*GIVEN}


def test_doccano_there_and_back(tmp_path: Path) -> None:
    file = written(tmp_path, doccano(TASKS, GIVEN))
    assert is_of_a_tool(file)
    assert {*read(file, "ada", TOPS)} == {*GIVEN}


def test_two_levels_of_one_annotator_for_one_tag_are_none(tmp_path: Path) -> None:
    differing = [*GIVEN, Given("c2", "spam", "bert", 0), Given("c1", "conversational", "bert", 3)]
    clear, contradictory = without_contradictions(read(written(tmp_path, doccano(TASKS, differing)), "dc", TOPS))
    assert clear == [Given("c1", "conversational", "dc", 3), Given("c2", "self_promotion", "dc", 2)]
    assert contradictory == {"c2"}


def test_an_export_of_label_studio_names_its_annotators(tmp_path: Path) -> None:
    found = read(written(tmp_path, json.dumps(EXPORTED)), "nobody", TOPS)
    assert found == [Given("c2", "spam", "user 12", 2), Given("c2", "spam", "bert@lab.example", 1)]


@pytest.mark.parametrize("row", [
    {"id": 1, "text": "x", "label": ["spam: 1"], "key": "c1"}, {"id": 1, "data": "x", "label": ["spam=1"], "meta": {"key": "c1"}},
    {"key": "c1", "label_spam": 1, "label_probability": 1, "label_sample": "first", "label_conversational": None, "label_turned": 2},
])
def test_lines_of_several_makers(tmp_path: Path, row: dict[str, object]) -> None:
    assert read(written(tmp_path, json.dumps(row) + "\n"), "ada", TOPS) == [Given("c1", "spam", "ada", 1)]


@pytest.mark.parametrize(("text", "words"), [
    ("no json", "neither a JSON list"), ('[1]', "no JSON object"), ('{"label": ["spam: 1"]}', "no 'key'"), ('{"key": "c1", "label": ["good"]}', "not written as"),
    ('{"key": "c1", "label": ["rudeness: 1"]}', "no tagger"), ('{"key": "c1", "label_spam": 3}', "a level from 0 to 2 or null, and is 3"),
    ('{"key": "c1", "label": ["spam: 3"]}', "the highest is 2"), ('{"key": "c1", "label_spam": "x"}', "'label_spam' must be a whole number or null, and is 'x'"),
    ('{"key": "c1", "label_spam": -1}', "a level from 0 to 2"), ('{"key": "c1", "label_spam": true}', "whole number"),
])
def test_what_is_wrong_is_told(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(UserError, match=words):
        read(written(tmp_path, text), "ada", TOPS)


def test_the_interface_is_xml_with_a_choice_for_each_level() -> None:
    root = ElementTree.fromstring(interface(TOPS))
    assert {choices.get("name"): [one.get("value") for one in choices] for choices in root.iter("Choices")}["spam"] == ["0", "1", "2"]
