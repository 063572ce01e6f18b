from __future__ import annotations

import gzip
import zlib

import pytest

from crawlers import packed

BODY = b"<html>" + bytes(range(256)) * 200 + b"</html>"
WHOLE = gzip.compress(BODY)


@pytest.mark.parametrize(("body", "whole"), [(WHOLE, True), (WHOLE[: len(WHOLE) // 2], False), (WHOLE[:-9], False), (WHOLE[:5], False), (b"", True), (BODY, False)])
def test_a_gzip_body_that_breaks_off_is_noticed(body: bytes, whole: bool) -> None:
    assert packed.is_whole_gzip(body) == whole


def test_a_bomb_is_not_unpacked_to_its_end() -> None:
    bomb = gzip.compress(bytes(packed.LIMIT * 4))
    assert packed.is_whole_gzip(bomb[: len(bomb) // 2])     # the limit comes first; refusing it is the business of others
    assert len(packed.decoded(bomb, "gzip")) == packed.LIMIT + 1


@pytest.mark.parametrize(("body", "encoding", "plain"), [
    (WHOLE, "gzip", BODY),
    (WHOLE, "x-gzip", BODY),
    (zlib.compress(BODY), "deflate", BODY),
    (BODY, "gzip", BODY),           # archives that unpacked the body and kept the header
    (BODY, "", BODY),
    (BODY, "rot13", BODY),
])
def test_a_body_is_decoded_as_its_header_says(body: bytes, encoding: str, plain: bytes) -> None:
    assert packed.decoded(body, encoding) == plain
