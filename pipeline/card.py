"""A thread as a readable card: who answers whom, and each tag with the words that earned it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime

from rich.console import Console
from rich.text import Text

from pipeline.evidence import shortly, tag_lines
from pipeline.output import console as usual_console
from pipeline.query import Fields, Record, StoredThread
from pipeline.values import one_line, printable

POST_LINES = 8              # of the post's text; the thread is what the card is about
GUIDE = "│  "               # one for each level a comment stands below the post
DEEPEST = 8                 # levels that are still drawn further to the right
LEAST_TEXT = 30             # columns that a text keeps, however deep it stands
WIDEST_TEXT = 96            # columns that are comfortable to read

REMOVED = {
    "author": "removed by its author",
    "moderator": "removed by the blog",
    "vanished": "no longer on the page",
    "page_gone": "its page is gone",
    "unknown": "removed",
}
THREADING = {"nested": "nested thread", "flat": "flat thread", "unknown": ""}
_BLANK_LINES = re.compile(r"\n\s*\n+")


def show(thread: StoredThread, console: Console | None = None) -> None:
    """Print the card: with colors on a terminal, plain elsewhere."""
    console = console or usual_console()
    for line in card(thread, console.width):
        line.rstrip()
        console.print(line)


def card(thread: StoredThread, width: int) -> Iterator[Text]:
    """The lines of the card, none wider than `width`."""
    yield Text("─" * width, style="dim")
    yield from _head(thread, width)
    yield Text("─" * width, style="dim")
    yield from _post(thread.post, width)
    names = _Names(thread)
    for comment in thread.comments:
        depth = _drawn_depth(comment.fields, width)
        yield Text(GUIDE * depth, style="dim")
        yield from _comment(comment, names, width, depth)
    yield Text("─" * width, style="dim")


def _head(thread: StoredThread, width: int) -> Iterator[Text]:
    fields = thread.post.fields
    yield from _wrapped(one_line(fields["title"]) or "(no title)", width, style="bold")
    edited = _edited(thread.earlier_versions.get(fields["key"], 0))
    yield from _wrapped(_joined(_author(fields), _when(fields), edited, one_line(fields["source"]), fields["platform"]), width)
    yield from _wrapped(one_line(fields["url"]), width, style="dim")
    yield from _wrapped(_joined(completeness(fields), _pings(thread.comments), THREADING[fields["threading"]], _closed(fields)), width, style=_alarm(fields))
    if summary := _summary(thread):
        yield from _wrapped(summary, width, style="dim")


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def completeness(fields: Fields) -> str:
    """How much of the thread is there, in words: "12 of 12 comments"."""
    stored, reported = fields["comments_stored"], fields["comments_reported"]
    if reported is None:
        words = f"{stored} comment{'' if stored == 1 else 's'}, of an unknown number"
    elif stored > reported:
        words = f"{stored} comments, {reported} reported"
    else:
        words = f"{stored} of {reported} comment{'' if reported == 1 else 's'}"
    reason = one_line(fields["completeness_reason"])
    return f"{words} ({reason})" if reason else words


def _alarm(fields: Fields) -> str:
    return "yellow" if fields["completeness"] in ("partial", "none") else ""


def _pings(comments: Sequence[Record]) -> str:
    pings = sum(comment.fields["kind"] != "comment" for comment in comments)
    return f"{pings} ping{'s' if pings > 1 else ''}" if pings else ""


def _closed(fields: Fields) -> str:
    return "comments closed" if fields["comments_closed"] else ""


def _summary(thread: StoredThread) -> str:
    """What the tags say of the comments, in one line."""
    comments = [comment.fields for comment in thread.comments if not comment.fields["removed_how"]]
    if not any(record.tags for record in (thread.post, *thread.comments)):
        return "not tagged yet: run `hubbub tag`"
    spam = Counter(fields["spam_level"] for fields in comments)
    counts = {
        "spam": spam[2],
        "borderline": spam[1],
        "self-promotion": sum((fields["self_promotion_level"] or 0) >= 2 for fields in comments),
        "conversational": sum((fields["conversational_level"] or 0) >= 2 for fields in comments),
    }
    return "among the comments: " + ", ".join(f"{count} {name}" for name, count in counts.items()) if comments else ""


def _author(fields: Fields) -> str:
    return one_line(fields["author"]) or "anonymous"


def _when(fields: Fields) -> str:
    """The printed day and time where no zone is known, else UTC; the printed date where it could not be read."""
    moment: datetime | None = fields["published"]
    if moment is None:
        return one_line(fields["published_raw"]) or "no date"
    day = f"{moment.day} {moment:%b %Y}"
    match fields["published_how"]:
        case "date":
            return day
        case "local":
            return f"{day}, {moment:%H:%M}"
        case _:
            return f"{day}, {moment:%H:%M} UTC"


def _edited(versions: int) -> str:
    return f"edited, {versions} earlier version{'s' if versions > 1 else ''}" if versions else ""


def _post(post: Record, width: int) -> Iterator[Text]:
    lines = list(_paragraphs(post.fields["text"], _text_width(width)))
    yield from lines[:POST_LINES]
    left = len(lines) - POST_LINES
    if left > 0:
        yield Text(f"… {left} more line{'s' if left > 1 else ''}", style="dim")
    if not lines:
        yield Text("(no text)", style="dim")
    yield from tag_lines(post, width)


class _Names:
    """Who is meant by a key in this thread."""

    def __init__(self, thread: StoredThread) -> None:
        self.wanted = thread.wanted
        self._versions = thread.earlier_versions
        self._by_key = {comment.fields["key"]: comment.fields for comment in thread.comments}

    def answers(self, fields: Fields) -> Text:
        """Whom the comment answers: by the page's own word, or as inferred in a flat thread."""
        if parent := self._by_key.get(fields["reply_to"]):
            return Text(f" · answers {_called(parent)}")
        if parent := self._by_key.get(fields["reply_to_inferred"]):
            return Text(f" · probably answers {_called(parent)} (confidence {shortly(fields['reply_confidence'])})", style="italic")
        return Text()


    def edited(self, fields: Fields) -> str:
        """In parentheses how often the comment was edited; "" where it never was."""
        words = _edited(self._versions.get(fields["key"], 0))
        return f" ({words})" if words else ""


