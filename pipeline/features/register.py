"""Of which register a text is, by its letters and signs: long words, figures, names of technical things, lines."""

from __future__ import annotations

import re

from pipeline.features.pieces import LINE, NUMBER, pieces
from pipeline.text import Doc, prose

FEWEST_WORDS = 10       # a share of fewer says nothing
LONG_WORD = 8           # letters

_TECHNICAL = re.compile(r"[a-z][A-Z]\w|[A-Za-z]_[A-Za-z]|\w\(\)|[a-z]\.[a-z]{2,4}\b")      # camelCase, snake_case, calls, file names
_SIGNS = "{}()=<>/\\_|[]+*&#$%"
READ = 6_000            # characters


def register(doc: Doc) -> dict[str, float]:
    """Shares of what makes a text technical or formal, each from 0 to about 1."""
    found = doc.once(pieces)
    text = doc.once(prose)[:READ]
    words = [said for said in found.said[:READ // 5] if said[0].isalpha()]
    number = max(FEWEST_WORDS, len(words))
    length = max(40, len(text))
    technical = len(_TECHNICAL.findall(text))
    return {
        "long words": 3 * sum(len(word) >= LONG_WORD for word in words) / number,
        "letters a word": sum(map(len, words)) / number / 6,
        "numbers": min(1.0, 3 * found.said.count(NUMBER) / number),
        "signs": min(1.0, 20 * sum(map(text.count, _SIGNS)) / length),
        "technical words": min(1.0, 5 * technical / number),
        "a technical word": float(technical > 0),
        "lines": min(1.0, found.said.count(LINE) / 10),
    }
