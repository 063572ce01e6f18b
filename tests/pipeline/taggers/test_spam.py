"""Spam is what was placed for others; a remark that takes part is none, however short, rude or off the point."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.taggers.spam import kinds, tag, uses_corpus
from pipeline.text import Context, Corpus, Doc, Spread
from tests.pipeline.taggers.judging import remark, seeds

HONEST = [
    remark("Anna, I think you are wrong about the bread, because nobody buys it for the smell."),
    remark("Thanks a lot for this, it helped me with my thesis!"),
    remark("This is the dumbest thing I have read all week and you should be ashamed of it."),
    remark("Das sehe ich anders, im Laden meiner Tante redet niemand mit den Kunden."),
    remark("Has anybody tried the new till by Marlow? I use it at work and it never jams."),
    remark("I wrote about queues last week: https://annabaker.example/queues", author_url="https://annabaker.example/"),
    remark("Would that work in a bookshop as well? Where can I buy the book you mention?"),
]
SPAM = [
    (remark("Great post! Cheap garden chairs at the lowest price, visit our online store today.", author="cheap garden chairs", author_url="https://cheap-garden-chairs.example/"), None),
    (remark("I really like your blog. Keep up the good work. discount handbags outlet", ("discount handbags outlet", "https://bags.example/")), "keyword_anchor"),
    (remark("[url=https://pills.example/]buy cialis online[/url] [link=https://pills.example/]cialis[/link]"), None),
    (remark("qwrtzpsd mnbvcxk [url=http://qwrtzpsd.example/]qwrtzpsd[/url] http://mnbvcxk.example/ xkcdwrtp"), None),
    (remark("Thanks for sharing this informative article, I have bookmarked your site.", author="Logo Design", author_url="https://logos-for-less.example/"), "praise_filler"),
    (remark("Get more visitors to your website on autopilot, try our traffic software http://traffic-storm.example/ free of charge."), None),
    (remark("Dear friend, I am a barrister and my late client left 4.2 million dollars without next of kin. Kindly send me your bank details."), "scam"),
    (remark("Do you need an urgent loan? We give guaranteed loans at 2% to anybody, no collateral. Contact us on quick.lender@mail.example today.", author="James Brown"), "scam"),
    (remark("I was out of work for a year and now I make $3,200 a month from home, thanks to this simple system. Hurry and join!"), "scam"),
    (remark("Invest 500 with our trader and get 100% profit in a week, a guaranteed investment. Whatsapp +1 555 0100 200."), None),
    (remark("Our office chairs are the best comfort chairs at affordable prices, available in different sizes, leather and suede, stylish and durable. http://chairs-outlet.example/"), "product_copy"),
]


@pytest.mark.parametrize("doc", HONEST, ids=lambda doc: doc.text[:30])
def test_who_takes_part_is_no_spammer(doc: Doc) -> None:
    assert tag(doc).level == 0


@pytest.mark.parametrize(("doc", "subtype"), SPAM, ids=[doc.text[:30] for doc, _ in SPAM])
def test_what_is_placed_for_others_is_spam_and_shows_why(doc: Doc, subtype: str | None) -> None:
    finding = tag(doc)
    assert finding.level == 2
    assert finding.spans or finding.context["signals"]
    assert finding.subtype == subtype if subtype else finding.subtype


def test_only_comments_are_judged() -> None:
    assert kinds == ("comment",)


@pytest.mark.parametrize(("text", "is_judged"), [
    ("Thank you so much", False), ("Thank you so very much", True), ("", False), ("See http://a.example/", True),
])
def test_under_five_words_without_a_link_there_is_no_score(text: str, is_judged: bool) -> None:
    finding = tag(Doc("comment", text))
    assert (finding.score is not None, finding.level is not None) == (is_judged, is_judged)


def test_a_name_that_is_a_keyword_makes_the_difference() -> None:
    text = "Thanks for sharing, nice article, I will come back."
    honest, keyword = tag(remark(text)), tag(remark(text, author="best roof repair", author_url="https://best-roof-repair.example/"))
    assert (honest.level, keyword.level) == (0, 2)
    assert honest.text_score == keyword.text_score
    assert "keyword_name" in str(keyword.context["signals"])


def test_the_author_of_the_post_is_not_taken_for_a_spammer() -> None:
    text = "We offer a discount on the book this week: https://shops.example/book"
    assert tag(remark(text, by_post_author=True, author_url="https://shops.example/")).level == 0


def test_a_pitch_that_is_quoted_is_not_the_writers() -> None:
    assert tag(remark('Yesterday somebody wrote me "cheap viagra at the lowest price, order now" and I had to laugh.')).level == 0


def test_missing_context_is_recorded() -> None:
    finding = tag(Doc("comment", "I think that is quite right, Tom.", context=Context()))
    assert finding.context["missing"] == ["author", "author_url", "by_post_author", "host", "previous_comment", "post_text"]


POST = "Queues in shops are long."
PLAIN = "We also saw this in town last week, and it was quite something to look at."


@pytest.mark.parametrize(("corpus", "signal"), [
    (Corpus(duplicates=4, duplicated=Spread(posts=3, blogs=2)), "same_text_under_other_posts"),
    (Corpus(duplicates=1), "same_text_again"),
    (Corpus(hosts={"pans.example": Spread(posts=9, blogs=4)}), "address_on_other_blogs"),
    (Corpus(hosts={"github.com": Spread(posts=9, blogs=4)}), ""),
    (None, ""),
])
def test_what_the_corpus_knows_makes_spam_more_likely(corpus: Corpus | None, signal: str) -> None:
    around = {"author": "Tom", "author_url": "https://pans.example/"}
    alone, known = (tag(remark(PLAIN, **around, context=Context(post_text=POST, corpus=seen))) for seen in (None, corpus))
    assert uses_corpus
    assert (signal in str(known.context["signals"])) if signal else known == alone
    assert (known.score or 0) > (alone.score or 0) if signal else True
    assert known.text_score == alone.text_score


@pytest.mark.parametrize(("url", "signal"), [
    ("https://pans.example/", ""), ("https://pans.example/new/page.php?id=3", "deep_address"), ("https://my-pans.example/", "hyphens_in_the_host"),
    ("https://pans.info/", "cheap_zone"), ("https://pans.example/best-roof-repair-services", "ware_path"), ("https://www.google.com/", "borrowed_address"),
    ("https://tomsmith.example/", "site_bears_the_name"), ("", "leaves_no_address"),
])
def test_an_address_speaks_for_or_against_its_writer(url: str, signal: str) -> None:
    given = tag(remark("The clerk hears them because customers talk about prices.", author="Tom Smith", author_url=url or None)).context["signals"]
    assert signal in str(given) if signal else not {"deep_address", "hyphens_in_the_host", "cheap_zone", "ware_path", "borrowed_address"} & set(given)


def test_shuffled_letters_are_shown_where_they_stand() -> None:
    doc = remark("The clreks of this shop are plesaant, and the line moves on.")
    assert {doc.text[span.start:span.end] for span in tag(doc).spans if span.rule == "shuffled_letters"} == {"clreks", "plesaant"}


def test_the_seeds(shared: Path) -> None:
    levels = {(label["seed"][:3], label["index"]): tag(doc) for label, doc in seeds(shared) if doc.kind == "comment"}
    spam, borderline = levels.pop(("004", 1)), levels.pop(("000", 9))
    assert (spam.level, spam.subtype, borderline.level) == (2, "product_copy", 1)
    assert spam.spans and borderline.spans
    assert {finding.level for finding in levels.values()} == {0}
