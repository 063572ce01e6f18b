"""The subject: terms of marketing, how dense and how different, in the title, and above a comment; a mention is no subject."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from pipeline.taggers import marketing
from pipeline.taggers.marketing import meanings, tag, weights
from pipeline.text import Context, Doc
from tests.pipeline.taggers.judging import remark, seeds

FILLER = "The queue at the till was long, and the clerk counted the loaves of bread on the shelf by hand. "
ABOUT = "Word of mouth marketing begins in the queue. A brand is what customers tell each other there, whatever the advertising says."

POSTS = [
    ("", ABOUT, 2),
    ("", ABOUT + FILLER * 4, 2),
    ("", ABOUT + FILLER * 60, 0),
    ("Marketing at the till", FILLER + "Our marketing people never stood there.", 2),
    ("", FILLER * 2 + "My sister works in marketing.", 1),
    ("", FILLER * 20 + "My sister works in marketing.", 0),
    ("", FILLER + "Which brand of milk was it?", 0),
    ("", "Our shop sells chairs to customers at the best prices; promotion on all products and free service.", 0),
    ("", "The senator's campaign targeted voters with messages on Facebook, and sold his policy to the audience.", 0),
    ("", FILLER, 0),
]


@pytest.mark.parametrize(("title", "text", "level"), POSTS)
def test_posts_by_their_terms(title: str, text: str, level: int) -> None:
    finding = tag(Doc("post", text, title=title))
    assert finding.level == level, finding
    assert bool(finding.spans or finding.context["signals"]) >= (level > 0)


@pytest.mark.parametrize(("text", "post", "level"), [
    ("That is true.", ABOUT, 1),
    ("Not every brand lives by word of mouth.", ABOUT, 2),
    ("The queue, the mouth, the customers: is it what they tell?", ABOUT, 2),
    ("That is true.", FILLER, 0),
    ("Content marketing and SEO are dead, said the advertising agency.", FILLER, 2),
    ("That is true.", None, 0),
])
def test_comments_by_their_words_and_the_post_above(text: str, post: str | None, level: int) -> None:
    finding = tag(remark(text, context=Context(post_text=post)))
    assert finding.level == level, finding
    assert ("post_about_marketing" in str(finding.context["signals"])) == (post == ABOUT)


def test_the_score_of_the_text_alone_is_kept() -> None:
    finding = tag(remark("That is true.", context=Context(post_text=ABOUT)))
    assert finding.text_score == 0.0 < (finding.score or 0)


def test_terms_are_shown_and_shared_words_are_not() -> None:
    shown = {(ABOUT[span.start:span.end], span.rule) for span in tag(Doc("post", ABOUT)).spans}
    assert shown == {("Word of mouth marketing", "marketing"), ("Word of mouth", "strategy"), ("brand", "brands_and_ads"), ("advertising", "advertising")}


def test_quoted_terms_are_not_the_writers() -> None:
    assert tag(Doc("post", 'He said "content marketing and SEO are what every brand needs" and left.')).level == 0


@pytest.mark.parametrize(("text", "level"), [
    ("Gutes Marketing ist keine Werbung, sagt die Werbeagentur.", 2),
    ("Die Schlange war lang, und das Brot war alle.", None),
    ("Die social media campaign war lang.", None),
])
def test_other_languages_have_borrowed_some_words_and_have_some_of_their_own(text: str, level: int | None) -> None:
    finding = tag(Doc("post", text, language="de"))
    assert finding.level == level
    assert (finding.score is None) == (level is None)


def test_the_posts_of_the_seeds_are_about_marketing(shared: Path) -> None:
    found = [tag(doc) for _, doc in seeds(shared)]
    posts = [finding for finding, (label, _) in zip(found, seeds(shared), strict=True) if label["kind"] == "post"]
    assert [finding.level for finding in posts] == [2] * 5
    assert all(finding.level for finding in found)      # their comments stand under them


def test_a_long_post_is_read_once_for_all_its_comments() -> None:
    post = ABOUT * 300
    tag(remark("warm", context=Context(post_text=post)))
    started = time.process_time()
    for number in range(50):
        tag(remark(f"That is true, number {number}.", context=Context(post_text=post)))
    assert time.process_time() - started < 0.5


def test_each_field_has_a_meaning_and_a_weight() -> None:
    assert set(weights()) | {marketing.TITLE, marketing.POST} == set(meanings())
    assert all(meaning.endswith(".") for meaning in meanings().values())
