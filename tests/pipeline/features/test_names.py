"""What a display name looks like, and what a thrown word is."""

from __future__ import annotations

import pytest

from pipeline.features.names import is_random, name_in_the_opening, name_kind, names_own_host
from pipeline.text import Context, Doc


@pytest.mark.parametrize(("name", "url", "kind"), [
    ("Anna Baker", "https://annabaker.example/", "person"), ("anna", None, "nickname"), (None, None, "unknown"), ("", "x", "unknown"),
    ("cheap garden chairs", None, "keyword"), ("Logo Design", None, "keyword"), ("best roof repair", None, "keyword"), ("Web Design Sharjah of Choice", None, "keyword"),
    ("Baker Software", "https://baker.example/", "firm"), ("Tillmaker Ltd", None, "firm"), ("tills.com", None, "address"), ("Xkcdwrtp", None, "random"),
])
def test_kinds_of_names(name: str | None, url: str | None, kind: str) -> None:
    assert Doc("comment", "", author=name, author_url=url).once(name_kind) == kind


@pytest.mark.parametrize(("word", "thrown"), [
    ("qwrtzpsd", True), ("XkWbQzPt", True), ("strengths", False), ("JavaScript", False), ("HTMLElement", False), ("hello", False), ("ABCDFGHJ", False), ("中文中文中文中", False),
])
def test_thrown_words(word: str, thrown: bool) -> None:
    assert is_random(word) is thrown


@pytest.mark.parametrize(("name", "url", "own"), [
    ("Tillmaker", "https://www.tillmaker.example/", True), ("Anna", "https://bread.example/", False), ("Tillmaker", "https://twitter.com/tillmaker", False), (None, None, False),
])
def test_a_name_that_is_its_host(name: str | None, url: str | None, own: bool) -> None:
    assert names_own_host(Doc("comment", "", author=name, author_url=url)) is own


@pytest.mark.parametrize(("text", "people", "called"), [
    ("I think Maud is right", ("Maud Miller",), "Maud"), ("I think maudlin is right", ("maud",), None), ("Und wenn nicht?", ("Hans und Grete",), None),
    ("Casinos are fun", ("Casinos",), None), ("with all respect", ("Sally (rhymes with valley)",), None), ("you see, kronos, it is", ("kronos",), "kronos"), ("Maud", (), None),
])
def test_whom_an_opening_names(text: str, people: tuple[str, ...], called: str | None) -> None:
    place = name_in_the_opening(Doc("comment", text, context=Context(earlier_authors=people)))
    assert (text[slice(*place)] if place else None) == called
