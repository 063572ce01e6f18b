"""Words with letters changed places: how spun comments make each copy differ from all others."""

from __future__ import annotations

import re
from functools import cache
from importlib.util import find_spec
from itertools import islice
from pathlib import Path

from pipeline.text import Doc, lower_prose, reads_as_english

FEWEST_LETTERS = 5      # shorter words are each other's anagrams too often
FOREIGN = 0.4           # share of unknown words that another language has
READ = 400              # words that are looked up; who shuffles letters does it throughout
COMMON = 2              # times that a word stands in TextBlob's list to be one that people write

_WORD = re.compile(r"(?<![\w'’@./-])[a-z]{5,16}(?![\w'’@/-]|\.\w)")


def scrambled(doc: Doc) -> tuple[tuple[int, int], ...]:
    """Where a word is none, but a common one with its letters after the first in another order ("pfatlorm")."""
    if not doc.once(reads_as_english):
        return ()
    known, by_letters = _lexicon()
    read = list(islice(_WORD.finditer(doc.once(lower_prose)), READ))
    unknown = [match for match in read if match[0] not in known]
    shuffled = [match for match in unknown if _letters(match[0]) in by_letters]
    is_foreign = len(unknown) - len(shuffled) > FOREIGN * len(read)     # English would have more words that are in the list
    return () if is_foreign else tuple(match.span() for match in shuffled)


@cache
def _lexicon() -> tuple[frozenset[str], frozenset[str]]:
    """TextBlob's list of English words for its spelling correction, and the letters of the common ones."""
    found = find_spec("textblob")       # which is slow to import, and not needed here
    assert found and found.submodule_search_locations, "textblob is installed with hubbub"
    lines = Path(found.submodule_search_locations[0], "en", "en-spelling.txt").read_text(encoding="utf-8").splitlines()
    counts = {word: int(number) for word, _, number in (line.partition(" ") for line in lines) if number.isdigit()}
    long = [word for word, number in counts.items() if len(word) >= FEWEST_LETTERS and number >= COMMON]
    return frozenset(counts), frozenset(map(_letters, long))


def _letters(word: str) -> str:
    return word[0] + "".join(sorted(word[1:]))
