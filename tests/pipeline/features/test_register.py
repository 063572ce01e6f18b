"""The register: technical and formal texts have more of everything that is counted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.features.register import register
from pipeline.text import Doc


@pytest.mark.parametrize(("plain", "other", "name"), [
    ("The till jammed, and so we all had to wait a bit.", "The distribution of registered customers necessitated additional personnel.", "long words"),
    ("Then call the till, and then the clerk comes.", "Then call openTill(), and then till_clerk comes.", "technical words"),
    ("We had a few in the shop at noon.", "We had 312 in 4 shops at 12.", "numbers"),
    ("It is a list of shops and of clerks.", "list = [shop | clerk] {1}", "signs"),
    ("One line. Two lines.", "One line.\nTwo lines.", "lines"),
])
def test_what_makes_a_text_technical_is_counted(plain: str, other: str, name: str) -> None:
    assert register(Doc("comment", other))[name] > register(Doc("comment", plain))[name]


@given(st.text(max_size=300))
def test_no_share_leaves_its_scale(text: str) -> None:
    assert all(0 <= value <= 6 for value in register(Doc("post", text)).values())
