"""The comments of one post in the order of the file, every answer after what it answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from schema.items import Comment


def threaded(comments: Sequence[Comment], *, is_nested: bool = True) -> Iterator[Comment]:
    """With place and, where the platform nests, depth. What answers a comment that is not here comes where it stands."""
    if not is_nested:
        yield from (replace(comment, place=place) for place, comment in enumerate(comments, 1))
        return
    for place, (index, depth) in enumerate(_walk(comments), 1):
        yield replace(comments[index], place=place, depth=depth)


def _walk(comments: Sequence[Comment]) -> Iterator[tuple[int, int | None]]:
    """(index, depth) of each comment once: first the trees below those that answer nobody here, then what is left of circles."""
    answers: dict[int, list[int]] = {}
    by_ref = {comment.ref: index for index, comment in reversed(list(enumerate(comments)))}
    roots = []
    for index, comment in enumerate(comments):
        parent = by_ref.get(comment.parent_ref or "")
        if parent is None or parent == index:
            roots.append(index)
        else:
            answers.setdefault(parent, []).append(index)
    seen: set[int] = set()
    for root in (*roots, *range(len(comments))):
        waiting = [(root, _depth_of(comments[root]))]
        while waiting:
            index, depth = waiting.pop()
            if index in seen:
                continue
            seen.add(index)
            yield index, depth
            below = None if depth is None else depth + 1
            waiting += [(answer, below) for answer in reversed(answers.get(index, ()))]


def _depth_of(root: Comment) -> int | None:
    """How deep an answer to something that is not here stands cannot be known."""
    return None if root.parent_ref else 0
