"""Lists of blogs as other people keep them: TOML, CSV, and the OPML that every feed reader exports."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from crawlers import sourcelist_csv, sourcelist_opml, sourcelist_toml
from crawlers.sourcelist_entry import Damaged, Listed, Row
from pipeline.enrolling import Entry
from schema import keys
from schema.errors import UserError

LARGEST = 32 * 1024 * 1024      # bytes; the OPML of ten thousand feeds has three million
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_DECLARED = re.compile(rb"""\A\s*<\?xml[^>]*\bencoding\s*=\s*["']([\w.:-]+)["']""")
_READERS: dict[str, Callable[[str], Iterator[Row | str]]] = {
    ".toml": sourcelist_toml.read, ".csv": sourcelist_csv.read, ".tsv": sourcelist_csv.read, ".opml": sourcelist_opml.read, ".xml": sourcelist_opml.read,
}


@dataclass(slots=True)
class SourceList:
    """What a file holds: entries and refusals with their lines, and what else its owner should know."""

    listed: list[Listed] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    damage: str = ""        # one sentence: why not all of it could be read


def read(file: Path, crawlable: Callable[[str], str], *, feeds: bool = False) -> SourceList:
    """The list in a file. `crawlable` gives an address as it is crawled, or raises; `feeds`: of OPML, take these instead of the blogs."""
    found = SourceList()
    try:
        text = _text(file)
        for row in _reader(file, text)(text):
            if isinstance(row, str):
                found.notes.append(f"{file}: {row}")
            else:
                found.listed.append(_listed(row, crawlable, file, feeds))
    except Damaged as damage:
        found.damage = f"{file} {damage}"
    found.listed = list(_once_each(found, file))
    return found


def _text(file: Path) -> str:
    """The words of the file; Damaged where it has none, or none that can be made out."""
    text = _decoded(_bytes(file))
    if not text.strip("\ufeff \t\r\n"):
        raise Damaged("is empty.")
    if "\0" in text:
        raise Damaged("is not UTF-8; it looks like UTF-16 without a byte order mark. Save it as UTF-8.")
    return text


def _reader(file: Path, text: str) -> Callable[[str], Iterator[Row | str]]:
    by_name = _READERS.get(file.suffix.lower())
    return by_name or (sourcelist_opml.read if text.lstrip("\ufeff \t\r\n").startswith("<") else sourcelist_csv.read)


def _bytes(file: Path) -> bytes:
    try:
        with file.open("rb") as stream:
            body = stream.read(LARGEST + 1)
    except OSError as error:
        raise Damaged(f"cannot be read: {error.strerror}.") from None
    if len(body) > LARGEST:
        raise Damaged(f"is larger than {LARGEST // 1024 ** 2} MiB, which is no list of blogs.")
    return body


def _decoded(body: bytes) -> str:
    """By its byte order mark, by what its XML declares, as UTF-8, else as old Windows programs write."""
    declared = _DECLARED.match(body)
    for encoding in (*(name for mark, name in _BOMS if body.startswith(mark)), declared[1].decode() if declared else "utf-8", "utf-8"):
        try:
            return body.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return body.decode("cp1252", "replace")


def _listed(row: Row, crawlable: Callable[[str], str], file: Path, feeds: bool) -> Listed:
    try:
        entry = row.entry(feeds)
        return Listed(row.line, replace(entry, url=_address(entry, crawlable), found_in=f"list {file.name}"))
    except UserError as error:
        return Listed(row.line, None, keys.without_login(str(error)))


def _address(entry: Entry, crawlable: Callable[[str], str]) -> str:
    """A login in it is refused later, in a sentence of its own."""
    return crawlable(entry.url) if keys.without_login(entry.url) == entry.url else entry.url


def _once_each(found: SourceList, file: Path) -> Iterable[Listed]:
    """A feed reader lists a feed under several folders; the first counts, each time the list is read."""
    first: dict[str, int] = {}
    for one in found.listed:
        if one.entry and (line := first.setdefault(keys.key_url(one.entry.url), one.line)) != one.line:
            found.notes.append(f"{file}:{one.line}: the same blog as in line {line}; the first counts.")
        else:
            yield one
