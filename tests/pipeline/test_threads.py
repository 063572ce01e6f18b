"""What is said of a thread as a whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.threads import Place, completeness, depth_of, settle


def _place(key: str, place: int, reply_to: str | None = None, *, page: int = 1, is_ping: bool = False) -> Place:
    return Place(key, reply_to, page, place, is_ping)


def test_positions_count_over_all_comment_pages() -> None:
    thread = settle([_place("c", 1, page=2), _place("a", 1), _place("b", 2)])
    assert {key: position for key, (position, _depth) in thread.places.items()} == {"a": 1, "b": 2, "c": 3}


def test_depth_is_the_number_of_comments_above() -> None:
    thread = settle([_place("a", 1), _place("b", 2, "a"), _place("c", 3, "b"), _place("d", 4)])
    assert [thread.places[key][1] for key in "abcd"] == [0, 1, 2, 0]
    assert thread.threading == "nested"


def test_a_reply_to_an_unknown_comment_stands_at_the_top() -> None:
    assert depth_of("a", {"a": "gone"}) == 0


def test_a_flat_thread_keeps_the_depth_that_the_page_shows() -> None:
    thread = settle([_place("a", 1), Place("b", None, 1, 2, False, 0)])
    assert thread.places == {"a": (1, None), "b": (2, 0)}
    assert thread.threading == "flat"


@pytest.mark.parametrize("places", [[], [_place("a", 1)], [_place("a", 1), _place("b", 2, is_ping=True)]])
def test_fewer_than_two_comments_tell_nothing_about_nesting(places: list[Place]) -> None:
    assert settle(places).threading == "unknown"


def test_pings_are_counted_apart() -> None:
    thread = settle([_place("a", 1), _place("b", 2, is_ping=True)])
    assert (thread.comments_stored, thread.pings_stored) == (1, 1)


@pytest.mark.parametrize(
    ("reported", "stored", "elsewhere", "expected"),
    [
        (None, 3, "", ("unknown", "")),
        (None, 0, "script-loaded: disqus", ("unknown", "script-loaded: disqus")),
        (3, 3, "", ("complete", "")),
        (3, 4, "script-loaded: disqus", ("complete", "")),
        (0, 0, "", ("complete", "")),
        (5, 3, "feed limit", ("partial", "feed limit")),
        (5, 0, "", ("none", "")),
    ],
)
def test_completeness(reported: int | None, stored: int, elsewhere: str, expected: tuple[str, str]) -> None:
    assert completeness(reported, stored, elsewhere) == expected


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.none() | st.sampled_from("abcdefghx")))
def test_any_graph_of_replies_settles(parents: dict[str, str | None]) -> None:
    thread = settle(_place(key, number, parent) for number, (key, parent) in enumerate(parents.items(), 1))
    assert sorted(position for position, _ in thread.places.values()) == list(range(1, len(parents) + 1))
    assert all((depth or 0) < max(len(parents), 1) for _, depth in thread.places.values())
