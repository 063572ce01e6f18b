"""Which texts are the same or nearly the same, by their fingerprints."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.fingerprints import SIGNATURE, Fingerprint

ALIKE = 0.8         # the resemblance (Jaccard) of near-duplicates; customary, see Broder (1997) and Lee et al. (2022, arXiv:2107.06499)
_BANDS = 16         # of 8 numbers each: a pair that is .8 alike meets in one of them with 95 %, one that is .5 alike with 6 %
_ROWS = SIGNATURE // _BANDS
Signatures = NDArray[np.uint32]


def groups(keys: Sequence[str], fingerprints: Iterable[Fingerprint]) -> dict[str, str]:
    """For each key whose text occurs more than once the first key of its group; what is alike to one of a group belongs to it."""
    prints = list(fingerprints)
    leaders = list(range(len(keys)))
    for first, second in (*_same(prints), *_alike(prints)):
        _join(leaders, first, second)
    members: dict[int, list[str]] = {}
    for place, key in enumerate(keys):
        members.setdefault(_leader(leaders, place), []).append(key)
    return {key: min(group) for group in members.values() if len(group) > 1 for key in group}


def _same(prints: Sequence[Fingerprint]) -> Iterator[tuple[int, int]]:
    first: dict[str, int] = {}
    for place, one in enumerate(prints):
        if one.words_hash is not None and first.setdefault(one.words_hash, place) != place:
            yield first[one.words_hash], place


def _alike(prints: Sequence[Fingerprint]) -> Iterator[tuple[int, int]]:
    """Pairs that share a band and are alike; each is looked at against the first of those with whom it shares the band."""
    places = _one_of_each(prints)
    if len(places) < 2:
        return
    signatures = np.frombuffer(b"".join(prints[place].signature or b"" for place in places), dtype="<u4").reshape(-1, SIGNATURE)
    for band in range(_BANDS):
        for first, second in _neighbors(signatures[:, band * _ROWS:(band + 1) * _ROWS]):
            if np.mean(signatures[first] == signatures[second]) >= ALIKE:
                yield places[first], places[second]


def _one_of_each(prints: Sequence[Fingerprint]) -> list[int]:
    """Places of the texts that have a signature, each text once."""
    once = {one.words_hash: place for place, one in reversed(list(enumerate(prints))) if one.signature is not None}
    return sorted(once.values())


def _neighbors(band: Signatures) -> Iterator[tuple[int, int]]:
    """Pairs with equal numbers, next to one another after sorting: n texts in one bucket make n - 1 pairs with the next, and with the first."""
    buckets = np.ascontiguousarray(band).view([("", band.dtype)] * band.shape[1]).ravel()
    order = np.argsort(buckets, kind="stable")
    equal = np.flatnonzero(buckets[order][1:] == buckets[order][:-1])
    start = previous = -2
    for place in equal.tolist():
        start = start if place == previous + 1 else place
        previous = place
        yield int(order[place]), int(order[place + 1])
        if start != place:
            yield int(order[start]), int(order[place + 1])


def _leader(leaders: list[int], place: int) -> int:
    while leaders[place] != place:
        leaders[place] = leaders[leaders[place]]
        place = leaders[place]
    return place


def _join(leaders: list[int], first: int, second: int) -> None:
    first, second = _leader(leaders, first), _leader(leaders, second)
    leaders[max(first, second)] = min(first, second)
