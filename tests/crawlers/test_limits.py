from __future__ import annotations

import pytest

from crawlers.limits import Count, Limits


@pytest.mark.parametrize(("limits", "pages", "minutes", "over"), [
    (Limits(), 10**6, 10**6, False),
    (Limits(max_pages=3), 2, 0, False),
    (Limits(max_pages=3), 3, 0, True),
    (Limits(max_minutes=2), 0, 1.9, False),
    (Limits(max_minutes=2), 0, 2, True),
])
def test_pages_and_minutes_end_a_run(limits: Limits, pages: int, minutes: float, over: bool) -> None:
    assert Count(limits, pages).is_over(minutes) == over


@pytest.mark.parametrize(("most", "taken", "pending", "room"), [(None, 9, 9, True), (3, 1, 1, True), (3, 2, 1, False), (3, 3, 0, False)])
def test_posts_that_are_under_way_count_too(most: int | None, taken: int, pending: int, room: bool) -> None:
    assert Count(Limits(most), posts=set(range(taken))).has_room(pending) == room
