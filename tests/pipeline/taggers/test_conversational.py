"""The tone: being turned to somebody and a personal voice; either is something, both is a conversation."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.taggers.conversational import tag
from pipeline.text import Doc
from tests.pipeline.taggers.judging import remark, seeds

CASES = [
    ("Listening correlates with revenue. The survey covered 312 shops in four regions between 2004 and 2008.", 0),
    ("The chair is available in five sizes, and you can order it online today in our store.", 0),
    ("Anna, I'm not so sure about that! Didn't you say the bread was awful? :-)", 3),
    ("Hey Tom, thanks, I really love this. What do you think about the queues?", 3),
    ("yeah, you're right, that's what I meant, innit?", 3),
    ("Nice post, thanks for sharing!", 2),
    ("Very informative article. I enjoyed reading this blog, it is really useful information. Keep up the good work.", 2),
    ("Retail revenue in the region rose by three percent in 2008.", 0),
]


@pytest.mark.parametrize(("text", "level"), CASES)
def test_clear_cases(text: str, level: int) -> None:
    finding = tag(remark(text))
    assert finding.level == level
    assert bool(finding.spans) == (level > 0)


@pytest.mark.parametrize(("less", "more"), [
    ("The queue was long.", "I think the queue was long, don't you?"),
    ("Thanks!", "Thanks, Anna, I love it!"),
    ("The author of the post is mistaken.", "Maud, you are mistaken."),
    ("It is good.", "It's sooo good!!! :-)"),
])
def test_the_score_is_a_rank(less: str, more: str) -> None:
    assert (tag(remark(less)).score or 0) < (tag(remark(more)).score or 0)


def test_subscores_are_rates_and_the_f_score_needs_thirty_words() -> None:
    short = tag(remark("Hello Anna, do you agree?"))
    assert set(short.subscores) == {"address", "involvement", "informality", "interaction", "f_score"}
    assert short.subscores["f_score"] is None
    assert (short.subscores["address"] or 0) > 0
    formal = tag(remark("The distribution of prices across the shops of the northern region of the country in the year of the survey was a function of the distance between the warehouse of the supplier and the door of the shop."))
    talk = tag(remark("Well I really don't know what he thinks he was doing there, but you know how they always go on about it, and then we just had to sit here and wait until she finally came back and told us."))
    assert (formal.subscores["f_score"] or 0) > 60 > 50 > (talk.subscores["f_score"] or 99)


def test_a_name_of_the_thread_counts_as_address() -> None:
    from pipeline.text import Context

    known, unknown = (tag(Doc("comment", "Maud is right", context=Context(earlier_authors=(name,)))) for name in ("Maud Miller", "Ann Baker"))
    assert "name_of_the_thread" in {span.rule for span in known.spans} - {span.rule for span in unknown.spans}
    assert (known.score or 0) > (unknown.score or 0)


def test_quoted_warmth_is_not_the_writers() -> None:
    quoted = tag(remark('The letter said "hey Anna, I love you guys, what do you think?" and nothing else.'))
    assert quoted.level == 0


@pytest.mark.parametrize(("text", "language"), [
    ("Um das zu sehen, im Laden, hm, muss man nur im Sommer kommen.", "de"),
    ("Die Schlange war lang.", "de"),
    ("Очередь была длинной, и хлеб кончился.", "ru"),
    ("短い列はよい店です。", "en"),          # too short to tell, so that it bears the language of its page
])
def test_a_text_in_another_language_is_not_judged_where_no_sign_decides(text: str, language: str) -> None:
    finding = tag(replace(remark(text), language=language))
    assert (finding.score, finding.level, finding.text_score, finding.spans) == (None, None, None, ())
    assert "language" in str(finding.context["missing"])


@pytest.mark.parametrize(("text", "rules"), [
    ("Und was sagt der Laden dazu? :-)", ["asks", "emoticon"]),
    ("@Maud das stimmt so nicht.", ["at_somebody"]),
    ("Как вы считали покупателей?", ["asks"]),
])
def test_signs_of_a_text_in_another_language_count(text: str, rules: list[str]) -> None:
    finding = tag(replace(remark(text), language="de"))
    assert (finding.level or 0) >= 1
    assert [span.rule for span in finding.spans] == rules
    assert "language" in str(finding.context["missing"])
    assert finding.subscores["f_score"] is None


@pytest.mark.parametrize(("text", "quoted"), [
    ("Not so sure, he left. Cheers", "Cheers"), ("It is good, they said, but is it working!", "working!"), ("(So they say.) What did the forty buy there?", "What did the forty buy there?"),
])
def test_places_are_whole_words(text: str, quoted: str) -> None:
    assert quoted in [text[span.start:span.end] for span in tag(remark(text)).spans]


def test_the_seeds_are_within_one_level(shared: Path) -> None:
    found = [(label["conversational"], tag(doc)) for label, doc in seeds(shared)]
    assert len(found) == 19
    assert all(finding.spans for _, finding in found if finding.level)
    assert [(gold, finding.level) for gold, finding in found if abs(gold - (finding.level or 0)) > 1] == []


def test_an_address_for_mail_is_nobody_addressed() -> None:
    rules = {span.rule for span in tag(Doc("comment", "@Maud Write to sales@growth.example, please, and I will tell you.", language="en")).spans}
    assert "at_somebody" in {rule.partition(":")[0] for rule in rules}
    rules = {span.rule for span in tag(Doc("comment", "Write to sales@growth.example, please, and I will tell you.", language="en")).spans}
    assert "at_somebody" not in {rule.partition(":")[0] for rule in rules}
