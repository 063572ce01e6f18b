"""Whose links an item carries: the writer's own, the blog's, an affiliate's; and what the writer's own address says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from pipeline.text import URL, Doc, own_words, quotations

# Hosts where many people have a page each: two links to them do not make one owner.
SHARED_HOSTS = frozenset((
    "facebook.com", "twitter.com", "x.com", "linkedin.com", "instagram.com", "youtube.com", "youtu.be", "google.com", "plus.google.com",
    "blogger.com", "draft.blogger.com", "typepad.com", "profile.typepad.com", "profile.typekey.com", "profiles.google.com", "wordpress.com", "medium.com", "github.com", "gist.github.com",
    "github.io", "bitbucket.org", "gravatar.com", "disqus.com", "flickr.com", "tumblr.com", "livejournal.com", "wikipedia.org",
    "bit.ly", "goo.gl", "ow.ly", "t.co", "tinyurl.com", "amazon.com", "amzn.to", "dropbox.com", "pastebin.com", "stackoverflow.com",
))
_AFFILIATE_PARAMETERS = frozenset((
    "tag", "aff", "affid", "aff_id", "affiliate", "affiliate_id", "ref_id", "hop", "clickref", "awc", "irclickid", "a_aid", "partner_id",
))
_AFFILIATE_HOSTS = re.compile(r"(?:^|\.)(?:clickbank\.net|shareasale\.com|awin1\.com|anrdoezrs\.net|jdoqocy\.com|tkqlhce\.com|amzn\.to|linksynergy\.com)$")
# Without a scheme only what cannot be a name of a program: `asp.net`, `file.in` and `read.me` are none.
_BARE_HOST = re.compile(r"(?<![@\w./-])(?:[a-z0-9-]{2,40}\.){1,3}(?:com|org|info|biz|co\.uk|com\.au|com\.br|io|de|example|net(?=/))\b(?:/[^\s<>\"\])]*)?(?![\w@])", re.I)
_MAYBE_ADDRESS = re.compile(r"://|www\.|\.(?:com|org|info|biz|co|io|de|example|net)", re.I)    # told more quickly
_LODGING = re.compile(r"\.(?:blogspot|wordpress|typepad|tumblr|livejournal|weebly|wixsite|github|yolasite|webs|overblog|blogcindario|snappages|insanejournal|substack|medium|squarespace)(?:\.[a-z]{2,3})?$")
_SUFFIX = re.compile(r"\.(?:com?|org|net|ac|gov|edu)\.[a-z]{2}$|\.[a-z]{2,}$")


@dataclass(frozen=True, slots=True)
class Pointer:
    """A link or a printed address in the text: where it stands, what it says and where it leads."""

    start: int
    end: int
    anchor: str
    url: str
    host: str
    to_author: bool = False     # its host is that of the author's URL
    to_blog: bool = False       # its host is the blog's own
    is_affiliate: bool = False
    is_bare: bool = False       # an address as text, not words that are linked


def pointers(doc: Doc) -> tuple[Pointer, ...]:
    """Every link and every printed address outside quotations, in order, each place once."""
    taken: list[tuple[int, int]] = list(doc.once(quotations))
    found = []
    for start, end, anchor, url in (*_linked(doc), *_printed(doc)):
        if not any(start < other_end and other_start < end for other_start, other_end in taken[-400:]):
            taken.append((start, end))
            found.append(_pointer(doc, (start, end), anchor, url))
    return tuple(sorted(found, key=lambda pointer: pointer.start))


def host_of(url: str | None) -> str:
    """The host in lower case, with a port but without `www.`; "" when there is none."""
    if not url:
        return ""
    try:
        host = urlsplit(url if "//" in url else f"//{url}").netloc.rpartition("@")[2].lower()
    except ValueError:
        return ""
    return host.removeprefix("www.")


def site_of(host: str) -> str:
    """The part of a host that somebody chose: `shop.cheap-shoes.co.uk` gives `cheap-shoes`."""
    return _LODGING.sub("", _SUFFIX.sub("", host)).rpartition(".")[2]


def path_of(url: str | None) -> str:
    """What stands behind the host, without the edges: "" for a front page."""
    address = url or ""
    try:
        parts = urlsplit(address if "//" in address else f"//{address}")
    except ValueError:
        return ""
    return f"{parts.path.strip('/')}{'?' if parts.query else ''}{parts.query}"


def is_lodged(host: str) -> bool:
    """Whether the host is a room in a house for many, as `maud.blogspot.com`."""
    return bool(_LODGING.search(host))


def is_own_host(host: str) -> bool:
    """Whether the host belongs to one owner, as far as one can tell from its name."""
    return bool(host) and "." in host and host not in SHARED_HOSTS


def _linked(doc: Doc) -> list[tuple[int, int, str, str]]:
    return [
        (*_without_space(doc.text, link.start, link.end), link.anchor, link.url)
        for link in doc.links[:200] if 0 <= link.start < link.end <= len(doc.text) and doc.text[link.start:link.end].strip()
    ]


def _without_space(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())


def _printed(doc: Doc) -> list[tuple[int, int, str, str]]:
    text = doc.once(own_words)
    if not _MAYBE_ADDRESS.search(text):
        return []
    places = [*list(URL.finditer(text))[:200], *list(_BARE_HOST.finditer(text))[:100]]
    return [(match.start(), match.start() + len(_trimmed(match[0])), _trimmed(match[0]), _trimmed(match[0])) for match in places]


def _trimmed(url: str) -> str:
    return url.rstrip(".,;:!?'*_") or url


def _pointer(doc: Doc, place: tuple[int, int], anchor: str, url: str) -> Pointer:
    host = host_of(url)
    own = host_of(doc.author_url)
    return Pointer(
        *place, anchor=anchor, url=url, host=host,
        to_author=is_own_host(own) and host == own,
        to_blog=bool(host) and _is_same_blog(host, (doc.context.host or "").removeprefix("www.")),
        is_affiliate=_is_affiliate(url, host),
        is_bare=bool(URL.fullmatch(anchor) or _BARE_HOST.fullmatch(anchor)),
    )


def _is_same_blog(host: str, blog: str) -> bool:
    """The same host, or its twin in another country: `maud.blogspot.de` is `maud.blogspot.com`."""
    return host == blog or (len(site_of(blog)) >= 5 and site_of(host) == site_of(blog))


def _is_affiliate(url: str, host: str) -> bool:
    if _AFFILIATE_HOSTS.search(host):
        return True
    names = {name.lower() for name, _ in parse_qsl(url.partition("?")[2][:2000])}
    return bool(names & _AFFILIATE_PARAMETERS) and ("tag" not in names or "amazon." in host)
