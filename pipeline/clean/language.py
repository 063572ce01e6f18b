"""The language of a text where it is long enough to tell; otherwise the language its page says it is in."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, TypeVar

from pipeline.clean.context import Context
from schema.items import Comment, Post

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

T = TypeVar("T", Post, Comment)

_LETTERS = 40           # below, a guess is worth less than what the page says
_ENOUGH = 1000          # characters that settle the matter; more only takes time
# Log-likelihood per letter by which the best must lead, or the page's language stands. Sentences of blog comments lead by
# .2 to .9; keyword lists and mixtures, where the best is chance, by less than .15.
_MARGIN = 0.15
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.I)


def with_language(item: T, context: Context) -> T:
    """The item with the language of its text, or of its page, or "" when neither tells."""
    declared = item.language or context.post.language
    language = language_of(item.text, declared)
    return item if language == item.language else replace(item, language=language)


def language_of(text: str, declared: str = "") -> str:
    """The ISO 639-1 code of the text; `declared` when the text is short or two languages are about as likely."""
    letters = " ".join(_ADDRESS.sub(" ", text[:_ENOUGH]).split())
    count = sum(map(str.isalpha, letters))
    if count < _LETTERS:
        return declared
    (best, score), (_second, next_score), *_ = _identifier().rank(letters)
    is_clear = len(best) == 2 and score - next_score >= _MARGIN * count
    return best if is_clear else declared


@cache
def _identifier() -> LanguageIdentifier:
    """Loading the model takes a second: only when a text asks for it."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE)
