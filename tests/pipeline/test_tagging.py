"""The pass over items that lack a judgement: what it judges, what it leaves, what it keeps."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import Engine, func, select, update

from pipeline.judges import known_taggers
from pipeline.models import storage
from pipeline.models.linear import Model
from pipeline.registry import module
from pipeline.store import store
from pipeline.tagging import TagReport, levels, tag_items
from schema import views
from schema.errors import UsageError, UserError
from schema.items import Thread
from schema.tables import comment, feature, post, tag, tag_run
from tests.pipeline import rows

POSTS, COMMENTS = 4, 7      # with words in them; an eighth comment is a tombstone


@pytest.fixture
def filled(engine: Engine) -> Engine:
    """A corpus without judgements."""
    from pipeline import runs

    store(engine, runs.start(engine, "crawl", {}), rows.threads())
    return engine


def test_the_known_taggers_are_the_four_of_the_codebook() -> None:
    assert {"spam", "self_promotion", "conversational", "marketing"} <= set(known_taggers())


def test_everything_with_words_is_judged_once(filled: Engine) -> None:
    heard: list[tuple[int, int]] = []
    report = tag_items(filled, progress=lambda done, total: heard.append((done, total)))
    assert report.tagged == POSTS + COMMENTS
    assert report.by_tagger == {"conversational": POSTS + COMMENTS, "marketing": POSTS + COMMENTS, "self_promotion": POSTS + COMMENTS, "spam": COMMENTS}
    assert heard[-1] == (POSTS + COMMENTS + 1, POSTS + COMMENTS + 1)
    assert tag_items(filled) == TagReport()
    assert _count(filled, tag_run) == 1


def test_posts_get_no_spam_row_and_tombstones_none_at_all(filled: Engine) -> None:
    tag_items(filled)
    with filled.connect() as connection:
        posts = set(connection.execute(select(post.c.key)).scalars())
        spammed = set(connection.execute(select(tag.c.item_key).where(tag.c.tagger == "spam")).scalars())
        tombstones = set(connection.execute(select(comment.c.key).where(comment.c.text == "")).scalars())
        judged = set(connection.execute(select(tag.c.item_key)).scalars())
    assert not posts & spammed
    assert tombstones and not tombstones & judged


def test_only_the_named_tagger_runs(filled: Engine) -> None:
    assert tag_items(filled, taggers=["spam", "spam"]).by_tagger == {"spam": COMMENTS}
    assert "spam" not in tag_items(filled).by_tagger


def test_an_unknown_tagger_is_refused_with_the_known_names(filled: Engine) -> None:
    with pytest.raises(UsageError, match="conversational, marketing, self_promotion, spam"):
        tag_items(filled, taggers=["spamm"])


def test_a_changed_text_is_judged_again_and_the_older_judgement_kept(filled: Engine) -> None:
    tag_items(filled)
    key = rows.key_of(rows.NESTED, 1)
    with filled.begin() as connection:
        connection.execute(update(comment).where(comment.c.key == key).values(text="Maud, you were right, I was wrong!"))
    report = tag_items(filled)
    assert (report.tagged, report.by_tagger) == (1, {"conversational": 1, "marketing": 1, "self_promotion": 1, "spam": 1})
    with filled.connect() as connection:
        found = connection.execute(select(tag.c.tag_run, tag.c.current).where(tag.c.item_key == key, tag.c.tagger == "spam").order_by(tag.c.tag_run)).all()
    assert [row.current for row in found] == [False, True]


def test_a_new_version_is_judged_again(filled: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(storage.VARIABLE, storage.NONE)      # the shipped model is for the present version
    tag_items(filled)
    monkeypatch.setattr(module("pipeline.taggers", "spam"), "version", 99)
    assert tag_items(filled).by_tagger == {"spam": COMMENTS}


def test_what_another_model_judged_is_judged_again_and_rows_say_which_did(filled: Engine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(storage.VARIABLE, storage.NONE)
    assert tag_items(filled, taggers=["spam"]).by_tagger == {"spam": COMMENTS}
    own = Model("spam", module("pipeline.taggers", "spam").version, "logistic", intercept=-9.0)
    (tmp_path / "spam.json").write_bytes(storage.written(own, {}))
    monkeypatch.setenv(storage.VARIABLE, str(tmp_path))
    assert tag_items(filled, taggers=["spam"]).by_tagger == {"spam": COMMENTS}
    assert tag_items(filled, taggers=["spam"]).tag_run is None
    with filled.connect() as connection:
        rows = [(row.current, row.context.get("model")) for row in connection.execute(select(tag.c.current, tag.c.context).where(tag.c.tagger == "spam"))]
    assert sorted(rows, key=str) == sorted([(False, None)] * COMMENTS + [(True, storage.identified(own, {}).identity)] * COMMENTS, key=str)


def test_a_model_for_another_version_of_its_tagger_is_refused(filled: Engine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "spam.json").write_bytes(storage.written(Model("spam", 1, "logistic"), {}))
    monkeypatch.setenv(storage.VARIABLE, str(tmp_path))
    with pytest.raises(UserError, match="made for version 1"):
        tag_items(filled, taggers=["spam"])


def test_everything_means_everything(filled: Engine) -> None:
    tag_items(filled)
    assert tag_items(filled, everything=True).tagged == POSTS + COMMENTS
    assert _count(filled, tag) == 2 * (3 * POSTS + 4 * COMMENTS)
    with filled.connect() as connection:
        assert connection.execute(select(func.count()).select_from(views.comments)).scalar_one() == COMMENTS + 1


def test_the_views_show_judgement_and_sentiment(filled: Engine) -> None:
    tag_items(filled)
    spam = views.comments.c
    with filled.connect() as connection:
        row = connection.execute(select(spam.spam_level, spam.self_promotion_level, spam.polarity, spam.subscores).where(spam.key == rows.key_of(rows.NESTED, 4))).one()
    assert row.spam_level == 2
    assert row.self_promotion_level >= 1
    assert row.polarity > 0
    assert set(row.subscores) == {"address", "involvement", "informality", "interaction", "f_score"}


def test_features_are_replaced_not_added(filled: Engine) -> None:
    tag_items(filled)
    before = _count(filled, feature)
    tag_items(filled, everything=True)
    assert _count(filled, feature) == before == 2 * (POSTS + COMMENTS)


def test_an_interruption_loses_no_written_batch(filled: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.tagging.ITEMS_AT_ONCE", 2)
    judge = module("pipeline.taggers", "spam")
    calls = iter(range(100))
    honest = judge.tag

    def impatient(doc: object) -> object:
        if next(calls) == 4:
            raise KeyboardInterrupt
        return honest(doc)

    monkeypatch.setattr(judge, "tag", impatient)
    with pytest.raises(KeyboardInterrupt):
        tag_items(filled, taggers=["spam"])
    assert _count(filled, tag) == 4
    assert tag_items(filled, taggers=["spam"]).by_tagger == {"spam": COMMENTS - 4}
    with filled.connect() as connection:
        finished = connection.execute(select(tag_run.c.finished_at).order_by(tag_run.c.id)).scalars().all()
    assert finished[0] is None and finished[1] is not None


def test_passes_at_the_same_time_leave_one_current_judgement_each(filled: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.tagging.ITEMS_AT_ONCE", 2)
    for _ in range(3):
        _together(filled, 3)
    with filled.connect() as connection:
        twice = select(tag.c.item_key, tag.c.tagger).where(tag.c.current).group_by(tag.c.item_key, tag.c.tagger).having(func.count() > 1)
        assert connection.execute(twice).all() == []
        assert connection.execute(select(func.count()).select_from(tag).where(tag.c.current)).scalar_one() == 3 * POSTS + 4 * COMMENTS
    assert _count(filled, feature) == 2 * (POSTS + COMMENTS)


def test_a_text_that_became_empty_keeps_its_last_judgement(filled: Engine) -> None:
    tag_items(filled)
    key = rows.key_of(rows.NESTED, 1)
    with filled.begin() as connection:
        connection.execute(update(comment).where(comment.c.key == key).values(text=""))
    assert tag_items(filled) == TagReport()
    with filled.connect() as connection:
        assert connection.execute(select(func.count()).select_from(tag).where(tag.c.item_key == key, tag.c.current)).scalar_one() == 4


def test_levels_count_the_current_judgements(filled: Engine) -> None:
    tag_items(filled)
    assert sum(number for tagger, _, number in levels(filled) if tagger == "spam") == COMMENTS
    assert ("spam", 2, 1) in levels(filled)


def _together(engine: Engine, passes: int) -> None:
    """So many passes over everything, begun at the same moment."""
    start = Barrier(passes)

    def one() -> TagReport:
        start.wait()
        return tag_items(engine, everything=True)

    with ThreadPoolExecutor(passes) as pool:
        for running in [pool.submit(one) for _ in range(passes)]:
            running.result()


def _count(engine: Engine, table: object) -> int:
    with engine.connect() as connection:
        return int(connection.execute(select(func.count()).select_from(table)).scalar_one())  # type: ignore[arg-type]  # any table


def test_a_tagger_that_uses_the_corpus_judges_again_when_the_corpus_says_something_else(filled: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module("pipeline.taggers", "spam"), "uses_corpus", True, raising=False)
    tag_items(filled)
    again = rows.a_comment(rows.BARE, 1, text=rows.SPAM, author_key="anobody-else")
    store(filled, 1, [Thread(rows.a_post(rows.BARE), (again,))])
    report = tag_items(filled)
    assert report.by_tagger == {"conversational": 1, "marketing": 1, "self_promotion": 1, "spam": 2}     # the new one; and the first with that text once more
    assert tag_items(filled) == TagReport()
    with filled.connect() as connection:
        judgements = connection.execute(
            select(tag.c.current, tag.c.corpus_seen).where(tag.c.tagger == "spam", tag.c.item_key == rows.key_of(rows.NESTED, 4)).order_by(tag.c.tag_run),
        ).all()
    assert [tuple(row) for row in judgements] == [(False, ""), (True, "00111000")]
