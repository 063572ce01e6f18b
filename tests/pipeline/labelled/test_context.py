"""What the lines of a file know of one another."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pipeline.labelled.files import read
from pipeline.text import Context

POST = {"kind": "post", "id": "p", "blog": "typepad:Shops", "title": "On prices", "author": "Vera", "text": "Prices rise, and who pays?"}


def comment(number: int, **more: Any) -> dict[str, Any]:     # Any: JSON
    return {"kind": "comment", "id": f"c{number}", "blog": "typepad:Shops", "post_title": "On prices", "position": number, "author_name": f"A{number}", "text": f"Number {number}.", "by_post_author": False} | more


def contexts(folder: Path, *rows: dict[str, Any]) -> dict[str, Context]:
    file = folder / "items.jsonl"
    file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return {item.id: item.doc.context for item in read(file)}


def test_a_comment_knows_its_post_when_the_file_has_it(tmp_path: Path) -> None:
    found = contexts(tmp_path, comment(1, post_excerpt="Prices"), POST)["c1"]
    assert (found.post_text, found.post_title, found.post_author, found.host) == (POST["text"], "On prices", "Vera", "shops.typepad.com")


def test_without_the_post_what_the_line_says_is_all(tmp_path: Path) -> None:
    found = contexts(tmp_path, comment(3, post_excerpt="Prices", prev_comment={"author": "Bob", "text": "Well."}))["c3"]
    assert (found.post_text, found.post_author, found.previous_text, found.earlier_authors, found.answered) == ("Prices", None, "Well.", ("Bob",), None)


def test_comments_of_one_post_know_who_wrote_before_in_whatever_order_they_come(tmp_path: Path) -> None:
    found = contexts(tmp_path, comment(3), comment(1), comment(2), comment(5))
    assert found["c1"].earlier_authors == ()
    assert (found["c3"].earlier_authors, found["c3"].previous_text) == (("A1", "A2"), "Number 2.")
    assert (found["c5"].earlier_authors, found["c5"].previous_text) == (("A1", "A2", "A3"), None)


def test_a_name_before_is_not_counted_twice(tmp_path: Path) -> None:
    assert contexts(tmp_path, comment(1), comment(2, prev_comment={"author": "A1", "text": "x"}))["c2"].earlier_authors == ("A1",)


def test_an_answer_right_after_is_known_and_names_the_author_of_the_post(tmp_path: Path) -> None:
    found = contexts(tmp_path, comment(1), comment(2, by_post_author=True, author_name="Vera"), comment(3), comment(4))
    assert [found[name].answered for name in ("c1", "c2", "c3", "c4")] == [True, False, False, None]
    assert found["c4"].post_author == "Vera"


def test_a_reply_of_the_author_answers_the_comment_it_is_to(tmp_path: Path) -> None:
    rows = [{"key": f"k{number}", "post_key": "p", "text": "Yes.", "position": number, "by_post_author": number == 3, "reply_to": "k1" if number == 3 else None} for number in (1, 2, 3)]
    found = contexts(tmp_path, *rows)
    assert (found["k1"].answered, found["k2"].answered) == (True, None)


def test_other_posts_are_not_mixed_in(tmp_path: Path) -> None:
    found = contexts(tmp_path, comment(1, post_title="Another"), comment(2), comment(1, blog="other", id="o"), comment(2, post_title=None, id="n"), comment(1, post_title=None, id="m"))
    assert found["c2"].earlier_authors is None
    assert found["n"].earlier_authors is None


def test_pings_come_as_pings(tmp_path: Path) -> None:
    file = tmp_path / "items.jsonl"
    file.write_text(json.dumps(comment(1, kind="pingback")), encoding="utf-8")
    item, = read(file)
    assert (item.kind, item.doc.kind, item.doc.is_ping) == ("pingback", "comment", True)
