"""How well a tagger agrees with labels: measures, intervals by blog, corrected shares. None means not defined, never 0."""
