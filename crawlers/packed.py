"""Bytes that were packed for the way, and whether all of them arrived."""

from __future__ import annotations

import zlib

from warcio.bufferedreaders import BufferedReader

LIMIT = 16 * 1024 * 1024    # of unpacked bytes: no page of a blog is larger, and a bomb is
_CHUNK = 64 * 1024
_GZIP = 31                  # zlib's word for "expect a gzip header"
_GZIP_START = b"\x1f\x8b\x08"


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


def decoded(body: bytes, encoding: str) -> bytes:
    """The body without its content encoding. Many archives keep the header and a body that is unpacked already."""
    encoding = encoding.strip().lower().removeprefix("x-")
    if encoding not in BufferedReader.get_supported_decompressors() or (encoding == "gzip" and not is_gzip(body)):
        return body
    return bytes(BufferedReader(_Once(body), decomp_type=encoding).read(LIMIT + 1))


class _Once:
    """The smallest stream that warcio can read from."""

    def __init__(self, body: bytes) -> None:
        self._rest = body

    def read(self, size: int) -> bytes:
        part, self._rest = self._rest[:size], self._rest[size:]
        return part
