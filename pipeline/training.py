"""Learning a tagger's model from labelled items: weights by scikit-learn, calibration and cuts on blogs that those weights have not seen."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import ModuleType
from typing import TYPE_CHECKING, Any

from pipeline.labelled.folds import Folds, balanced, parted
from pipeline.labelled.items import Labelled
from pipeline.measuring.figures import figures, sample
from pipeline.measuring.judging import judges
from pipeline.measuring.scales import scale_of
from pipeline.models.cuts import best_cuts
from pipeline.models.linear import AROUND, Model, Term, weighed
from pipeline.models.recipe import Recipe
from pipeline.models.terms import in_letters, in_words
from pipeline.registry import module, names
from pipeline.text import Doc
from schema.errors import UsageError, UserError
from schema.items import Finding

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

TAGGERS = "pipeline.taggers"
INNER_FOLDS = 5         # within the training items, for calibration and cuts
FEWEST = 20             # items of either side; fewer teach nothing
DIGITS = 5              # of a stored weight

Vector = Mapping[str, float]
Judge = Callable[[Doc, Model | None], Finding]


@dataclass(frozen=True, slots=True)
class Example:
    """An item with everything that weights are learned from, computed once for all folds."""

    blog: str
    doc: Doc
    level: int
    signals: Vector
    words: Counter[str]
    letters: Counter[str]
    halves: Mapping[str, int] = field(default_factory=dict)      # see pipeline.labelled.items


def trainable() -> tuple[str, ...]:
    """The names of the taggers that can be trained: those that declare a recipe."""
    return tuple(name for name in names(TAGGERS) if hasattr(module(TAGGERS, name), "recipe"))


def tagger_named(name: str) -> ModuleType:
    """The tagger of that name, which must be one that can be trained."""
    if name not in trainable():
        raise UsageError(f"The tagger {name!r} cannot be trained; those that can are {', '.join(trainable())}.")
    return module(TAGGERS, name)


def check(name: str, items: Sequence[Labelled]) -> None:
    """Raises UserError where these items are too few, or too much alike, to learn this tagger from."""
    recipe: Recipe = tagger_named(name).recipe
    levels = [item.labels[name] for item in items if item.labels[name] not in recipe.left_out]
    _check_sides(name, recipe, levels)
    if len({item.blog for item in items}) < 2:
        raise UserError(f"All {len(items):,} labelled items are of one blog. A model is learned and measured by blog: label items of two at least, better of ten.")


def learn(name: str, items: Sequence[Labelled]) -> Model:
    """The tagger's model as these items teach it."""
    return learned(name, examples(name, items))


def measured(name: str, items: Sequence[Labelled], folds: Folds, beside: Sequence[Labelled] = ()) -> dict[str, Mapping[str, float | None]]:
    """The figures on blogs held out, with and without a model; the same for posts and comments apart where both are judged."""
    with_model = held_out(name, items, folds, beside)
    judge: Judge = tagger_named(name).judge
    markers = [judge(item.doc, None) for item in items]
    parts = {"": list(range(len(items)))}
    kinds = sorted({item.doc.kind for item in items})
    parts |= {f", {kind}s": [place for place, item in enumerate(items) if item.doc.kind == kind] for kind in (kinds if len(kinds) > 1 else ())}
    scale = scale_of(name)
    return {
        f"{judged_by}{part}": figures(sample(name, [items[place] for place in places], [found[place] for place in places]), scale)
        for part, places in parts.items() for judged_by, found in (("with the model", with_model), ("markers alone", markers))
    }


def taught_by(name: str, items: Sequence[Labelled]) -> list[Labelled]:
    """The items that can teach this tagger something: labelled for it, of its kinds, with a text."""
    tagger = tagger_named(name)
    return [item for item in items if name in item.labels and judges(tagger, item) and item.doc.text.strip()]


def held_out(name: str, items: Sequence[Labelled], folds: Folds, beside: Sequence[Labelled] = ()) -> list[Finding]:
    """What the tagger says of each item with a model that was learned without the item's fold; nothing of what it does not judge.

    `beside`: items that none is measured on, and every model learns from but that of their own blog's fold.
    """
    tagger = tagger_named(name)
    known, more = _examples(name, items), examples(name, beside)
    found: dict[int, Finding] = {}
    for taught, judged in parted(items, folds):
        unseen = {items[place].blog for place in judged}
        model = learned(name, [*(example for place in taught if (example := known[place])), *(example for example in more if example.blog not in unseen)])
        found.update({place: _finding(tagger, items[place], model) for place in judged})
    return [found[place] for place in range(len(items))]


