"""Levels in order are learned step by step; kinds with too few items are left to the markers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline import training
from pipeline.climbing import climbed
from pipeline.labelled.folds import balanced
from pipeline.labelled.items import Labelled
from pipeline.models.cuts import cuts_by_share
from pipeline.text import Doc
from pipeline.training import examples, tagger_named

LEVELS = (
    "The shop was closed in the second half of the year.", "I counted the customers of the shop.",
    "Did you count the customers, too?", "Maud, I'm so glad you counted them! Didn't you love it? :-)",
)


def items(blogs: int = 6, kind: str = "comment") -> list[Labelled]:
    return [
        Labelled(f"{kind}{blog}-{level}-{number}", f"blog{blog}.example", kind, Doc(kind, f"{text} Number {'i' * number}."), {"conversational": level})  # type: ignore[arg-type]
        for blog in range(blogs) for level, text in enumerate(LEVELS) for number in range(1, 6)
    ]


def test_the_order_of_the_levels_is_learned() -> None:
    model = training.learn("conversational", items())
    judge = tagger_named("conversational").judge
    scores = [judge(Doc("comment", text), model).score for text in LEVELS]
    assert scores == sorted(scores)
    assert [judge(Doc("comment", text), model).level for text in LEVELS] == [0, 1, 2, 3]


def test_a_kind_of_which_few_were_labelled_is_left_to_the_markers() -> None:
    model = training.learn("conversational", [*items(), *items(1, "post")])
    assert set(model.ladders) == {"comment"}
    post = Doc("post", LEVELS[3])
    judge = tagger_named("conversational").judge
    assert judge(post, model) == judge(Doc("post", LEVELS[3]), None)


def test_a_step_that_hardly_any_item_takes_gets_its_share_alone() -> None:
    given = [item for item in items() if item.labels["conversational"] < 3]
    recipe = tagger_named("conversational").recipe
    ladder = climbed("conversational", 1, recipe, examples("conversational", given)).ladders["comment"]
    assert {weights[2] for weights in ladder.signals.values()} == {0.0}
    assert ladder.intercepts[2] < -3


HALVES = ({"turned": 0, "voiced": 0}, {"turned": 0, "voiced": 1}, {"turned": 2, "voiced": 0}, {"turned": 2, "voiced": 2})


def test_where_readers_named_the_halves_both_together_make_the_highest_level() -> None:
    given = [replace(item, halves=HALVES[item.labels["conversational"]]) for item in items()]
    model = training.learn("conversational", given)
    ladder = model.ladders["comment"]
    assert (ladder.factors, len(ladder.intercepts)) == (2, 4)
    judge = tagger_named("conversational").judge
    assert [judge(Doc("comment", text), model).level for text in LEVELS] == [0, 1, 2, 3]
    turned = {name: weights[2] for name, weights in ladder.signals.items()}
    voiced = {name: weights[3] for name, weights in ladder.signals.items()}
    assert turned["says asks_you"] > voiced["says asks_you"]     # what only the turned ones say


def test_halves_that_few_items_have_are_left_alone() -> None:
    given = [replace(item, halves=HALVES[item.labels["conversational"]]) for item in items(1)]
    assert training.learn("conversational", [*given, *items()]).ladders["comment"].factors == 1


def test_every_model_learns_from_the_items_beside_which_are_not_judged() -> None:
    given, beside = items(3), [replace(item, id=f"{item.id}b", blog="elsewhere.example", labels={"conversational": 3 - item.labels["conversational"]}) for item in items(6)]
    findings = training.held_out("conversational", given, balanced(given, 3), beside)
    assert len(findings) == len(given)
    assert findings != training.held_out("conversational", given, balanced(given, 3))


def test_items_beside_of_a_blog_do_not_teach_what_judges_it() -> None:
    given = items(3)
    assert training.held_out("conversational", given, balanced(given, 3), given) == training.held_out("conversational", given, balanced(given, 3))


def test_held_out_blogs_are_judged_by_what_the_others_taught() -> None:
    given = items()
    findings = training.held_out("conversational", given, balanced(given, 3))
    assert sum(finding.level == item.labels["conversational"] for finding, item in zip(findings, given, strict=True)) > 0.9 * len(given)


@pytest.mark.parametrize(("pairs", "cuts"), [
    ([(0.1, 0), (0.2, 1), (0.3, 1), (0.4, 2)], (0.15, 0.35)),
    ([(0.1, 0), (0.2, 0)], (1.01, 1.01)),
    ([], (0.25, 0.75)),
])
def test_as_many_scores_reach_a_level_as_items_have_it(pairs: list[tuple[float, int]], cuts: tuple[float, ...]) -> None:
    assert cuts_by_share(pairs, 2) == pytest.approx(cuts)
