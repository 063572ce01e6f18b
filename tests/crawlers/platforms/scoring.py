"""Scores what is read on saved pages against what people read there by hand, and against the counts of the manifest.

Run `python -m tests.crawlers.platforms.scoring SHARED_FOLDER [PLATFORM]` for a table.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from html import unescape
from pathlib import Path
from typing import Any

from crawlers.reading import Reading
from crawlers.reading import read as read_page
from pipeline.clean import clean
from schema.items import Comment, Page, Post, Thread

_FETCHED = datetime(2026, 1, 1, tzinfo=UTC)
_Gold = dict[str, Any]    # one line of gold.jsonl as it is


@dataclass(frozen=True, slots=True)
class Score:
    """One page: what was to be found, and what was."""

    file: str
    platform: str                       # of the reader that took the page
    gold: int                           # comments in the gold
    found: int = 0                      # of them: first and last words right
    authors: int = 0                    # of the found: author right
    dates: int = 0                      # of the found that print one: printed date right
    dated: int = 0
    edges: int = 0                      # the gold's reply edges
    edges_found: int = 0
    edges_false: int = 0
    complete: int = 0                   # found with author and parent
    extra: int = 0                      # comments (no pings) that the gold does not have
    leaked: int = 0                     # gold comments whose words stand in the post's text
    title: bool | None = None
    author: bool | None = None
    date: bool | None = None
    text: bool | None = None            # first and last words of the post
    missed: tuple[str, ...] = ()        # what was wrong, for reading


@dataclass(frozen=True, slots=True)
class Count:
    """One page of the manifest: the number of comments and pings stated there, and as read."""

    file: str
    platform: str
    comments: int
    pings: int
    comments_read: int
    pings_read: int

    @property
    def is_equal(self) -> bool:
        """Whether both numbers agree."""
        return (self.comments, self.pings) == (self.comments_read, self.pings_read)


def scores(shared: Path, *platforms: str) -> list[Score]:
    """One score for each gold page whose platform starts with one of those names (all pages without names)."""
    return [_score(gold, *_replayed(shared, gold["file"])) for gold in _gold(shared)
            if not platforms or gold["platform"].startswith(platforms)]


def counts(shared: Path, *platforms: str) -> list[Count]:
    """One count for each page of the manifest whose platform starts with one of those names."""
    with (shared / "pages/manifest.tsv").open(encoding="utf-8") as lines:
        rows = [row for row in csv.DictReader(lines, delimiter="\t") if row["platform"].startswith(platforms or ("",))]
    return [_count(shared, row) for row in rows]


def table(shared: Path, *platforms: str) -> Iterator[str]:
    """A line for each gold page, for whatever is wrong there, and for each count that differs."""
    found = scores(shared, *platforms)
    for one in found:
        yield (f"{one.file[-60:]:60} {one.platform:10} found {one.found}/{one.gold} complete {one.complete}"
               f" edges {one.edges_found}/{one.edges}-{one.edges_false} dates {one.dates}/{one.dated} extra {one.extra}"
               f" leaked {one.leaked} title {one.title} author {one.author} date {one.date} text {one.text}")
        yield from (f"      {wrong}" for wrong in one.missed)
    tallies = counts(shared, *platforms)
    yield from (f"count {tally}" for tally in tallies if not tally.is_equal)
    yield (f"gold {sum(one.gold for one in found)}, found {sum(one.found for one in found)}, with author and parent"
           f" {sum(one.complete for one in found)}; counts equal on {sum(t.is_equal for t in tallies)} of {len(tallies)}")


def text_of(item: Post | Comment) -> str:
    """The cleaned text, or the words of the HTML as long as nothing was cleaned."""
    return item.text or unescape(re.sub(r"<[^>]+>", " ", re.sub(r"(?is)<(script|style)\b.*?</\1>", "", item.html)))


def _gold(shared: Path) -> Iterator[_Gold]:
    for line in (shared / "pages/gold.jsonl").read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


@lru_cache(maxsize=256)
def _replayed(shared: Path, file: str) -> tuple[Reading, Thread | None]:
    page = Page("file:" + file, (shared / "pages" / file).read_bytes(), _FETCHED)
    reading = read_page(page)
    thread = next(iter(reading.threads), None)
    return reading, clean(thread, page).thread if thread else None


def _count(shared: Path, row: dict[str, str]) -> Count:
    reading, thread = _replayed(shared, row["file"])
    read = thread.comments if thread else ()
    pings = sum(comment.kind != "comment" for comment in read)
    return Count(row["file"], reading.platform, int(row["n_comments"] or 0), int(row["n_pings"] or 0),
                 len(read) - pings, pings)


def _score(gold: _Gold, reading: Reading, thread: Thread | None) -> Score:
    wanted = gold["comments"]
    if thread is None:
        return Score(gold["file"], reading.platform, len(wanted), missed=("no post",))
    matched = _matched(wanted, thread.comments)
    by_ref = {comment.ref: comment for comment in thread.comments}
    answered = {index: by_ref.get(comment.parent_ref or "") for index, comment in matched.items()}
    parents = {index: matched.get(wanted[index]["parent_index"]) if wanted[index]["parent_index"] is not None else None
               for index in matched}
    authors = {index for index, comment in matched.items() if _same(comment.author, wanted[index]["author"])}
    dated = {index for index in matched if wanted[index]["published"]}
    dates = {index for index in dated if _same(matched[index].published_raw, wanted[index]["published"])}
    related = {index for index in matched if answered[index] is parents[index]}
    return Score(
        gold["file"], reading.platform, len(wanted), len(matched), len(authors), len(dates), len(dated),
        edges=sum(one["parent_index"] is not None for one in wanted),
        edges_found=sum(parents[index] is not None and index in related for index in matched),
        edges_false=sum(answered[index] is not None and index not in related for index in matched),
        complete=len(authors & related),
        extra=sum(comment.kind == "comment" for comment in thread.comments) - len(matched),
        leaked=_leaked(wanted, thread.post),
        **_post_marks(gold, thread.post),
        missed=(*_wrong(wanted, matched, authors, dated - dates, related), *_wrong_post(gold, thread.post)),
    )


def _matched(wanted: Sequence[_Gold], comments: Sequence[Comment]) -> dict[int, Comment]:
    """Gold comments by index with the comment that has the same first and last words; each is taken once."""
    free = [(comment, _squeezed(text_of(comment))) for comment in comments if comment.kind == "comment"]
    matched: dict[int, Comment] = {}
    for index, one in enumerate(wanted):
        start, end = _squeezed(one["first_words"]), _squeezed(one["last_words"])
        for pair in free:
            if pair[1].startswith(start) and pair[1].endswith(end):
                matched[index] = pair[0]
                free.remove(pair)
                break
    return matched


def _squeezed(text: str) -> str:
    """Without any white space: where a browser breaks lines is not the question here."""
    return re.sub(r"[\s\u200b]+", "", text)


def _same(read: str, wanted: str | None) -> bool:
    return _squeezed(read).casefold() == _squeezed(wanted or "").casefold()


def _leaked(wanted: Sequence[_Gold], post: Post) -> int:
    """Comments whose beginning and end both stand in the post; one that only quotes the post does not count."""
    text = _squeezed(text_of(post))
    return sum(len(one["first_words"].split()) > 4 and _squeezed(one["first_words"]) in text
               and _squeezed(one["last_words"]) in text for one in wanted)


def _post_marks(gold: _Gold, post: Post) -> dict[str, bool | None]:
    text = _squeezed(text_of(post))
    iso = gold.get("post_published_iso")
    by_day = iso is not None and post.published is not None and post.published.isoformat()[:10] == iso[:10]
    return {
        "title": _same(post.title, gold["post_title"]) if gold["post_title"] else None,
        "author": _same(post.author, gold["post_author"]) if gold["post_author"] else None,
        "date": by_day or _same(post.published_raw, gold["post_published"]) if gold["post_published"] else None,
        "text": text.startswith(_squeezed(gold["first_words"])) and text.endswith(_squeezed(gold["last_words"])),
    }


def _wrong(wanted: Sequence[_Gold], matched: dict[int, Comment], authors: set[int], undated: set[int],
           related: set[int]) -> Iterator[str]:
    for index, one in enumerate(wanted):
        if index not in matched:
            yield f"comment {index} {one['first_words']!r} ... {one['last_words']!r} not found"
            continue
        if index not in authors:
            yield f"comment {index}: author {matched[index].author!r}, not {one['author']!r}"
        if index in undated:
            yield f"comment {index}: date {matched[index].published_raw!r}, not {one['published']!r}"
        if index not in related:
            yield f"comment {index}: parent {matched[index].parent_ref!r}, not index {one['parent_index']}"


def _wrong_post(gold: _Gold, post: Post) -> Iterator[str]:
    marks = _post_marks(gold, post)
    for mark, read, wanted in (("title", post.title, gold["post_title"]), ("author", post.author, gold["post_author"]),
                               ("date", f"{post.published_raw} {post.published}", gold["post_published"])):
        if marks[mark] is False:
            yield f"post {mark}: {read!r}, not {wanted!r}"
    if not marks["text"]:
        text = " ".join(text_of(post).split())
        yield f"post text: {text[:70]!r} ... {text[-60:]!r}, not {gold['first_words']!r} ... {gold['last_words']!r}"


if __name__ == "__main__":
    sys.stdout.writelines(f"{line}\n" for line in table(Path(sys.argv[1]), *sys.argv[2:]))