def _called(fields: Fields) -> str:
    return f"{_author(fields)} #{fields['position']}"


def _drawn_depth(fields: Fields, width: int) -> int:
    return min(fields["depth"] or 0, DEEPEST, max(0, (width - LEAST_TEXT) // len(GUIDE)))


def _comment(comment: Record, names: _Names, width: int, depth: int) -> Iterator[Text]:
    fields = comment.fields
    is_wanted = fields["key"] == names.wanted
    bar = ("▌ ", "bold yellow") if is_wanted else ("│ ", "dim")
    inside = width - len(GUIDE) * depth - 2
    body = (
        *_wrapped(_comment_head(fields, names), inside),
        *_comment_text(fields, _text_width(inside)),
        *tag_lines(comment, inside),
    )
    for line in body:
        yield Text.assemble((GUIDE * depth, "dim"), bar, line)


def _comment_head(fields: Fields, names: _Names) -> Text:
    head = Text.assemble((f"#{fields['position']}", "dim"), " ", (_author(fields), "bold"))
    if fields["by_post_author"]:
        head.append(" (post author)", style="cyan")
    if fields["kind"] != "comment":
        head.append(f" [{fields['kind']}]", style="blue")
    head.append(f" · {_when(fields)}", style="dim").append(names.edited(fields), style="dim")
    return head.append_text(names.answers(fields))


def _comment_text(fields: Fields, width: int) -> Iterator[Text]:
    if fields["removed_how"]:
        yield Text(f"({REMOVED.get(fields['removed_how'], 'removed')})", style="dim italic")
    yield from _paragraphs(fields["text"], width)


def _text_width(width: int) -> int:
    return max(LEAST_TEXT // 2, min(width, WIDEST_TEXT))


def _paragraphs(text: str, width: int) -> Iterator[Text]:
    """The text wrapped, paragraphs kept apart by an empty line."""
    for number, paragraph in enumerate(_BLANK_LINES.split(printable(text).strip())):
        if number:
            yield Text()
        for line in paragraph.splitlines():
            yield from _wrapped(line.expandtabs(4).rstrip(), width)


def _wrapped(words: str | Text, width: int, style: str = "") -> Iterator[Text]:
    text = words if isinstance(words, Text) else Text(words, style=style)
    if text.plain.strip():
        yield from text.wrap(_RULER, width)


_RULER = Console(color_system=None)      # rich wants one for wrapping; it prints nothing
