"""Held out means that the judge of a blog has not seen it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from pipeline.labelled.folds import balanced
from pipeline.labelled.items import Labelled
from pipeline.measuring.held_out import Judge, findings
from pipeline.text import Doc
from schema.errors import UserError
from schema.items import Finding

ITEMS = [Labelled(f"{blog}{number}", blog, "comment", Doc("comment", f"{blog} {number}")) for blog in ("a", "b", "c") for number in range(3)]


def fit(items: Sequence[Labelled]) -> Judge:
    """Finds what it has seen."""
    seen = {item.blog for item in items}
    return lambda doc: Finding(float(doc.text[0] in seen), context={"text": doc.text})


def test_no_blog_is_judged_by_what_was_learned_from_it_and_the_order_stays() -> None:
    found = findings(ITEMS, balanced(ITEMS, 3), fit)
    assert [one.score for one in found] == [0.0] * 9
    assert [one.context["text"] for one in found] == [item.doc.text for item in ITEMS]


def test_folds_that_leave_a_blog_out_are_refused() -> None:
    with pytest.raises(UserError, match="blog 'c'"):
        findings(ITEMS, (frozenset({"a"}), frozenset({"b"})), fit)
