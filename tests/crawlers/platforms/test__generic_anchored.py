from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.platforms._generic_anchored import Anchored, _letters_of, anchored
from crawlers.reading import read
from schema.items import Comment, Page, Thread

URL = "http://odd.example/labels"
SAID = (
    ("31", "Ann", "Four words are too many for a shelf."),
    ("32", "Bo Lund", "Then “take three”, and mind the lid."),
    ("33", "Cy", "A label is read by those who queue.</p><p>Nobody else does."),
    ("34", "Dee", "Ours says open the other side."),
)


def page(form: str, *, said: tuple[tuple[str, str, str], ...] = SAID, around: str = "<div class='thread'>{}</div>") -> Page:
    items = "".join(form.format(n=n, name=name, words=words) for n, name, words in said)
    words = "<p>The post is about labels on shelves, and what is to be said in four words.</p>"
    body = f"<html lang='en'><body><h1>Labels</h1><div class='story'>{words * 3}</div>{around.format(items)}<div class='foot'>Imprint and the rest of the page.</div></body></html>"
    return Page(URL, body.encode(), datetime(2026, 1, 1, tzinfo=UTC))


def known(*refs: str) -> list[Comment]:
    """As a feed has them: straight quotes, other white space."""
    return [Comment(ref, "wordpress", via="feed", author=name, html=f"<p>{words}</p>".replace("“", '"').replace("”", '"')) for ref, name, words in SAID if ref in refs]


FORMS = (
    "<div class='rx-{n} rx odd'><b class='who'>{name}</b> <i>March 3, 2010 at 9:05 am</i><div class='tx'><p>{words}</p></div></div>",
    "<dl><dt><a href='http://w.example/{n}'>{name}</a></dt><dd><p>{words}</p></dd></dl>",
    "<section id='r{n}'><header><span class='n'>{name}</span></header><div><p>{words}</p></div><footer><a href='#'>Answer</a></footer></section>",
    "<table class='q'><tr><td class='l'><em>{name}</em></td><td class='r'><p>{words}</p></td></tr></table>",
)


def texts(found: Anchored | None) -> list[str]:
    return [one.html for one in found.comments] if found else []


@pytest.mark.parametrize("form", FORMS)
def test_the_structure_that_holds_two_known_texts_gives_the_others(form: str) -> None:
    found = anchored(page(form), known("31", "34"), URL)
    assert texts(found) == [f"<p>{words}</p>" for _n, _name, words in SAID]
    assert found is not None
    assert [one.author for one in found.comments] == ["Ann", "Bo Lund", "Cy", "Dee"]
    assert [one.ref for one in found.comments][::3] == ["31", "34"], "known ones keep the name that the feed gives them"
    assert found.rule.startswith("anchored ")
    assert [one.place for one in found.comments] == [1, 2, 3, 4]


def test_answers_inside_what_they_answer_are_comments_of_their_own() -> None:
    nested = "".join(
        f"<div class='rx'><b class='who'>{name}</b><div class='tx'><p>{words}</p></div>" for _n, name, words in SAID) + "</div>" * len(SAID)
    found = anchored(page("", around=f"<div class='thread'>{nested}</div>"), known("31", "33"), URL)
    assert found is not None
    assert [one.depth for one in found.comments] == [0, 1, 2, 3]
    assert [one.parent_ref for one in found.comments] == [None, "31", "#2", "33"]


@pytest.mark.parametrize("refs", [(), ("31",)])
def test_one_text_makes_no_rule(refs: tuple[str, ...]) -> None:
    assert anchored(page(FORMS[0]), known(*refs), URL) is None


def test_texts_that_are_not_on_the_page_make_no_rule() -> None:
    assert anchored(page(FORMS[0], said=SAID[:1]), known("31", "33", "34"), URL) is None


def test_a_text_that_stands_in_two_places_is_no_anchor() -> None:
    assert anchored(page(FORMS[0], said=(*SAID, SAID[0], SAID[3])), known("31", "34"), URL) is None


def test_a_comment_in_several_paragraphs_beside_its_author_is_taken_whole() -> None:
    form = "<li class='rx c{n}'><cite>{name}</cite> says: <p>{words}</p></li>"
    assert texts(anchored(page(form), known("31", "33"), URL)) == [
        "<p>A label is read by those who queue.</p><p>Nobody else does.</p>" if name == "Cy" else words for _n, name, words in SAID]


def test_themes_are_learnt_from_some_of_their_comments(shared: Path) -> None:
    """On real pages that a platform module reads: what a few of the comments teach of the others, without that module."""
    floor = json.loads((Path(__file__).parents[2] / "gold" / "floors.json").read_text())["generic.anchored.comments"]
    wanted = found = 0
    for one, thread in _recognized(shared):
        said = {_letters_of(comment.html): comment for comment in thread.comments if len(_letters_of(comment.html)) >= 12}
        if len(said) >= 4:
            some = list(said.values())[::2 if len(said) <= 12 else len(said) // 10]
            learnt = anchored(one, some, thread.post.url)
            wanted += len(said)
            found += len(said.keys() & {_letters_of(comment.html) for comment in learnt.comments}) if learnt else 0
    assert wanted > 900
    assert found / wanted >= floor


def _recognized(shared: Path) -> Iterator[tuple[Page, Thread]]:
    with (shared / "pages/manifest.tsv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            one = Page(f"file:{row['file']}", (shared / "pages" / row["file"]).read_bytes(), datetime(2026, 1, 1, tzinfo=UTC))
            reading = read(one)
            if reading.platform not in ("", "generic"):
                yield from ((one, thread) for thread in reading.threads[:1])


@given(st.binary(max_size=300))
def test_any_page_is_survived(noise: bytes) -> None:
    anchored(Page(URL, page(FORMS[0]).body[:400] + noise, datetime(2026, 1, 1, tzinfo=UTC)), known("31", "32"), URL)
