"""Groups of the same and of nearly the same texts."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.duplicates import ALIKE, groups
from pipeline.fingerprints import SHINGLE, fingerprint

SALE = (
    "Thank you for this wonderful article, I learned a great deal about pricing from it and shall tell my colleagues in the office. "
    "By the way, our own shop has the finest handmade shelves, and this week they cost half, so have a look before they are gone"
)
OTHER = "We tried that in our bakery for a month, and the only thing that changed was the number of people who asked whether the bread had shrunk"


def found(*texts: str) -> list[str | None]:
    keys = [f"c{number}" for number in range(len(texts))]
    by_key = groups(keys, map(fingerprint, texts))
    return [by_key.get(key) for key in keys]


@pytest.mark.parametrize(("texts", "expected"), [
    ((), []),
    ((SALE,), [None]),
    ((SALE, OTHER), [None, None]),
    ((OTHER, SALE, SALE.upper()), [None, "c1", "c1"]),
    ((SALE, OTHER, SALE.replace("shelves", "benches")), ["c0", None, "c0"]),
    (("Great post!", "great post", "Great article!"), ["c0", "c0", None]),
    ((":-)", ":-)", ""), [None, None, None]),
    # Nine words: one that differs is a different text, however alike the letters are.
    (("Our prices went up twice last year and nobody", "Our prices went up twice last year and nobodys"), [None, None]),
    # A copy of a copy belongs to the same group.
    ((SALE, SALE.replace("finest", "best"), SALE.replace("finest", "best").replace("pricing", "marketing")), ["c0", "c0", "c0"]),
])
def test_groups_bear_the_key_of_their_first_member(texts: tuple[str, ...], expected: list[str | None]) -> None:
    assert found(*texts) == expected


def test_most_pairs_that_are_alike_are_found_and_no_others() -> None:
    """Against the true resemblance: from .88 on at least nine of ten are found, and nothing below .7 is."""
    dice = random.Random(7)
    words = [f"{a}{b}" for a in ("mar", "pri", "bra", "sho", "blo") for b in ("ket", "cing", "nding", "pping", "gging", "ter")]
    alike = missed = wrong = 0
    for _ in range(400):
        first = [dice.choice(words) for _ in range(40)]
        second = [word if dice.random() > .03 else dice.choice(words) for word in first]
        truth, is_found = _resemblance(" ".join(first), " ".join(second)), any(found(" ".join(first), " ".join(second)))
        alike += truth >= ALIKE + .08
        missed += truth >= ALIKE + .08 and not is_found
        wrong += truth < ALIKE - .1 and is_found
    assert alike >= 50 and missed <= alike / 10 and wrong == 0


def _resemblance(first: str, second: str) -> float:
    one, other = ({text[start:start + SHINGLE] for start in range(len(text) - SHINGLE + 1)} for text in (first, second))
    return len(one & other) / len(one | other)


@given(st.lists(st.sampled_from([SALE, OTHER, "Thanks!", "", SALE + " now", OTHER + "!"]), max_size=12))
def test_a_group_has_two_members_and_its_key_is_one_of_them(texts: list[str]) -> None:
    by_key = groups([f"c{number:02}" for number in range(len(texts))], map(fingerprint, texts))
    for leader in set(by_key.values()):
        members = [key for key, group in by_key.items() if group == leader]
        assert len(members) >= 2 and min(members) == leader
