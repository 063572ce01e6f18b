"""Labels and items in the formats of annotation tools: Label Studio (JSON tasks with choices) and doccano (JSONL of text classification).

Formats as their documentation has them: https://labelstud.io/guide/tasks, https://labelstud.io/guide/export and
https://doccano.github.io/doccano/tutorial/. A label is written `spam: 2`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline.labelled import _fields as fields
from pipeline.labelled.items import HALVES
from pipeline.labelling.stored import Given
from pipeline.query import Record
from pipeline.values import dumps
from schema.errors import UserError

FORMATS = ("jsonl", "label-studio", "doccano")
_LABEL = re.compile(r"\s*(\w+)\s*[:=_ ]\s*(\d)\s*")
_NO_TAGS = ("annotator", "sample", "probability", "spam_subtype", *HALVES)     # what else is said in columns that begin with label_
Object = Mapping[str, Any]      # Any: JSON


def task(record: Record, post: Record) -> dict[str, Any]:       # Any: JSON
    """What an annotator needs of an item, in a flat object."""
    fields = record.fields
    links = "\n".join(f"{link['anchor']} -> {link['url']}" for link in record.links)
    return {
        "key": fields["key"], "text": fields["text"], "author": fields["author"], "author_url": fields["author_url"], "links": links,
        "source": fields["source"], "post_title": post.fields["title"], "post_text": post.fields["text"][:1000],
    }


def label_studio(tasks: Iterable[Object], given: Sequence[Given]) -> str:
    """Tasks for Label Studio, with the levels that were given so far as annotations."""
    by_item: dict[str, dict[str, list[Given]]] = {}
    for one in given:
        by_item.setdefault(one.item_key, {}).setdefault(one.annotator, []).append(one)
    rows = [
        {"data": dict(one), "annotations": [
            {"completed_by": {"email": annotator}, "result": [_choice(level) for level in levels]}
            for annotator, levels in sorted(by_item.get(one["key"], {}).items())
        ]}
        for one in tasks
    ]
    return dumps(rows, indent=2) + "\n"


def _choice(given: Given) -> dict[str, Any]:        # Any: JSON
    return {"from_name": given.tagger, "to_name": "text", "type": "choices", "value": {"choices": [str(given.level)]}}


def interface(highest: Mapping[str, int]) -> str:
    """The labeling interface for Label Studio: paste it into the project's settings."""
    choices = "\n".join(
        f'  <Header value="{tagger}"/>\n  <Choices name="{tagger}" toName="text" choice="single-radio">'
        + "".join(f'<Choice value="{level}"/>' for level in range(top + 1)) + "</Choices>"
        for tagger, top in highest.items()
    )
    return f'<View>\n  <Header value="$post_title"/>\n  <Text name="post" value="$post_text"/>\n  <Header value="$author $author_url"/>\n  <Text name="text" value="$text"/>\n  <Text name="links" value="$links"/>\n{choices}\n</View>\n'


def doccano(tasks: Iterable[Object], given: Sequence[Given]) -> str:
    """Lines for doccano (text classification, several labels allowed); it knows one annotator, so all levels stand together."""
    by_item: dict[str, set[str]] = {}
    for one in given:
        by_item.setdefault(one.item_key, set()).add(f"{one.tagger}: {one.level}")
    return "".join(dumps({**one, "label": sorted(by_item.get(one["key"], ()))}) + "\n" for one in tasks)


def read(file: Path, annotator: str, highest: Mapping[str, int]) -> list[Given]:
    """The labels in a file: of Label Studio or doccano, or our own JSONL with `label_...` columns; which of them it is, it says itself.

    `annotator` is who gave those that the file gives to nobody.
    """
    given = [one for place, row in _rows(file) for one in _given(row, annotator, place, highest)]
    for one in given:
        if one.tagger not in highest:
            raise UserError(f"{file} has labels for {one.tagger!r}, which is no tagger; known are {', '.join(highest)}.")
        if not 0 <= one.level <= highest[one.tagger]:
            raise UserError(f"{file} has level {one.level} for {one.tagger} of {one.item_key}; the highest is {highest[one.tagger]}.")
    return given


