"""The card of a thread: who answers whom, what is missing, and why a tag was given."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace

import pytest
from rich.cells import cell_len
from rich.console import Console
from sqlalchemy import Connection

from pipeline import card
from pipeline.query import find_thread
from pipeline.reader import reading
from tests.pipeline.rows import BARE, FLAT, NESTED, UNDATED


@pytest.fixture
def connection(corpus_url: str) -> Iterator[Connection]:
    with reading(corpus_url) as connection:
        yield connection


def _card(connection: Connection, wanted: str, width: int = 100) -> str:
    thread = find_thread(connection, wanted)
    assert thread
    return "\n".join(line.plain for line in card.card(thread, width))


@pytest.mark.parametrize(("url", "lines"), [
    (NESTED, [
        "Listening is a trade",
        "Maud · 14 Oct 2009, 08:05 UTC · alpha.example · blogger",
        "5 of 5 comments · 1 ping · nested thread",
        "among the comments: 1 spam, 1 borderline, 1 self-promotion, 1 conversational",
        "Shops that listen sell more.",
        "→ conversational 2 (score 0.60) “What do you think?”",
        "│ #1 Anna · 14 Oct 2009, 09:05 UTC",
        "│ → conversational 3 (score 0.84) “Maud” “My”",
        "│  │ #2 Maud (post author) · 14 Oct 2009, 10:05 UTC · answers Anna #1",
        "│  │  │ #3 Anna · 14 Oct 2009, 11:05 UTC · answers Maud #2",
        "│ → spam 2 (score 0.97) product copy “Cheap garden chairs at the lowest price” “Wonderful post!”",
        "│ → self-promotion 3 (score 0.90) “our shop”",
        "│ #5 anonymous · no date",
        "│ (removed by its author)",
        "│ #6 gamma.example [pingback] · 14 Oct 2009",
    ]),
    (FLAT, [
        "2 of 5 comments (feed limit) · flat thread",
        "not tagged yet: run `hubbub tag`",
        "│ #1 Bert · 14 Oct 2009, 09:05",
        "│ #2 Cleo · 14 Oct 2009, 10:05 UTC · probably answers Bert #1 (confidence 0.82)",
        "│ Bert, I see it otherwise.",
    ]),
    (UNDATED, ["(no title)", "Maud · last spring · alpha.example · blogger", "0 comments, of an unknown number"]),
    (BARE, ["0 of 0 comments · comments closed"]),
])
def test_the_card_says(url: str, lines: list[str], connection: Connection) -> None:
    shown = _card(connection, url).splitlines()
    assert [line for line in lines if line not in shown] == []


def test_the_comment_that_was_asked_for_is_marked(connection: Connection) -> None:
    marked = [line for line in _card(connection, f"{NESTED}#c3").splitlines() if "▌" in line]
    assert len(marked) == 2
    assert "#3 Anna" in marked[0]
    assert "▌" not in _card(connection, NESTED)


@pytest.mark.parametrize("width", [30, 60, 80, 120])
def test_no_line_is_wider_than_the_terminal(width: int, connection: Connection) -> None:
    lines = _card(connection, NESTED, width).splitlines()
    assert max(cell_len(line) for line in lines) == width


def test_a_pipe_gets_no_colors_and_a_terminal_does(connection: Connection) -> None:
    thread = find_thread(connection, FLAT)
    assert thread
    piped, seen = io.StringIO(), io.StringIO()
    card.show(thread, Console(file=piped, width=80, highlight=False))
    card.show(thread, Console(file=seen, width=80, highlight=False, force_terminal=True, color_system="standard"))
    assert "\x1b" not in piped.getvalue()
    assert "\x1b[1m" in seen.getvalue()
    assert "\x1b[31m" not in seen.getvalue(), "the color is in a stored name, not ours"


def test_a_long_post_is_cut_and_says_by_how_much(connection: Connection) -> None:
    thread = find_thread(connection, NESTED)
    assert thread
    thread.post.fields["text"] = "\n".join(f"Line {number}" for number in range(20))
    shown = "\n".join(line.plain for line in card.card(thread, 80))
    assert "Line 7\n… 12 more lines" in shown


def test_a_thread_as_deep_as_the_sea_stays_readable(connection: Connection) -> None:
    thread = find_thread(connection, NESTED)
    assert thread
    for depth, comment in enumerate(thread.comments):
        comment.fields["depth"] = depth * 20
    assert max(cell_len(line.plain) for line in card.card(thread, 60)) == 60


def test_what_was_edited_is_marked(connection: Connection) -> None:
    thread = find_thread(connection, NESTED)
    assert thread
    edited = replace(thread, earlier_versions={thread.post.fields["key"]: 1, thread.comments[1].fields["key"]: 2})
    lines = [line.plain for line in card.card(edited, 100)]
    assert "Maud · 14 Oct 2009, 08:05 UTC · edited, 1 earlier version · alpha.example · blogger" in lines
    assert any(line.startswith("│  │ #2 Maud (post author)") and "(edited, 2 earlier versions)" in line for line in lines)
