"""Answers that no server should give: without end, without a start, packed to explode, broken off, or not HTTP at all."""

from __future__ import annotations

import asyncio
import gzip
import socket
import struct
import zlib
from functools import cache

import brotli
from backports import zstd

from tests.crawlers.hostile.engine import Answerer, Asked, head, moved, raw, said

MIB = 1 << 20
_BOMB = 96 * MIB        # unpacked; six times what is allowed
_PAGE = b"<!DOCTYPE html><html><head><title>Never</title></head><body><p>"


def endless(pause: float = 0.0) -> Answerer:
    """A body that has no end, as fast as it is taken."""
    async def answer(_: Asked, writer: asyncio.StreamWriter) -> None:
        writer.write(head() + _PAGE)
        while True:
            writer.write(b"and so on and on, " * 3000)
            await writer.drain()
            await asyncio.sleep(pause)
    return answer


def drip(before: bytes, what: bytes = b"a", pause: float = 1.0) -> Answerer:
    """One byte each second, for ever."""
    async def answer(_: Asked, writer: asyncio.StreamWriter) -> None:
        writer.write(before)
        while True:
            writer.write(what)
            await writer.drain()
            await asyncio.sleep(pause)
    return answer


def hang(before: bytes = b"") -> Answerer:
    """Nothing more, and the line stays open."""
    async def answer(_: Asked, writer: asyncio.StreamWriter) -> None:
        writer.write(before)
        await writer.drain()
        await asyncio.sleep(3600)
    return answer


