"""The numbers of a database as tables for eyes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipeline.labelling.correcting import POSITIVE, Corrected
from pipeline.overview import LEVELS, Blog, Levels, Overview
from pipeline.table import fitted
from pipeline.values import one_line

MOST_BLOGS = 40
MOST_REASONS = 15
WIDE = 120                  # columns, from which on authors and shares have room, too
WIDE_LEVELS = 90            # columns, from which on the levels of pings have, too
UNCORRECTED = "Shares are of what was judged and uncorrected: what a tagger misses and mistakes is in them."
CORRECTED = "Here of all that have a text, judged or not (pings count as comments), so the tagger's counts differ from the shares above."


def show(found: Overview, console: Console) -> None:
    """Print what there is; an empty database says what to do."""
    if not found.corpus.posts:
        console.print(Text("The database is ready and empty. Fill it with `hubbub crawl URL`, or look at a sample first: `hubbub demo`."))
    else:
        console.print(_headline(found.corpus, len(found.sources)))
        for table in _tables(found, console.width):
            console.print()
            console.print(table, soft_wrap=False)
        for line in _corrected(found.corrected):
            console.print(line)
        for note in _notes(found.corpus, console.width):
            console.print(Text(note, style="dim"), soft_wrap=False)
    if found.last_run:
        console.print()
        for line in _last_run(found):
            console.print(line)


def _headline(corpus: Blog, sources: int) -> Text:
    counts = [
        _counted(corpus.posts, "post"), _counted(corpus.comments, "comment"), _counted(corpus.pings, "ping") if corpus.pings else "",
        _counted(corpus.authors, "author"), f"{corpus.anonymous:,} anonymous" if corpus.anonymous else "", _counted(sources, "blog"), period(corpus),
    ]
    return Text(" · ".join(filter(None, counts)), style="bold")


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def period(blog: Blog) -> str:
    """From when to when its posts and comments were published, in days."""
    if blog.first is None:
        return ""
    first, last = (f"{moment:%Y-%m-%d}" for moment in (blog.first, blog.last))
    return first if first == last else f"{first} to {last}"


def _tables(found: Overview, width: int) -> Iterator[Table]:
    yield _blogs(found, width)
    if found.corpus.comment_levels or found.corpus.post_levels:
        yield levels_table(found.corpus, width)
    if found.incomplete:
        yield _incomplete(found)


def _notes(corpus: Blog, width: int) -> Iterator[str]:
    """What the tables leave out or cannot say by themselves."""
    if corpus.comment_levels or corpus.post_levels:
        yield ""
        yield (
            f"not judged: {corpus.without_text:,} without text; else not yet tagged, for spam too short, or in a language in which the tagger "
            "knows only signs."
        )
    if width < WIDE:
        yield "Terminals of 120 columns show more: the levels of pings, the authors of each blog, and its shares of spam, self-promotion and conversational comments."


def _corrected(shares: Sequence[Corrected]) -> Iterator[Text]:
    for number, one in enumerate(shares):
        if not number:
            yield Text("\nShares corrected by labels of a random sample (95 % interval)", style="bold")
            yield Text(CORRECTED, style="dim")
        yield Text(
            f"{one.tagger.replace('_', '-')} of {one.kinds}: {percent(one.value)} ({percent(one.low)} to {percent(one.high)}), by {one.labelled:,} labelled in sample "
            f"{one.sample}; the tagger counts {percent(one.uncorrected)}"
        )


def _plain_table(*headings: str, left: int = 1) -> Table:
    """A table whose first columns hold words and the others numbers."""
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for number, heading in enumerate(headings):
        table.add_column(Text(heading), justify="left" if number < left else "right", no_wrap=True, overflow="ellipsis")
    return table


def _blogs(found: Overview, width: int) -> Table:
    wide = width >= WIDE
    table = _plain_table("blog", "posts", "comments", "complete", "partial", "none", "unknown", *(("authors", "spam", "self-promotion", "conversational") if wide else ()))
    for blog in found.sources[:MOST_BLOGS]:
        shares = [_share(blog.comment_levels, tagger) for tagger in ("spam", "self_promotion", "conversational")]
        table.add_row(
            fitted(one_line(blog.source), width - (101 if wide else 52)), *_numbers(blog.posts, blog.comments),
            *_states(blog), *((f"{blog.authors:,}", *shares) if wide else ()),
        )
    if len(found.sources) > MOST_BLOGS:
        table.add_row(f"… {len(found.sources) - MOST_BLOGS} more: --format csv", style="dim")
    return _uncorrected(table) if wide else table


def _uncorrected(table: Table) -> Table:
    table.caption, table.caption_justify, table.caption_style = Text(UNCORRECTED, style="dim"), "left", ""
    return table


def _numbers(*numbers: int) -> list[str]:
    return [f"{number:,}" for number in numbers]


def _states(blog: Blog) -> list[Text]:
    alarms = {"complete": "green", "partial": "yellow", "none": "red", "unknown": ""}
    return [Text(f"{blog.threads[state]:,}" if blog.threads[state] else "–", style=style if blog.threads[state] else "dim") for state, style in alarms.items()]


def _share(levels: Levels, tagger: str) -> str:
    """The share of comments that the codebook calls positive, among those judged."""
    counts = {level: number for level, number in levels.get(tagger, {}).items() if level != "null"}
    judged = sum(counts.values())
    return percent(sum(counts.get(str(level), 0) for level in POSITIVE[tagger]) / judged) if judged else "–"


def percent(part: float) -> str:
    """A share as all tables write it: small ones with a decimal, for 0 % says that there is nothing."""
    hundredths = 100 * part
    return f"{hundredths:.1f} %" if 0 < hundredths < 9.95 else f"{hundredths:.0f} %"


def levels_table(corpus: Blog, width: int) -> Table:
    """How many comments, posts and, where there are any and there is room, pings have each level of each tag."""
    with_pings = bool(corpus.pings) and width >= WIDE_LEVELS
    table = _plain_table("tag", "level", "comments", "share", "posts", "share", *(("pings", "share") if with_pings else ()), left=2)
    for tagger in sorted(corpus.comment_levels | corpus.post_levels | corpus.ping_levels):
        counts = [corpus.comment_levels.get(tagger, {}), corpus.post_levels.get(tagger, {}), *([corpus.ping_levels.get(tagger, {})] if with_pings else [])]
        levels = sorted({level for of_kind in counts for level in of_kind} - {"null"})
        for number, level in enumerate((*levels, "null")):
            cells = [cell for of_kind in counts for cell in _count_and_share(of_kind, level)]
            if level != "null" or any(cell not in ("–", "0", "") for cell in cells):
                table.add_row(tagger.replace("_", "-") if number == 0 else "", _level(tagger, level), *cells, style="dim" if level == "null" else "")
    return _uncorrected(table)


def _level(tagger: str, level: str) -> str:
    if level == "null":
        return "not judged"
    names = LEVELS.get(tagger, ())
    return f"{level} {names[int(level)]}" if int(level) < len(names) else level


def _count_and_share(counts: dict[str, int], level: str) -> tuple[str, str]:
    judged = sum(number for name, number in counts.items() if name != "null")
    if not judged:
        return "–", ""
    number = counts.get(level, 0)
    return f"{number:,}", "" if level == "null" else percent(number / judged)


def _incomplete(found: Overview) -> Table:
    table = _plain_table("incomplete threads of", "reason", "threads", "comments missing", left=2)
    for row in found.incomplete[:MOST_REASONS]:
        table.add_row(one_line(row["source"]), one_line(row["reason"]) or "no reason known", *_numbers(row["threads"], int(row["missing"])))
    if len(found.incomplete) > MOST_REASONS:
        table.add_row("…", f"{len(found.incomplete) - MOST_REASONS} more: --format jsonl", "", "")
    return table


def _last_run(found: Overview) -> Iterator[Text]:
    last: dict[str, Any] = found.last_run or {}
    begun, style = _moment(last["started_at"]), "green" if last["outcome"] == "done" else "yellow"
    when = f"{begun} to {_moment(last['finished_at'])}: " if last["finished_at"] else f"begun {begun}, "
    yield Text.assemble(("last run  ", "bold"), f"{last['command']}, {when}", (last["outcome"], style))
    counts = [f"{name.replace('_', ' ')} {value:,}" for name, value in last["counts"].items() if isinstance(value, int)]
    if counts:
        yield Text(f"  {', '.join(counts)}")
    for reason, count in found.skipped.items():
        yield Text(f"  skipped {count:>6,}  {one_line(reason)}", style="dim")


def _moment(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"