def without_contradictions(given: Iterable[Given]) -> tuple[list[Given], set[str]]:
    """What is clear, each once, and the keys of items for which one annotator has two levels for one tag: those hold neither."""
    levels: dict[tuple[str, str, str], dict[int, Given]] = {}
    for one in given:
        levels.setdefault((one.item_key, one.tagger, one.annotator), {})[one.level] = one
    clear = [level for several in levels.values() if len(several) == 1 for level in several.values()]
    return clear, {key for (key, _, _), several in levels.items() if len(several) > 1}


def is_of_a_tool(file: Path) -> bool:
    """Whether a file of labels comes from Label Studio or doccano."""
    return any(isinstance(row.get("annotations"), list) or isinstance(row.get("label"), list) for _, row in _rows(file))


def _rows(file: Path) -> Iterator[tuple[str, Object]]:
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise UserError(f"{file} is not UTF-8 text (byte {error.start}); save it as UTF-8.") from None
    except OSError as error:
        raise UserError(f"{file} cannot be read: {error.strerror}. Name a file of labels.") from None
    try:
        if text.lstrip().startswith("["):
            rows = [(f"{file}, task {number}", row) for number, row in enumerate(json.loads(text), 1)]
        else:
            rows = [(f"{file}:{number}", json.loads(line)) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    except ValueError as error:
        raise UserError(f"{file} is neither a JSON list nor JSON lines ({error}).") from None
    for place, row in rows:
        if not isinstance(row, dict):
            raise UserError(f"{place} is no JSON object.")
        yield place, row


def _given(row: Object, annotator: str, place: str, highest: Mapping[str, int]) -> Iterator[Given]:
    if isinstance(row.get("annotations"), list):
        yield from _of_label_studio(row, annotator, place)
        return
    key = _key(row, place)
    if isinstance(row.get("label"), list):
        for label in row["label"]:
            yield _written(key, str(label), annotator, place)
    who = str(row.get("label_annotator") or annotator)
    for name in row:
        tagger = name.removeprefix("label_")
        if name.startswith("label_") and tagger not in _NO_TAGS:
            level = fields.level(row, name, highest.get(tagger), place)
            if level is not None:
                yield Given(key, tagger, who, level)


def _of_label_studio(row: Object, annotator: str, place: str) -> Iterator[Given]:
    key = _key(row.get("data") or {}, place)
    for one in row["annotations"]:
        if one.get("was_cancelled"):        # skipped
            continue
        for result in one.get("result") or ():
            choices = (result.get("value") or {}).get("choices") or ()
            for choice in choices if result.get("type") == "choices" else ():
                yield _written(key, f"{result.get('from_name')}: {choice}", _who(one.get("completed_by"), annotator), place)


def _who(completed_by: object, annotator: str) -> str:
    if isinstance(completed_by, dict):
        return str(completed_by.get("email") or completed_by.get("id") or annotator)
    return annotator if completed_by is None else f"user {completed_by}"


def _key(row: Object, place: str) -> str:
    """Where the tool keeps what it was given: beside the text, or (older ones) in `meta`."""
    meta = row.get("meta")
    key = row.get("key") or (meta.get("key") if isinstance(meta, dict) else None)
    if not isinstance(key, str):
        raise UserError(f"{place} has no 'key' of an item; only what hubbub gave out can come back.")
    return key


def _written(key: str, words: str, annotator: str, place: str) -> Given:
    match = _LABEL.fullmatch(words)
    if not match:
        raise UserError(f"{place}: the label {words!r:.60} is not written as a tagger and a level, as in 'spam: 2'.")
    return Given(key, match[1].replace("-", "_"), annotator, int(match[2]))
