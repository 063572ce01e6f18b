"""How far the taggers agree with labelled comments and posts of blogs they have not learned from: never less than the floors, which only rise."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench.tagging.held import floors
from bench.tagging.material import material
from bench.tagging.tables import shortly
from bench.tags import written

FLOORS = {name: floor for name, floor in json.loads((Path(__file__).parents[2] / "gold" / "floors.json").read_text()).items() if name.startswith("tags.")}


@pytest.fixture(scope="module")
def figures(shared: Path) -> dict[str, float]:
    return floors(material(shared / "labels"))


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
    for name in ("spam", "self_promotion", "conversational", "readings", "seeds", "variants"):
        assert "|---" in page.partition(f"<!-- {name} -->")[2].partition(f"<!-- /{name} -->")[0], "run: python -m bench.tags --write"


def test_a_figure_that_is_not_defined_is_a_dash() -> None:
    assert (shortly(None), shortly(0.5)) == ("–", "0.500")
