"""Taggers of outsiders: found by file or module, and held to what the project's own are held to."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from pipeline import runs
from pipeline.judges import judged, judges, known_taggers
from pipeline.store import store
from pipeline.tagging import TagReport, tag_items
from pipeline.text import Doc
from schema.errors import UsageError, UserError
from schema.tables import tag
from tests.pipeline import rows

OWN = """
from schema.items import Finding, Span

version = 3
kinds = ("comment",)


def tag(doc):
    at = doc.text.find("lowest price")
    return Finding(1.0, 1, (Span(at, at + 12, "price"),)) if at >= 0 else Finding(0.0, 0)
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    file = tmp_path / "bargains.py"
    file.write_text(OWN, encoding="utf-8")
    return file


def test_a_file_is_a_tagger_beside_the_others(own: Path) -> None:
    assert set(judges(modules=[str(own)])) == {*known_taggers(), "bargains"}
    assert set(judges(["bargains"], [str(own)])) == {"bargains"}
    assert set(judges(["self-promotion"])) == {"self_promotion"}


def test_an_installed_module_is_a_tagger(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(own.parent))
    assert judges(["bargains"], ["bargains"])["bargains"].version == 3


def test_its_judgements_are_rows_like_all_others(engine: Engine, own: Path) -> None:
    store(engine, runs.start(engine, "crawl", {}), rows.threads())
    assert tag_items(engine, taggers=["bargains"], modules=[str(own)]).by_tagger == {"bargains": 7}
    assert tag_items(engine, taggers=["bargains"], modules=[str(own)]) == TagReport()
    with engine.connect() as connection:
        found = connection.execute(select(tag.c.item_key, tag.c.version).where(tag.c.tagger == "bargains", tag.c.level == 1)).all()
    assert [tuple(row) for row in found] == [(rows.key_of(rows.NESTED, 4), 3)]


@pytest.mark.parametrize(("name", "text", "error", "words"), [
    ("spam.py", OWN, UsageError, "is taken"),
    ("Bad-Name.py", OWN, UsageError, "lower-case letters"),
    ("lacking.py", "version = 1", UserError, "lacks `version`"),
    ("odd_version.py", "version = 'one'\ndef tag(doc): ...", UserError, "lacks `version`"),
    ("broken.py", "x = (", UserError, r"broken\.py cannot be loaded"),
    ("wanting.py", "import no_such_module_anywhere", UserError, "No module named"),
    ("absent.py", None, UserError, "There is no file"),
    ("no.such.module", None, UserError, "There is no module"),
])
def test_what_is_no_tagger_is_refused_in_a_sentence(tmp_path: Path, name: str, text: str | None, error: type[Exception], words: str) -> None:
    file = tmp_path / name
    if text is not None:
        file.write_text(text, encoding="utf-8")
    with pytest.raises(error, match=words):
        judges(modules=[name if text is None and not name.endswith(".py") else str(file)])


@pytest.mark.parametrize(("finding", "words"), [
    ("None", "no Finding"), ("Finding(1.5)", "not between 0 and 1"), ("Finding(.5, 0, (Span(3, 99, 'x'),))", "outside the text"),
    ("Finding(.9, 2)", "without a span"), ("Finding(.9, 2, context={'missing': ['author']})", "without a span"),
])
def test_what_cannot_be_stored_or_shown_is_an_error_that_names_the_tagger(tmp_path: Path, finding: str, words: str) -> None:
    file = tmp_path / "hasty.py"
    file.write_text(f"from schema.items import Finding, Span\nversion = 1\ndef tag(doc): return {finding}\n", encoding="utf-8")
    with pytest.raises(UserError, match=rf"'hasty'.*{words}"):
        judged("hasty", judges(["hasty"], [str(file)])["hasty"], Doc("comment", "Hello there."))


def test_a_bug_in_a_tagger_says_where_it_was(tmp_path: Path) -> None:
    file = tmp_path / "hasty.py"
    file.write_text("version = 1\ndef tag(doc): return 1 / 0\n", encoding="utf-8")
    with pytest.raises(ZeroDivisionError) as raised:
        judged("hasty", judges(["hasty"], [str(file)])["hasty"], Doc("comment", "Hello there.", key="c1"))
    assert raised.value.__notes__ == ["The tagger 'hasty' was judging c1."]
