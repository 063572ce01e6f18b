"""Movable Type's export format, which TypePad, Hatena and others write, too: plain text, an entry between lines of eight dashes.

https://movabletype.org/documentation/appendices/import-export-format.html. Addresses are not part of the format, only TypePad adds
them ("UNIQUE URL"), and Hatena names the file by the blog: where there is none, an entry is known by the file and its name in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from html import escape
from typing import NamedTuple

from crawlers.exports._breaks import paragraphs
from crawlers.exports._threads import threaded
from schema.items import Comment, Kind, Page, Post, Skipped
from schema.keys import canonical_url

_END = re.compile(rb"^-{8}[ \t]*\r?$", re.M)
_SECTIONS = re.compile(r"^-{5}[ \t]*$", re.M)
_FIELD = re.compile(r"([A-Z][A-Z ]{1,30}):(?: (.*)|[ \t]*)$")
_BEGINS = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*(?:[A-Z][A-Z ]{1,30}:[^\n]*\n\s*)+-{5}[ \t]*\r?\n[A-Z ]{4,20}:", re.S)
_DATE = re.compile(r"(\d\d?)/(\d\d?)/(\d{4}) (\d\d?):(\d\d)(?::(\d\d))?(?: ([AP])M)?", re.I)
_HATENA = re.compile(r"(?:file:)?(?:.*/)?([\w-]+(?:\.[\w-]+)+)\.export\.txt")     # https://help.hatenablog.com/entry/export
_ADDRESSES = ("UNIQUE URL", "PERMALINK", "URL")
_NAMES = ("AUTHOR", "EMAIL", "IP", "URL", "DATE", "TITLE", "BLOG NAME")     # of comments and pings; EMAIL and IP are read over
_AS_TYPED = ("0", "richtext", "markdown", "markdown_with_smartypants", "textile_2", "none")


class _Section(NamedTuple):
    name: str
    facts: dict[str, str]
    words: str


def confidence(page: Page) -> float:
    """1 for lines of `KEY: value`, then five dashes and the beginning of a section."""
    start = page.body[:4000]
    return 1.0 if _BEGINS.match(start) and (b"TITLE:" in start or b"AUTHOR:" in start) else 0.0


def read(page: Page) -> Iterator[Post | Comment | Skipped]:
    """Published entries with their comments and trackbacks."""
    seen: dict[str, int] = {}
    for words in _entries(page.body):
        head, *sections = _SECTIONS.split(words)
        facts = _facts(head.strip().split("\n"))
        if facts:
            yield from _entry(page, facts, [_section(each) for each in sections], seen)


def _entries(body: bytes) -> Iterator[str]:
    at = 0
    for end in _END.finditer(body):
        yield _decoded(body[at:end.start()])
        at = end.end()
    yield _decoded(body[at:])


def _decoded(words: bytes) -> str:
    """One file may hold entries of several years and encodings."""
    try:
        text = words.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = words.decode("windows-1252", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _facts(lines: list[str]) -> dict[str, str]:
    found = (field for line in lines if (field := _FIELD.match(line)))
    return {name: (value or "").strip() for name, value in (field.groups() for field in found)}


def _section(text: str) -> _Section:
    """`COMMENT:`, then facts of the comment, then its words."""
    name, _, rest = text.strip("\n").partition("\n")
    facts, lines = {}, rest.split("\n")
    name = name.strip().rstrip(":")
    while name in ("COMMENT", "PING") and lines and (fact := _FIELD.match(lines[0])) and fact[1] in _NAMES and fact[1] not in facts:
        facts[fact[1]] = (fact[2] or "").strip()
        lines.pop(0)
    return _Section(name, facts, "\n".join(lines).strip())


def _entry(page: Page, facts: dict[str, str], sections: list[_Section], seen: dict[str, int]) -> Iterator[Post | Comment | Skipped]:
    url = _address(page, facts, seen)
    if (status := facts.get("STATUS", "publish").lower()) not in ("publish", "published"):
        yield Skipped("scheduled" if status == "future" else "draft", url, "movable type entry")
        return
    bodies = {section.name: section.words for section in sections}
    answers = [section for section in sections if section.name in ("COMMENT", "PING")]
    moment = _moment(facts.get("DATE", ""))
    allowed = facts.get("ALLOW COMMENTS", "")
    yield Post(
        url=url, platform="movable type", rule="movable type entry", via="export", title=facts.get("TITLE", ""), author=facts.get("AUTHOR", ""),
        published=moment, published_raw=facts.get("DATE", ""), published_how="local" if moment else None,
        html=_html(f"{bodies.get('BODY', '')}\n\n{bodies.get('EXTENDED BODY', '')}", facts.get("CONVERT BREAKS", "1")),
        comments_reported=len(answers), pings_reported=sum(section.name == "PING" for section in answers),
        comments_closed=allowed in ("0", "2") if allowed else None,
    )
    yield from threaded([_comment(n, section) for n, section in enumerate(answers, 1)], is_nested=False)


def _address(page: Page, facts: dict[str, str], seen: dict[str, int]) -> str:
    for name in _ADDRESSES:
        if facts.get(name, "").startswith(("http://", "https://")):
            return canonical_url(facts[name])
    if (blog := _HATENA.fullmatch(page.url)) and facts.get("BASENAME"):
        return canonical_url(f"https://{blog[1]}/entry/{facts['BASENAME']}")
    name = facts.get("BASENAME") or re.sub(r"\W+", "-", f"{facts.get('DATE', '')} {facts.get('TITLE', '')}".lower()).strip("-")
    seen[name] = seen.get(name, 0) + 1
    again = f"-{seen[name]}" if seen[name] > 1 else ""
    return f"file:{page.url.removeprefix('file:')}/{name}{again}"


def _html(words: str, breaks: str) -> str:
    return words.strip() if breaks.lower() in _AS_TYPED else paragraphs(words)


def _comment(number: int, section: _Section) -> Comment:
    facts = section.facts
    moment = _moment(facts.get("DATE", ""))
    is_ping = section.name == "PING"
    kind: Kind = "trackback" if is_ping else "comment"
    title = f"<p>{escape(facts['TITLE'])}</p>\n" if is_ping and facts.get("TITLE") else ""
    return Comment(
        ref=f"#{number}", platform="movable type", rule=f"movable type {section.name.lower()}", via="export", kind=kind,
        author=facts.get("BLOG NAME" if is_ping else "AUTHOR", ""), author_url=facts.get("URL", ""),
        published=moment, published_raw=facts.get("DATE", ""), published_how="local" if moment else None,
        html=title + paragraphs(section.words),
    )


def _moment(written: str) -> datetime | None:
    """MM/DD/YYYY hh:mm:ss, with AM or PM or in 24 hours, by the blog's own clock."""
    found = _DATE.match(written)
    if not found:
        return None
    month, day, year, hour, minute, second = (int(number or 0) for number in found.groups()[:6])
    if found[7]:
        hour = hour % 12 + (12 if found[7].upper() == "P" else 0)
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except ValueError:
        return None
