"""An explanation for the eye."""

from __future__ import annotations

from datetime import datetime

from rich.console import Console
from rich.table import Table
from rich.text import Text

from crawlers.explaining import FIRST, Explanation, by_kind, by_reason, parent_author
from schema.items import Comment, Post, Thread


def show(seen: Explanation, console: Console) -> None:
    """Print what hubbub sees on the page: verdict, platform, post, comments, links, and what was dropped."""
    facts = _grid()
    _fact(facts, "page", f"{seen.url}" + (f" (status {seen.status})" if seen.status != 200 else ""))
    _fact(facts, "robots.txt", seen.robots)
    _fact(facts, "seen as", seen.shape)
    _fact(facts, "platform", _platform(seen))
    console.print(facts)
    for thread in seen.threads:
        _show_thread(thread, console)
    _show_rest(seen, console)


def _platform(seen: Explanation) -> str:
    others = ", ".join(f"{name} {value:.2f}" for name, value in seen.confidences)
    return f"{seen.platform or 'none'} (confidence: {others})" if others else ""


def _show_thread(thread: Thread, console: Console) -> None:
    one = thread.post
    facts = _grid()
    _fact(facts, "post", one.title or "(no title)")
    _fact(facts, "  address", one.url)
    _fact(facts, "  rule", one.rule)
    _fact(facts, "  author", one.author or "not found")
    _fact(facts, "  published", _when(one))
    _fact(facts, "  text", f"{len(one.text):,} characters, language {one.language or 'unknown'}")
    _fact(facts, "  comments", _comments(thread))
    console.print(facts)
    if thread.comments:
        console.print(_comment_table(thread))


def _comments(thread: Thread) -> str:
    one = thread.post
    said = "the page states no number" if one.comments_reported is None else f"the page says {one.comments_reported}"
    pings = sum(comment.kind != "comment" for comment in thread.comments)
    words = [f"{len(thread.comments) - pings} found ({said})"]
    words += [f"{pings} pings"] if pings else []
    words += ["closed"] if one.comments_closed else []
    words += [one.comments_elsewhere] if one.comments_elsewhere else []
    return ", ".join(words)


def _comment_table(thread: Thread) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), title=f"the first {FIRST}" if len(thread.comments) > FIRST else None, title_justify="left")
    for heading in ("", "author", "published", "answers", "rule", "text"):
        table.add_column(heading, overflow="fold")
    for number, comment in enumerate(thread.comments[:FIRST], 1):
        table.add_row(*(Text(words) for words in _comment_row(number, comment, thread)))
    return table


def _comment_row(number: int, comment: Comment, thread: Thread) -> tuple[str, ...]:
    start = " ".join(comment.text.split())
    answers = parent_author(comment, thread) or (comment.parent_ref or "")
    return f"{number}", comment.author or "(none)", _when(comment), answers, comment.rule, start[:60] + ("..." if len(start) > 60 else "")


def _when(item: Post | Comment) -> str:
    if item.published is None:
        return f"not known (printed: {item.published_raw})" if item.published_raw else "not found"
    return f"{_short(item.published)} (by {item.published_how})"


def _short(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M")


def _show_rest(seen: Explanation, console: Console) -> None:
    facts = _grid()
    for (kind, rule), count in sorted(by_kind(seen.links).items()):
        _fact(facts, "leads to", f"{count} x {kind}" + (f" ({rule})" if rule else ""))
    for (reason, rule), count in sorted(by_reason(seen.dropped).items()):
        _fact(facts, "dropped", f"{count} x {reason}" + (f" ({rule})" if rule else ""))
    if facts.row_count:
        console.print(facts)


def _grid() -> Table:
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(style="bold", no_wrap=True)
    grid.add_column(overflow="fold")
    return grid


def _fact(grid: Table, name: str, words: str) -> None:
    if words:
        grid.add_row(name, Text(words))
