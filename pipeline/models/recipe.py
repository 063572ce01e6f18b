"""How a tagger's model is to be learned: declared once in the tagger, read by training."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.models.linear import Kind


@dataclass(frozen=True, slots=True)
class Recipe:
    """What is learned from which labels, and how much a weight has to be worth."""

    kind: Kind
    highest: int                            # level of the codebook that is 1 for `ridge` and `ordinal`
    positive: int = 2                       # `logistic`: levels from here on are positive
    left_out: frozenset[int] = frozenset()  # levels that nothing is learned from
    tied: bool = False                      # a signal of the context weighs as much as its namesake of the text
    freedom: float = 1.0                    # inverse strength of the penalty on weights
    words: float = 0.0                      # how much n-grams of words may say, beside a signal of 1; 0: not used
    letters: float = 0.0                    # the same of rows of letters
    fewest_items: int = 3                   # an n-gram stands in
    fewest_blogs: int = 2                   # what a single blog says is its topic
    factors: tuple[str, ...] = ()           # `ordinal`: halves that make the highest level, where enough items are labelled for them
    n_grams_of: tuple[str, ...] = ("comment", "post")   # `ordinal`: kinds of items with enough labels for so many weights

    def target(self, level: int) -> float:
        """What a model should say of an item of that level."""
        return level / self.highest if self.kind != "logistic" else float(level >= self.positive)
