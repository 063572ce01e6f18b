"""How large a share really is: the tagger's count, corrected by a random sample that somebody labelled.

A tagger that misses and mistakes gives a share that is off by both. The sample says how many of what it tagged, and how many of what
it did not tag, are what the tag means; each of the two is taken as often as it stands in the whole corpus (post-stratification by verdict: Tenenbein
1970, a double sampling scheme; the same idea as prediction-powered inference, Angelopoulos et al. 2023). Nothing is supposed about the
tagger, only that the sample was drawn at random, with known chances.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

DRAWS = 20_000
SEED = 20261124
CONFIDENCE = 0.95
PRIOR = 0.5     # of either case (Jeffreys): where a sample holds none of one, the interval still has a width (Brown, Cai & DasGupta 2001)


@dataclass(frozen=True, slots=True)
class Checked:
    """An item of the sample: what the tagger says, what a reader says, and with which chance it was drawn (all equal: 1)."""

    verdict: bool
    is_so: bool
    chance: float = 1.0


@dataclass(frozen=True, slots=True)
class Share:
    """The part of all items that are so. `uncorrected` is what the tagger counts; value and interval are None where the sample cannot tell."""

    uncorrected: float | None
    value: float | None
    low: float | None
    high: float | None
    labelled: int


def share(verdicts: Iterable[bool], labelled: Sequence[Checked]) -> Share:
    """The corrected share among all items, of whose verdicts some were drawn at random and labelled."""
    known = [bool(verdict) for verdict in verdicts]
    raw = sum(known) / len(known) if known else None
    strata = [_Stratum(known.count(side), [one for one in labelled if one.verdict == side]) for side in (True, False)]
    if not known or any(stratum.size and not stratum.labelled for stratum in strata):
        return Share(raw, None, None, None, len(labelled))
    value = sum(stratum.weighted_part * stratum.size for stratum in strata) / len(known)
    random = np.random.default_rng(SEED)
    drawn = sum((stratum.draws(random) * stratum.size for stratum in strata), np.zeros(DRAWS)) / len(known)
    low, high = np.quantile(drawn, [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2])
    return Share(raw, value, min(float(low), value), max(float(high), value), len(labelled))


@dataclass(frozen=True, slots=True)
class _Stratum:
    """All items with one verdict, and those of them that were labelled."""

    size: int
    labelled: Sequence[Checked]

    @property
    def weighted_part(self) -> float:
        """Which part of them is so; each item stands for as many as its chance says."""
        weights = [1 / one.chance for one in self.labelled]
        return sum(weight for weight, one in zip(weights, self.labelled, strict=True) if one.is_so) / sum(weights) if weights else 0.0

    def draws(self, random: np.random.Generator) -> NDArray[np.float64]:
        """What the part may be as well, given the sample; nothing remains open when all were labelled."""
        part, worth = self.weighted_part, self._worth()
        if not self.size or not worth:
            return np.zeros(DRAWS)
        may_be = random.beta(PRIOR + part * worth, PRIOR + (1 - part) * worth, DRAWS)
        return np.asarray(part + (may_be - part) * max(0.0, 1 - len(self.labelled) / self.size) ** 0.5, dtype=float)

    def _worth(self) -> float:
        """The number of items drawn with equal chances that would tell as much (Kish 1965)."""
        weights = [1 / one.chance for one in self.labelled]
        return sum(weights) ** 2 / sum(weight * weight for weight in weights) if weights else 0.0
