"""Doc: the text of a post or comment with what surrounds it; each feature of it is computed at most once."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from string import ascii_lowercase, ascii_uppercase
from typing import Any, Literal, TypeVar

from schema.items import Comment, Item, Mark, Post, TextLink, Thread

T = TypeVar("T")

# A quotation is a thing of several words: 'experts' in scare quotes is the writer's own word, "buy it now" is not.
# All are bounded and stay in their paragraph, so that a forgotten closing mark does not swallow the text.
_QUOTED = {     # by the marks that open them, which are looked for first
    '"': re.compile(r'(?<![\w"])"(?=[^\s"])[^"\n]{1,1500}"(?!\w)'),
    "“„«": re.compile(r"[“„«][^“”„«»\n]{1,1500}[”“»]"),
    "'": re.compile(r"(?<![\w'’])'(?=[^\s'])[^'\n]{1,600}'(?!\w)"),
    "‘": re.compile(r"‘[^‘’\n]{1,600}’(?!\w)"),
}
_QUOTED_LINE = re.compile(r"^[ \t]{0,8}>[^\n]*", re.M)
_SEVERAL_WORDS = re.compile(r"\w[^\w\s]*\s+[^\w\s]*\w")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_LETTER = re.compile(r"[^\W\d_]")
_LATIN = re.compile(r"[A-Za-z]")
_LOWER = str.maketrans(ascii_uppercase, ascii_lowercase)
URL = re.compile(r"(?:https?://|www\.)[^\s<>\"\]\)]+", re.I)

# Longer texts are judged by their beginning: about 3,300 words, more than nearly every comment and most posts have.
JUDGED = 20_000


@dataclass(frozen=True, slots=True)
class Spread:
    """Under how many posts, and on how many blogs, something stands beside the item's own post and blog."""

    posts: int = 0
    blogs: int = 0


@dataclass(frozen=True, slots=True)
class Corpus:
    """What all other comments of the corpus say about one (a ping among them): see pipeline.corpus."""

    hosts: Mapping[str, Spread] = field(default_factory=dict)     # of its links and of the author's URL, which stand elsewhere, too
    duplicates: int = 0                                           # other comments with the same or nearly the same text
    duplicated: Spread = Spread()                                 # where those stand
    by_author: int = 0                                            # other comments of the same author_key
    author: Spread = Spread()                                     # where those stand


@dataclass(frozen=True, slots=True)
class Context:
    """What is known around an item. None: not known, which is recorded and never guessed."""

    post_text: str | None = None
    post_title: str | None = None
    post_author: str | None = None
    host: str | None = None                         # of the blog
    previous_text: str | None = None                # "" for the first comment
    earlier_authors: tuple[str, ...] | None = None  # of the thread, in order
    answered: bool | None = None                    # whether the post's author answered it
    corpus: Corpus | None = None                    # of comments only


@dataclass(eq=False, slots=True)
class Doc:
    """One item as the taggers see it. Spans are positions in `text`."""

    kind: Literal["post", "comment"]
    text: str
    key: str = ""
    marks: tuple[Mark, ...] = ()
    links: tuple[TextLink, ...] = ()
    author: str | None = None           # None: not known
    author_url: str | None = None
    by_post_author: bool | None = None
    language: str = ""
    title: str = ""
    position: int | None = None
    is_ping: bool = False
    context: Context = field(default_factory=Context)
    _computed: dict[object, Any] = field(default_factory=dict, init=False, repr=False)     # Any: what each feature gives

    def once(self, feature: Callable[[Doc], T]) -> T:
        """What `feature` says about this item, computed at the first call."""
        if feature not in self._computed:
            self._computed[feature] = feature(self)
        known: T = self._computed[feature]
        return known


def quotations(doc: Doc) -> tuple[tuple[int, int], ...]:
    """Where others speak: quotations and code as the page marks them, quoted lines, quoted strings of several words."""
    marked = [(mark.start, mark.end) for mark in doc.marks if mark.kind in ("quote", "code", "deleted")]
    text = doc.text[:JUDGED]
    lines = [match.span() for match in _QUOTED_LINE.finditer(text)] if ">" in text else []
    patterns = [pattern for marks, pattern in _QUOTED.items() if any(mark in text for mark in marks)]
    strings = [match.span() for pattern in patterns for match in pattern.finditer(text) if _SEVERAL_WORDS.search(match[0])]
    return tuple(sorted((*marked, *lines, *strings)))


