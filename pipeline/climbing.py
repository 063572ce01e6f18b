"""Learning the weights of levels in order: for each kind of item and each level a logistic regression, calibrated on blogs it had not seen.

Where readers also said what the highest level is made of, there is one for each of these halves instead, and both together say how likely that level is.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from pipeline.labelled.folds import balanced, parted
from pipeline.labelled.items import HALVES, Labelled
from pipeline.models.cuts import cuts_by_share
from pipeline.models.ladder import Ladder, Rare, Steps, added, expected
from pipeline.models.linear import Model, weighed
from pipeline.models.recipe import Recipe
from pipeline.training import DIGITS, INNER_FOLDS, Example, Vector, matrix, rarities

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Question = Callable[[Example], bool | None]     # None: nobody said

FEWEST_OF_A_KIND = 40   # labelled items; of fewer, a kind is judged by the markers alone
FEWEST_BESIDE = 5       # on either side of a step; fewer give it no weights, only its share


def climbed(name: str, version: int, recipe: Recipe, taught: Sequence[Example]) -> Model:
    """The model of all kinds of which there are enough items."""
    ladders, cuts = {}, {}
    for kind in ("comment", "post"):
        examples = [example for example in taught if example.doc.kind == kind]
        if len(examples) >= FEWEST_OF_A_KIND:
            questions = _questions(recipe, examples)
            ladder = _ladder(recipe, kind, questions, examples)
            blind = _blind(recipe, kind, questions, examples)
            lines = _lines(questions, examples, blind)
            ladders[kind] = _calibrated(ladder, lines)
            cuts[kind] = _cuts(recipe, examples, blind, lines, ladder.factors)
    return Model(name, version, recipe.kind, cuts=cuts, ladders=ladders)


def _questions(recipe: Recipe, examples: Sequence[Example]) -> list[Question]:
    """What each sum answers: whether an item is at least of a level, or wholly of a half."""
    levels: list[Question] = [partial(_reaches, level) for level in range(1, recipe.highest + 1)]
    if not recipe.factors or sum(example.halves.keys() >= set(recipe.factors) for example in examples) < FEWEST_OF_A_KIND:
        return levels
    return [*levels[:-1], *(partial(_is_wholly, half) for half in recipe.factors)]


def _reaches(level: int, example: Example) -> bool | None:
    return example.level >= level


def _is_wholly(half: str, example: Example) -> bool | None:
    """Whether readers put it on the highest level of that half; None: they did not say."""
    return example.halves[half] == HALVES[half] if half in example.halves else None


def _ladder(recipe: Recipe, kind: str, questions: Sequence[Question], examples: Sequence[Example]) -> Ladder:
    """Weights as they are learned, before calibration. Each signal is brought to the same spread first, so that rare ones may weigh as much."""
    is_read = kind in recipe.n_grams_of
    words = rarities(recipe, [(example.blog, example.words) for example in examples]) if recipe.words and is_read else {}
    letters = rarities(recipe, [(example.blog, example.letters) for example in examples]) if recipe.letters and is_read else {}
    spreads = _spreads([example.signals for example in examples])
    columns = {name: place for place, name in enumerate([*(f"s{one}" for one in spreads), *(f"w{one}" for one in words), *(f"l{one}" for one in letters)])}
    rows = matrix([_row(recipe, example, spreads, words, letters) for example in examples], columns)
    fitted = [_fitted(recipe, rows, [question(example) for example in examples]) for question in questions]
    weights = {name: tuple(weights[place] for weights, _ in fitted) for name, place in columns.items()}
    return Ladder(
        tuple(intercept for _, intercept in fitted),
        {one: _times(weights[f"s{one}"], 1 / spread) for one, spread in spreads.items()},
        {one: Rare(rarity, _times(weights[f"w{one}"], recipe.words)) for one, rarity in words.items()},
        {one: Rare(rarity, _times(weights[f"l{one}"], recipe.letters)) for one, rarity in letters.items()},
        1 + len(questions) - recipe.highest,
    )


def _spreads(signals: Sequence[Vector]) -> dict[str, float]:
    """The standard deviation of each signal; one that is always the same is left out."""
    names = sorted({name for one in signals for name in one})
    found = {}
    for name in names:
        values = [one.get(name, 0.0) for one in signals]
        mean = sum(values) / len(values)
        spread = math.sqrt(sum((value - mean) ** 2 for value in values) / len(values))
        if spread > 1e-6:
            found[name] = spread
    return found


def _row(recipe: Recipe, example: Example, spreads: Vector, words: Vector, letters: Vector) -> dict[str, float]:
    return {
        **{f"s{name}": value / spreads[name] for name, value in example.signals.items() if name in spreads},
        **{f"w{term}": recipe.words * value for term, value in weighed(example.words, words).items()},
        **{f"l{term}": recipe.letters * value for term, value in weighed(example.letters, letters).items()},
    }


def _fitted(recipe: Recipe, rows: csr_matrix, answers: Sequence[bool | None]) -> tuple[list[float], float]:
    """Weights and intercept of one sum, from the items of which the answer is known."""
    import numpy as np
    from sklearn.linear_model import LogisticRegression
    from threadpoolctl import threadpool_limits

    known = [place for place, answer in enumerate(answers) if answer is not None]
    truth = [bool(answers[place]) for place in known]
    positive = sum(truth)
    if min(positive, len(truth) - positive) < FEWEST_BESIDE:
        return [0.0] * rows.shape[1], math.log((positive + 0.5) / (len(truth) - positive + 0.5))
    with threadpool_limits(1):
        fitted: Any = LogisticRegression(C=recipe.freedom, max_iter=2000, tol=1e-5).fit(rows[known], np.array(truth))    # Any: no types there
    return [float(weight) for weight in fitted.coef_[0]], float(fitted.intercept_[0])


def _blind(recipe: Recipe, kind: str, questions: Sequence[Question], examples: Sequence[Example]) -> list[list[float] | None]:
    """Of each item the sums of a ladder that never saw its blog; None where all are of one blog."""
    stand_ins = [Labelled("", example.blog, "comment", example.doc, {"spam": 2 * (example.level >= recipe.positive)}) for example in examples]
    found: list[list[float] | None] = [None] * len(examples)
    for taught, judged in parted(stand_ins, balanced(stand_ins, INNER_FOLDS)):
        if len(taught) >= FEWEST_OF_A_KIND // 2:
            ladder = _ladder(recipe, kind, questions, [examples[place] for place in taught])
            for place in judged:
                found[place] = _sums(ladder, examples[place])
    return found


def _sums(ladder: Ladder, example: Example) -> list[float]:
    heard = ((value, ladder.signals[name]) for name, value in example.signals.items() if name in ladder.signals)
    words = _read(weighed(example.words, {term: rare.rarity for term, rare in ladder.words.items()}), ladder.words)
    letters = _read(weighed(example.letters, {term: rare.rarity for term, rare in ladder.letters.items()}), ladder.letters)
    return added(ladder.intercepts, (*heard, *words, *letters))


def _read(values: Vector, known: dict[str, Rare] | Any) -> Iterable[tuple[float, Steps]]:    # Any: a mapping of them
    return ((value, known[term].weights) for term, value in values.items())


def _lines(questions: Sequence[Question], examples: Sequence[Example], blind: Sequence[list[float] | None]) -> list[tuple[float, float]]:
    """For each sum the slope and offset that make it come true (Platt 1999); no change where too few tell."""
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    found = []
    for place, question in enumerate(questions):
        answered = ((sums[place], question(example)) for sums, example in zip(blind, examples, strict=True) if sums is not None)
        pairs = [(value, truth) for value, truth in answered if truth is not None]
        positive = sum(truth for _, truth in pairs)
        if min(positive, len(pairs) - positive) < 2 * FEWEST_BESIDE:
            found.append((1.0, 0.0))
            continue
        fitted: Any = LogisticRegression(C=100.0).fit(np.array([[value] for value, _ in pairs]), np.array([truth for _, truth in pairs]))    # Any: no types there
        found.append((max(0.1, float(fitted.coef_[0][0])), float(fitted.intercept_[0])))
    return found


def _calibrated(ladder: Ladder, lines: Sequence[tuple[float, float]]) -> Ladder:
    slopes = [slope for slope, _ in lines]
    return replace(
        ladder,
        intercepts=tuple(round(slope * intercept + offset, DIGITS) for (slope, offset), intercept in zip(lines, ladder.intercepts, strict=True)),
        signals={name: _turned(weights, slopes) for name, weights in ladder.signals.items()},
        words={name: Rare(rare.rarity, _turned(rare.weights, slopes)) for name, rare in ladder.words.items()},
        letters={name: Rare(rare.rarity, _turned(rare.weights, slopes)) for name, rare in ladder.letters.items()},
    )


def _cuts(
    recipe: Recipe, examples: Sequence[Example], blind: Sequence[list[float] | None], lines: Sequence[tuple[float, float]], factors: int,
) -> tuple[float, ...]:
    """By the scores of the blind sums, calibrated as the ladder is."""
    scores = [
        (expected([slope * one + offset for one, (slope, offset) in zip(sums, lines, strict=True)], factors), example.level)
        for sums, example in zip(blind, examples, strict=True) if sums is not None
    ]
    return cuts_by_share(scores, recipe.highest)


def _times(weights: Steps, factor: float) -> Steps:
    return tuple(weight * factor for weight in weights)


def _turned(weights: Steps, slopes: Sequence[float]) -> Steps:
    return tuple(round(weight * slope, DIGITS) for weight, slope in zip(weights, slopes, strict=True))
