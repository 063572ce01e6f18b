"""How far a comment takes up the words of its post."""

from __future__ import annotations

import re

from pipeline.text import Doc, words

_WORD = re.compile(r"[^\W\d_]{4,}")
_COMMON = frozenset(["about", "above", "after", "again", "also", "although", "always", "another", "anyone", "around", "article", "back", "because", "been", "before", "being", "best", "better", "blog", "both", "come", "comment", "comments", "could", "different", "does", "doing", "done", "each", "even", "ever", "every", "everyone", "find", "first", "from", "good", "great", "have", "here", "hope", "into", "it's", "just", "keep", "know", "less", "like", "little", "long", "look", "looking", "lots", "made", "make", "many", "maybe", "more", "most", "much", "must", "need", "never", "nice", "only", "other", "over", "page", "people", "please", "post", "posts", "rather", "read", "really", "right", "same", "should", "site", "some", "something", "still", "such", "sure", "take", "than", "thank", "thanks", "that", "that's", "their", "them", "then", "there", "these", "they", "thing", "things", "think", "this", "those", "though", "through", "time", "today", "under", "until", "used", "useful", "using", "very", "want", "website", "well", "were", "what", "when", "where", "which", "while", "whole", "will", "with", "without", "work", "working", "would", "write", "writing", "your", "yours"])


def taken_up(doc: Doc) -> frozenset[str] | None:
    """Content words that the comment shares with title and text of the post; None when the post is not known."""
    around = doc.context
    if around.post_text is None and around.post_title is None:
        return None
    post = f"{around.post_title or ''} {(around.post_text or '')[:40_000]}".lower()
    return content_words(doc) & (frozenset(_WORD.findall(post)) - _COMMON)


def content_words(doc: Doc) -> frozenset[str]:
    """Words of four letters and more that are not everybody's."""
    return frozenset(word for word in doc.once(words) if len(word) >= 4) - _COMMON
