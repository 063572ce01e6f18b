"""What holds for every tagger and every text: no exception, spans in the writer's own words, the same answer twice, in time."""

from __future__ import annotations

import re
import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.features.sentiment import sentiment
from pipeline.registry import modules
from pipeline.text import Context, Doc, quotations
from schema.items import Finding, Mark, TextLink

TAGGERS = modules("pipeline.taggers")
SCRAPS = st.sampled_from((
    "thanks ", "you ", "I ", "our shop ", '"', "'", "“", "”", "> ", "\n", "http://a.example/x ", "[url=", "viagra ", "!!! ", ":-) ", "check out my blog ",
    "Anna, ", "? ", ". ", "... ", "great post ", "cheap ", "a.b.c ", "@x ", "$5 ", "\u00a0", "é", "中文", "\u202e", "\x00", "\ud800", "🙂",
))
TEXTS = st.one_of(st.text(max_size=200), st.lists(SCRAPS, max_size=60).map("".join))


@st.composite
def docs(draw: st.DrawFn) -> Doc:
    text = draw(TEXTS)
    ends = st.integers(0, len(text) + 5)
    marks = draw(st.lists(st.builds(Mark, ends, ends, st.sampled_from(("quote", "code", "list"))), max_size=3))
    links = draw(st.lists(st.builds(TextLink, st.one_of(st.text(max_size=30), st.just("http://[x")), st.text(max_size=10), ends, ends), max_size=3))
    around = draw(st.builds(Context, post_text=st.none() | st.text(max_size=50), post_author=st.none() | st.just("Anna"), earlier_authors=st.none() | st.just(("Bo", ""))))
    return Doc(
        draw(st.sampled_from(("post", "comment"))), text, marks=tuple(marks), links=tuple(links), author=draw(st.none() | st.text(max_size=20)),
        author_url=draw(st.none() | st.text(max_size=20) | st.just("http://cheap-shoes.example/")), by_post_author=draw(st.none() | st.booleans()), context=around,
    )


@given(docs())
@settings(max_examples=150, deadline=None)
def test_any_text_gets_a_sound_judgement(doc: Doc) -> None:
    for name, tagger in TAGGERS.items():
        finding: Finding = tagger.tag(doc)
        assert finding == tagger.tag(_fresh(doc)), name
        assert finding.score is None or 0 <= finding.score <= 1
        assert (finding.score is None) == (finding.level is None)
        assert not finding.level or finding.spans or finding.context["signals"], name
        quoted = doc.once(quotations)
        for span in finding.spans:
            assert 0 <= span.start < span.end <= len(doc.text)
            assert doc.text[span.start:span.end] == doc.text[span.start:span.end].strip()
            assert doc.links or (_is_whole(doc.text, span.start) and _is_whole(doc.text, span.end)), (name, span)
            assert not any(start <= span.start and span.end <= end for start, end in quoted), name
    sentiment(doc)


def _is_whole(text: str, edge: int) -> bool:
    """Whether no word of reasonable length is cut here. (A link ends where the page says, and an address begins where it does: `see0http://...`.)"""
    if text[edge:edge + 4].lower() in ("http", "www."):
        return True
    around = text[max(0, edge - 1):edge + 1]
    return len(around) < 2 or not around.isalnum() or len(max(re.findall(r"\w+", text), key=len)) > 30


def _fresh(doc: Doc) -> Doc:
    return replace(doc)


HARD = [
    "!" * 100_000, "((((" * 25_000, "ha" * 50_000, "ha " * 33_000, "http://a.example/ " * 6_000, "a.com " * 17_000, '"' * 100_000, "' " * 50_000,
    '"a ' * 33_000, "I " * 50_000, "you? " * 20_000, "[url=" * 20_000, "> \n" * 33_000, "\n" * 100_000, " " * 100_000, "A" * 100_000, "Aa, " * 25_000,
    "viagra " * 14_000, "my new " * 14_000, "- " * 50_000, "@a" * 50_000, "1" * 100_000, "+1 (2) " * 14_000, "a@b." * 25_000, "thanks for " * 9_000, "Best Tips " * 10_000,
    "call " + "1 " * 50_000, "x" * 50_000 + "@" * 50_000, "“a " * 33_000, "a-" * 50_000, "www." * 25_000, "[" * 100_000, "?" * 50_000 + "a?" * 25_000, "é" * 100_000, "中文" * 50_000,
]


@pytest.mark.parametrize("text", HARD, ids=[text[:8].strip() or repr(text[0]) for text in HARD])
def test_a_hundred_thousand_hostile_characters_take_less_than_a_second(text: str) -> None:
    modules("pipeline.taggers")["conversational"].tag(Doc("comment", "word " * 40))    # the lexicons are loaded once
    sentiment(Doc("comment", "good"))
    doc = Doc("comment", text, context=Context(post_text=text, earlier_authors=(text[:50],)))
    started = time.process_time()
    for tagger in TAGGERS.values():
        tagger.tag(doc)
    sentiment(doc)
    assert time.process_time() - started < 1.0


def test_a_text_longer_than_what_is_read_says_so() -> None:
    for tagger in TAGGERS.values():
        assert tagger.tag(Doc("comment", "Maud agrees. " * 2000)).context["read_characters"] == 20_000
        assert "read_characters" not in tagger.tag(Doc("comment", "Maud agrees.")).context
