"""A corpus as a folder: what all formats share. Each format is a module in pipeline/exporters; see its docstring.

The folder is written beside its place and then put there, so there is never half of one.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from sqlalchemy import Connection

from pipeline import query, registry
from pipeline.owners import is_there
from pipeline.query import Record, Selection
from pipeline.runs import hubbub_version
from pipeline.values import plain
from schema import views
from schema.errors import UsageError, UserError

SCHEMA_VERSION = 1              # of the fields in exports; raised when one changes its name or meaning
EXPORTERS = "pipeline.exporters"
MANIFEST = "hubbub-export.json"
COLUMNS = "COLUMNS.md"
REPORT_EVERY = 200              # rows

Progress = Callable[[int, int], None]       # posts, comments so far


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export wrote: rows per file, and how many posts and comments those are."""

    folder: Path
    posts: int
    comments: int
    files: dict[str, int]
    replaced: str = ""              # the format of the export that stood there before


def formats() -> tuple[str, ...]:
    """The names of all known formats."""
    return registry.names(EXPORTERS)


def exporter(format_name: str) -> ModuleType:
    """The module that writes that format."""
    try:
        return registry.module(EXPORTERS, format_name)
    except KeyError:
        raise UsageError(f"There is no export format {format_name!r}; known are {', '.join(formats())}.") from None


def export(
    connection: Connection, folder: Path, format_name: str, selection: Selection = Selection(), progress: Progress | None = None  # noqa: B008  # frozen
) -> Exported:
    """Write what the selection takes to the folder, in that format. Only a folder that an export wrote is replaced."""
    write = exporter(format_name).write
    folder = folder.resolve()
    refuse_foreign(folder)
    replaced = _format_of(folder / MANIFEST)
    query.check(connection, selection)
    with _put_in_place(folder) as beside, closing(query.records(connection, selection)) as records:
        count = _Count(progress)
        files = write(count.over(records), beside)
        (beside / COLUMNS).write_text(columns_page(format_name), encoding="utf-8", newline="\n")
        _write_manifest(beside, format_name, selection, files)
    return Exported(folder, count.posts, count.comments, files, replaced)


def as_object(record: Record) -> dict[str, Any]:    # Any: columns of every type
    """The record as it stands in JSON: the columns of its view, then what belongs to it."""
    return {
        **{name: plain(value) for name, value in record.fields.items()},
        "links": plain(record.links),
        "marks": [{"start": mark["start"], "end": mark["end"], "kind": mark["kind"]} for mark in record.marks],
        "tags": [_ordered(tag, without="spans") for tag in record.tags],
        "spans": [span for tag in record.tags for span in _spans(tag)],
        "schema_version": SCHEMA_VERSION,
    }


def _ordered(row: dict[str, Any], without: str = "") -> dict[str, Any]:     # Any: as above
    return {name: plain(value) for name, value in row.items() if name != without}


def _spans(tag: dict[str, Any]) -> Iterator[dict[str, Any]]:                # Any: as above
    earned = {name: tag[name] for name in ("tagger", "version", "tag_run")}
    for span in tag["spans"]:
        yield {**earned, **{name: plain(span.get(name)) for name in ("start", "end", "rule", "weight")}}


class _Count:
    """Counts what passes, and tells from time to time."""

    def __init__(self, progress: Progress | None) -> None:
        self.posts = self.comments = 0
        self._progress = progress

    def over(self, rows: Iterator[Record]) -> Iterator[Record]:
        for row in rows:
            self.posts += row.view == "posts"
            self.comments += row.view == "comments"
            if self._progress and (self.posts + self.comments) % REPORT_EVERY == 0:
                self._progress(self.posts, self.comments)
            yield row


def refuse_foreign(folder: Path) -> None:
    """Only an absent or empty folder, or one in which everything was written by an export, may be replaced."""
    if folder in (Path.cwd(), *Path.cwd().parents):
        raise UserError(f"{folder} is the folder you are in, or one above it; name a folder of the export's own.")
    if folder.exists() and not folder.is_dir():
        raise UserError(f"{folder} is a file; name a folder for the export.")
    strangers = _strangers(folder) if folder.is_dir() else []
    if strangers:
        raise UserError(f"{folder} holds {strangers[0]}, which no export wrote; name another folder, or move what is in it.")


