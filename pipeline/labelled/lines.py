"""Lines of labelled JSONL: our own exports with `label_...` columns, or rows with plain `spam`, `self_promotion`, `conversational`.

In an export the plain names are columns of the tagger's own scores, so only `label_...` counts there.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pipeline.labelled import _fields as fields
from pipeline.labelled.items import HALVES, Kind
from schema.errors import UserError
from schema.items import Mark, TextLink

HIGHEST = {"spam": 2, "self_promotion": 3, "conversational": 3, "marketing": 2}    # level of the codebook
PREFIX = "label_"
_KINDS: dict[str, Kind] = {"post": "post", "comment": "comment", "pingback": "pingback", "trackback": "trackback", "ping": "pingback"}


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it stands in the file, in one shape whatever its format. None: the line does not say."""

    id: str
    blog: str
    kind: Kind
    text: str
    thread: str                         # of items of one post; "": not known
    title: str | None                   # the post's
    author: str | None
    author_url: str | None
    by_post_author: bool | None
    position: int | None
    reply_to: str | None
    language: str
    links: tuple[TextLink, ...]
    marks: tuple[Mark, ...]
    post_text: str | None               # of a comment's post, as far as the line has it
    previous_author: str | None
    previous_text: str | None
    labels: Mapping[str, int]
    halves: Mapping[str, int]
    subtype: str | None
    sample: str
    chance: float | None


def lines(file: Path) -> Iterator[Line]:
    """The lines of a file; blank ones and those that say they are no unit are passed over."""
    for number, words in enumerate(_text(file).split("\n"), 1):
        if words.strip():
            place = f"{file}:{number}"
            row = _completed(_parsed(words, place), file, place)
            if row.get("unit") is not False:
                yield _line(row, place, str(number))


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise UserError(f"{file} is not UTF-8 text (byte {error.start}); save it as UTF-8.") from None
    except OSError as error:
        raise UserError(f"{file} cannot be read: {error.strerror}. Name a file of labelled JSON lines.") from None


def _parsed(words: str, place: str) -> dict[str, Any]:      # Any: a line of JSON
    try:
        row = json.loads(words)
    except ValueError as error:
        raise UserError(f"{place} is not JSON ({error}); each line must be one object.") from None
    if not isinstance(row, dict):
        raise UserError(f"{place} is not a JSON object; each line must be one.")
    return row


def _completed(row: dict[str, Any], file: Path, place: str) -> dict[str, Any]:      # Any: as above
    """The row with its text, which rows about segments of a page leave to the file of segments beside theirs."""
    if "text" in row or not isinstance(row.get("seed"), str):
        return row
    beside = file.with_name("seeds_segments.json")
    try:
        segments = json.loads(beside.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise UserError(f"{place} has no text, and {beside} cannot be read; put it beside the labels.") from None
    names = ("seed", "kind", "index")
    text = next((one["text"] for one in segments if all(one[name] == row.get(name) for name in names)), None)
    if text is None:
        raise UserError(f"{place} has no text, and {beside} has no such segment.")
    seed, kind, index = (row.get(name) for name in names)
    return {"blog": f"seed {seed}", "post_key": seed, "id": f"{seed}:{kind}:{index}", "position": index or None, "text": text} | row


def _line(row: dict[str, Any], place: str, number: str) -> Line:        # Any: as above
    text = fields.required_text(row, "text", place)
    kind = _kind(row, place)
    blog = _first(row, place, "blog", "source") or _host(row, place)
    title = fields.text(row, "title" if kind == "post" else "post_title", place)
    previous = row.get("prev_comment") if isinstance(row.get("prev_comment"), dict) else {}
    assert isinstance(previous, dict)
    return Line(
        id=_id(row, number), blog=blog, kind=kind, text=text, thread=_thread(row, kind, blog, title, place), title=title,
        author=_first(row, place, "author_name", "author"), author_url=fields.text(row, "author_url", place),
        by_post_author=True if kind == "post" else fields.truth(row, "by_post_author", place),
        position=None if kind == "post" else fields.number(row, "position", place), reply_to=_reply_to(row),
        language=fields.text(row, "language", place) or "", links=fields.links(row, text, place), marks=fields.marks(row, text, place),
        post_text=_first(row, place, "post_text", "post_excerpt"),
        previous_author=fields.text(previous, "author", place), previous_text=fields.text(previous, "text", place),
        labels=_labels(row, place), halves=_halves(row, place), subtype=_first(row, place, "label_spam_subtype", *(() if _is_export(row) else ("spam_subtype",))),
        sample=_first(row, place, "label_sample", "sample") or "", chance=fields.share(row, "label_probability", place),
    )


def _kind(row: dict[str, Any], place: str) -> Kind:     # Any: as above
    """As the line says; where it does not, what has a title of its own is a post."""
    given = row.get("kind")
    if given is None:
        return "post" if "title" in row and "post_key" not in row and "post_title" not in row else "comment"
    if not isinstance(given, str) or given not in _KINDS:
        raise UserError(f"{place}: the kind {given!r:.40} is not known; known are {', '.join(_KINDS)}.")
    return _KINDS[given]


def _first(row: dict[str, Any], place: str, *names: str) -> str | None:     # Any: as above
    return next((found for name in names if (found := fields.text(row, name, place))), None)


def _id(row: dict[str, Any], number: str) -> str:       # Any: as above
    """The id or key of the line, else its number in the file."""
    return next((str(row[name]) for name in ("id", "key") if row.get(name) not in (None, "")), number)


def _host(row: dict[str, Any], place: str) -> str:      # Any: as above
    url = _first(row, place, "post_url", "url")
    try:
        return (urlsplit(url).hostname or "") if url else ""
    except ValueError:
        return ""


def _thread(row: dict[str, Any], kind: Kind, blog: str, title: str | None, place: str) -> str:      # Any: as above
    own = _first(row, place, "post_key", *(("key",) if kind == "post" else ()))
    return own or (f"{blog}\n{title}" if title else "")


def _reply_to(row: dict[str, Any]) -> str | None:       # Any: as above
    """The key of another comment; some formats count places instead, which are left alone."""
    found = row.get("reply_to")
    return found if isinstance(found, str) and found else None


def _labels(row: dict[str, Any], place: str) -> dict[str, int]:     # Any: as above
    given = {name.removeprefix(PREFIX): name for name in row if name.startswith(PREFIX)}
    given = {tag: name for tag, name in given.items() if tag not in ("spam_subtype", "sample", "probability", *HALVES)}
    if not _is_export(row):
        given = {tag: tag for tag in HIGHEST if tag in row} | given
    found = {tag: fields.level(row, name, HIGHEST.get(tag), place) for tag, name in given.items()}
    return {tag: level for tag, level in found.items() if level is not None}


def _halves(row: dict[str, Any], place: str) -> dict[str, int]:      # Any: as above
    found = {half: fields.level(row, name, highest, place) for half, highest in HALVES.items() for name in (PREFIX + half, half) if name in row}
    return {half: level for half, level in found.items() if level is not None}


def _is_export(row: dict[str, Any]) -> bool:            # Any: as above
    """Whether the plain names are columns of the tagger's verdicts."""
    return "schema_version" in row or "spam_level" in row or "self_promotion_level" in row
