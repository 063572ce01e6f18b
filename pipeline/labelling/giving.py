"""A sample with its labels as a file: our own lines for evaluate and train, or tasks for an annotation tool."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Connection

from pipeline.export import as_object
from pipeline.labelling import exchange, stored
from pipeline.labelling.exchange import without_contradictions
from pipeline.labelling.gold import by_question, gold
from pipeline.labelling.session import highest
from pipeline.labelling.stored import GOLD, Given
from pipeline.query import Record, StoredThread, find_thread
from pipeline.values import dumps, plain
from schema.errors import UserError
from schema.views import TAGGERS


class Written(NamedTuple):
    """What a file holds."""

    items: int
    labelled: int       # of these, with a level
    differing: int      # of these, with two levels for one tag, and nothing that says whose they are


def write(connection: Connection, sample: str, file: Path, format_name: str, annotator: str | None) -> Written:
    """Write it. Items that are no longer stored are left out."""
    chances = stored.items_of(connection, sample)
    given = chosen(stored.labels(connection, list(chances)), annotator or (GOLD if format_name == "jsonl" else None))
    if not given and format_name == "jsonl" and annotator not in (None, GOLD):
        raise UserError(f"{annotator} has labelled nothing of sample {sample}; `hubbub label list` shows who has.")
    found = list(_items(connection, chances))
    try:
        file.write_text(_text(format_name, sample, found, chances, given), encoding="utf-8", newline="\n")
        if format_name == "label-studio":
            file.with_name(file.name + ".xml").write_text(exchange.interface({name: highest(name) for name in TAGGERS}), encoding="utf-8", newline="\n")
    except OSError as error:
        raise UserError(f"The labels cannot be written to {file}: {error.strerror or error}. Name a place that is writable.") from None
    differing = without_contradictions(replace(one, annotator="") for one in given)[1] if format_name == "doccano" else ()
    return Written(len(found), len({one.item_key for one in given}), len(differing))


def chosen(given: list[Given], annotator: str | None) -> list[Given]:
    """The labels of one annotator, those of `gold` as settled or undisputed; None: of all, what was settled left out."""
    if annotator is None:
        return [one for one in given if one.annotator != GOLD]
    if annotator != GOLD:
        return [one for one in given if one.annotator == annotator]
    settled = ((question, gold(levels)) for question, levels in by_question(given).items())
    return [Given(question.item_key, question.tagger, GOLD, level) for question, level in settled if level is not None]


def _items(connection: Connection, keys: Mapping[str, float]) -> Iterator[tuple[Record, StoredThread]]:
    for key in keys:
        if thread := find_thread(connection, key):
            yield next((one for one in thread.comments if one.fields["key"] == key), thread.post), thread


def _text(format_name: str, sample: str, found: list[tuple[Record, StoredThread]], chances: Mapping[str, float], given: list[Given]) -> str:
    if format_name == "jsonl":
        return "".join(dumps(plain(_line(record, thread, sample, chances, given))) + "\n" for record, thread in found)
    tasks = [exchange.task(record, thread.post) for record, thread in found]
    return exchange.label_studio(tasks, given) if format_name == "label-studio" else exchange.doccano(tasks, given)


def _line(record: Record, thread: StoredThread, sample: str, chances: Mapping[str, float], given: list[Given]) -> dict[str, Any]:  # Any: JSON
    """An export's line with its labels, and with as much of the post as the taggers need."""
    key = record.fields["key"]
    levels = {f"label_{one.tagger}": one.level for one in given if one.item_key == key}
    around = {} if record is thread.post else {"kind": record.fields["kind"], "post_title": thread.post.fields["title"], "post_text": thread.post.fields["text"]}
    return {**as_object(record), **around, **levels, "label_sample": sample, "label_probability": chances[key]}