def flood(line: bytes, start: bytes = b"HTTP/1.1 200 OK\r\n") -> Answerer:
    """Header lines without end."""
    async def answer(_: Asked, writer: asyncio.StreamWriter) -> None:
        writer.write(start)
        while True:
            writer.write(line * max(1, 65536 // len(line)))
            await writer.drain()
            await asyncio.sleep(0)
    return answer


def reset(before: bytes = b"") -> Answerer:
    """The connection is torn, not closed."""
    async def answer(_: Asked, writer: asyncio.StreamWriter) -> None:
        writer.write(before)
        await writer.drain()
        await asyncio.sleep(0.05)
        sock = writer.get_extra_info("socket")
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        writer.transport.abort()
    return answer


@cache
def _bomb(encoding: str) -> bytes:
    chunk, times = b" " * MIB, _BOMB // MIB
    if encoding == "br":
        packer = brotli.Compressor(quality=5)
        return b"".join([*(packer.process(chunk) for _ in range(times)), packer.finish()])
    if encoding == "zstd":
        packed = zstd.ZstdCompressor(level=3)
        return b"".join([*(packed.compress(chunk) for _ in range(times)), packed.flush()])
    unpacked = zlib.compressobj(9, zlib.DEFLATED, 31 if encoding == "gzip" else 15)
    return b"".join([*(unpacked.compress(chunk) for _ in range(times)), unpacked.flush()])


def bomb(encoding: str) -> Answerer:
    body = _bomb(encoding)
    return said(body, Content_Encoding=encoding)


def nested_bomb() -> Answerer:
    """A few hundred bytes, packed twice."""
    return said(gzip.compress(_bomb("gzip")), Content_Encoding="gzip, gzip")


def deeply_packed(body: bytes, times: int = 200) -> Answerer:
    """A page that was packed two hundred times over."""
    for _ in range(times):
        body = zlib.compress(body, 1)
    return said(body, Content_Encoding=", ".join(["deflate"] * times))


def cookies(body: bytes) -> Answerer:
    """A hundred cookies with a page; they are not kept."""
    lines = b"".join(b"Set-Cookie: c%d=%s; Domain=.example; Path=/\r\n" % (number, b"x" * 200) for number in range(100))
    return raw(head(length=len(body))[:-2] + lines + b"\r\n" + body)


def chain(path: str, length: int, answers: dict[str, Answerer]) -> None:
    """A row of redirects, each to the next."""
    for number in range(length):
        answers[f"{path}{number or ''}"] = moved(f"{path}{number + 1}")


def worst(page: bytes) -> dict[str, Answerer]:
    """By name: none of them may be stored, none may stop the crawl."""
    packed = gzip.compress(page)
    return {
        "endless": endless(),
        "endless-chunks": raw(head(Transfer_Encoding="chunked"), *[b"ffff\r\n" + b"x" * 0xFFFF + b"\r\n"] * 400),
        "huge": raw(head(length=1 << 40), _PAGE),
        "negative-length": raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: -5\r\n\r\n" + page),
        "two-lengths": raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5\r\nContent-Length: 700\r\n\r\n" + page),
        **{f"bomb-{name}": bomb(name) for name in ("gzip", "deflate", "br", "zstd")},
        "bomb-nested": nested_bomb(),
        "packed-200-times": deeply_packed(page),
        "half-gzip": said(packed[: len(packed) // 2], Content_Encoding="gzip"),
        "half-br": said(brotli.compress(page)[:200], Content_Encoding="br"),
        "half-zstd": said(zstd.compress(page)[:200], Content_Encoding="zstd"),
        "half-deflate": said(zlib.compress(page)[:200], Content_Encoding="deflate"),
        "unknown-packing": said(page[::-1], Content_Encoding="x-secret"),
        "bad-chunks": raw(head(Transfer_Encoding="chunked"), b"zz\r\nno number\r\n0\r\n\r\n"),
        "half-chunk": raw(head(Transfer_Encoding="chunked"), b"ffff\r\nonly this"),
        "chunk-extension": raw(head(Transfer_Encoding="chunked"), b"5;" + b"x" * (2 * MIB) + b"\r\nabcde\r\n0\r\n\r\n"),
        "trailers": raw(head(Transfer_Encoding="chunked"), b"5\r\nabcde\r\n0\r\n" + b"X-More: yes\r\n" * 300_000 + b"\r\n"),
        "not-http": raw(b"220 mail.example ESMTP\r\n250 ready\r\n\r\n"),
        "noise": raw(bytes(range(256)) * 40),
        "nothing": raw(b""),
        "old-http": raw(b"<html>no headers at all: this is HTTP/0.9</html>"),
        "longer": raw(head(length=len(page) + 5000) + page),
        "reset-at-once": reset(),
        "reset-in-head": reset(b"HTTP/1.1 200 OK\r\nContent-"),
        "reset-in-body": reset(head(length=9999) + page[:300]),
        "many-headers": flood(b"X-Flood: and so on\r\n"),
        "long-header": flood(b"a" * 65536, b"HTTP/1.1 200 OK\r\nX-Long: "),
        "folded-header": flood(b" and so on\r\n", b"HTTP/1.1 200 OK\r\nX-Folded: start\r\n"),
        "continue-for-ever": flood(b"HTTP/1.1 100 Continue\r\n\r\n", b""),
        "loop": moved("loop"),
        "no-location": said(b"", status=302),
        "bad-location": moved("http://[::bad/"),
        "odd-location": moved("gopher://old.example/"),
        "script-location": moved("javascript:alert(1)"),
        "to-number": moved("http://0x7f.1/"),
        "status-999": said(page, status=999),
        "no-content": raw(b"HTTP/1.1 204 No Content\r\n\r\n"),
        "server-error": said(b"<html>failed</html>", status=500),
        "an-image": said(b"\x89PNG\r\n\x1a\n" + bytes(2000), "image/png"),
    }


def slow() -> dict[str, Answerer]:
    """By name: each costs as much time as it is given."""
    return {
        "hang-at-once": hang(),
        "hang-in-head": hang(b"HTTP/1.1 200 OK\r\nContent-"),
        "hang-after-head": hang(head(length=5000)),
        "hang-in-body": hang(head(length=5000) + _PAGE),
        "drip-body": drip(head() + _PAGE),
        "drip-head": drip(b"HTTP/1.1 200 OK\r\nX-Drip: "),
        "drip-chunks": drip(head(Transfer_Encoding="chunked"), b"1\r\na\r\n"),
    }
