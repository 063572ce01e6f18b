"""Plain models to leave behind: what anybody would try first, trained and cut on the other folds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.pipeline import Pipeline, make_pipeline, make_union

from pipeline.features.sentiment import sentiment
from pipeline.labelled.items import Labelled
from pipeline.measuring.held_out import Fit, Judge
from pipeline.measuring.scales import Scale
from pipeline.measuring.verdicts import f1
from pipeline.models.cuts import best_cuts, level_at
from pipeline.text import Doc
from schema.items import Finding

View = Callable[[Doc], str]


def text(doc: Doc) -> str:
    """The words alone."""
    return doc.text


def with_name_and_links(doc: Doc) -> str:
    """The words, and who wrote them and where they lead."""
    links = " ".join(f"{link.anchor} {link.url}" for link in doc.links)
    return f"{doc.text}\n{doc.author or ''}\n{doc.author_url or ''}\n{links}"


def logistic(tag: str, scale: Scale, view: View) -> Fit:
    """TF-IDF of words and letters, logistic regression."""
    def fit(items: Sequence[Labelled]) -> Judge:
        known = [item for item in items if tag in item.labels and item.labels[tag] not in scale.left_out]
        model = _with(_balanced()).fit([view(item.doc) for item in known], [item.labels[tag] >= scale.positive for item in known])
        return partial(_probable, model, scale, view)
    return fit


def elsewhere(scale: Scale, comments: Sequence[tuple[str, bool]]) -> Fit:
    """The same, trained on comments of another place and never on blogs."""
    model = _with(_balanced()).fit([words for words, _ in comments], [is_spam for _, is_spam in comments])
    return lambda items: partial(_probable, model, scale, text)


def ridge(tag: str, scale: Scale) -> Fit:
    """TF-IDF of words and letters, ridge regression on the level; the level is what it is rounded to."""
    def fit(items: Sequence[Labelled]) -> Judge:
        known = [item for item in items if tag in item.labels]
        model = _with(Ridge(alpha=1.0)).fit([item.doc.text for item in known], [item.labels[tag] for item in known])
        return partial(_expected, model, scale)
    return fit


def textblob(tag: str, scale: Scale, name: str) -> Fit:
    """TextBlob's polarity or subjectivity as it is; the cuts are those that fit the other folds best."""
    def score(doc: Doc) -> float:
        found = doc.once(sentiment)
        value = (found.polarity if name == "polarity" else found.subjectivity) or 0.0
        return (value + 1) / 2 if name == "polarity" else value

    def fit(items: Sequence[Labelled]) -> Judge:
        pairs = [(score(item.doc), item.labels[tag]) for item in items if tag in item.labels]
        if scale.is_expected_level:
            cuts = best_cuts(pairs, scale.highest)
            return lambda doc: Finding(score(doc), level_at(score(doc), cuts))
        cut = _best_for_f1([(value, level >= scale.positive) for value, level in pairs if level not in scale.left_out])
        return lambda doc: Finding(score(doc), scale.positive if score(doc) >= cut else 0)
    return fit


def _best_for_f1(pairs: Sequence[tuple[float, bool]]) -> float:
    """The score from which on a yes gives the best F1."""
    return max({value for value, _ in pairs}, key=lambda cut: f1([is_yes for _, is_yes in pairs], [value >= cut for value, _ in pairs]) or 0.0)


def _balanced() -> LogisticRegression:
    """Without the balance of classes hardly anything would reach one half; with it the score is no probability."""
    return LogisticRegression(C=10, class_weight="balanced", solver="liblinear")


def _with(estimator: Any) -> Pipeline:      # Any: scikit-learn has no types
    words = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)
    letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), min_df=2, sublinear_tf=True)
    return make_pipeline(make_union(words, letters), estimator)


def _probable(model: Pipeline, scale: Scale, view: View, doc: Doc) -> Finding:
    score = float(model.predict_proba([view(doc)])[0, 1])
    return Finding(score, scale.positive if score >= 0.5 else 0)


def _expected(model: Pipeline, scale: Scale, doc: Doc) -> Finding:
    level = min(float(scale.highest), max(0.0, float(model.predict([doc.text])[0])))
    return Finding(level / scale.highest, round(level))
