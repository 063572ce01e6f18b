"""What is said of a thread as a whole."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.threads import Place, Seat, completeness, in_order, settle


def _place(key: str, place: int, reply_to: str | None = None, *, page: int = 1, is_ping: bool = False) -> Place:
    return Place(key, reply_to, page, place, is_ping)


def test_positions_count_over_all_comment_pages() -> None:
    thread = settle([_place("c", 1, page=2), _place("a", 1), _place("b", 2)])
    assert {key: seat.position for key, seat in thread.seats.items()} == {"a": 1, "b": 2, "c": 3}


def test_depth_is_the_number_of_comments_above() -> None:
    thread = settle([_place("a", 1), _place("b", 2, "a"), _place("c", 3, "b"), _place("d", 4)])
    assert [thread.seats[key].depth for key in "abcd"] == [0, 1, 2, 0]
    assert thread.threading == "nested"


def test_an_orphan_is_lifted_and_noted() -> None:
    thread = settle([_place("a", 1, "gone"), _place("b", 2, "a")])
    assert thread.seats == {"a": Seat(1, 0, "parent missing"), "b": Seat(2, 1, "")}


def test_a_cycle_is_cut_at_its_first_comment_and_noted() -> None:
    thread = settle([_place("a", 1), _place("b", 2, "d"), _place("c", 3, "b"), _place("d", 4, "c"), _place("e", 5, "d")])
    assert [thread.seats[key].note for key in "abcde"] == ["", "cycle cut", "", "", ""]
    assert [thread.seats[key].depth for key in "abcde"] == [0, 0, 1, 2, 3]


def test_a_flat_thread_keeps_the_depth_that_the_page_shows() -> None:
    thread = settle([_place("a", 1), Place("b", None, 1, 2, False, 0)])
    assert thread.seats == {"a": Seat(1, None, ""), "b": Seat(2, 0, "")}
    assert thread.threading == "flat"


def test_what_only_a_feed_knows_is_placed_by_its_time() -> None:
    nine, ten, eleven = (datetime(2010, 3, 1, hour, tzinfo=UTC) for hour in (9, 10, 11))
    shown = [Place("a", None, 1, 1, False, None, nine), Place("c", None, 1, 2, False, None, eleven)]
    unseen = [Place("b", None, 1, 0, False, None, ten), Place("z", None, 1, 0, False, None, None)]
    assert [place.key for place in in_order([*unseen, *shown])] == ["a", "b", "c", "z"]


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
def test_any_graph_of_replies_settles_without_a_cycle(parents: dict[str, str | None]) -> None:
    thread = settle(_place(key, number, parent) for number, (key, parent) in enumerate(parents.items(), 1))
    assert sorted(seat.position for seat in thread.seats.values()) == list(range(1, len(parents) + 1))
    kept = {key: parent for key, parent in parents.items() if parent and not thread.seats[key].note}
    for key in parents:
        steps = 0
        while key in kept and steps <= len(parents):
            key, steps = kept[key], steps + 1
        assert steps <= len(parents) and key in parents
