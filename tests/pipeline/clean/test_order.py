"""What a whole thread tells of the order of day and month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.clean import clean
from pipeline.clean._order import day_first
from schema.items import Comment, Post, Thread
from tests.pipeline.clean.made import FETCHED, page

MARCH = datetime(2010, 3, 1, tzinfo=UTC)


def thread(printed: Sequence[str], post_date: str = "") -> tuple[Post, list[Comment]]:
    post = Post("http://blog.example/a", "x", title="A", language="en", published_raw=post_date)
    return post, [Comment(str(n), "x", published_raw=date, html=f"<p>Words {n}.</p>", place=n) for n, date in enumerate(printed, 1)]


@pytest.mark.parametrize(("printed", "post_date", "expected"), [
    pytest.param(["03/02/2010 10:00", "13/02/2010 11:00"], "", True, id="a thirteenth day"),
    pytest.param(["02/03/2010", "02/13/2010"], "", False, id="a thirteenth in second place"),
    pytest.param(["13/02/2010", "02/13/2010"], "", None, id="contradictions"),
    pytest.param(["03/02/2010"], "", None, id="one alone"),
    pytest.param(["03/02/2010", "04/02/2010"], "", None, id="two that rise either way"),
    pytest.param(["03/02/2010", "05/02/2010", "01/03/2010"], "", True, id="rising by day first"),
    pytest.param(["01/03/2010", "05/02/2010", "03/02/2010"], "", True, id="falling: newest first"),
    pytest.param(["02/03/2010", "02/05/2010", "03/01/2010"], "", False, id="rising by month first"),
    pytest.param(["03/02/2010", "04/02/2010", "05/02/2010"], "", None, id="rising by both"),
    pytest.param(["05/02/2010", "03/04/2010", "04/03/2010"], "", None, id="rising by neither"),
    pytest.param(["11/03/2010", "11/12/2010"], "October 30, 2010", False, id="no day before the post"),
    pytest.param(["10/05/2024"], "", True, id="not after the fetch"),
    pytest.param(["5. März 2010", "March 5, 2010", "7.3.2010", "2010-03-05", ""], "", None, id="nothing to learn"),
    pytest.param(["03/02/2010"], "14/02/2009", True, id="the post's own date"),
])
def test_the_order_is_learnt_or_left(printed: list[str], post_date: str, expected: bool | None) -> None:
    post, comments = thread(printed, post_date)
    assert day_first(post, comments, FETCHED) is expected


def test_a_stamp_beside_one_date_tells_the_others() -> None:
    post, comments = thread(["03/04/2010", "05/03/2010"])
    stamped = replace(comments[1], published=datetime(2010, 3, 5, 10, tzinfo=UTC), published_how="epoch")
    assert day_first(post, [comments[0], stamped], FETCHED) is True


def test_answers_are_out_of_order_and_do_not_disturb() -> None:
    post, comments = thread(["03/02/2010", "05/02/2010", "01/03/2010"])
    answer = Comment("9", "x", published_raw="09/12/2010", parent_ref="1")
    assert day_first(post, [comments[0], answer, *comments[1:]], FETCHED) is True


def test_the_whole_thread_is_dated_by_what_it_tells_and_the_printed_form_stays() -> None:
    post, comments = thread(["03/02/2010 10:00", "13/02/2010 11:00"])
    cleaned = clean(Thread(post, tuple(comments)), page()).thread
    assert cleaned
    assert [(one.published, one.published_raw) for one in cleaned.comments] == [
        (datetime(2010, 2, 3, 10, tzinfo=UTC), "03/02/2010 10:00"), (datetime(2010, 2, 13, 11, tzinfo=UTC), "13/02/2010 11:00"),
    ]


@given(st.lists(st.integers(0, 400), min_size=1, max_size=12), st.booleans())
def test_what_is_learnt_is_never_wrong_in_a_thread_that_runs_by_time(gaps: list[int], order: bool) -> None:
    days = [MARCH]
    for gap in gaps:
        days.append(days[-1] + timedelta(days=gap))
    shown = [day for day in days if day < FETCHED]
    post, comments = thread([day.strftime("%d/%m/%Y" if order else "%m/%d/%Y") for day in shown])
    assert day_first(post, comments, FETCHED) in (order, None)
