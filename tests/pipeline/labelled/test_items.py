"""A labelled item: what is not labelled is not there."""

from __future__ import annotations

from pipeline.labelled.items import Labelled
from pipeline.text import Doc


def test_an_item_without_labels_has_none_and_no_level_zero() -> None:
    item = Labelled("1", "blog.example", "comment", Doc("comment", "Thanks, Ann!"))
    assert item.labels.get("spam") is None
    assert item.chance is None
