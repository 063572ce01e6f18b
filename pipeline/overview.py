"""What a database holds, in numbers: per blog, per tag, and what is missing. Read from the tables."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, Table, case, distinct, func, select, union_all

from pipeline import record
from pipeline.labelling.correcting import Corrected, corrections
from pipeline.runs import PROCESS
from schema.items import Completeness
from schema.tables import comment, post, run, skipped, tag

STATES: tuple[Completeness, ...] = ("complete", "partial", "none", "unknown")
LEVELS = {                  # names of the levels, as in docs/codebook.md and schema/views.py
    "spam": ("no", "borderline", "spam"),
    "self_promotion": ("none", "incidental", "pointer to an own asset", "an offer"),
    "conversational": ("monologue", "some markers", "addressed or personal", "both"),
    "marketing": ("no", "partly", "yes"),
}
MEASURES = ("section", "source", "measure", "value")

Levels = dict[str, dict[str, int]]      # tagger -> level (as text; "null": not judged by it) -> items
Rows = Sequence[Row[Any]]               # Any: rows of many shapes


@dataclass(frozen=True, slots=True)
class Blog:
    """One blog, or all of them together (`source` is then "")."""

    source: str
    posts: int
    comments: int
    pings: int
    authors: int                        # with a name or an address
    anonymous: int                      # contributions without either; how many people wrote them is not known
    first: Any                          # of the published times: a datetime, or None
    last: Any
    threads: dict[str, int]             # completeness -> threads
    missing: int                        # comments that were reported and are not stored
    post_levels: Levels
    comment_levels: Levels
    ping_levels: Levels
    without_text: int                   # posts, comments and pings that no tagger can judge: removed, or pictures


@dataclass(frozen=True, slots=True)
class Overview:
    """The corpus as a whole, each blog, why threads are incomplete, and how the last run ended."""

    corpus: Blog
    sources: tuple[Blog, ...]
    incomplete: tuple[dict[str, Any], ...]      # source, completeness, reason, threads, missing
    last_run: dict[str, Any] | None             # id, command, started_at, finished_at, outcome, counts
    skipped: dict[str, int]                     # reason -> times, in the last run
    corrected: tuple[Corrected, ...] = ()       # shares, where a random sample was labelled


def overview(connection: Connection) -> Overview:
    """The numbers as they are now."""
    blogs = _blogs(connection)
    last = _last_run(connection)
    return Overview(
        corpus=blogs[""],
        sources=tuple(blogs[source] for source in sorted(blogs) if source),
        incomplete=tuple(dict(row._mapping) for row in connection.execute(_INCOMPLETE)),
        last_run=last,
        skipped=_skipped(connection, last["id"]) if last else {},
        corrected=tuple(corrections(connection)),
    )


def measures(found: Overview) -> Iterator[tuple[str, str, str, Any]]:
    """The same numbers as rows of (section, source, measure, value), for programs that read tables."""
    for blog in (found.corpus, *found.sources):
        yield from (("source" if blog.source else "corpus", blog.source, name, value) for name, value in _flat(blog))
    for row in found.incomplete:
        yield "incomplete", row["source"], f"{row['completeness']}: {row['reason'] or 'no reason known'}", row["threads"]
    for one in found.corrected:
        for name in ("value", "low", "high", "uncorrected", "labelled"):
            yield "corrected share", one.sample, f"{one.tagger} of {one.kinds}: {name}", getattr(one, name)
    for name, value in (found.last_run or {}).items():
        yield "last run", "", name, value
    for reason, count in found.skipped.items():
        yield "skipped", "", reason, count


def _flat(blog: Blog) -> Iterator[tuple[str, Any]]:
    for name, value in asdict(blog).items():
        if name != "source" and not isinstance(value, dict):
            yield name, value
    for state, count in blog.threads.items():
        yield f"threads {state}", count
    for what, levels in (("posts", blog.post_levels), ("comments", blog.comment_levels), ("pings", blog.ping_levels)):
        for tagger, counts in levels.items():
            for level, count in counts.items():
                yield f"{what} {tagger}_level {level}", count


_REPORTED = post.c.comments_reported - func.coalesce(post.c.pings_reported, 0)        # as in the view
_MISSING = func.sum(case((post.c.comments_stored < _REPORTED, _REPORTED - post.c.comments_stored), else_=0))


def _without_text(table: Table) -> ColumnElement[int]:
    return func.sum(case((table.c.text == "", 1), else_=0))


_POSTS = select(
    post.c.source, post.c.completeness, func.count().label("number"), _MISSING.label("missing"),
    _without_text(post).label("without_text"), func.min(post.c.published).label("first"), func.max(post.c.published).label("last"),
).group_by(post.c.source, post.c.completeness)
_COMMENTS = select(
    comment.c.source, comment.c.kind, func.count().label("number"),
    _without_text(comment).label("without_text"), func.min(comment.c.published).label("first"), func.max(comment.c.published).label("last"),
).group_by(comment.c.source, comment.c.kind)
_AUTHORS = union_all(
    *(
        select(table.c.source, table.c.author_key, (func.coalesce(table.c.author_how, "") == "anonymous").label("is_anonymous"))
        .where(table.c.author_key != "") for table in (post, comment)
    )
).subquery()
_INCOMPLETE = (
    select(
        post.c.source, post.c.completeness, post.c.completeness_reason.label("reason"),
        func.count().label("threads"), _MISSING.label("missing"),
    )
    .where(post.c.completeness.in_(("partial", "none")))
    .group_by(post.c.source, post.c.completeness, post.c.completeness_reason)
    .order_by(post.c.source, post.c.completeness, post.c.completeness_reason)
)


def _levels(table: Table, *kind: ColumnElement[Any]) -> Select[Any]:
    return (
        select(table.c.source, *kind, tag.c.tagger, tag.c.level, func.count().label("number"))
        .join(tag, (tag.c.item_key == table.c.key) & tag.c.current)
        .group_by(table.c.source, *kind, tag.c.tagger, tag.c.level)
    )


def _blogs(connection: Connection) -> dict[str, Blog]:
    """Each blog by its name, and all of them under ""."""
    posts, comments, of_posts, of_comments = (
        _by_source(connection.execute(query)) for query in (_POSTS, _COMMENTS, _levels(post), _levels(comment, comment.c.kind))
    )
    authors, anonymous = (_authors(connection, which) for which in (False, True))
    return {
        source: _blog(source, (authors.get(source, 0), anonymous.get(source, 0)), posts[source], comments[source], of_posts[source], of_comments[source])
        for source in ("", *posts)
    }


def _by_source(rows: Iterable[Row[Any]]) -> dict[str, list[Row[Any]]]:
    by_source: dict[str, list[Row[Any]]] = defaultdict(list)
    for row in rows:
        by_source[row.source].append(row)
        by_source[""].append(row)
    return by_source


def _authors(connection: Connection, is_anonymous: bool) -> dict[str, int]:
    """How many there are on each blog; an anonymous contribution is an author of its own."""
    each = func.count(distinct(_AUTHORS.c.author_key)).label("number")
    chosen = _AUTHORS.c.is_anonymous if is_anonymous else ~_AUTHORS.c.is_anonymous
    counts = {row.source: row.number for row in connection.execute(select(_AUTHORS.c.source, each).where(chosen).group_by(_AUTHORS.c.source))}
    return counts | {"": connection.execute(select(each).where(chosen)).scalar_one()}


def _blog(source: str, authors: tuple[int, int], posts: Rows, comments: Rows, of_posts: Rows, of_comments: Rows) -> Blog:
    kinds = _sums((row.kind, row.number) for row in comments)
    rows = (*posts, *comments)
    return Blog(
        source=source,
        posts=sum(row.number for row in posts),
        comments=kinds["comment"],
        pings=kinds.total() - kinds["comment"],
        authors=authors[0],
        anonymous=authors[1],
        first=min((row.first for row in rows if row.first), default=None),
        last=max((row.last for row in rows if row.last), default=None),
        threads=dict.fromkeys(STATES, 0) | _sums((row.completeness, row.number) for row in posts),
        missing=int(sum(row.missing for row in posts)),
        post_levels=_levels_of(of_posts, sum(row.number for row in posts)),
        comment_levels=_levels_of([row for row in of_comments if row.kind == "comment"], kinds["comment"]),
        ping_levels=_levels_of([row for row in of_comments if row.kind != "comment"], kinds.total() - kinds["comment"]),
        without_text=int(sum(row.without_text for row in rows)),
    )


def _sums(pairs: Iterable[tuple[str, int]]) -> Counter[str]:
    sums: Counter[str] = Counter()
    for name, number in pairs:
        sums[name] += number
    return sums


def _levels_of(rows: Rows, items: int) -> Levels:
    """How many items have each level; those without any verdict of that tagger are under "null"."""
    levels: Levels = {}
    for tagger in sorted({row.tagger for row in rows}):
        counts = _sums((str(row.level), row.number) for row in rows if row.tagger == tagger and row.level is not None)
        known = map(str, range(len(LEVELS.get(tagger, ()))))
        levels[tagger] = {level: counts[level] for level in sorted({*known, *counts})} | {"null": items - counts.total()}
    return levels


def _last_run(connection: Connection) -> dict[str, Any] | None:
    c = run.c
    row = connection.execute(select(c.id, c.command, c.started_at, c.finished_at, c.outcome, c.counts).order_by(c.id.desc()).limit(1)).first()
    if row is None:
        return None
    counts = {name: value for name, value in row.counts.items() if name != PROCESS}
    return {**row._mapping, "outcome": record.outcome(row.outcome, row.counts), "counts": counts}


def _skipped(connection: Connection, number: int) -> dict[str, int]:
    times = func.sum(skipped.c.count)
    query = select(skipped.c.reason, times).where(skipped.c.run == number).group_by(skipped.c.reason).order_by(times.desc(), skipped.c.reason)
    return {reason: int(count) for reason, count in connection.execute(query)}
