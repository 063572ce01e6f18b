"""Stages run in order, a drop ends an item with its reason, batches hold everything once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.flow import Drop, in_batches, run


def shorten(words: str) -> str:
    return words[1:]


def refuse_empty(words: str) -> str:
    if not words:
        raise Drop("no text")
    return words


def test_an_item_passes_all_stages_in_order() -> None:
    assert run([shorten, str.upper, shorten], "abcd") == "CD"
    assert run([], "as it was") == "as it was"


def test_a_drop_ends_the_item_with_its_reason() -> None:
    def never(_: str) -> str:
        raise AssertionError("a stage after the drop was reached")

    with pytest.raises(Drop) as dropped:
        run([shorten, refuse_empty, never], "a")
    assert dropped.value.reason == str(dropped.value) == "no text"


def test_a_bug_in_a_stage_is_not_taken_for_a_drop() -> None:
    with pytest.raises(ZeroDivisionError):
        run([lambda number: 1 // number], 0)


@given(st.lists(st.integers(), max_size=50), st.integers(1, 12))
def test_batches_hold_everything_once_in_order_and_are_full_but_the_last(items: list[int], size: int) -> None:
    batches = list(in_batches(iter(items), size))
    assert [item for batch in batches for item in batch] == items
    assert all(len(batch) == size for batch in batches[:-1])
    assert all(batches)


def test_batches_are_made_as_they_are_asked_for() -> None:
    def endless() -> Iterator[int]:
        while True:
            yield 1

    assert next(in_batches(endless(), 3)) == [1, 1, 1]      # would not end, if it looked ahead