def own_words(doc: Doc) -> str:
    """The text that the writer answers for: quotations are blanked, so that every position stays what it was."""
    quoted = doc.once(quotations)
    if not quoted:
        return doc.text[:JUDGED]
    letters = list(doc.text[:JUDGED])
    for start, end in quoted:
        letters[start:end] = [" " if letter != "\n" else letter for letter in letters[start:end]]
    return "".join(letters)


def prose(doc: Doc) -> str:
    """The writer's own words with addresses blanked too."""
    text = doc.once(own_words)
    return URL.sub(lambda match: " " * len(match[0]), text) if _may_hold_address(text) else text


def lower(text: str) -> str:
    """A-Z in lower case and no other letter, some of which would get longer. Looking in it is twice as quick as ignoring case."""
    return text.lower() if text.isascii() else text.translate(_LOWER)


def lower_prose(doc: Doc) -> str:
    """The prose in lower case, every position as it was."""
    return lower(doc.once(prose))


def words(doc: Doc) -> tuple[str, ...]:
    """The writer's own words, in lower case, without addresses."""
    return tuple([word.lower() for word in _WORD.findall(doc.once(prose))])


def reads_as_english(doc: Doc) -> bool:
    """Whether the taggers' words may be looked for: no other language is known, and it is not in another script.

    A text too short to tell its language bears that of its page, so the letters are looked at, too.
    """
    if doc.text.isascii() or doc.language not in ("", "en"):
        return doc.language in ("", "en")
    letters = len(_LETTER.findall(doc.text[:JUDGED]))
    return len(_LATIN.findall(doc.text[:JUDGED])) * 2 >= letters


def word_count(doc: Doc) -> int:
    """How many words there are, quoted ones included."""
    if not doc.once(quotations):
        return len(doc.once(words))
    text = doc.text[:JUDGED]
    return len(_WORD.findall(URL.sub(" ", text) if _may_hold_address(text) else text))


def _may_hold_address(text: str) -> bool:
    """Told in a tenth of the time that it takes to look for addresses."""
    return "://" in text or "www." in text.lower()


def missing(doc: Doc) -> list[str]:
    """Names of the context that a tagger would have liked to know."""
    known = {
        "author": doc.author, "author_url": doc.author_url, "by_post_author": doc.by_post_author,
        "host": doc.context.host, "previous_comment": doc.context.previous_text if doc.kind == "comment" else "",
        "post_text": doc.context.post_text if doc.kind == "comment" else "",
        "language": "en" if doc.once(reads_as_english) else None,       # the one whose words the taggers know
    }
    return [name for name, value in known.items() if value is None]


def around(doc: Doc) -> dict[str, object]:
    """What a judgement says of its grounds: the context that was missing, and how far the text was read if not to its end."""
    known: dict[str, object] = {"missing": list(doc.once(missing))}
    return known | {"read_characters": JUDGED} if len(doc.text) > JUDGED else known


def docs(thread: Thread, corpus: Mapping[str, Corpus] | None = None) -> list[Doc]:
    """A Doc for the post and one for each of its comments, each knowing what came before it, and what the corpus says by its key."""
    post = thread.post
    found = [_doc(post, None, Context(post_author=post.author or None, host=post.source or None))]
    answered = _answered_by_author(thread)
    is_told = any(comment.by_post_author is not None for comment in thread.comments)
    authors: list[str] = []
    previous = ""
    for position, comment in enumerate(thread.comments, 1):
        known = Context(
            post_text=post.text, post_title=post.title, post_author=post.author or None,
            host=post.source or None, previous_text=previous, earlier_authors=tuple(authors[-200:]),
            answered=comment.key in answered if is_told else None, corpus=(corpus or {}).get(comment.key),
        )
        found.append(_doc(comment, position, known))
        previous = comment.text
        authors.append(comment.author)
    return found


def _doc(item: Item, position: int | None, known: Context) -> Doc:
    return Doc(
        kind="post" if isinstance(item, Post) else "comment", text=item.text, key=item.key, marks=item.marks, links=item.links,
        author=item.author or None, author_url=item.author_url or None,
        by_post_author=True if isinstance(item, Post) else item.by_post_author,
        language=item.language, title=item.title if isinstance(item, Post) else "", position=position,
        is_ping=isinstance(item, Comment) and item.kind != "comment", context=known,
    )


def _answered_by_author(thread: Thread) -> set[str]:
    """Keys of the comments that the post's author replied to or, in a thread without replies, wrote right after."""
    answers = {comment.reply_to for comment in thread.comments if comment.by_post_author and comment.reply_to}
    if any(comment.reply_to for comment in thread.comments):
        return {key for key in answers if key}
    return {first.key for first, second in pairwise(thread.comments) if second.by_post_author and not first.by_post_author}
