"""A labelled file is a corpus of its own."""

from __future__ import annotations

import json
from pathlib import Path

from pipeline.labelled.corpus import says
from pipeline.labelled.files import read
from pipeline.labelled.lines import lines
from pipeline.text import Corpus, Spread

SALE = "Nice words, and now to our chairs, which are cheaper than any other chairs that you can find"


def a_line(blog: str, post: str, text: str, **more: object) -> str:
    return json.dumps({"kind": "comment", "blog": blog, "post_title": post, "text": text, "author_name": "Ada", "spam": 0, **more})


def test_texts_hosts_and_authors_come_again(tmp_path: Path) -> None:
    file = tmp_path / "labelled.jsonl"
    chairs = {"links": [{"href": "http://chairs.example/", "anchor": "chairs"}]}
    file.write_text("\n".join([
        a_line("one.example", "Prices", SALE, **chairs), a_line("two.example", "Stools", SALE + "!", **chairs),
        a_line("one.example", "Shops", "I see."), json.dumps({"kind": "post", "blog": "one.example", "title": "Prices", "text": SALE}),
    ]), encoding="utf-8")
    first, _, third, post = says(list(lines(file)))
    assert first == Corpus({"chairs.example": Spread(1, 1)}, 1, Spread(1, 1), 1, Spread(1, 0))
    assert third == Corpus(by_author=1, author=Spread(1, 0))
    assert post is None
    assert next(item.doc.context.corpus for item in read(file)) == first
