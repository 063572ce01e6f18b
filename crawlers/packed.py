"""Bytes that were packed for the way: unpacked to a limit, and whether all of them arrived. Live and archived answers alike."""

from __future__ import annotations

import sys
import zlib
from collections.abc import Callable, Iterator

import brotli

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

LIMIT = 16 * 1024 * 1024    # of unpacked bytes: no page of a blog is larger, and a bomb is
LAYERS = 3                  # a page packed more often than this was made to harm
ACCEPTED = "gzip, deflate, br, zstd"
_CHUNK = 256 * 1024
_MUCH = 4 * 1024 * 1024
_GZIP = 31                  # zlib's word for "expect a gzip header"
_GZIP_START = b"\x1f\x8b\x08"
_ZSTD_START = b"\x28\xb5\x2f\xfd"
_WINDOW = {int(zstd.DecompressionParameter.window_log_max): 23}      # 8 MiB: the most that HTTP allows (RFC 9659, 2024)


class Damaged(Exception):
    """The bytes cannot be unpacked to their end."""


class TooLarge(Exception):
    """There are more bytes than the limit; they were not unpacked."""


def is_gzip(body: bytes) -> bool:
    """Whether the bytes look like a gzip file."""
    return body.startswith(_GZIP_START)


def is_whole_gzip(body: bytes) -> bool:
    """Whether the first gzip member comes to its end. An empty body is whole; what is over the limit is left to others."""
    unpacker = zlib.decompressobj(wbits=_GZIP)
    rest, unpacked = body, 0
    try:
        while rest and not unpacker.eof and unpacked <= LIMIT:
            unpacked += len(unpacker.decompress(rest, _CHUNK))
            rest = unpacker.unconsumed_tail
    except zlib.error:
        return False
    return unpacker.eof or unpacked > LIMIT or not body


def unpacked(body: bytes, encodings: str, limit: int = LIMIT) -> bytes:
    """The body without its content encodings (RFC 9110, 8.4). What is unpacked already, or in an unknown way, stays as it is."""
    names = [name for part in encodings.lower().split(",") if (name := part.strip().removeprefix("x-")) not in ("", "identity")]
    if len(names) > LAYERS:
        raise Damaged(f"it is packed {len(names)} times over")
    for name in reversed(names):
        if name not in _UNPACK:
            break
        body = _whole(name, body, limit) if body else body
    return body


def _whole(name: str, body: bytes, limit: int) -> bytes:
    """Unpacked once more where it is much: a bomb must not fill the memory before it is known to be one."""
    found: list[bytes] = []
    size = 0
    for piece in _named(name, _UNPACK[name](body)):
        size += len(piece)
        if size > limit:
            raise TooLarge
        if size <= _MUCH:
            found.append(piece)
    return b"".join(found) if size <= _MUCH else b"".join(_UNPACK[name](body))


def _named(name: str, pieces: Iterator[bytes]) -> Iterator[bytes]:
    try:
        yield from pieces
    except (zlib.error, brotli.error, zstd.ZstdError) as error:
        raise Damaged(f"its {name} compression is not sound") from error
    except _BreaksOff:
        raise Damaged(f"its {name} compression breaks off") from None


class _BreaksOff(Exception):
    """There is no end."""


def _gunzip(body: bytes) -> Iterator[bytes]:
    """All members; what follows the last one is left out, as browsers do."""
    if not is_gzip(body):
        return iter([body])
    return _inflated(body, _GZIP)


def _inflate(body: bytes) -> Iterator[bytes]:
    """With or without zlib's header: old servers send none."""
    if _is_plain(body):
        return iter([body])
    has_header = len(body) > 1 and body[0] & 15 == 8 and (body[0] * 256 + body[1]) % 31 == 0
    return _inflated(body, zlib.MAX_WBITS if has_header else -zlib.MAX_WBITS)


def _inflated(body: bytes, bits: int) -> Iterator[bytes]:
    while body:
        unpacker = zlib.decompressobj(wbits=bits)
        while not unpacker.eof:
            piece = unpacker.decompress(body, _CHUNK)
            if not piece and not unpacker.eof and not unpacker.unconsumed_tail:
                raise _BreaksOff
            yield piece
            body = unpacker.unconsumed_tail
        body = unpacker.unused_data if bits == _GZIP and is_gzip(unpacker.unused_data) else b""


def _unbrotli(body: bytes) -> Iterator[bytes]:
    if _is_plain(body):
        yield body
        return
    unpacker = brotli.Decompressor()
    yield unpacker.process(body, output_buffer_limit=_CHUNK)
    while not unpacker.is_finished():
        piece = unpacker.process(b"", output_buffer_limit=_CHUNK)
        if not piece and unpacker.can_accept_more_data():
            raise _BreaksOff
        yield piece


def _unzstd(body: bytes) -> Iterator[bytes]:
    if not body.startswith(_ZSTD_START):
        yield body
        return
    while body.startswith(_ZSTD_START):
        unpacker = zstd.ZstdDecompressor(options=_WINDOW)
        yield unpacker.decompress(body, _CHUNK)
        while not unpacker.eof:
            if unpacker.needs_input:
                raise _BreaksOff
            yield unpacker.decompress(b"", _CHUNK)
        body = unpacker.unused_data


def _is_plain(body: bytes) -> bool:
    """Many archives, and some servers, keep the header though the body is not packed."""
    return body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"<!", b"<html", b"<?xml", b"<rss", b"<feed"))


_UNPACK: dict[str, Callable[[bytes], Iterator[bytes]]] = {"gzip": _gunzip, "deflate": _inflate, "br": _unbrotli, "zstd": _unzstd}
