"""What the commands of labelling say at their end."""

from __future__ import annotations

import pytest

from pipeline.labelling.giving import Written
from pipeline.labelling.session import Done
from pipeline.labelling.wording import drawn, exported, imported, labelled, settled

NEXT = "Go on with: hubbub label start"


@pytest.mark.parametrize(("said", "words"), [
    (drawn("first", 40, 40), f"Drew 40 items. {NEXT} first --annotator YOUR_NAME"),
    (drawn("my sample; ls", 1, 1), f"Drew 1 item. {NEXT} 'my sample; ls' --annotator YOUR_NAME"),
    (drawn("big", 40, 100_000), f"Drew 40 items, which are all that could be drawn; 100,000 were asked for. {NEXT} big --annotator YOUR_NAME"),
    (labelled(Done(0, 0, 40)), "Nothing is left: you have labelled all 40 items."),
    (labelled(Done(0, 0, 0)), "Nothing to label: none of the items is of a kind that is judged so."),
    (labelled(Done(1, 3, 40)), "1 level kept."), (labelled(Done(0, 3, 40)), "0 levels kept."),
    (settled(Done(2, 3, 40)), "2 levels settled."), (settled(Done(0, 0, 40)), "Nothing is left to settle: where annotators differ, it is settled already."),
    (exported("f", Written(1, 1, 0), ""), "f: 1 item"), (exported("f", Written(40, 0, 0), "zed"), "f: 40 items; zed has labelled none of them"),
    (exported("f", Written(40, 0, 0), "gold"), "f: 40 items; none of them has a level that was settled or never in doubt"),
    (exported("f", Written(40, 40, 21), ""), "f: 40 items; annotators differ on 21 of them, which doccano cannot tell apart: --annotator NAME writes those of one"),
    (imported(19, 0, 0), "19 labels kept."), (imported(1, 2, 0), "1 label kept; 2 labels belong to items that are not stored here."),
    (imported(19, 0, 21), "19 labels kept; 21 items have two levels for one tag, of which neither was kept: an annotator says one thing."),
])
def test_sentences(said: str, words: str) -> None:
    assert said == words
