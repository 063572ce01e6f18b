"""An explanation for the eye."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from rich.console import Console
from rich.text import Text

from crawlers.explaining import FIRST, Explanation, by_kind, by_reason, parent_author
from pipeline.values import one_line
from schema.items import Comment, Post, Thread

_NAMES = 13     # columns for the names of facts
_LINKS = {
    "post": ("post", "posts"),
    "comments": ("page of comments", "pages of comments"),
    "archive": ("archive page", "archive pages"),
    "next": ("next page", "next pages"),
    "feed": ("feed", "feeds"),
    "sitemap": ("sitemap", "sitemaps"),
    "completion": ("source of further comments", "sources of further comments"),
}


def show(seen: Explanation, console: Console) -> None:
    """Print what hubbub sees on the page: verdict, platform, post, comments, links, and what was dropped."""
    _fact(console, "page", f"{seen.url}" + (f" (status {seen.status})" if seen.status != 200 else ""))
    _fact(console, "robots.txt", seen.robots)
    _fact(console, "reserves", seen.reservations)
    _fact(console, "seen as", seen.shape)
    _fact(console, "platform", _platform(seen))
    for thread in seen.threads:
        _show_thread(thread, console)
    _show_rest(seen, console)


def _platform(seen: Explanation) -> str:
    others = ", ".join(f"{name} {value:.2f}" for name, value in seen.confidences if round(value, 2) > 0)
    return f"{seen.platform or 'none'} (confidence: {others})" if others else ""


def _show_thread(thread: Thread, console: Console) -> None:
    one = thread.post
    _fact(console, "post", one.title or "(no title)")
    _fact(console, "  address", one.url)
    _fact(console, "  rule", one.rule)
    _fact(console, "  author", one.author or "not found")
    _fact(console, "  published", _when(one))
    _fact(console, "  text", f"{len(one.text):,} characters, language {one.language or 'unknown'}")
    _fact(console, "  comments", _comments(thread))
    if thread.comments:
        _show_comments(thread, console)


def _comments(thread: Thread) -> str:
    one = thread.post
    said = "the page states no number" if one.comments_reported is None else f"the page says {one.comments_reported}"
    pings = sum(comment.kind != "comment" for comment in thread.comments)
    words = [f"{len(thread.comments) - pings} found ({said})"]
    words += [f"{pings} pings"] if pings else []
    words += ["closed"] if one.comments_closed else []
    words += [one.comments_elsewhere] if one.comments_elsewhere else []
    return ", ".join(words)


def _show_comments(thread: Thread, console: Console) -> None:
    """Two lines each: who, when and how that is known; how the text begins."""
    if len(thread.comments) > FIRST:
        console.print(f"the first {FIRST}:")
    for number, comment in enumerate(thread.comments[:FIRST], 1):
        console.print(Text(f"{number:>3}  {one_line(', '.join(_comment_facts(comment, thread)))}"))
        console.print(Text(f"     {_shortened(one_line(comment.text))}"))


def _comment_facts(comment: Comment, thread: Thread) -> Iterator[str]:
    yield comment.author or "(no name)"
    yield _when(comment)
    if answers := parent_author(comment, thread) or comment.parent_ref:
        yield f"answers {answers}"
    yield f"rule {comment.rule}"


def _shortened(words: str) -> str:
    return words[:60] + ("..." if len(words) > 60 else "")


def _when(item: Post | Comment) -> str:
    if item.published is None:
        return f"not known (printed: {item.published_raw})" if item.published_raw else "not found"
    return f"{_short(item.published)} (by {item.published_how})"


def _short(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M")


def _show_rest(seen: Explanation, console: Console) -> None:
    for (kind, rule), count in sorted(by_kind(seen.links).items()):
        _fact(console, "leads to", _counted(count, kind) + (f" ({rule})" if rule else ""))
    for (reason, rule), count in sorted(by_reason(seen.dropped).items()):
        _fact(console, "dropped", f"{count} x {reason}" + (f" ({rule})" if rule else ""))


def _counted(count: int, kind: str) -> str:
    one, many = _LINKS.get(kind, (kind, kind))
    return f"{count:,} {one if count == 1 else many}"


def _fact(console: Console, name: str, words: str) -> None:
    if words:
        console.print(Text.assemble((f"{name:<{_NAMES}}", "bold"), one_line(words)))
