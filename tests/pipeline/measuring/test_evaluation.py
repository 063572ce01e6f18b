"""A tagger beside labels."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.labelled.files import read
from pipeline.measuring import judging
from pipeline.measuring.evaluation import Evaluation, Options, evaluate
from pipeline.measuring.scales import scale_of
from pipeline.taggers import self_promotion
from tests.pipeline.measuring.judged import FOUND, ITEMS, SPAM


def of(tag: str, **options: int) -> Evaluation:
    pairs = SPAM if tag == "spam" else list(zip(ITEMS, FOUND, strict=True))
    return evaluate(tag, scale_of(tag), [one for one, _ in pairs], [found for _, found in pairs], Options(resamples=20, **options))


def test_items_are_counted_by_what_became_of_them() -> None:
    found = of("spam")
    assert (found.n, found.blogs, found.n_null, found.n_left_out, found.n_unlabelled) == (6, 2, 1, 1, 1)
    assert found.confusion == {"0": {"0": 1, "2": 1, "null": 1}, "1": {"1": 1}, "2": {"0": 1, "2": 1}}


def test_level_1_is_shown_from_either_side() -> None:
    recalls = {side: part.figures["recall"] for side, part in of("spam").level_1.items()}
    assert recalls == {"left_out": 0.5, "negative": 0.5, "positive": pytest.approx(2 / 3)}
    assert of("conversational").level_1 == {}


def test_spam_is_shown_by_its_subtype() -> None:
    found = of("spam").by_subtype
    assert {name: (part.n, part.recall) for name, part in found.items()} == {"link_drop": (1, 1.0), "noise": (1, 0.0)}
    assert found["noise"].auc == pytest.approx(2 / 3)


def test_kinds_are_shown_apart() -> None:
    assert {kind: part.n for kind, part in of("self_promotion").by_kind.items()} == {"comment": 5, "pingback": 1, "post": 1}


def test_the_other_tags_are_shown_without_spam_and_beside_what_the_spam_label_alone_would_give() -> None:
    found = of("self_promotion")
    assert found.not_spam
    assert found.spam_label_alone
    assert (found.not_spam.n, found.spam_label_alone.n) == (4, 6)
    assert found.spam_label_alone.figures["f1"] == pytest.approx(2 * 2 / (2 * 2 + 0 + 1))
    assert of("spam").not_spam is None


def test_wrong_verdicts_come_first_then_the_furthest_score() -> None:
    assert [one.item.id for one in of("spam").disagreements] == ["i2", "i6"]
    assert [one.item.id for one in of("conversational", disagreements=3).disagreements] == ["i1", "i3", "i5"]


def test_the_gold_spam_label_alone_gives_what_is_known_of_the_shared_labels(shared: Path) -> None:
    items = read(shared / "labels/comments.jsonl")
    found = evaluate("self_promotion", scale_of("self_promotion"), items, list(judging.findings("self_promotion", self_promotion, items)), Options(resamples=0, disagreements=0))
    assert found.spam_label_alone
    assert found.spam_label_alone.figures["f1"] == pytest.approx(0.72, abs=0.01)       # as the labels' own page says