def _finding(tagger: ModuleType, item: Labelled, model: Model) -> Finding:
    judge: Judge = tagger.judge
    return judge(item.doc, model) if judges(tagger, item) and item.doc.text.strip() else Finding(None)


def examples(name: str, items: Iterable[Labelled]) -> list[Example]:
    """The items that something can be learned from."""
    return [example for example in _examples(name, items) if example]


def learned(name: str, taught: Sequence[Example]) -> Model:
    """Weights from all examples; calibration and cuts from scores of blogs that were left out in turn."""
    recipe: Recipe = tagger_named(name).recipe
    clear = [example for example in taught if example.level not in recipe.left_out]
    _check_sides(name, recipe, [example.level for example in clear])
    if recipe.kind == "ordinal":
        from pipeline.climbing import climbed  # it builds on this module

        return climbed(name, tagger_named(name).version, recipe, clear)
    model = _weights(name, recipe, clear)
    return _calibrated(model, recipe, clear, _blind_sums(name, recipe, clear))


def _examples(name: str, items: Iterable[Labelled]) -> list[Example | None]:
    tagger = tagger_named(name)
    return [_example(tagger, item, item.labels[name]) if taught_by(name, [item]) else None for item in items]


def _example(tagger: ModuleType, item: Labelled, level: int) -> Example:
    recipe: Recipe = tagger.recipe
    words = Counter(in_words(item.doc)) if recipe.words else Counter[str]()
    letters = Counter(in_letters(item.doc)) if recipe.letters else Counter[str]()
    return Example(item.blog, item.doc, level, _signals(recipe, tagger.signals(item.doc)), words, letters, item.halves)


def _signals(recipe: Recipe, heard: Vector) -> Vector:
    """The signals to learn from; those that are tied to a namesake are added to it."""
    if not recipe.tied:
        return heard
    together: dict[str, float] = defaultdict(float)
    for name, value in heard.items():
        together[name.removeprefix(AROUND)] += value
    return dict(together)


def _check_sides(name: str, recipe: Recipe, levels: Sequence[int]) -> None:
    positive = sum(level >= recipe.positive for level in levels)
    if min(positive, len(levels) - positive) < FEWEST:
        raise UserError(
            f"{positive} of {len(levels)} labelled items are of level {recipe.positive} or higher; to train {name}, label at least {FEWEST} on either side."
        )


def _blind_sums(name: str, recipe: Recipe, clear: Sequence[Example]) -> dict[int, float]:
    """By place: what a model that never saw the item's blog makes of it; nothing where all are of one blog."""
    stand_ins = [Labelled("", example.blog, "comment", example.doc, {"spam": 2 * (example.level >= recipe.positive)}) for example in clear]
    found: dict[int, float] = {}
    for taught, judged in parted(stand_ins, balanced(stand_ins, INNER_FOLDS)):
        if len({recipe.target(clear[place].level) for place in taught}) < 2:
            continue
        model = _weights(name, recipe, [clear[place] for place in taught])
        found |= {place: _sum(model, clear[place]) for place in judged}
    return found


def _sum(model: Model, example: Example) -> float:
    heard = sum(value * model.signals.get(name, 0.0) for name, value in example.signals.items())
    pairs = ((example.words, model.words), (example.letters, model.letters))
    read = (
        value * terms[term].weight
        for counts, terms in pairs
        for term, value in weighed(counts, {term: terms[term].rarity for term in counts if term in terms}).items()
    )
    return model.intercept + heard + sum(read)


def _calibrated(model: Model, recipe: Recipe, clear: Sequence[Example], blind: Mapping[int, float]) -> Model:
    if len(blind) < 2 * FEWEST:
        return model
    sums = [blind[place] for place in sorted(blind)]
    slope, offset = _line(recipe, sums, [recipe.target(clear[place].level) for place in sorted(blind)])
    turned = replace(model, slope=slope, offset=offset)
    return replace(turned, cuts=_cuts(turned, recipe, clear, blind)) if recipe.kind == "ridge" else turned


def _line(recipe: Recipe, sums: Sequence[float], targets: Sequence[float]) -> tuple[float, float]:
    """Slope and offset that make the sums say what is true: Platt's (1999) for probabilities, least squares for levels."""
    import numpy as np
    from sklearn.linear_model import LinearRegression, LogisticRegression

    column = np.array(sums).reshape(-1, 1)
    fitted: Any = (LinearRegression() if recipe.kind == "ridge" else LogisticRegression(C=100.0)).fit(column, np.array(targets))   # Any: no types there
    return round(float(np.ravel(fitted.coef_)[0]), DIGITS), round(float(np.ravel(fitted.intercept_)[0]), DIGITS)


