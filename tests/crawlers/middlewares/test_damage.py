from __future__ import annotations

import gzip

import pytest
from scrapy import Request
from scrapy.http import Response

from crawlers.failures import Refused
from crawlers.middlewares.damage import Damage

PACKED = gzip.compress(b"<html>words</html>" * 500)
REQUEST = Request("http://blog.example/a")


def answer(body: bytes, encoding: str = "gzip") -> Response:
    return Response("http://blog.example/a", body=body, headers={"Content-Encoding": encoding} if encoding else {})


@pytest.mark.parametrize("response", [answer(PACKED), answer(b""), answer(b"<html>", ""), answer(PACKED[:20], "br")])
def test_a_whole_answer_passes_untouched(response: Response) -> None:
    assert Damage().process_response(REQUEST, response) is response


@pytest.mark.parametrize("encoding", ["gzip", "x-gzip", " GZIP "])
def test_half_a_gzip_body_is_refused_rather_than_read(encoding: str) -> None:
    with pytest.raises(Refused, match="damaged answer"):
        Damage().process_response(REQUEST, answer(PACKED[: len(PACKED) // 2], encoding))
