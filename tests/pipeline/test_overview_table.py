"""The numbers as tables for eyes."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pytest
from rich.cells import cell_len
from rich.console import Console
from sqlalchemy import Engine

from pipeline.labelling.correcting import Corrected
from pipeline.overview import overview
from pipeline.overview_table import percent, show
from pipeline.reader import reading
from tests.pipeline.killed import a_killed_run


def _shown(url: str, width: int) -> list[str]:
    out = io.StringIO()
    with reading(url) as connection:
        show(overview(connection), Console(file=out, width=width, highlight=False, markup=False, soft_wrap=True))
    return [line.rstrip() for line in out.getvalue().splitlines()]


@pytest.mark.parametrize("width", [80, 120])
def test_the_tables_fit_and_say_what_there_is(width: int, corpus_url: str) -> None:
    lines = _shown(corpus_url, width)
    assert max(map(cell_len, lines)) <= width
    assert lines[0] == "4 posts · 7 comments · 1 ping · 7 authors · 2 blogs · 2009-10-14 to 2010-01-12"
    words = [line.split() for line in lines]
    assert ["2", "spam", "1", "33", "%", "–", *(["–"] if width > 80 else [])] in words
    assert not any("…" in line for line in lines)
    assert ["alpha.example", "feed", "limit", "1", "3"] in words
    assert any(line.startswith("last run  crawl") and line.endswith("partly") for line in lines)


def test_a_narrow_terminal_says_what_a_wide_one_shows(corpus_url: str) -> None:
    narrow, wide = (" ".join(_shown(corpus_url, width)) for width in (80, 120))
    assert "Terminals of 120 columns show more" in narrow
    assert "Terminals" not in wide
    assert "self-promotion  conversational" in wide
    assert "self-promo " not in wide and "conv. " not in wide


def test_what_is_not_judged_is_explained(corpus_url: str) -> None:
    assert "not judged: 1 without text" in " ".join(_shown(corpus_url, 120))


def test_a_wide_terminal_also_gets_the_shares_of_each_blog(corpus_url: str) -> None:
    cells = "alpha.example|3|7|1|1|–|1|7|33 %|100 %|50 %"
    assert cells in ["|".join(re.split(r"\s{2,}", line)) for line in _shown(corpus_url, 120)]


@pytest.mark.parametrize(("share", "words"), [(0, "0 %"), (.004, "0.4 %"), (.0994, "9.9 %"), (.0996, "10 %"), (.2222, "22 %"), (1, "100 %")])
def test_percentages_have_one_style(share: float, words: str) -> None:
    assert percent(share) == words


def test_a_corrected_share_says_of_what_it_is(corpus_url: str) -> None:
    out = io.StringIO()
    with reading(corpus_url) as connection:
        found = replace(overview(connection), corrected=(Corrected("first", "comments", "spam", 40, .4, .2222, .0951, .3),))
    show(found, Console(file=out, width=80, highlight=False, markup=False, soft_wrap=True))
    assert "of all that have a text, judged or not" in out.getvalue()
    assert "spam of comments: 22 % (9.5 % to 30 %), by 40 labelled in sample first; the tagger counts 40 %" in out.getvalue()


def test_a_killed_run_is_told_in_english(engine: Engine, database_url: str) -> None:
    a_killed_run(engine, {"posts": 3})
    *_, last, counts = _shown(database_url, 80)
    assert re.fullmatch(r"last run  crawl, begun \d{4}-\d\d-\d\d \d\d:\d\d UTC, interrupted", last)
    assert counts == "  posts 3"


def test_an_empty_database_gets_a_friendly_sentence(database_url: str) -> None:
    lines = _shown(database_url, 80)
    assert len(lines) == 1
    assert "empty" in lines[0]
    assert "hubbub crawl URL" in lines[0]


@pytest.mark.parametrize("width", [80, 120])
def test_shares_are_marked_as_uncorrected(corpus_url: str, width: int) -> None:
    assert "uncorrected" in " ".join(_shown(corpus_url, width))
