"""The file in which a site reserves text and data mining for its owner: /.well-known/tdmrep.json of the TDM Reservation Protocol.

See https://www.w3.org/community/reports/tdmrep/CG-FINAL-tdmrep-20240510/. Fetching the file is left to the middleware.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from crawlers.robots import Rule, compiled, path_of

PATH = "/.well-known/tdmrep.json"
RESERVATION = "tdm-reservation"
LARGEST = 500 * 1024    # bytes that are read, as of a robots.txt


@dataclass(frozen=True, slots=True)
class TdmFile:
    """What a site says about mining, by pattern of the path."""

    rules: tuple[Rule, ...] = ()    # `is_allow`: not reserved; the longest first, and of equals the reserving ones

    def reserves(self, url: str) -> bool:
        """Whether mining of what is at this address is reserved: the longest pattern that fits decides, as in robots.txt."""
        path = path_of(url)
        decisive = next((rule for rule in self.rules if rule.matches(path)), None)
        return decisive is not None and not decisive.is_allow


NO_FILE = TdmFile()


def parse(body: bytes) -> TdmFile:
    """Read a tdmrep.json; what is none says nothing."""
    try:
        entries = json.loads(body.removeprefix(b"\xef\xbb\xbf")) if len(body) <= LARGEST else []
    except (ValueError, RecursionError):
        entries = []
    found = _rules(entries if isinstance(entries, list) else [])
    return TdmFile(tuple(sorted(found, key=lambda rule: (-rule.length, rule.is_allow))))


def _rules(entries: list[object]) -> Iterator[Rule]:
    for entry in entries:
        if isinstance(entry, dict) and isinstance(location := entry.get("location"), str) and str(entry.get(RESERVATION)) in ("0", "1"):
            yield compiled(_rooted(location).encode("utf-8", "replace"), is_allow=str(entry[RESERVATION]) == "0")


def _rooted(location: str) -> str:
    """Patterns begin at the root, and one may be written as a star alone."""
    return location if location.startswith(("/", "*")) else f"/{location}"
