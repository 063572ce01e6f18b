from __future__ import annotations

import gzip

import brotli
import pytest
from scrapy import Request
from scrapy.http import HtmlResponse, Response

from crawlers.failures import Refused
from crawlers.middlewares.unpacking import Unpacking

PLAIN = b"<html>words</html>" * 500
PACKED = gzip.compress(PLAIN)
REQUEST = Request("http://blog.example/a")


def answer(body: bytes, *encodings: str) -> Response:
    return HtmlResponse("http://blog.example/a", body=body, headers={"Content-Encoding": list(encodings)} if encodings else {})


def test_an_answer_that_is_not_packed_passes_untouched() -> None:
    response = answer(PLAIN)
    assert Unpacking().process_response(REQUEST, response) is response


@pytest.mark.parametrize("response", [answer(PACKED, "gzip"), answer(PACKED, " GZIP "), answer(brotli.compress(PACKED), "gzip", "br"), answer(brotli.compress(PACKED), "gzip, br")])
def test_a_packed_answer_is_unpacked_and_says_so_no_more(response: Response) -> None:
    plain = Unpacking().process_response(REQUEST, response)
    assert (plain.body, plain.headers.get("Content-Encoding"), response.headers.get("Content-Encoding") is None) == (PLAIN, None, False)


@pytest.mark.parametrize(("body", "why"), [(PACKED[: len(PACKED) // 2], "damaged answer"), (gzip.compress(bytes(1 << 25)), "too large")])
def test_half_a_body_and_a_bomb_are_refused_rather_than_read(body: bytes, why: str) -> None:
    with pytest.raises(Refused, match=why):
        Unpacking().process_response(REQUEST, answer(body, "gzip"))


def test_servers_are_told_what_we_can_unpack() -> None:
    request = Request("http://blog.example/a")
    Unpacking().process_request(request)
    assert request.headers["Accept-Encoding"] == b"gzip, deflate, br, zstd"
