"""Samples and labels in the database: each label is a row of its own, kept the moment it was given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, Engine, insert, select

from pipeline.flow import in_batches
from pipeline.labelling.drawing import Candidate, Drawn, Method, draw
from pipeline.query import Fields, Record, Selection, records
from pipeline.rows import Row, stamp_for, text_hash
from pipeline.upsert import upsert
from schema.errors import UsageError, UserError
from schema.tables import comment, label, post, sample, sample_item

GOLD = "gold"       # the annotator's name under which adjudicated levels are kept
KEYS_AT_ONCE = 500
KINDS = ("comments", "posts", "both")


@dataclass(frozen=True, slots=True)
class Plan:
    """How a sample is to be drawn."""

    name: str
    size: int
    method: Method = "random"
    tagger: str = ""                # whose scores say what is uncertain
    kinds: str = "comments"         # comments, posts, both
    condition: str = ""             # SQL over the columns of `comments` (and of `posts`, where these are drawn)
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Given:
    """One level that somebody gave."""

    item_key: str
    tagger: str
    annotator: str
    level: int
    adjudicated_by: str = ""


def new_sample(engine: Engine, plan: Plan) -> int:
    """Draw and keep a sample; how many items it has. A name is used once."""
    with engine.connect() as connection:
        if connection.execute(select(sample.c.name).where(sample.c.name == plan.name)).first():
            raise UsageError(f"There is a sample {plan.name!r} already; `hubbub label list` shows all. Choose another name.")
        candidates = list(_candidates(connection, plan))
    if not candidates:
        raise UserError("Nothing can be drawn: no item with a text meets the condition.")
    drawn = draw(candidates, plan.size, plan.method, plan.seed)
    with engine.begin() as connection:
        connection.execute(insert(sample).values(
            name=plan.name, method=plan.method, tagger=plan.tagger, kinds=plan.kinds, condition=plan.condition, seed=plan.seed,
            population=len(candidates), size=len(drawn), drawn_at=datetime.now(UTC),
        ))
        connection.execute(insert(sample_item), _places(plan.name, drawn))
    return len(drawn)


def _places(name: str, drawn: Iterable[Drawn]) -> list[Fields]:
    return [{"sample": name, "item_key": one.key, "place": place, "chance": one.chance} for place, one in enumerate(drawn, 1)]


def _candidates(connection: Connection, plan: Plan) -> Iterator[Candidate]:
    """Comments (pings among them) and posts with a text, as far as they are wanted."""
    selection = Selection(posts=plan.condition) if plan.kinds == "posts" else Selection(plan.condition)
    with closing(records(connection, selection)) as found:
        for record in found:
            if plan.kinds in (record.view, "both"):
                yield from _candidate(record, plan.tagger)


def _candidate(record: Record, tagger: str) -> Iterator[Candidate]:
    if record.fields["text"].strip():
        score = next((tag["score"] for tag in record.tags if tag["tagger"] == tagger), None)
        yield Candidate(record.fields["key"], record.fields["source"], score)


def samples(connection: Connection) -> list[Fields]:
    """All samples, the oldest first."""
    return [dict(row._mapping) for row in connection.execute(select(sample).order_by(sample.c.drawn_at, sample.c.name))]


def sample_named(connection: Connection, name: str) -> Fields:
    """The sample of that name; UsageError when there is none."""
    for one in samples(connection):
        if one["name"] == name:
            return one
    known = ", ".join(one["name"] for one in samples(connection)) or "none yet; draw one with `hubbub label draw NAME`"
    raise UsageError(f"There is no sample {name!r}; known are {known}.")


def items_of(connection: Connection, name: str) -> dict[str, float]:
    """The keys of the sample's items in their order, each with its chance."""
    sample_named(connection, name)
    c = sample_item.c
    rows = connection.execute(select(c.item_key, c.chance).where(c.sample == name).order_by(c.place))
    return {row.item_key: row.chance for row in rows}


def labels(connection: Connection, keys: Sequence[str], tagger: str | None = None) -> list[Given]:
    """The levels that these items were given, by item, tagger and annotator."""
    c = label.c
    query = select(c.item_key, c.tagger, c.annotator, c.level, c.adjudicated_by).order_by(c.item_key, c.tagger, c.annotator)
    if tagger:
        query = query.where(c.tagger == tagger)
    return [Given(*row) for batch in in_batches(keys, KEYS_AT_ONCE) for row in connection.execute(query.where(c.item_key.in_(batch)))]


def keep(engine: Engine, given: Iterable[Given]) -> int:
    """Keep these levels; a later one of the same annotator for the same item and tagger replaces the earlier. How many were kept.

    Items that are not stored are left out.
    """
    kept = 0
    now = datetime.now(UTC)
    for batch in in_batches(given, KEYS_AT_ONCE):
        with engine.begin() as connection:
            texts = _texts(connection, [one.item_key for one in batch])
            by_key = {(one.item_key, one.tagger, one.annotator): one for one in batch if one.item_key in texts}
            moment = stamp_for(connection.dialect.name)(now)
            rows = [_row(by_key[name], texts[name[0]], moment) for name in sorted(by_key)]
            upsert(connection, label, rows)
            kept += len(rows)
    return kept


def _texts(connection: Connection, keys: Sequence[str]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for table in (post, comment):
        found |= {row.key: row.text for row in connection.execute(select(table.c.key, table.c.text).where(table.c.key.in_(keys)))}
    return found


def _row(given: Given, text: str, moment: object) -> Row:
    return {
        "item_key": given.item_key, "tagger": given.tagger, "annotator": given.annotator, "level": given.level,
        "adjudicated_by": given.adjudicated_by, "text_hash": text_hash(text), "labelled_at": moment,
    }
