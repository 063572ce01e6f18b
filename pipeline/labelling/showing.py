"""An item in its thread, as an annotator sees it: the post, what it answers or follows, and the item with its links."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console
from rich.text import Text

from pipeline.query import Fields, Record, StoredThread
from pipeline.values import one_line, printable

BEGINNING = 400     # characters of what stands around
LINKS = 12


def show(thread: StoredThread, key: str, console: Console) -> None:
    """Print the item with that key."""
    for line in lines(thread, key, console.width):
        console.print(line)


def lines(thread: StoredThread, key: str, width: int) -> Iterator[Text]:
    """The lines, with the judged text whole and bright, everything around it dim and short."""
    item = next((one for one in thread.comments if one.fields["key"] == key), thread.post)
    yield Text("─" * min(width, 100), style="dim")
    yield Text(f"{one_line(thread.post.fields['title']) or '(no title)'} · {_by(thread.post.fields)} · {thread.post.fields['source']}", style="dim")
    if item is not thread.post:
        yield Text(_beginning(thread.post), style="dim")
        if before := _before(thread, item):
            yield Text(f"\n{'answers' if _is_answered(item) else 'after'} {_by(before.fields)}: {_beginning(before)}", style="dim")
    yield Text(f"\n{_by(item.fields)} {item.fields['author_url']}".rstrip(), style="bold")
    yield Text(printable(item.fields["text"]))
    for link in item.links[:LINKS]:
        yield Text(f"  link: {one_line(link['anchor'])} -> {one_line(link['url'])}", style="cyan")


def _before(thread: StoredThread, item: Record) -> Record | None:
    """The comment that it answers, else the one that stands before it."""
    by_key = {one.fields["key"]: one for one in thread.comments}
    if parent := by_key.get(item.fields["reply_to"]):
        return parent
    place = next(number for number, one in enumerate(thread.comments) if one is item)
    return thread.comments[place - 1] if place else None


def _is_answered(item: Record) -> bool:
    return bool(item.fields["reply_to"])


def _by(fields: Fields) -> str:
    return one_line(fields["author"]) or "anonymous"


def _beginning(record: Record) -> str:
    text = one_line(record.fields["text"])
    return text if len(text) <= BEGINNING else f"{text[:BEGINNING].rsplit(' ', 1)[0]} …"
