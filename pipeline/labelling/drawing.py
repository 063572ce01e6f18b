"""Drawing a sample: which items are to be labelled, and with which chance each came in. Nothing here depends on the clock.

The chances are what later estimates need: whoever labels only what looks suspicious cannot say how much of the corpus is.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

Method = Literal["random", "uncertain", "blogs"]
METHODS: tuple[Method, ...] = get_args(Method)
LEAST = 0.05        # of the weight of the most uncertain item: what the tagger is sure of must be seen, too, or its errors stay hidden


@dataclass(frozen=True, slots=True)
class Candidate:
    """An item that may be drawn."""

    key: str
    blog: str
    score: float | None = None      # of the tagger whose doubt matters


@dataclass(frozen=True, slots=True)
class Drawn:
    """An item of the sample; `chance` is the probability with which it came in."""

    key: str
    chance: float


def draw(candidates: Sequence[Candidate], size: int, method: Method, seed: int) -> list[Drawn]:
    """`size` of the candidates (all, if there are fewer), in random order; the same for the same candidates and seed.

    random: each with the same chance. blogs: as many of each blog, as far as it has them. uncertain: the nearer the score is to
    one half, the larger the chance; an item without a score counts as entirely uncertain.
    """
    dice = random.Random(seed)      # a sample that can be drawn again, no secret
    ordered = sorted(candidates, key=lambda one: one.key)
    size = min(size, len(ordered))
    match method:
        case "random":
            chances = dict.fromkeys((one.key for one in ordered), size / len(ordered) if ordered else 0.0)
            keys = dice.sample(sorted(chances), size)
        case "blogs":
            keys, chances = _of_each_blog(ordered, size, dice)
        case "uncertain":
            chances = _proportional({one.key: _doubt(one.score) for one in ordered}, size)
            keys = _systematic(chances, dice)
    dice.shuffle(keys)
    return [Drawn(key, chances[key]) for key in keys]


def _of_each_blog(ordered: Sequence[Candidate], size: int, dice: random.Random) -> tuple[list[str], dict[str, float]]:
    by_blog: dict[str, list[str]] = defaultdict(list)
    for one in ordered:
        by_blog[one.blog].append(one.key)
    keys: list[str] = []
    chances: dict[str, float] = {}
    for blog, share in _shares({blog: len(members) for blog, members in by_blog.items()}, size, dice).items():
        keys += dice.sample(by_blog[blog], share)
        chances |= dict.fromkeys(by_blog[blog], share / len(by_blog[blog]))
    return keys, chances


def _shares(sizes: Mapping[str, int], size: int, dice: random.Random) -> dict[str, int]:
    """How many of each blog: one round after the other, each blog that has one left gives one; the last round begins anywhere."""
    shares = dict.fromkeys(sizes, 0)
    while size:
        giving = [blog for blog in shares if shares[blog] < sizes[blog]]
        for blog in giving if len(giving) <= size else dice.sample(giving, size):
            shares[blog] += 1
            size -= 1
    return shares


def _doubt(score: float | None) -> float:
    return 1.0 if score is None else max(LEAST, 1 - 2 * abs(score - 0.5))


def _proportional(weights: Mapping[str, float], size: int) -> dict[str, float]:
    """Chances in proportion to the weights that add up to `size`; whose chance would exceed 1 is taken for certain."""
    certain: set[str] = set()
    while True:
        rest = sum(weight for key, weight in weights.items() if key not in certain)
        left = size - len(certain)
        over = {key for key, weight in weights.items() if key not in certain and rest and left * weight / rest > 1}
        if not over:
            return {key: 1.0 if key in certain else left * weight / rest for key, weight in weights.items()}
        certain |= over


def _systematic(chances: Mapping[str, float], dice: random.Random) -> list[str]:
    """Exactly as many as the chances add up to, each with its own (Madow 1949), over an order that is random."""
    order = sorted(chances)
    dice.shuffle(order)
    keys: list[str] = []
    mark, total = dice.random(), 0.0
    for key in order:
        total += chances[key]
        if total > mark + len(keys):
            keys.append(key)
    return keys
