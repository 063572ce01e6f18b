"""An archive is one more source: WARC files, saved pages and exports become Pages, and what was fetched becomes a WARC file."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from http import HTTPStatus
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import IO, Any

from warcio.archiveiterator import WARCIterator
from warcio.bufferedreaders import ChunkedDataReader
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders, StatusAndHeadersParserException
from warcio.warcwriter import WARCWriter

from crawlers import exported, head, packed
from crawlers.packed import LIMIT, is_gzip, is_whole_gzip, unpacked
from schema.errors import UserError
from schema.items import Page, Skipped

ROTATE_AT = 1_000_000_000   # bytes; the customary size of a WARC file
_LAST = 4 * LIMIT           # bytes of the last record that are looked at
RECORD = "hubbub_record"    # in a request's meta: FILE#OFFSET of the answer that is kept
ABOUT = "Hubbub-About"      # our own field of a record: the post whose page led there; ISO 28500, 5.3, lets readers ignore it
NOT_MODIFIED = 304
_NOT_MODIFIED_PROFILE = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
_PAGES = (".html", ".htm")
_WARCS = (".warc", ".warc.gz")
_LARGEST_EXPORT = 1 << 30   # bytes
READS = ".warc, .warc.gz, .html and .htm files, exports of WordPress, Blogger, Disqus, Movable Type and LiveJournal"

Advance = Callable[[int], None]     # told how many bytes of the input have been read
Headers = Sequence[tuple[str, str]]


class Damaged(Exception):
    """An archive cannot be read, or not to its end. Its words are for the person; what came before is good."""


def files_in(paths: Sequence[Path]) -> list[tuple[Path, Path]]:
    """(file, the folder it is named from) for each file named, and for each archive and saved page in the folders named."""
    found = []
    for path in paths:
        if path.is_dir():
            inside = (file for file in sorted(path.rglob("*")) if file.is_file() and kind_of(file))
            found += [(file, path) for file in inside]
        else:
            found.append((path, path.parent))
    return found


def kind_of(file: Path) -> str:
    """`warc` or `page` by the name, `export` by what the file begins with; "" for a format that hubbub does not know."""
    name = file.name.lower()
    if name.endswith(_WARCS):
        return "warc"
    if name.endswith(_PAGES):
        return "page"
    return "export" if name.endswith(exported.ENDINGS) and exported.is_export(file, _beginning(file)) else ""


def _beginning(file: Path) -> Page:
    try:
        with file.open("rb") as stream:
            start = stream.read(exported.START)
    except OSError:
        start = b""
    return Page(f"file:{file.name}", start, datetime.fromtimestamp(0, UTC))


def pages(file: Path, folder: Path, advance: Advance = lambda _: None) -> Iterator[Page | Skipped]:
    """The pages in a file. Raises Damaged where it cannot go on; what it gave until then is good."""
    match kind_of(file):
        case "warc":
            yield from _responses(file, advance)
        case "page":
            yield saved_page(file, folder)
        case _:
            raise Damaged(f"{file} is of a format that hubbub does not read; it reads {READS}, and folders of them.")


def refuse_empty(file: Path, *, is_named: bool) -> None:
    """Raises Damaged for a file without a byte: what a person named, and an archive wherever it lies, is meant to hold something."""
    try:
        is_empty = file.stat().st_size == 0 and file.is_file()
    except OSError:
        return      # told when it is read
    if is_empty and (is_named or kind_of(file) == "warc"):
        raise Damaged(f"{file} is empty.")


def saved_page(file: Path, folder: Path) -> Page:
    """A page that somebody saved: its address is what it says of itself, else where it lies in the folder."""
    page = _file(file, folder)
    return replace(page, url=head.canonical(page))


def export_file(file: Path, folder: Path) -> Page:
    """An export as one page, to be read with crawlers.exported: the blog's own addresses are inside."""
    page = _file(file, folder)
    if len(page.body) > _LARGEST_EXPORT:
        raise Damaged(f"{file} is larger than a gigabyte; export it in parts, or split it between two posts.")
    return page


def _file(file: Path, folder: Path) -> Page:
    try:
        body, changed = file.read_bytes(), datetime.fromtimestamp(file.stat().st_mtime, UTC)
    except OSError as error:
        raise Damaged(f"{file} cannot be read: {error.strerror}.") from None
    return Page(f"file:{file.relative_to(folder).as_posix()}", body, changed, origin=str(file))


def _responses(file: Path, advance: Advance) -> Iterator[Page | Skipped]:
    try:
        with file.open("rb") as stream:
            yield from _whole_records(stream, file, advance)
    except OSError as error:
        raise Damaged(f"{file} cannot be read: {error.strerror or error}.") from None


def _whole_records(stream: IO[bytes], file: Path, advance: Advance) -> Iterator[Page | Skipped]:
    """Records up to the first that is cut: warcio itself ends without a word there."""
    records, start, end = WARCIterator(stream), 0, 0
    try:
        for record in records:
            page = _page(record)
            while record.raw_stream.read(LIMIT):
                pass
            start, length = records.get_record_offset(), records.get_record_length()
            if record.raw_stream.limit > 0 or records.err_count:
                raise _cut(file)
            advance(start + length - end)
            end = start + length
            if page:
                yield replace(page, origin=f"{file}#{start}") if isinstance(page, Page) else page
    except AttributeError:      # warcio 1.8 trips over a header that is cut
        raise _cut(file) from None
    except (ArchiveLoadFailed, StatusAndHeadersParserException, ValueError) as error:
        raise Damaged(f"{file} is damaged after {end} bytes ({_first_line(error)}); what came before is stored.") from None
    if not _is_whole(stream, start, end):
        raise _cut(file)
    if not end:
        raise Damaged(f"{file} holds no record.")


