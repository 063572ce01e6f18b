"""Inferred reply edges: names and quotations, and no guesses."""

from __future__ import annotations

import json
import runpy
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.replies import ANSWERED, CROWD, Turn, infer

ROOT = Path(__file__).parent.parent.parent


def _turns(*pairs: tuple[str, str]) -> list[Turn]:
    """Turns a, b, c ... by author and text; "*" before the author marks the post's author."""
    return [Turn(chr(97 + n), who.lstrip("*"), text, who.startswith("*")) for n, (who, text) in enumerate(pairs)]


@pytest.mark.parametrize(
    "answer",
    [
        "Rebecca, I am with you there.",
        "@Rebecca that is my trouble, too.",
        "I disagree a little, Rebecca. It took us a year.",
        "Hi Rebecca! How did you count?",
        "Agreed with Rebecca above, for once.",
        "As Rebecca says, nobody reads it.",
        "REBECCA: no.",
    ],
)
def test_who_is_named_is_answered(answer: str) -> None:
    turns = _turns(("Rebecca Lind", "We gave up flyers."), ("Oleg", "Flyers work for us."), ("Nour", answer))
    edge = infer(turns)["c"]
    assert edge.reply_to == "a" and edge.confidence >= 0.8


@pytest.mark.parametrize("text", ["We gave up flyers.", "Mark my words, flyers will return.", "Thanks, a fine post.", "Well, no."])
def test_without_a_name_nobody_but_the_post_is_answered(text: str) -> None:
    assert infer(_turns(("Rebecca", "We gave up flyers."), ("Oleg", text))) == {}


def test_the_latest_comment_of_that_name_is_meant() -> None:
    turns = _turns(("Tom", "One."), ("Tom", "Two."), ("Zoë", "Three."), ("Paul", "Tom, why?"))
    assert infer(turns)["d"].reply_to == "b"


def test_accents_need_not_be_typed() -> None:
    assert infer(_turns(("Jiří Novák", "One."), ("Paul", "Jiri, why?")))["b"].reply_to == "a"


def test_nobody_answers_himself() -> None:
    assert infer(_turns(("Tom", "One."), ("Tom", "Tom, signing off."))) == {}


def test_whoever_addresses_the_author_of_the_post_answers_the_post() -> None:
    turns = _turns(("*Dana Whitlock", "Thanks all."), ("Paul", "Dana, you write that flyers are dead."))
    assert infer(turns, post_author="Dana Whitlock") == {}


def test_the_author_of_the_post_answers_what_came_last() -> None:
    edge = infer(_turns(("Tom", "One."), ("Zoë", "Two."), ("*Dana", "That is a good point.")))["c"]
    assert (edge.reply_to, edge.confidence) == ("b", ANSWERED)


def test_a_quotation_answers_the_comment_that_said_so_but_not_the_post() -> None:
    said = "the cashier knew it before all of us"
    turns = [Turn("a", "Tom", f"Of course {said}."), Turn("b", "Zoë", "Did he?", quotes=(said,)), Turn("c", "Al", f"“{said}” is a nice line")]
    assert {key: edge.reply_to for key, edge in infer(turns).items()} == {"b": "a", "c": "a"}
    assert infer(turns, post_text=f"And {said}!") == {}


def test_among_many_a_name_is_less_certain() -> None:
    crowd = _turns(*((f"Reader{n}", "Yes.") for n in range(CROWD + 1)), ("Paul", "Reader2, why?"))
    assert infer(crowd)[crowd[-1].key].confidence < 0.8


def test_seed_edges(shared: Path) -> None:
    """At least 11 of the 13 edges that a careful reader drew in the seeds; an answer to the post is no edge."""
    segments = json.loads((shared / "labels/seeds_segments.json").read_text())
    labels = [json.loads(line) for line in (shared / "labels/seeds_gold.jsonl").read_text().splitlines()]
    own = {(label["seed"], label["index"]) for label in labels if label["kind"] == "comment" and label["by_post_author"]}
    right = 0
    edges = [json.loads(line) for line in (shared / "labels/seeds_reply_edges.jsonl").read_text().splitlines()]
    for seed in {edge["seed"] for edge in edges}:
        turns = [Turn(str(s["index"]), "", s["text"], (seed, s["index"]) in own)
                 for s in segments if s["seed"] == seed and s["kind"] == "comment"]
        found = infer(turns)
        for edge in edges:
            if edge["seed"] == seed and edge["to"] is not None:
                guess = found.get(str(edge["from_comment"]))
                right += (guess.reply_to if guess else "0") == str(edge["to"])
    assert right >= 11


def test_sure_edges_are_right_where_the_nesting_was_hidden(shared: Path) -> None:
    bench = runpy.run_path(str(ROOT / "bench/replies.py"))
    counts = bench["measure"](bench["threads"](shared))
    floor = json.loads((ROOT / "tests/gold/floors.json").read_text())["replies.precision_when_sure"]
    assert bench["precision_when_sure"](counts) >= floor, counts


@given(st.lists(st.tuples(st.text(max_size=12), st.text(max_size=60), st.booleans()), max_size=12))
def test_edges_point_backwards_so_that_there_is_no_cycle(thread: list[tuple[str, str, bool]]) -> None:
    turns = [Turn(str(place), author, text, own) for place, (author, text, own) in enumerate(thread)]
    for answer, edge in infer(turns).items():
        assert int(edge.reply_to) < int(answer) and 0 <= edge.confidence <= 1
