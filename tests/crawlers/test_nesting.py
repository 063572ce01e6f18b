"""Threads by elements inside one another and by depths side by side."""

from __future__ import annotations

import pytest
from lxml import html

from crawlers import nesting


def test_a_comment_inside_another_one_answers_it() -> None:
    root = html.fromstring("<ul><li id='a'><p>A</p><ul><li id='b'>B<div><i id='c'>C</i></div></li></ul></li><li id='d'>D</li></ul>")
    placed = nesting.by_elements((one.get("id") or "", one) for one in root.iter("li", "i"))
    assert [(one.ref, one.parent, one.depth) for one in placed] == [("a", None, 0), ("b", "a", 1), ("c", "b", 2), ("d", None, 0)]


@pytest.mark.parametrize(("depths", "given"), [
    ([0, 1, 2, 1, 0], [(None, 0), (0, 1), (1, 2), (0, 1), (None, 0)]),
    ([0, 3, 3, 1], [(None, 0), (0, 3), (0, 3), (0, 1)]),
    ([2, 1], [(None, 2), (None, 1)]),
    ([0, 0], [(None, None), (None, None)]),
    ([], []),
])
def test_a_comment_answers_the_last_one_that_stands_less_deep(depths: list[int], given: list[tuple[int | None, int | None]]) -> None:
    element = html.fromstring("<p>x</p>")
    placed = nesting.by_depth((str(n), element, depth) for n, depth in enumerate(depths))
    assert [(int(one.parent) if one.parent else None, one.depth) for one in placed] == given


def test_words_are_kept_apart_and_forms_are_left_out() -> None:
    root = html.fromstring("<div><p>Ada</p><p>today<a>Link</a></p><form>Name</form><blockquote>no</blockquote> end</div>")
    assert nesting.words_without(root, root.findall("blockquote")) == "Ada today Link end"