def _cuts(model: Model, recipe: Recipe, clear: Sequence[Example], blind: Mapping[int, float]) -> dict[str, tuple[float, ...]]:
    pairs: dict[str, list[tuple[float, int]]] = defaultdict(list)
    for place, total in blind.items():
        pairs[clear[place].doc.kind].append((model.calibrated(total), clear[place].level))
    return {kind: best_cuts(found, recipe.highest) for kind, found in sorted(pairs.items())}


def _weights(name: str, recipe: Recipe, taught: Sequence[Example]) -> Model:
    words = rarities(recipe, [(example.blog, example.words) for example in taught]) if recipe.words else {}
    letters = rarities(recipe, [(example.blog, example.letters) for example in taught]) if recipe.letters else {}
    signals = sorted({signal for example in taught for signal in example.signals})
    columns = {column: number for number, column in enumerate([*(f"s{one}" for one in signals), *(f"w{one}" for one in words), *(f"l{one}" for one in letters)])}
    rows = [_row(recipe, example, words, letters) for example in taught]
    weights, intercept = _fitted(recipe, matrix(rows, columns), [recipe.target(example.level) for example in taught])
    return Model(
        tagger=name, tagger_version=tagger_named(name).version, kind=recipe.kind, intercept=round(intercept, DIGITS),
        signals={f"{mark}{one}": round(weights[columns[f"s{one}"]], DIGITS) for one in signals for mark in (("", AROUND) if recipe.tied else ("",))},
        words=_terms(words, "w", recipe.words, columns, weights), letters=_terms(letters, "l", recipe.letters, columns, weights),
    )


def _row(recipe: Recipe, example: Example, words: Vector, letters: Vector) -> dict[str, float]:
    return {
        **{f"s{name}": value for name, value in example.signals.items()},
        **{f"w{term}": recipe.words * value for term, value in weighed(example.words, words).items()},
        **{f"l{term}": recipe.letters * value for term, value in weighed(example.letters, letters).items()},
    }


def rarities(recipe: Recipe, counted: Sequence[tuple[str, Counter[str]]]) -> dict[str, float]:
    """Inverse document frequencies of the n-grams that enough items of enough blogs have."""
    items: Counter[str] = Counter()
    blogs: dict[str, set[str]] = defaultdict(set)
    for blog, counts in counted:
        items.update(counts.keys())
        for term in counts:
            blogs[term].add(blog)
    chosen = sorted(term for term, number in items.items() if number >= recipe.fewest_items and len(blogs[term]) >= recipe.fewest_blogs)
    return {term: round(math.log((1 + len(counted)) / (1 + items[term])) + 1, DIGITS) for term in chosen}


def matrix(rows: Sequence[Vector], columns: Mapping[str, int]) -> csr_matrix:
    from scipy.sparse import csr_matrix

    entries = [(value, number, columns[name]) for number, row in enumerate(rows) for name, value in row.items() if value]
    values, down, across = zip(*entries, strict=True) if entries else ((), (), ())
    return csr_matrix((values, (down, across)), shape=(len(rows), len(columns)))


def _fitted(recipe: Recipe, matrix: csr_matrix, targets: Sequence[float]) -> tuple[list[float], float]:
    import numpy as np
    from sklearn.linear_model import LogisticRegression, Ridge
    from threadpoolctl import threadpool_limits

    estimator: Any = (      # Any: no types there
        Ridge(alpha=1 / recipe.freedom, solver="sparse_cg", tol=1e-6) if recipe.kind == "ridge"
        else LogisticRegression(C=recipe.freedom, max_iter=5000, tol=1e-6)
    )
    with threadpool_limits(1):      # these matrices are so small that threads only wait for each other
        fitted = estimator.fit(matrix, np.array(targets))
    return [float(weight) for weight in np.ravel(fitted.coef_)], float(np.ravel(fitted.intercept_)[0])


def _terms(rarities: Vector, mark: str, scale: float, columns: Mapping[str, int], weights: Sequence[float]) -> dict[str, Term]:
    """With the scale multiplied in. What weighs nothing stays, too, as long as its rarity counts in the length of others."""
    return {term: Term(rarity, round(scale * weights[columns[f"{mark}{term}"]], DIGITS)) for term, rarity in rarities.items()}
