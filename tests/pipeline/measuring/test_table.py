"""An evaluation for eyes."""

from __future__ import annotations

from io import StringIO

import pytest
from rich.console import Console

from pipeline.measuring.evaluation import Options, evaluate
from pipeline.measuring.scales import scale_of
from pipeline.measuring.table import show
from tests.pipeline.measuring.judged import FOUND, ITEMS, SPAM


def shown(tag: str, width: int = 120) -> str:
    pairs = SPAM if tag == "spam" else list(zip(ITEMS, FOUND, strict=True))
    paper = StringIO()
    show(evaluate(tag, scale_of(tag), [one for one, _ in pairs], [found for _, found in pairs], Options(resamples=20)), Console(file=paper, width=width, markup=False, highlight=False))
    return paper.getvalue()


def test_what_was_left_out_and_what_counts_as_zero_is_said() -> None:
    assert shown("spam").startswith("spam: 6 labelled items of 2 blogs, 1 not judged, counted as score 0, 1 borderline; 1 more without a label\n")


def test_one_is_not_many() -> None:
    paper = StringIO()
    item, found = SPAM[0]
    show(evaluate("spam", scale_of("spam"), [item], [found], Options(resamples=20)), Console(file=paper, width=120, markup=False, highlight=False))
    assert "1 labelled item of 1 blog" in paper.getvalue() and "1 blogs" not in paper.getvalue()


@pytest.mark.parametrize("words", ["AUC", "quadratic kappa", "level 1 as a yes", "pingbacks only", "link drop", "found null", "label 2, found level 0 (score 0.200)  comment of a, i2", "“buy” cry +1.5, [ware_host +1.3]"])
def test_the_parts_are_shown(words: str) -> None:
    assert words in shown("spam")


def test_other_tags_are_shown_without_spam() -> None:
    assert "without spam" in shown("self_promotion")
    assert "known: spam label alone" in shown("self_promotion")


@pytest.mark.parametrize("width", [60, 80, 120])
def test_no_line_is_wider_than_the_terminal_and_no_heading_is_cut(width: int) -> None:
    lines = shown("self_promotion", width).splitlines()
    assert max(map(len, lines)) <= width
    if width >= 80:
        assert not any("…" in line for line in lines if line.startswith(("part", "measure", "labelled")))


def test_nothing_is_printed_of_what_is_not_there() -> None:
    paper = StringIO()
    show(evaluate("spam", scale_of("spam"), [], [], Options()), Console(file=paper, width=80))
    assert "Furthest" not in paper.getvalue()
    assert "0 labelled items of 0 blogs" in paper.getvalue()