def _strangers(folder: Path) -> list[str]:
    """Names in the folder that are not in its manifest."""
    known = {MANIFEST, *_listed(folder / MANIFEST)}
    return sorted(path.name for path in folder.iterdir() if path.name not in known)


def _listed(manifest: Path) -> set[str]:
    files = _told(manifest, "files")
    return set(files) if isinstance(files, dict) else set()


def _format_of(manifest: Path) -> str:
    return str(_told(manifest, "format") or "")


def _told(manifest: Path, name: str) -> Any:    # Any: what JSON holds, or None
    try:
        return json.loads(manifest.read_text(encoding="utf-8"))[name]
    except (OSError, ValueError, KeyError, TypeError):
        return None


@contextmanager
def _put_in_place(folder: Path) -> Iterator[Path]:
    """A new folder beside the place, which it takes when all went well and leaves no trace otherwise."""
    beside, former = (folder.with_name(f".{folder.name}.{word}-{os.getpid()}") for word in ("new", "former"))
    try:
        beside.mkdir(parents=True)
        yield beside
        if folder.exists():
            folder.rename(former)
        beside.rename(folder)
        _clear_up(folder)
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise
        raise UserError(f"The export to {folder} failed: {error.strerror or error}. Check that the place is writable and has room.") from error
    finally:
        if former.exists() and not folder.exists():
            former.rename(folder)
        shutil.rmtree(beside, ignore_errors=True)
        shutil.rmtree(former, ignore_errors=True)


def _clear_up(folder: Path) -> None:
    """Remove what exports that were killed have left beside the place; where a number of a process is taken again, it stays."""
    for left in folder.parent.glob(f".{folder.name}.*-*"):
        word, _, pid = left.name.removeprefix(f".{folder.name}.").partition("-")
        if word in ("new", "former") and pid.isdigit() and not is_there(int(pid)):
            shutil.rmtree(left, ignore_errors=True)


def _write_manifest(folder: Path, format_name: str, selection: Selection, rows: dict[str, int]) -> None:
    manifest = {
        "made_by": "hubbub",
        "hubbub_version": hubbub_version(),
        "schema_version": SCHEMA_VERSION,
        "format": format_name,
        "where": asdict(selection),
        "files": {path.name: _described(path, rows.get(path.name)) for path in sorted(folder.iterdir())},
    }
    (folder / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=2) + "\n", encoding="utf-8", newline="\n")


def _described(path: Path, rows: int | None) -> dict[str, object]:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {"sha256": digest, "bytes": path.stat().st_size} | ({} if rows is None else {"rows": rows})


def columns_page(format_name: str) -> str:
    """What the columns mean, as a page that travels with the corpus."""
    parts = [f"# Columns\n\nWritten by hubbub {hubbub_version()}, schema version {SCHEMA_VERSION}.\n"]
    parts += (exporter(format_name).__doc__ or "").strip().split("\n\n")[:1]
    parts += (f"\n## {view}\n\n{views.as_markdown(view)}" for view in views.VIEWS)
    parts.append(f"\n## What belongs to a row\n\n{_BELONGING}")
    return "\n".join(parts) + "\n"


_BELONGING = """\
All offsets (`start`, `end`) count Unicode code points of `text`, from 0; `text[start:end]` is the stretch meant.

- `links`: the hyperlinks in the text: url, anchor, start, end.
- `marks`: stretches the source set apart: start, end, kind (quote, code, list, heading, deleted, emoticon, update).
- `tags`: the current judgements: tagger, its version, the tag run, score (0-1), text_score (from the text alone), level,
  subtype, context (the signals used, and which were missing), tagged_at.
- `spans`: the words that earned a tag: tagger, version, tag_run, start, end, rule, weight."""