def _is_whole(stream: IO[bytes], start: int, end: int) -> bool:
    """Whether the last record is finished, its packing too, and nothing but line ends follows."""
    stream.seek(start)
    last = stream.read(_LAST)
    return (not is_gzip(last) or is_whole_gzip(last)) and not last[end - start:].strip(b"\r\n")


def _cut(file: Path) -> Damaged:
    return Damaged(f"{file} is cut off in the middle of a record; what came before is stored.")


def _first_line(error: Exception) -> str:
    return next(iter(str(error).strip().splitlines()), type(error).__name__)


def _page(record: ArcWarcRecord) -> Page | Skipped | None:
    if not record.rec_headers.get_header("Content-Length", "").isdigit():
        raise ValueError("a record without a length")
    if record.rec_type not in ("response", "revisit") or not record.http_headers or not record.rec_headers.get_header("WARC-Target-URI", "").strip("<>").startswith("http"):
        return None
    url = record.rec_headers.get_header("WARC-Target-URI").strip("<>")
    headers = tuple((name.lower(), value) for name, value in record.http_headers.headers)
    about = record.rec_headers.get_header(ABOUT, "")
    page = Page(url, b"", _moment(record), headers, int(record.http_headers.get_statuscode() or 0), about=about)
    if record.rec_type == "revisit" or page.status == NOT_MODIFIED:      # whatever the profile: nothing new, and no body to read
        return replace(page, status=NOT_MODIFIED)
    body = _body(record, page)
    return page_body if isinstance(page_body := _checked(page, body), Skipped) else replace(page, body=page_body)


def _body(record: ArcWarcRecord, page: Page) -> bytes:
    """As sent, without the chunks: many archives keep the header and a body that is dechunked already; warcio can tell."""
    chunked = page.header("transfer-encoding").lower() == "chunked"
    stream = ChunkedDataReader(record.raw_stream, decomp_type=None) if chunked else record.raw_stream
    return bytes(stream.read(LIMIT + 1))


def _checked(page: Page, body: bytes) -> bytes | Skipped:
    try:
        plain = unpacked(body, ", ".join(value for name, value in page.headers if name == "content-encoding"))
    except packed.Damaged:
        return Skipped("damaged answer", page.url)
    except packed.TooLarge:
        return Skipped("too large", page.url)
    return Skipped("too large", page.url) if len(plain) > LIMIT else plain


def _moment(record: ArcWarcRecord) -> datetime:
    return datetime.fromisoformat(record.rec_headers.get_header("WARC-Date")).astimezone(UTC)


class ArchiveWriter:
    """Writes what was fetched into WARC files of one folder; one file is open at a time. Made when first needed."""

    def __init__(self, folder: str | Path, agent: str, *, rotate_at: int = ROTATE_AT) -> None:
        self._folder = Path(folder)
        self._agent = agent
        self._rotate_at = rotate_at
        self._numbers = count(1)
        self._started = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
        self._stream: IO[bytes] | None = None
        check_folder(self._folder)

    def write(self, *, url: str, status: int, headers: Headers, body: bytes, request_headers: Headers, ip: str = "", about: str = "") -> str:
        """One answer and the request that asked for it. Gives FILE#OFFSET of the answer, as `pages` names it when the file is read again.

        A 304 becomes a revisit record, which nobody takes for an empty page.
        """
        writer, stream = self._opened()
        place = f"{stream.name}#{stream.tell()}"
        more = {name: value for name, value in (("WARC-IP-Address", ip), (ABOUT, about)) if value}
        if status == NOT_MODIFIED:
            more |= {"WARC-Profile": _NOT_MODIFIED_PROFILE, "WARC-Refers-To-Target-URI": url}
        response = writer.create_warc_record(
            url, "revisit" if status == NOT_MODIFIED else "response", payload=BytesIO(body), length=len(body),
            http_headers=StatusAndHeaders(_status_line(status), list(headers), protocol="HTTP/1.1"), warc_headers_dict=more,
        )
        asked = StatusAndHeaders(f"GET {_path(url)} HTTP/1.1", list(request_headers), is_http_request=True)
        request = writer.create_warc_record(url, "request", http_headers=asked)
        writer.write_request_response_pair(request, response)     # the response comes first
        stream.flush()      # what was stored of an answer must not outlive it when the process is killed
        return place

    def close(self) -> None:
        """Close the file that is open, if any."""
        if self._stream:
            self._stream.close()
            self._stream = None

    def _opened(self) -> tuple[Any, IO[bytes]]:   # Any: warcio has no types
        if self._stream and self._stream.tell() >= self._rotate_at:
            self.close()
        if self._stream:
            return WARCWriter(self._stream, gzip=True, warc_version="1.1"), self._stream
        name = f"hubbub-{self._started}-{os.getpid()}-{next(self._numbers):05}.warc.gz"
        self._stream = (self._folder / name).open("xb")
        writer = WARCWriter(self._stream, gzip=True, warc_version="1.1")
        writer.write_record(writer.create_warcinfo_record(name, {"software": self._agent, "format": "WARC File Format 1.1"}))
        return writer, self._stream


def check_folder(folder: Path) -> None:
    """Make the folder for the archive; one sentence where that is not possible."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        is_writable = os.access(folder, os.W_OK)
    except OSError:
        is_writable = False
    if not is_writable:
        raise UserError(f"The archive folder {folder} cannot be written. Name another with --archive.")


def _status_line(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return f"{status} "


def _path(url: str) -> str:
    return "/" + url.partition("://")[2].partition("/")[2]
