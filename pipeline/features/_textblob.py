"""TextBlob's sentiment and part-of-speech tags, imported and warmed when first asked for: it takes the better part of a second."""

from __future__ import annotations

import gc
import re
import sys
import warnings
from functools import cache
from types import ModuleType
from typing import Any

# TextBlob 0.20 takes quadratic time on runs of punctuation; what a longer run says, three characters say.
_RUN = re.compile(r"([^\w\s]{3})[^\w\s]+")


def readable(text: str) -> str:
    """The text without the runs of punctuation that TextBlob is slow on."""
    return _RUN.sub(r"\1", text)


@cache
def english() -> ModuleType:
    """`textblob.en` with its lexicons read. It leaves their files to the garbage collector, which is not worth a warning."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        import textblob.en

        textblob.en.tag("warm")
        textblob.en.sentiment("warm")
    textblob.en.sentiment.__class__ = _loaded(textblob.en.Sentiment)
    gc.freeze()     # the lexicons stay; the garbage collector need not go through their hundred thousand entries again and again
    return sys.modules["textblob.en"]


def _loaded(kind: type[Any]) -> type[Any]:      # Any: TextBlob has no types
    """That kind of lexicon, without a look at each word whether the file was read: it was."""
    return type("Loaded", (kind,), {name: getattr(dict, name) for name in ("__contains__", "__getitem__", "get")})
