from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable

import brotli
import pytest
from backports import zstd
from hypothesis import given
from hypothesis import strategies as st

from crawlers import packed

BODY = b"<html>" + bytes(range(256)) * 200 + b"</html>"
WHOLE = gzip.compress(BODY)
PACK: dict[str, Callable[[bytes], bytes]] = {"gzip": gzip.compress, "deflate": zlib.compress, "br": brotli.compress, "zstd": zstd.compress}


def raw_deflate(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(body) + packer.flush()


@pytest.mark.parametrize(("body", "whole"), [(WHOLE, True), (WHOLE[: len(WHOLE) // 2], False), (WHOLE[:-9], False), (WHOLE[:5], False), (b"", True), (BODY, False)])
def test_a_gzip_body_that_breaks_off_is_noticed(body: bytes, whole: bool) -> None:
    assert packed.is_whole_gzip(body) == whole


@pytest.mark.parametrize(("body", "encoding", "plain"), [
    *((pack(BODY), name, BODY) for name, pack in PACK.items()),
    (WHOLE, "x-gzip", BODY),
    (WHOLE, " GZIP ", BODY),
    (raw_deflate(BODY), "deflate", BODY),
    (gzip.compress(BODY[:99]) + gzip.compress(BODY[99:]), "gzip", BODY),
    (WHOLE + bytes(64), "gzip", BODY),
    (zstd.compress(BODY[:99]) + zstd.compress(BODY[99:]), "zstd", BODY),
    (brotli.compress(gzip.compress(BODY)), "gzip, br", BODY),
    (WHOLE, "identity,gzip", BODY),
    *((b"", name, b"") for name in PACK),
    *((b"<!DOCTYPE html><p>plain", name, b"<!DOCTYPE html><p>plain") for name in PACK),      # archives that unpacked the body and kept the header
    (BODY, "", BODY),
    (BODY, "rot13", BODY),
    (WHOLE, "gzip, rot13", WHOLE),
])
def test_a_body_is_unpacked_as_its_header_says(body: bytes, encoding: str, plain: bytes) -> None:
    assert packed.unpacked(body, encoding) == plain


@pytest.mark.parametrize("name", PACK)
def test_what_breaks_off_or_is_not_sound_is_damaged(name: str) -> None:
    body = PACK[name](BODY)
    for part in (body[: len(body) // 2], body[:-3] if name != "zstd" else body[:-9], body[:6] + b"\xff" * 40):
        with pytest.raises(packed.Damaged):
            packed.unpacked(part, name)


@pytest.mark.parametrize("name", PACK)
def test_a_bomb_is_not_unpacked_to_its_end(name: str) -> None:
    bomb = PACK[name](bytes(packed.LIMIT * 4))
    assert len(bomb) < 100_000
    with pytest.raises(packed.TooLarge):
        packed.unpacked(bomb, name)
    with pytest.raises(packed.TooLarge):
        packed.unpacked(gzip.compress(bomb), f"{name}, gzip")


def test_what_is_packed_over_and_over_is_refused_unseen() -> None:
    with pytest.raises(packed.Damaged, match="4 times over"):
        packed.unpacked(WHOLE, ", ".join(["gzip"] * 4))


@given(st.binary(max_size=200), st.sampled_from([*PACK, "gzip, br", "zstd, deflate"]))
def test_any_bytes_give_bytes_or_a_reason(body: bytes, encodings: str) -> None:
    for start in (b"", packed._GZIP_START, packed._ZSTD_START, b"\x78\x9c"):
        try:
            assert isinstance(packed.unpacked(start + body, encodings, 1000), bytes)
        except (packed.Damaged, packed.TooLarge):
            continue
