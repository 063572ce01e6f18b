"""Fingerprints: of the words alone, and only for texts that are long enough to resemble another one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.fingerprints import SIGNATURE, fingerprint

TEN = "Our prices went up twice last year and nobody minded"


@pytest.mark.parametrize(
    "other",
    [TEN.upper(), f"  {TEN}!!! ", TEN.replace(" ", "\n"), TEN.replace("up twice", "up, twice,")],
)
def test_case_space_and_punctuation_do_not_matter(other: str) -> None:
    assert fingerprint(other) == fingerprint(TEN)


@pytest.mark.parametrize(("text", "has_hash", "has_signature"), [
    ("", False, False), (":-) ... !!!", False, False), ("Thanks!", True, False),
    (TEN.rpartition(" ")[0], True, False), (TEN, True, True), ("日本語 " * 12, True, True),
])
def test_what_is_kept_of_a_text_depends_on_its_words(text: str, has_hash: bool, has_signature: bool) -> None:
    found = fingerprint(text)
    assert (found.words_hash is not None, found.signature is not None) == (has_hash, has_signature)


def test_other_words_have_another_fingerprint() -> None:
    assert fingerprint(TEN).words_hash != fingerprint(TEN + " much").words_hash


@given(st.text(max_size=300))
def test_any_text_has_a_fingerprint_and_always_the_same(text: str) -> None:
    found = fingerprint(text)
    assert found == fingerprint(text)
    assert found.signature is None or len(found.signature) == 4 * SIGNATURE
