"""Why a tag was given, in one line."""

from __future__ import annotations

from typing import Any

import pytest
from rich.cells import cell_len

from pipeline.evidence import shortly, tag_lines
from pipeline.query import Record

TEXT = "Wonderful post! Cheap garden chairs, the lowest price, in our shop today."


def _tag(tagger: str, level: int | None, score: float | None = 0.9, spans: tuple[tuple[int, int, float], ...] = (), **more: Any) -> dict[str, Any]:  # Any: a row
    return {
        "tagger": tagger, "level": level, "score": score, "subtype": None, "context": {},
        "spans": [{"start": start, "end": end, "rule": "r", "weight": weight} for start, end, weight in spans],
    } | more


def _lines(*tags: dict[str, Any], width: int = 100) -> list[str]:
    return [line.plain for line in tag_lines(Record("comments", {"text": TEXT}, (), (), tags), width)]


def test_a_tag_quotes_the_words_that_earned_it_heaviest_first() -> None:
    spam = _tag("spam", 2, 0.97, ((0, 15, 0.5), (16, 35, 2.0)))
    assert _lines(spam) == ["→ spam 2 (score 0.97) “Cheap garden chairs” “Wonderful post!”"]


def test_the_same_words_are_quoted_once_and_at_most_four() -> None:
    spans = ((16, 21, 2.0), (16, 21, 1.0), (22, 28, 1.0), (29, 35, 1.0), (41, 47, 1.0), (48, 53, 1.0))
    assert _lines(_tag("spam", 2, spans=spans)) == ["→ spam 2 (score 0.90) “Cheap” “garden” “chairs” “lowest”"]


def test_long_words_are_cut() -> None:
    assert _lines(_tag("spam", 2, spans=((0, 73, 1.0),)))[0].endswith("today…”") is False
    assert "…”" in _lines(_tag("spam", 2, spans=((0, 73, 1.0),)))[0]


def test_levels_of_zero_and_no_verdict_are_not_shown() -> None:
    assert _lines(_tag("spam", 0), _tag("self_promotion", None)) == []


def test_spam_comes_first_and_the_tone_last() -> None:
    lines = _lines(_tag("conversational", 1), _tag("self_promotion", 2), _tag("spam", 1), _tag("another", 1))
    assert [line.split()[1] for line in lines] == ["spam", "self-promotion", "another", "conversational"]


def test_without_words_the_signals_of_the_context_are_named() -> None:
    context = {"signals": {"ware_host": 1.3, "keyword_name": 2.4, "by_post_author": -3.0}, "missing": ["author_url"], "read_characters": 20_000}
    assert _lines(_tag("spam", 1, 0.5, context=context)) == ["→ spam 1 (score 0.50) [keyword name] [ware host]"]
    both = _tag("spam", 1, 0.5, ((16, 35, 2.0),), context=context)
    assert _lines(both) == ["→ spam 1 (score 0.50) “Cheap garden chairs” [keyword name] [ware host]"]


def test_words_that_spoke_against_the_tag_are_not_its_reasons() -> None:
    assert _lines(_tag("spam", 2, spans=((0, 15, -0.7), (16, 35, 2.0)))) == ["→ spam 2 (score 0.90) “Cheap garden chairs”"]


def test_of_places_that_overlap_the_heaviest_is_quoted() -> None:
    assert _lines(_tag("spam", 2, spans=((16, 21, 1.0), (16, 35, 2.0), (22, 28, 0.5)))) == ["→ spam 2 (score 0.90) “Cheap garden chairs”"]


@pytest.mark.parametrize("width", [20, 30, 50])
def test_a_reason_that_does_not_fit_gets_a_line_of_its_own(width: int) -> None:
    lines = _lines(_tag("spam", 2, subtype="product_copy", spans=((16, 35, 1.0),)), width=width)
    assert all(cell_len(line) <= width for line in lines)
    assert "“Cheap" in " ".join(lines)


@pytest.mark.parametrize(("score", "expected"), [(0.974, "0.97"), (1.0, "1.00"), (0.0, "0.00"), (None, "–")])
def test_scores_are_short(score: float | None, expected: str) -> None:
    assert shortly(score) == expected
