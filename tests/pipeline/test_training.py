"""Training learns what several blogs agree on, and says of each blog what it could have known without it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from pipeline import training
from pipeline.labelled.folds import balanced
from pipeline.labelled.items import Labelled
from pipeline.models.cuts import level_at
from pipeline.text import Doc
from schema.errors import UsageError, UserError

PITCHES = ("Visit our outlet for cheap garden chairs at the lowest price", "Great post, I have bookmarked your site, cheap chairs here", "Buy chairs online now, free shipping and best quality")
REMARKS = ("I think the queue was longer because the till jammed", "Would that work in a bookshop as well, Maud?", "My aunt disagrees, she says nobody reads the price list")

WORDS = ("unua", "dua", "tria", "kvara", "kvina", "sesa")


def items(blogs: int = 6, each: int = 6) -> list[Labelled]:
    """Comments of several blogs, each with a word of its own."""
    return [
        Labelled(f"{blog}-{level}-{number}", f"blog{blog}.example", "comment", Doc("comment", f"{text} {word} number {number}."), {"spam": level})
        for blog in range(blogs)
        for word in (WORDS[blog % 6],)
        for level, texts in ((2, PITCHES), (0, REMARKS))
        for number in range(each) for text in (texts[number % 3],)
    ]


def test_a_model_learns_what_several_blogs_have_in_common() -> None:
    model = training.learn("spam", items())
    assert model.words["the lowest"].weight > 0 > model.words["queue"].weight
    assert "unua" not in model.words
    assert model.signals["markers"] > 0


def test_the_same_items_teach_the_same_model_in_any_order() -> None:
    assert training.learn("spam", items()) == training.learn("spam", items())
    first, second = training.learn("spam", items()), training.learn("spam", items()[::-1])
    assert first.signals["markers"] == pytest.approx(second.signals["markers"], abs=0.01)


def test_a_held_out_blog_is_judged_without_what_it_taught() -> None:
    given = items()
    findings = training.held_out("spam", given, balanced(given, 3))
    assert len(findings) == len(given)
    assert [level_at(finding.score or 0, (0.5,)) for finding in findings] == [item.labels["spam"] // 2 for item in given]


def test_items_without_the_label_are_judged_and_teach_nothing() -> None:
    given = [*items(), Labelled("x", "blog9.example", "comment", Doc("comment", "Nobody labelled this remark about tills."))]
    assert len(training.examples("spam", given)) == len(given) - 1
    assert training.held_out("spam", given, balanced(given, 3))[-1].score is not None


@pytest.mark.parametrize(("given", "complaint"), [([], "0 of 0"), (items(2, 2), "4 of 8 labelled items are of level 2")])
def test_too_few_labels_are_said_to_be_too_few(given: Sequence[Labelled], complaint: str) -> None:
    with pytest.raises(UserError, match=complaint):
        training.learn("spam", given)


@pytest.mark.parametrize(("given", "complaint"), [(items(1, 12), "40 of 80|12 of 24"), (items(1, 40), "All 80 labelled items are of one blog"), ([], "0 of 0")])
def test_too_few_labels_or_blogs_are_told_before_anything_is_learned(given: Sequence[Labelled], complaint: str) -> None:
    with pytest.raises(UserError, match=complaint):
        training.check("spam", given)
    training.check("spam", items(4, 12))


def test_what_cannot_be_trained_is_said_to_be_so() -> None:
    assert "spam" in training.trainable()
    with pytest.raises(UsageError, match="those that can are"):
        training.tagger_named("no_such_tagger")
