"""The table of supported platforms in the README, made from the fixtures: what is read there is what is promised.

Run `python -m tests.platform_table` to write it anew after adding a platform or a page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from crawlers.reading import Reading, read
from pipeline.clean import clean
from schema.items import Page, Thread

ROOT = Path(__file__).parent.parent
PAGES = ROOT / "tests" / "pages"
FETCHED = datetime(2026, 1, 1, tzinfo=UTC)
COLUMNS = ("platform", "checked on", "who answers whom", "exact times", "author's address", "post's author", "removed", "pings", "audit")
# What a table of names cannot know.
NOTES = {
    "blogger": "all templates since 2004; the comment feed tells who answers whom in flat ones",
    "wordpress": "self-hosted and wordpress.com, any theme; Disqus plugin; wp-json and comment feeds",
    "generic": "unknown themes: structured data and repeated markup",
    "disqus": "its embed page", "ghost": "members API", "isso": "its API", "substack": "public JSON", "discourse": "topics used as comments",
    "hackernews": "items of the Algolia API",
}
# What each reader was held against beside its own pages here; where nothing is said, only against markup made from its sources.
CHECKED = {
    "blogger": "15 real pages, a look-alike of 60 posts", "wordpress": "81 real pages, a real WordPress in 6 guises", "drupal": "4 real pages",
    "spip": "2 real pages", "movabletype": "2 real pages", "disqus": "1 real answer", "generic": "6 real pages",
}
# Answers of APIs are known by their address, too.
ADDRESSES = {
    "ghost/comments.json": "https://blog.example/members/api/comments/post/64030f2a8c1f2e0001a1b2c3/?limit=100&page=1",
    "ghost/empty.json": "https://blog.example/members/api/comments/post/64030f2a8c1f2e0001a1b2c3/?limit=100&page=1",
    "ghost/replies.json": "https://blog.example/members/api/comments/6403200000000000000000a1/replies/?limit=100&page=1",
    "isso/thread.json": "https://talk.example/?uri=%2Fpost",
    "isso/held_back.json": "https://talk.example/?uri=%2Fpost",
    "substack/comments.json": "https://blog.example/api/v1/post/9100001/comments?all_comments=true&sort=oldest_first",
    "hackernews/item.json": "https://hn.algolia.com/api/v1/items/9900001",
    "discourse/topic.json": "https://talk.example/t/88.json",
}
_EXACT = ("epoch", "offset", "api", "feed")


def table() -> str:
    """The table in Markdown."""
    lines = [f"| {' | '.join(COLUMNS)} |", "|" + "---|" * len(COLUMNS)]
    lines += (f"| {' | '.join(_row(folder))} |" for folder in sorted(PAGES.iterdir()) if folder.is_dir())
    return "\n".join(lines) + "\n"


def _row(folder: Path) -> list[str]:
    threads = [thread for reading in _readings(folder) for thread in _cleaned(reading)]
    comments = [comment for thread in threads for comment in thread.comments]
    note = NOTES.get(folder.name, "")
    return [
        f"**{folder.name}**{f': {note}' if note else ''}",
        CHECKED.get(folder.name, "made pages only"),
        _mark(comment.parent_ref is not None for comment in comments),
        _mark(comment.published_how in _EXACT for comment in comments),
        _mark(bool(comment.author_url) for comment in comments),
        _mark(comment.by_post_author is True for comment in comments),
        _mark(comment.removed_how is not None for comment in comments),
        _mark(comment.kind != "comment" for comment in comments),
        _mark(thread.post.comments_reported is not None for thread in threads),
    ]


def _mark(found: Iterable[bool]) -> str:
    return "yes" if any(found) else "–"


def _readings(folder: Path) -> Iterator[Reading]:
    for file in _files(folder):
        kind = "application/json" if file.suffix == ".json" else "text/html"
        address = ADDRESSES.get(f"{folder.name}/{file.name}", f"https://blog.example/{file.stem}")
        page = Page(address, file.read_bytes(), FETCHED, (("content-type", kind),), about="https://blog.example/post")
        yield read(page)


def _cleaned(reading: Reading) -> Iterator[Thread]:
    for thread in reading.threads:
        if cleaned := clean(thread, reading.page).thread:
            yield cleaned


def _files(folder: Path) -> Iterator[Path]:
    return (file for file in sorted(folder.iterdir()) if file.suffix in (".html", ".json"))


def _write() -> None:
    readme = ROOT / "README.md"
    made = f"<!-- platforms -->\n{table()}<!-- /platforms -->"
    words = re.sub(r"<!-- platforms -->.*<!-- /platforms -->", lambda _: made, readme.read_text(encoding="utf-8"), flags=re.S)
    readme.write_text(words, encoding="utf-8")


if __name__ == "__main__":
    _write()
