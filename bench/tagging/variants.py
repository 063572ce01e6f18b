"""What each part of a tagger adds, and what plain models reach, on the same folds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from bench.tagging import plain
from bench.tagging.held import TAGS, Held, findings
from bench.tagging.material import Material, of_tag
from pipeline.labelled.items import Labelled
from pipeline.measuring import held_out
from pipeline.measuring.scales import scale_of
from pipeline.registry import module
from pipeline.text import Context, Doc
from pipeline.training import trainable
from schema.items import Finding

Way = Callable[[Sequence[Labelled]], list[Finding]]


@dataclass(frozen=True, slots=True)
class Variant:
    """One row of the table: for each tag a way to findings, if it has one."""

    name: str
    ways: dict[str, Way]


def variants(material: Material) -> Iterator[Variant]:
    """From the least to the most, then the plain models."""
    yield Variant("markers only", {tag: _by_markers(tag, _text_alone) for tag in TAGS})
    yield Variant("+ context", {tag: _by_markers(tag, _without_corpus) for tag in TAGS})
    yield Variant("+ corpus", {tag: _by_markers(tag, lambda doc: doc) for tag in TAGS})
    yield Variant("+ model (as shipped, trained anew per fold)", {tag: _as_it_is(tag, material) for tag in TAGS if tag in trainable()})
    yield Variant("TextBlob polarity", {"spam": _plain(material, plain.textblob("spam", scale_of("spam"), "polarity"))})
    yield Variant("TextBlob subjectivity", {"conversational": _plain(material, plain.textblob("conversational", scale_of("conversational"), "subjectivity"))})
    if material.youtube:
        yield Variant("TF-IDF + logistic regression, trained on YouTube Spam", {"spam": _plain(material, plain.elsewhere(scale_of("spam"), material.youtube))})
    yield Variant("TF-IDF + logistic regression, text", {tag: _plain(material, plain.logistic(tag, scale_of(tag), plain.text)) for tag in TAGS[:2]})
    yield Variant("the same with name, URL and anchors", {tag: _plain(material, plain.logistic(tag, scale_of(tag), plain.with_name_and_links)) for tag in TAGS[:2]})
    yield Variant("TF-IDF + ridge, text", {"conversational": _plain(material, plain.ridge("conversational", scale_of("conversational")))})


def held(variant: Variant, material: Material) -> dict[str, Held]:
    """What the variant finds, by tag."""
    found = {}
    for tag, way in variant.ways.items():
        items = of_tag(tag, material.items)
        found[tag] = Held(tag, items, way(items))
    return found


def _as_it_is(tag: str, material: Material) -> Way:
    return lambda items: findings(tag, items, material.folds, material.beside)


def _plain(material: Material, fit: held_out.Fit) -> Way:
    return lambda items: held_out.findings(items, material.folds, fit)


def _by_markers(tag: str, reduced: Callable[[Doc], Doc]) -> Way:
    """The tagger without its model, on less than it could know."""
    tagger = module("pipeline.taggers", tag)
    judge: Callable[[Doc], Finding] = (lambda doc: tagger.judge(doc, None)) if tag in trainable() else tagger.tag
    return lambda items: [judge(reduced(item.doc)) for item in items]


def _text_alone(doc: Doc) -> Doc:
    """No link, no name, no address, no place in the thread; what a post or a ping is, is known."""
    return replace(doc, links=(), author=None, author_url=None, by_post_author=None, position=None, title="", context=Context())


def _without_corpus(doc: Doc) -> Doc:
    return replace(doc, context=replace(doc.context, corpus=None))
