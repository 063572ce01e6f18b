"""A pattern is tried only where a match of it can begin: what its openings are follows from the pattern."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.taggers._markers import _LENGTHS, _lexicon, markers
from pipeline.taggers._openings import openings, sign_of


@pytest.mark.parametrize(("pattern", "found"), [
    (r"\bmy shop\b", {"my sho"}),
    (r"\b(?:my|our) till", {"my til", "our ti"}),
    (r"\bi(?: also)? (?:run|own)", {"i also", "i run", "i own"}),
    (r"\b(?:re)?ads?\b", {"reads", "read", "ads", "ad"}),
    (r"\bx\w+", {"x"}),
    (r"\bye+s", {"ye"}),
    (r"\ba\.b", {"a.b"}),
    (r"\b(?:ha){1,3}!", {"ha"}),
    (r"\bno(?! way)[,.]", {"no,", "no."}),
    (r"\b\d%", {f"{digit}%" for digit in range(10)}),
])
def test_openings_are_all_that_a_match_can_begin_with(pattern: str, found: set[str]) -> None:
    assert openings(pattern) == found


@pytest.mark.parametrize("pattern", [r"my shop", r"^my", r"\b\w+ shop", r"\b[^a]b", r"(?<=\. )buy", r"\b(?:\w+ )?shop", r"\b.?shop"])
def test_what_can_begin_with_anything_has_none(pattern: str) -> None:
    assert openings(pattern) is None


@pytest.mark.parametrize(("pattern", "sign"), [
    (r"\[/?(?:url|link)\b", "["), (r"[\w.+-]{1,40}@[\w-]{1,40}\.[a-z]{2,10}", "@"), (r"(?<=[a-z.!?])https?://", ":"), (r"\?{5,}", "?"), (r"a[!]b", "!"),
    ("buy now", ""), (r"(?:a|b)!?", ""), (r"@a|b", ""), (r"(?:@|#)a", ""), (r"(?=@)\w*", ""), (r".\*\w", ""), (r"!{0,3}a", ""), (r"[$€]\d", ""),
])
def test_the_sign_is_one_that_each_match_holds(pattern: str, sign: str) -> None:
    assert sign_of(pattern) == sign


@pytest.mark.parametrize("tagger", ["spam", "self_promotion"])
def test_every_pattern_is_found_by_its_openings(tagger: str) -> None:
    """Python's own sample of what each alternative matches would need a generator; its own words do."""
    lexicon = _lexicon(tagger)
    assert {one.rule for one in (*lexicon.anywhere, *lexicon.with_addresses)} | {one.rule for found in lexicon.at_words.values() for one in found} \
        == {marker.rule for marker in markers(tagger)}
    assert max(map(len, lexicon.at_words)) <= max(_LENGTHS)


@given(st.data())
def test_no_match_is_missed(data: st.DataObject) -> None:
    pattern = data.draw(st.sampled_from([r"\b(?:my|our) (?:new )?(?:blog|shop)s?\b", r"\bi(?:.ve| have)(?: just)? (?:made|built)\b", r"\b(?:very )?good (?:\w+ )?post\b", r"\bs?[ae]ll+s\b"]))
    text = data.draw(st.from_regex(re.compile(pattern), fullmatch=True))
    starts = openings(pattern)
    assert starts and any(re.sub(r"\s+", " ", text).startswith(start) for start in starts)
