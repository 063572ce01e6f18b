"""Answers that were packed for the way: unpacked to a limit, refused where the packing breaks off or hides a bomb.

Instead of Scrapy's own: it passes on the part that can be read of a broken page, and unpacks as many layers as are named (2.19).
"""

from __future__ import annotations

from scrapy import Request
from scrapy.http import Response

from crawlers import packed
from crawlers.failures import DAMAGED, TOO_LARGE, Refused


class Unpacking:
    """Says what we can unpack, and unpacks it; the archive, nearer to the network, has kept the bytes as they came."""

    def process_request(self, request: Request) -> None:
        request.headers.setdefault(b"Accept-Encoding", packed.ACCEPTED)

    def process_response(self, request: Request, response: Response) -> Response:
        named = b",".join(response.headers.getlist("Content-Encoding")).decode("latin-1")
        if not named or request.method == "HEAD":
            return response
        try:
            body = packed.unpacked(response.body, named)
        except packed.Damaged as error:
            raise Refused(DAMAGED, str(error)) from error
        except packed.TooLarge as error:
            raise Refused(TOO_LARGE) from error
        headers = response.headers.copy()
        del headers["Content-Encoding"]
        return response.replace(body=body, headers=headers)
