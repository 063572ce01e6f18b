"""Docs of labelled lines: each knows what its line says of its surroundings, and what the other lines say of the same post."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.labelled.corpus import says
from pipeline.labelled.lines import Line
from pipeline.text import Context, Corpus, Doc


@dataclass(frozen=True, slots=True)
class _Known:
    """What all lines together say of one post."""

    post: Line | None                   # the post itself, if it is among them
    at: Mapping[int, Line]              # comments by position
    answered: frozenset[str]            # ids that the post's author replied to
    author: str | None                  # of the post


def docs(lines: Sequence[Line]) -> list[Doc]:
    """A Doc for each line, in their order. Whatever the corpus around an item can tell has to come from these lines, too."""
    threads: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        threads[line.thread].append(line)
    known = {thread: _known(members) for thread, members in threads.items() if thread}
    return [
        _doc(line, known.get(line.thread) or _known([line]), corpus) for line, corpus in zip(lines, says(lines), strict=True)
    ]


def _known(members: Iterable[Line]) -> _Known:
    comments = [line for line in members if line.kind != "post"]
    post = next((line for line in members if line.kind == "post"), None)
    by_author = [line for line in comments if line.by_post_author]
    return _Known(
        post=post,
        at={line.position: line for line in comments if line.position is not None},
        answered=frozenset(line.reply_to for line in by_author if line.reply_to),
        author=next((line.author for line in (post, *by_author) if line and line.author), None),
    )


def _doc(line: Line, known: _Known, corpus: Corpus | None) -> Doc:
    is_post = line.kind == "post"
    return Doc(
        kind="post" if is_post else "comment", text=line.text, key=line.id, marks=line.marks, links=line.links, author=line.author,
        author_url=line.author_url, by_post_author=line.by_post_author, language=line.language, title=(line.title or "") if is_post else "",
        position=line.position, is_ping=line.kind in ("pingback", "trackback"),
        context=Context(host=_host(line.blog) or None, post_author=line.author) if is_post else replace(_context(line, known), corpus=corpus),
    )


def _context(line: Line, known: _Known) -> Context:
    post = known.post
    return Context(
        post_text=post.text if post else line.post_text,
        post_title=line.title if line.title is not None or post is None else post.title,
        post_author=known.author, host=_host(line.blog) or None,
        previous_text=_previous_text(line, known), earlier_authors=_earlier_authors(line, known), answered=_is_answered(line, known),
    )


def _previous_text(line: Line, known: _Known) -> str | None:
    if line.previous_text is not None or line.position is None:
        return line.previous_text
    before = known.at.get(line.position - 1)
    return before.text if before else "" if line.position == 1 else None


def _earlier_authors(line: Line, known: _Known) -> tuple[str, ...] | None:
    """Names of those who wrote before, as far as they are known; () for the first comment."""
    names = tuple(_earlier_names(line, known))
    return names if names or line.position == 1 else None


def _earlier_names(line: Line, known: _Known) -> Iterator[str]:
    place = line.position
    for earlier in sorted(known.at) if place is not None else ():
        if earlier < (place or 0) and (name := known.at[earlier].author) and not (earlier == (place or 0) - 1 and line.previous_author):
            yield name
    if line.previous_author:
        yield line.previous_author


def _is_answered(line: Line, known: _Known) -> bool | None:
    """Whether the post's author replied, or wrote right after; None: not known."""
    if line.id in known.answered:
        return True
    following = known.at.get(line.position + 1) if line.position is not None else None
    if following is None or following.by_post_author is None or following.reply_to:
        return None
    return following.by_post_author and not line.by_post_author


def _host(blog: str) -> str:
    """The blog's host; a TypePad blog may be called `typepad:name`."""
    kind, colon, name = blog.partition(":")
    return f"{name.lower()}.typepad.com" if colon and kind == "typepad" else blog
