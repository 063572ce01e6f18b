"""How far the taggers agree with labelled comments and posts of blogs they have not learned from: never less than the floors, which only rise."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench.tagging.held import floors
from bench.tagging.tables import shortly
from bench.tags import TABLES, main, written

FLOORS = {name: floor for name, floor in json.loads((Path(__file__).parents[2] / "gold" / "floors.json").read_text()).items() if name.startswith("tags.")}


@pytest.fixture(scope="module")
def figures(shared: Path) -> dict[str, float]:
    return floors(shared / "labels")


def test_the_taggers_agree_with_the_labels_at_least_as_far_as_before(figures: dict[str, float]) -> None:
    assert FLOORS
    assert {name: figures[name] for name, floor in FLOORS.items() if figures[name] < floor} == {}


def test_every_figure_has_a_floor(figures: dict[str, float]) -> None:
    assert figures.keys() == FLOORS.keys()


def test_the_tables_are_put_between_the_marks_of_their_names_and_the_rest_stays() -> None:
    page = "# Page\n\n<!-- spam -->\nold\n<!-- /spam -->\nAfter.\n<!-- seeds -->\n<!-- /seeds -->\n"
    once = written(page, {"spam": "| new |", "seeds": "| s |"})
    assert once == "# Page\n\n<!-- spam -->\n\n| new |\n\n<!-- /spam -->\nAfter.\n<!-- seeds -->\n\n| s |\n\n<!-- /seeds -->\n"
    assert written(once, {"spam": "| new |"}) == once
    with pytest.raises(AssertionError, match="no place for tone"):
        written(page, {"tone": ""})


def test_the_page_has_a_place_for_every_table_and_none_is_empty() -> None:
    page = (Path(__file__).parents[3] / "docs" / "measured.md").read_text(encoding="utf-8")
    for name in TABLES:
        assert "|---" in page.partition(f"<!-- {name} -->")[2].partition(f"<!-- /{name} -->")[0], "run: python -m bench.tags --write"


def test_a_figure_that_is_not_defined_is_a_dash() -> None:
    assert (shortly(None), shortly(0.5)) == ("–", "0.500")


def test_without_labels_the_command_says_where_it_looked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path)]) == 0
    assert f"No labelled items at {tmp_path}" in capsys.readouterr().out


def test_one_table_can_be_made_alone(shared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(shared / "labels"), "--only", "seeds"]) == 0
    rows = {line.split(" | ")[0].strip("| "): line.split(" | ") for line in capsys.readouterr().out.splitlines() if " | " in line}
    assert rows["spam"][1:4] == ["14", "14", "14"]      # the one spam, the one borderline, and no other
    assert int(rows["conversational"][3]) >= 18         # of 19, within one level
