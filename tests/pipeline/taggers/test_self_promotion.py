"""Self-promotion needs a tie: something must make the thing the writer's own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.taggers.self_promotion import POSITIVE, judge, tag
from pipeline.text import Doc
from tests.pipeline.taggers.judging import remark, seeds

OWN = "https://bakers-notes.example/"
CASES = [
    (remark("I agree with the post, prices matter more than smell."), 0),
    (remark("There is a good study of queues at https://library.example/queues if you are interested."), 0),
    (remark("As a retail consultant I see this every week."), 1),
    (remark("I don't mean to brag, but our company has no queues at all."), 1),
    (remark("I wrote a blog post about this: https://bread.example/queues"), 2),
    (remark("More on queues at https://bakers-notes.example/queues", author_url=OWN), 2),
    (remark("We had the same trouble. (Disclosure: I work for Tillmaker.)"), 2),
    (remark("Nice remark about the queues.", author="Queue Software", author_url="https://queue-software.example/"), 2),
    (remark("We offer affordable tills for small shops, call us or visit our store: https://tills.example/ for a free trial."), 3),
    (remark("I built a small app for queues, check it out at https://bakers-notes.example/app", author_url=OWN), 3),
    (remark('A stranger told me "check out my shop, we offer the best prices" and left.'), 0),
    (remark("My earlier post on this blog has the numbers: https://shops.example/2009/numbers", by_post_author=True), 0),
    (Doc("post", "Customers talk all day. A clerk who listens sells more, and a shop that does not will close."), 0),
    (Doc("post", "Join us for our webinar on listening! Registration is open, sign up here. We offer a free trial to all who register today."), 3),
    (Doc("post", "My new book The Listening Shop is out. It tells how a clerk in a small town learned to listen to customers and what came of it."), 2),
]


@pytest.mark.parametrize(("doc", "level"), CASES, ids=[doc.text[:40] for doc, _ in CASES])
def test_levels_follow_the_tie(doc: Doc, level: int) -> None:
    finding = tag(doc)
    assert finding.level == level
    assert ((finding.score or 0) >= POSITIVE) == (level >= 2)
    assert level == 0 or finding.spans or finding.context["signals"]


@pytest.mark.parametrize(("doc", "level"), CASES, ids=[doc.text[:40] for doc, _ in CASES])
def test_without_a_model_each_level_owns_a_quarter_of_the_scale(doc: Doc, level: int) -> None:
    finding = judge(doc, None)
    assert finding.level == level
    assert 0.25 * level <= (finding.score or 0) < 0.25 * level + 0.25
    assert "model" not in finding.context


OFFERS = [
    "Our studio repairs tills. Call me if yours jams, the first visit is on the house.",
    "I teach a workshop on window displays; get your seat while there are any.",
    "My latest novel is set in a queue. Anyone here who wants it pays half price until Sunday.",
    "You may enjoy our podcast about shopkeepers: subscribe wherever you listen.",
    "We run a monthly newsletter for grocers. Drop us a line and you are on the list.",
    "Being the maker of a till app I see this daily. Our app counts heads; you can have a free trial of thirty days.",
    "My masterclass for clerks starts in May, only $40 for readers of this page.",
    "We publish a magazine about markets, sign up for our list and the first issue is free.",
    "Our consultancy does this for grocers. Send me a message and I'll give you our price list.",
]
NO_OFFERS = [
    "Our company had a free trial of that till last year and sent it back.",
    "In our shop the queue is short, so people have a look around and leave.",
    "My book club read it in May, and nobody got 20% off anything.",
    "I took a course on queues once; the teacher told us to try it for free at home.",
    "Your tool jams. Sign up is broken as well, and nobody answers the phone.",
    "I made a tool for that at school, and it never worked.",
    "Our products sold better when the clerks listened to customers.",
]


@pytest.mark.parametrize("text", OFFERS)
def test_an_own_ware_with_a_call_a_contact_or_terms_for_the_reader_is_an_offer(text: str) -> None:
    finding = tag(remark(text))
    assert finding.level == 3
    assert len(finding.spans) >= 2


@pytest.mark.parametrize("text", NO_OFFERS)
def test_who_tells_of_a_ware_offers_nothing(text: str) -> None:
    assert (tag(remark(text)).level or 0) < 2


@pytest.mark.parametrize(("author", "url", "level"), [
    ("cheap tills", "https://cheap-tills.example/", 2),
    ("cheap tills", "https://www.blogger.com/profile/0123456789", 1),
    ("cheap tills", None, 0),
    ("Anna Baker", "https://cheap-tills.example/", 1),
    ("Anna Baker", "https://anna-baker.example/", 0),
])
def test_a_keyword_for_a_name_points_where_its_address_leads(author: str, url: str | None, level: int) -> None:
    assert tag(remark("The queue is the shop.", author=author, author_url=url)).level == level


def test_who_answers_on_an_own_blog_may_say_how_to_try_the_thing() -> None:
    text = "Our tool does that, too. Try it with the second button."
    assert (tag(remark(text, by_post_author=True)).level, tag(remark(text, by_post_author=False)).level) == (0, 3)


@pytest.mark.parametrize(("text", "more", "level"), [
    ("Die Schlange war gestern lang.", {}, None),
    ("Mehr dazu: https://bakers-notes.example/schlangen", {"author_url": OWN}, 2),
    ("Die Schlange war gestern lang.", {"author": "cheap tills", "author_url": "https://cheap-tills.example/"}, 2),
    ("Die Schlange war gestern lang.", {"author_url": "https://cheap-tills.example/"}, 1),
])
def test_in_another_language_links_names_and_addresses_decide_or_nothing_does(text: str, more: dict[str, str], level: int | None) -> None:
    finding = tag(replace(remark(text, **more), language="de"))
    assert (finding.level, finding.score is None) == (level, level is None)
    assert "language" in str(finding.context["missing"])


def test_what_only_the_address_ties_is_not_in_the_score_of_the_text() -> None:
    text = "More on queues at https://bakers-notes.example/queues"
    tied = tag(remark(text, author_url=OWN))
    assert (tied.score or 0) >= 0.5 > (tied.text_score or 0)
    assert "own_link" in str(tied.context["signals"])


def test_the_seeds(shared: Path) -> None:
    found = {(label["seed"][:3], label["kind"], label["index"]): (label["self_promotion"], tag(doc)) for label, doc in seeds(shared)}
    gold, finding = found["004", "comment", 1]
    assert (gold, finding.level) == (3, 3)
    assert finding.spans
    assert [key for key, (label, judged) in found.items() if judged.level != label] == []
