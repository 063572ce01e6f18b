"""What is kept of a text to find it again: a hash of its words, and a MinHash signature of its letters.

Near-duplicates are found by the signature, by the method of Broder (1997), "On the resemblance and containment of documents".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from zlib import crc32

from datasketch import MinHash  # type: ignore[import-untyped]  # it has no types

from pipeline.rows import text_hash
from pipeline.text import JUDGED

SIGNATURE = 128         # numbers of 32 bits; the estimate of a resemblance of .8 is off by .035 at most times
FEWEST_WORDS = 10       # of a text with a signature: shorter ones resemble one another by chance
SHINGLE = 5             # letters; one changed word in ten leaves about two thirds of them, three words in a row would leave less than half
_SCHEME = "affine32"
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """`words_hash` is None for a text without a word, `signature` (512 bytes) for one with less than ten."""

    words_hash: str | None
    signature: bytes | None


def fingerprint(text: str) -> Fingerprint:
    """Of the words alone: case, punctuation and space do not matter."""
    words = _WORD.findall(text[:JUDGED].casefold())
    plain = " ".join(words)
    return Fingerprint(text_hash(plain) if words else None, signature(plain) if len(words) >= FEWEST_WORDS else None)


def signature(plain: str) -> bytes:
    """The MinHash of all stretches of five letters."""
    octets = plain.encode("utf-8", "replace")
    shingles = {octets[start:start + SHINGLE] for start in range(len(octets) - SHINGLE + 1)}
    sketch = MinHash(SIGNATURE, hashfunc=crc32, permutations=_permutations(), scheme=_SCHEME)
    sketch.update_batch(shingles)
    return bytes(sketch.hashvalues.astype("<u4").tobytes())


@cache
def _permutations() -> object:
    """Made once: that takes longer than a signature."""
    return MinHash(SIGNATURE, hashfunc=crc32, scheme=_SCHEME).permutations
