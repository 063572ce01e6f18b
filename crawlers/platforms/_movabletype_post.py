"""The post on a page of Movable Type or TypePad: an entry with its body in two parts, and a line that signs it."""

from __future__ import annotations

import re
from datetime import datetime

from lxml.html import HtmlElement

from crawlers import head, printed, prose
from crawlers.filed import filed, is_within
from crawlers.html import text_of, tree
from crawlers.markup import absolute, classes, html_without, words
from crawlers.nesting import is_inside, words_without
from crawlers.platforms import _movabletype_comments as comments
from crawlers.platforms import _movabletype_pings as pings
from schema.items import Page, Post, PublishedHow

_PARTS = (("asset-body", "asset-more"), ("entry-body", "entry-more"), ("entry-content",), ("blogbody",), ("asset-content",), ("entry",), ("post-body",))
_TITLES = ("asset-name", "entry-header", "entry-title", "entry__title", "title")
_LINES = ("byline", "post-footers", "posted", "asset-meta", "entry-footer", "entry-footer-info", "entry-meta", "post-footer")
_DAYS = ("date-header", "date", "dateHeader")
_IN_THE_WAY = frozenset(("posted", "entry-footer", "entry-tags", "entry-categories", "post-footers", "asset-meta", "asset-footer", "entry-meta", "title", "asset-more-link", "entry-header"))
_BESIDE = frozenset(("comments", "comment", "comments-content", "comments-body", "trackbacks", "trackback", "sidebar", "widget", "module"))
_RDF = re.compile(r"<rdf:Description\b[^>]{0,3000}?dc:creator=\"(?P<author>[^\"]*)\"\s+dc:date=\"(?P<date>[^\"]+)\"", re.S)
_COUNT_LINK = re.compile(r"#comments$")


def read(page: Page, platform: str) -> Post | None:
    """The post, or None where the page shows no text."""
    parts = _parts(page)
    if not parts:
        return None
    line, holder = _line(page)
    name, url = _author(line, holder)
    moment, how = _moment(page, holder)
    return Post(
        head.canonical(page), platform, rule="entry body", title=_title(page, parts[0]), author=name or _rdf(page, "author"),
        author_url=absolute(head.base_url(page), url), published=moment, published_raw=_printed(page, line), published_how=how,
        html="".join(html_without(part, _furniture(part)) for part in parts), bio=_bio(page), language=head.language(page),
        comments_reported=reported(page), pings_reported=pings.reported(page), comments_closed=comments.closed(page),
    )


def reported(page: Page) -> int | None:
    """How many comments the heading over them states, else the link to them in the line that signs the post."""
    headings = [*filed(page).of("comments-header"), *(one for block in filed(page).of("comments") for one in block.iter("h2", "h3") if "TrackBack" not in words(one))]
    links = [link for line in filed(page).of(*_LINES)[:6] for link in line.iter("a") if _COUNT_LINK.search(link.get("href") or "")]
    found = {part for one in comments.find(page) for part in one.parts}
    stated = (printed.number(words(one)) for one in (*headings, *links) if not is_within(one, names=frozenset(("comment",))) and not is_inside(one, found))
    return next((count for count in stated if count is not None), None)


def _parts(page: Page) -> list[HtmlElement]:
    """The body, and the part after "Continue reading"; what has no words does not count."""
    for names in _PARTS:
        found = [one for one in filed(page).of(*names) if not is_within(one, names=_BESIDE) and words_without(one, _furniture(one))]
        if found:
            first = _entry(found[0])
            return [one for one in found if _entry(one) is first and not any(other in one.iterancestors() for other in found)]
    longest = prose.most_paragraphs(tree(page))
    return [longest] if longest is not None else []


def _entry(part: HtmlElement) -> HtmlElement | None:
    """The entry that a part belongs to: several may stand on a page."""
    return next((one for one in part.iterancestors() if not {"entry", "asset", "hentry", "entry-asset"}.isdisjoint(classes(one))), None)


def _furniture(part: HtmlElement) -> set[HtmlElement]:
    return {one for one in part.iterdescendants() if one.tag in ("script", "style", "form") or not _IN_THE_WAY.isdisjoint(classes(one))}


def _title(page: Page, body: HtmlElement) -> str:
    """The heading of the entry; TypePad's and version 2's title elements join the names of blog and post."""
    headings = (one for one in filed(page).of(*_TITLES) if one.tag in ("h1", "h2", "h3", "h4") and not is_within(one, names=_BESIDE))
    named = next((text for one in headings if (text := words(one))), "")
    archive = filed(page).ids.get("archive-title")
    archive = archive if archive is not None else filed(page).ids.get("page-title")
    return named or words(archive) or head.title(page)


def _line(page: Page) -> tuple[str, HtmlElement | None]:
    lines = [one for one in filed(page).of(*_LINES) if not is_within(one, names=_BESIDE)]
    dated = next(((text, one) for one in lines if printed.DATE.search(text := words_without(one, ()))), None)
    return dated or ((words_without(lines[0], ()), lines[0]) if lines else ("", None))


def _author(line: str, holder: HtmlElement | None) -> tuple[str, str]:
    if holder is None:
        return "", ""
    for one in holder.iter():
        if not {"author", "vcard", "fn"}.isdisjoint(classes(one)) and (name := words(one)):
            link = next(one.iter("a"), None)
            return name, (link.get("href") or "") if link is not None else ""
    name = printed.byline(line).name or _signed(line)
    link = next((link for link in holder.iter("a") if words(link) == name), None)
    return name, (link.get("href") or "") if link is not None else ""


def _signed(line: str) -> str:
    """"Posted by Ann at 10:07 AM": TypePad prints the day above the title."""
    found = re.match(r"(?:posted|written|verfasst|publié|escrito)\s+(?:by|von|par|por)\s*:?\s+(.{1,60}?)\s+(?:at|on|um|à|a las|in|\|)", line, re.I)
    return found[1] if found else ""


def _printed(page: Page, line: str) -> str:
    """The date as printed, with its time; above the title where the line has only a time."""
    if raw := printed.date_in(line):
        return raw
    days = (words(one) for one in filed(page).of(*_DAYS) if not is_within(one, names=_BESIDE))
    day = next((raw for text in days if (raw := printed.date_in(text))), "")
    clock = re.search(r"\b\d{1,2}[:.]\d\d(?:\s*[ap]\.?m\.?)?", line, re.I)
    return f"{day} {clock[0]}" if day and clock else day


def _moment(page: Page, holder: HtmlElement | None) -> tuple[datetime | None, PublishedHow | None]:
    """The stamp of the line, else the one that the trackback RDF in a comment of the page's source keeps."""
    stamped = next(holder.iter("abbr", "time"), None) if holder is not None else None
    if stamped is not None:
        when, how = printed.moment(stamped.get("datetime") or stamped.get("title"))
        if when:
            return when, how
    return printed.moment(_rdf(page, "date"))


def _rdf(page: Page, field: str) -> str:
    if b"rdf:Description" not in page.body:
        return ""
    found = _RDF.search(text_of(page))
    return found[field] if found else ""


def _bio(page: Page) -> str:
    boxes = filed(page).of("entry-author-bio", "author-bio", "about-author")
    return words(boxes[0]) if boxes else ""
