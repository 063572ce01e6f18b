"""What `hubbub demo` prints: one thread as a card, the numbers of both blogs, where things are, and what to try next."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.table import Table
from rich.text import Text

from pipeline import card
from pipeline.export import Exported
from pipeline.labelling.correcting import POSITIVE
from pipeline.output import console as usual_console
from pipeline.overview import Blog, Overview, overview
from pipeline.query import find_thread
from pipeline.reader import reading
from pipeline.store import Counts
from schema import database

_TAGS = ("spam", "self_promotion", "conversational")
_COLUMNS = ("posts", "comments", "spam", "self-promotion", "conversational")
_NEXT = (
    ("who answers whom, four levels deep", "thread http://plainspoken.example/2010/03/is-the-comment-section-the-product/"),
    ("which comments are spam, and of what kind", 'query "SELECT author, spam_subtype, text FROM comments WHERE spam_level = 2"'),
    ("the whole corpus in numbers", "stats"),
)


def opening() -> None:
    """What is about to happen."""
    usual_console().print("Two invented marketing blogs are served on this machine and crawled for real.\n")


def results(url: str, thread: str, counts: Counts, exports: Sequence[Exported], seconds: float) -> None:
    """Everything after the crawl."""
    console = usual_console()
    with reading(url) as connection:
        found, numbers = find_thread(connection, thread), overview(connection)
    if found:
        card.show(found, console)
        console.print()
    console.print(_table(numbers), soft_wrap=False)
    console.print(f"The last three columns count comments of level 2 and above; pings: {numbers.corpus.pings}.")
    console.print(f"\nCrawled, tagged and exported in {seconds:.1f} s. {_new(counts)}\n", soft_wrap=False)
    for line in (*_places(url, exports), *_next(url)):
        console.print(line)


def _new(counts: Counts) -> str:
    if counts.new_posts == counts.new_comments == 0:
        return "Nothing is new since the last time."
    return f"New: {counts.new_posts} posts, {counts.new_comments} comments and pings."


def _table(numbers: Overview) -> Table:
    """How many posts and comments each blog has, and how many comments are positive by the codebook."""
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    table.add_column("blog")
    for name in _COLUMNS:
        table.add_column(name, justify="right")
    for blog in numbers.sources:
        table.add_row(blog.source, *_cells(blog))
    table.add_row("together", *_cells(numbers.corpus), style="bold")
    return table


def _cells(blog: Blog) -> Iterator[str]:
    yield from map(str, (blog.posts, blog.comments))
    for tagger in _TAGS:
        levels = blog.comment_levels.get(tagger)
        yield str(sum(levels.get(str(level), 0) for level in POSITIVE[tagger])) if levels else "–"


def _places(url: str, exports: Sequence[Exported]) -> Iterator[Text]:
    file = database.sqlite_file(database.parse_url(url))
    yield Text.assemble(("database  ", "bold"), str(file or database.shown(url)))
    yield Text.assemble(("exports   ", "bold"), ", ".join(str(_near(exported.folder)) for exported in exports))


def _near(folder: Path) -> Path:
    """The folder as seen from here."""
    return folder.relative_to(Path.cwd()) if folder.is_relative_to(Path.cwd()) else folder


def _next(url: str) -> Iterator[Text]:
    """Commands that work when pasted, each with what it shows."""
    yield Text("\nTry next", style="bold")
    for what, command in _NEXT:
        yield Text(f"  # {what}", style="dim")
        yield Text(f"  hubbub --database {shlex.quote(database.shown(url))} {command}")
