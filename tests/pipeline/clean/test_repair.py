"""Broken encodings are mended, and nothing else is touched."""

import json
from pathlib import Path
from unicodedata import normalize

import pytest

from pipeline.clean.repair import one_line, repair, without_controls

FLOORS = json.loads((Path(__file__).parents[2] / "gold" / "floors.json").read_text())


@pytest.mark.parametrize(("broken", "meant"), [
    ("voilÃ\xa0 le travail", "voilà le travail"),
    ("donâ€™t", "don’t"),
    ("Ã¼ber Ã¤hnliche", "über ähnliche"),
    ("smart \x93quotes\x94", "smart “quotes”"),
    ("e\u0301", "é"),
    ("\ud83d\ude00", "😀"),
    ("a\ud83db", "ab"),
    ("a\x00b\x1ac", "abc"),
])
def test_what_is_broken_is_mended(broken: str, meant: str) -> None:
    assert repair(broken) == meant


@pytest.mark.parametrize("words", [
    "“curly” ‘quotes’ stay", "ﬁne ligatures", "ＷＩＤＥ letters", "soft\u00adhyphen", "zero\u200bwidth\u200djoiner", "&amp; stays", "a\tb\nc", "½ … – —",
    "ÜßªĄ",     # reads like N'Ko in UTF-8, and is not
])
def test_what_is_not_broken_stays_as_it_is(words: str) -> None:
    assert repair(words) == words


def test_others_cases_are_repaired_at_least_as_often_as_before(shared: Path) -> None:
    cases = [case for name in ("in-the-wild", "synthetic") for case in _cases(shared, name)]
    right = sum(repair(case["original"]) == normalize("NFC", case.get("fixed-encoding", case["fixed"])) for case in cases)
    assert right / len(cases) >= FLOORS["clean.mojibake.repaired"]


def test_what_others_found_unbroken_is_never_changed(shared: Path) -> None:
    cases = _cases(shared, "negative")
    untouched = sum(repair(case["original"]) == normalize("NFC", case.get("fixed-encoding", case["fixed"])) for case in cases)
    assert untouched / len(cases) >= FLOORS["clean.mojibake.left_alone"]


def test_one_line_has_single_spaces() -> None:
    assert one_line(" The\u00a0name\n of  a blog ") == "The name of a blog"


def test_what_no_database_takes_is_removed_without_other_repairs() -> None:
    assert without_controls("donâ€™t\x00 \udc80") == "donâ€™t "


def _cases(shared: Path, name: str) -> list[dict[str, str]]:
    cases: list[dict[str, str]] = json.loads((shared / "suites" / f"{name}.json").read_text())
    return cases
