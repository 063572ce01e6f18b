"""How heavily a failure weighs on a source, by the reason under which it is counted (see crawlers.failures)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from crawlers import failures
from pipeline.setbacks import Weight

UNKNOWN_HOST = "unknown host"
NO_POSTS = "no posts"
# Hosts that are gone look like this, and so does everything from a machine without a network.
NOBODY_ANSWERS = frozenset((UNKNOWN_HOST, "connection refused", "connection failed", "no answer in time"))

_DETAIL = re.compile(r" \([^()]+\)\Z")
_HARD = frozenset((failures.NOT_FOUND, UNKNOWN_HOST, failures.ODD_ADDRESS, "not http"))
_TEMPORARY = frozenset((
    *NOBODY_ANSWERS - {UNKNOWN_HOST}, *failures.LATER, failures.ROBOTS_UNREACHABLE, failures.DAMAGED, "server error", "too many requests",
    failures.PRIVATE_ADDRESS,      # somebody forgot --allow-private; that must not cost a day
))


def weight(reason: str) -> Weight:
    """What the reason says of the blog; what only its owner or we could change is soft."""
    if not reason:
        return ""
    return "hard" if reason in _HARD else "temporary" if reason in _TEMPORARY else "soft"


def is_network_gone(reasons: Iterable[str]) -> bool:
    """Whether nothing at all answered, of several: then it is this machine that is cut off, not each of them that is gone."""
    found = [reason for reason in reasons if reason != failures.PRIVATE_ADDRESS]      # that one was not even asked
    return len(found) > 1 and set(found) <= NOBODY_ANSWERS and UNKNOWN_HOST in found


def in_plain_words(sentence: str, url: str) -> str:
    """A failure's sentence without its address and its advice: both stand elsewhere in a list of sources."""
    words = sentence.removeprefix(f"{url} could not be collected: ").removeprefix(url).strip().rstrip(".")
    said, _, advice = words.partition(". ")
    detail = _DETAIL.search(advice)
    return said + (detail[0] if detail and detail[0] not in said else "")
