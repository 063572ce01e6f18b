"""The pass over items that lack a judgement: by a tagger, in its present version, of their present text, in the present corpus.

Nothing is overwritten: a new judgement is a new row, and the older ones are no longer current. What a page takes back keeps
its text in the database and so its judgement; a text that became empty keeps the last judgement, whose `text_hash` says of what.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from functools import partial
from types import ModuleType
from typing import Any

from sqlalchemy import Connection, Engine, bindparam, delete, func, insert, literal, select, union_all, update

from pipeline import turns
from pipeline.corpus import Index, seen
from pipeline.features import sentiment
from pipeline.flow import in_batches
from pipeline.grouping import group_duplicates
from pipeline.judges import judges as named
from pipeline.judges import kinds, model_of, uses_corpus
from pipeline.load import KEYS_AT_ONCE, post_keys, threads
from pipeline.rows import storable, text_hash
from pipeline.runs import hubbub_version
from pipeline.text import Corpus, docs
from pipeline.traces import index, traces
from pipeline.workers import Judged, Judging, Waiting, judging
from schema.tables import comment, feature, post, tag, tag_run

FEATURES = ("polarity", "subjectivity")
ITEMS_AT_ONCE = 500     # judged before they are written: what an interruption may cost

Progress = Callable[[int, int], None]
Work = Mapping[str, frozenset[str]]     # item key -> names of the taggers that have to judge it


@dataclass(frozen=True, slots=True)
class TagReport:
    """What a pass did. `tag_run` is None when there was nothing to do."""

    tag_run: int | None = None
    tagged: int = 0                                             # items
    by_tagger: dict[str, int] = field(default_factory=dict)     # judgements


def tag_items(
    engine: Engine, *, taggers: Sequence[str] = (), modules: Sequence[str] = (), everything: bool = False, workers: int = 1,
    progress: Progress | None = None,
) -> TagReport:
    """Let these taggers (none named: all) judge what they have not judged yet; `everything`: judge all of it again.

    `modules` brings in further taggers; see pipeline.judges. `workers` processes judge; this one alone reads and writes. `progress` hears how many items of how many are done.
    Written batches stay, whatever happens later.
    """
    judges, written = named(taggers, modules), _Written()
    with judging(judges, modules, workers) as judge:
        turns.patiently(engine, lambda: _pass(engine, judges, judge, written, everything, progress))
        if written.run is not None:
            turns.patiently(engine, partial(_finish, engine, written.run))
    return TagReport(written.run, written.items, dict(sorted(written.by_tagger.items())))


@dataclass(slots=True)
class _Written:
    """What a pass has written so far. A database that went away is waited for, and the pass goes on with what is left."""

    run: int | None = None
    items: int = 0
    by_tagger: Counter[str] = field(default_factory=Counter)


def _pass(engine: Engine, judges: Mapping[str, ModuleType], judge: Judging, written: _Written, everything: bool, progress: Progress | None) -> None:
    group_duplicates(engine)
    done = 0
    with engine.connect() as reading:
        known = index(reading) if any(map(uses_corpus, judges.values())) else Index()
        total = _count(reading)
        for keys in post_keys(reading):
            corpus = {key: known.says(trace) for key, trace in traces(reading, keys).items()}
            items, work = _work(reading, keys, judges, None if everything else corpus)
            for batch in in_batches(judge(_waiting(reading, keys, work, corpus)), ITEMS_AT_ONCE):
                written.run = _write(engine, written.run, batch, judges)
                written.items += len(batch)
                written.by_tagger.update(name for item in batch for name in item.findings)
            done += items
            if progress:
                progress(done, max(done, total))
            reading.rollback()      # let go of the old view of the database; a long pass must see what came in


def _count(connection: Connection) -> int:
    return sum(connection.execute(select(func.count()).select_from(table)).scalar_one() for table in (post, comment))


def _work(
    connection: Connection, keys: Sequence[str], judges: Mapping[str, ModuleType], corpus: Mapping[str, Corpus] | None,
) -> tuple[int, Work]:
    """How many items these threads have, and which of them wait for which taggers; without a corpus all wait for all."""
    texts = list(connection.execute(_texts(keys)))
    current = set() if corpus is None else _current(connection, [row.key for row in texts], judges)
    models = {name: model_of(name, judge) for name, judge in judges.items()}
    work = {}
    for row in texts:
        grounds = seen((corpus or {}).get(row.key))
        waiting = frozenset(
            name for name, judge in judges.items()
            if row.kind in kinds(judge) and (row.key, name, judge.version, text_hash(row.text), grounds if uses_corpus(judge) else "", models[name]) not in current
        )
        if waiting and row.text.strip():        # nothing can be said of a picture or of a tombstone
            work[row.key] = waiting
    return len(texts), work


def _texts(keys: Sequence[str]) -> Any:  # Any: a compound select of two tables
    return union_all(
        select(post.c.key, post.c.text, literal("post").label("kind")).where(post.c.key.in_(keys)),
        select(comment.c.key, comment.c.text, literal("comment").label("kind")).where(comment.c.post_key.in_(keys)),
    )


def _current(connection: Connection, keys: Sequence[str], judges: Iterable[str]) -> set[tuple[str, str, int, str, str, str]]:
    found: set[tuple[str, str, int, str, str, str]] = set()
    for batch in in_batches(keys, KEYS_AT_ONCE):
        query = select(tag.c.item_key, tag.c.tagger, tag.c.version, tag.c.text_hash, tag.c.corpus_seen, tag.c.context["model"].as_string().label("model"))
        chosen = query.where(tag.c.item_key.in_(batch), tag.c.tagger.in_(list(judges)), tag.c.current)
        found.update((row.item_key, row.tagger, row.version, row.text_hash, row.corpus_seen, row.model or "") for row in connection.execute(chosen))
    return found


def _waiting(connection: Connection, keys: Sequence[str], work: Work, corpus: Mapping[str, Corpus]) -> Iterator[Waiting]:
    for thread in threads(connection, keys if work else ()):
        for doc in docs(thread, corpus):
            if doc.key in work:
                yield doc, sorted(work[doc.key])


def _write(engine: Engine, run: int | None, batch: Sequence[Judged], judges: Mapping[str, ModuleType]) -> int:
    """One transaction: the older rows step back, the new ones come in, the features are replaced."""
    now = datetime.now(UTC)
    with engine.begin() as connection:
        _one_after_the_other(connection)
        number = run if run is not None else _start(connection, judges, now)
        superseded = [{"of_item": item.key, "of_tagger": name} for item in batch for name in item.findings]
        older = update(tag).where(tag.c.item_key == bindparam("of_item"), tag.c.tagger == bindparam("of_tagger"), tag.c.current)
        connection.execute(older.values(current=False), superseded)
        connection.execute(insert(tag), [
            _row(item, name, judges[name], number, now) for item in batch for name in item.findings
        ])
        _replace_features(connection, batch)
        connection.execute(update(tag_run).where(tag_run.c.id == number).values(items=tag_run.c["items"] + len(batch)))
    return number


def _one_after_the_other(connection: Connection) -> None:
    """Another pass that writes at this moment waits, and then sees these rows: no item gets two current judgements.

    SQLite lets one writer in at a time anyhow. PostgreSQL's readers are not held up by this lock.
    """
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("LOCK TABLE tag IN SHARE ROW EXCLUSIVE MODE")


def _start(connection: Connection, judges: Mapping[str, ModuleType], now: datetime) -> int:
    row = {
        "hubbub_version": hubbub_version(), "started_at": now, "items": 0,
        "taggers": {name: judge.version for name, judge in judges.items()},
    }
    return int(connection.execute(insert(tag_run).values(row).returning(tag_run.c.id)).scalar_one())


def _finish(engine: Engine, run: int) -> None:
    with engine.begin() as connection:
        connection.execute(update(tag_run).where(tag_run.c.id == run).values(finished_at=datetime.now(UTC)))


def _row(item: Judged, tagger: str, judge: ModuleType, run: int, now: datetime) -> dict[str, object]:
    finding = item.findings[tagger]
    by = {"model": model} if (model := model_of(tagger, judge)) else {}     # also where it had nothing to say: another may have
    return {
        "item_key": item.key, "tagger": tagger, "version": judge.version, "tag_run": run, "current": True,
        "score": finding.score, "text_score": finding.text_score, "level": finding.level,
        "subtype": finding.subtype and storable(finding.subtype), "subscores": finding.subscores,
        "spans": [asdict(span) for span in finding.spans], "context": finding.context | by,
        "text_hash": item.text_hash, "corpus_seen": item.corpus_seen if uses_corpus(judge) else "", "tagged_at": now,
    }


def _replace_features(connection: Connection, batch: Sequence[Judged]) -> None:
    connection.execute(delete(feature).where(feature.c.item_key.in_([item.key for item in batch]), feature.c.name.in_(FEATURES)))
    connection.execute(insert(feature), [
        {"item_key": item.key, "name": name, "version": sentiment.version, "value": getattr(item.sentiment, name)}
        for item in batch for name in FEATURES
    ])


def levels(engine: Engine) -> list[tuple[str, int | None, int]]:
    """Of the current judgements: tagger, level (None: not judged) and how many items have it."""
    query = select(tag.c.tagger, tag.c.level, func.count().label("number")).where(tag.c.current).group_by(tag.c.tagger, tag.c.level)
    with engine.connect() as connection:
        rows = [(row.tagger, row.level, row.number) for row in connection.execute(query)]
    return sorted(rows, key=lambda row: (row[0], -1 if row[1] is None else row[1]))
