"""Where to part a score into levels, and how to turn a raw sum into a probability: chosen on items that no weight was learned from."""

from __future__ import annotations

from collections.abc import Sequence


def best_cuts(pairs: Sequence[tuple[float, int]], highest: int) -> tuple[float, ...]:
    """The scores at which levels 1 to `highest` begin, with the least squared error over these (score, level)."""
    ordered = sorted(pairs)
    best: list[tuple[float, tuple[float, ...]]] = [(0.0, (0.0,) * level) for level in range(highest + 1)]
    for number, (score, gold) in enumerate(ordered):
        cut = score if number == 0 else (ordered[number - 1][0] + score) / 2
        for level in range(1, highest + 1) if number == 0 or score > ordered[number - 1][0] else ():
            if best[level - 1][0] < best[level][0]:     # this level begins here
                best[level] = best[level - 1][0], (*best[level - 1][1], cut)
        best = [(error + (gold - level) ** 2, cuts) for level, (error, cuts) in enumerate(best)]
    cuts = min(best)[1]
    return tuple(round(cut, 4) for cut in cuts) + (1.01,) * (highest - len(cuts))


def level_at(score: float, cuts: Sequence[float]) -> int:
    """The level of a score."""
    return sum(score >= cut for cut in cuts)


def cuts_by_share(pairs: Sequence[tuple[float, int]], highest: int) -> tuple[float, ...]:
    """The scores at which levels 1 to `highest` begin, so that as many of these (score, level) reach each as readers put there.

    Scores that were learned keep to the middle; cuts with the least squared error would hardly ever give the lowest and highest level.
    """
    ordered = sorted(score for score, _ in pairs)
    if not ordered:
        return tuple((step - 0.5) / highest for step in range(1, highest + 1))
    below = [sum(level < step for _, level in pairs) for step in range(1, highest + 1)]
    return tuple(1.01 if place == len(ordered) else round((ordered[max(0, place - 1)] + ordered[place]) / 2, 4) for place in below)
