"""Self-promotion needs a tie: something must make the thing the writer's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.taggers.self_promotion import tag
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
    assert 0.25 * level <= (finding.score or 0) < 0.25 * level + 0.25
    assert level == 0 or finding.spans or finding.context["signals"]


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
