"""Stable keys and canonical URLs: the same thing seen twice gets the same key."""

from __future__ import annotations

import hashlib
import re
import string
from datetime import UTC, datetime
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

# Parameters that name a visitor, a campaign or a view of the same page, never another page.
_VIEW_PARAMETERS = frozenset((
    "replytocom", "showcomment", "commentpage", "cpage", "fbclid", "gclid", "dclid", "msclkid", "yclid", "igshid",
    "mc_cid", "mc_eid", "_ga", "share", "shared", "nb", "amp", "noamp", "ref_src", "sid", "jsessionid", "phpsessid", "session_id", "sessionid", "oscsid", "zenid", "cfid", "cftoken",
    "spref", "like_comment", "preview",
))
_VIEW_PREFIXES = ("utm_", "hsa_", "pk_", "mtm_")
_VIEW_PATHS = re.compile(r"(?:/comment-page-\d+|/amp|/trackback)+/?$")
_SESSION_PATH = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/?#]*", re.I)
_ESCAPE = re.compile(r"%([0-9a-fA-F]{2})")
_LONE_PERCENT = re.compile(r"%(?![0-9a-fA-F]{2})")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_UNRESERVED = frozenset(string.ascii_letters + string.digits + "-._~")      # RFC 3986, 2.3: escaped or not, the same URL
_DOTS = ".\u3002\uff0e\uff61"       # all that IDNA (RFC 3490, 3.1) takes for a dot
_LOGIN = re.compile(r"(?<=:)//[^/?#\s]*@")
_BLOGSPOT = re.compile(r"\.blogspot\.(?:[a-z]{2,3})(?:\.[a-z]{2})?$")


def canonical_url(url: str) -> str:
    """The address of the thing itself: no fragment, no tracking, no comment page, no session, stable spelling.

    Scheme and `www.` stay as they are (a key drops them: see `key_url`). Not a URL: returned unchanged.
    """
    url = _LONE_SURROGATE.sub("\ufffd", url).strip()
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return url
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
        return url.partition("#")[0].rstrip()
    host = _ascii(parts.hostname)
    if port and (parts.scheme.lower(), port) not in (("http", 80), ("https", 443)):
        host = f"{host}:{port}"
    path = _VIEW_PATHS.sub("/" if parts.path.endswith("/") else "", _SESSION_PATH.sub("", parts.path)) or "/"
    return urlunsplit((parts.scheme.lower(), host, _stable_escapes(path), _stable_query(parts.query), ""))


def _ascii(host: str) -> str:
    host = host.lower().rstrip(_DOTS) or host
    try:
        ascii_host = host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError:
        ascii_host = host
    return f"[{ascii_host}]" if ":" in ascii_host else ascii_host


def _stable_escapes(path: str) -> str:
    """Escapes in upper case and only where they are needed, non-ASCII escaped, everything else as it was."""
    escaped = quote(_LONE_PERCENT.sub("%25", path), safe="/%:@!$&'()*+,;=~-._[]|")
    return _ESCAPE.sub(_needed, escaped)


def _needed(escape: re.Match[str]) -> str:
    character = chr(int(escape[1], 16))
    return character if character in _UNRESERVED else escape[0].upper()


def _stable_query(query: str) -> str:
    if not query:
        return ""
    pairs = parse_qsl(query, keep_blank_values=True, encoding="utf-8", errors="surrogateescape")
    kept = [(name, value) for name, value in pairs if not _names_a_view(name.lower(), value)]
    return urlencode(sorted(kept), errors="surrogateescape")


def _names_a_view(name: str, value: str) -> bool:
    """Blogger's `m=1` is its mobile view; WordPress' `m=200910` is an archive and stays."""
    return name in _VIEW_PARAMETERS or name.startswith(_VIEW_PREFIXES) or (name == "m" and value in ("0", "1"))


def key_url(url: str) -> str:
    """What a key is made from: the canonical URL without scheme, `www.`, country twin of blogspot and last slash."""
    canonical = canonical_url(url)
    if not canonical.startswith(("http://", "https://")):
        return canonical
    host, slash, rest = canonical.partition("://")[2].partition("/")
    host = _BLOGSPOT.sub(".blogspot.com", host.removeprefix("www."))
    return (host + slash + rest).rstrip("/")


def source_of(url: str) -> str:
    """The blog a URL belongs to: its host (with a port that is not the default one); `file` for a bare file."""
    if not canonical_url(url).startswith(("http://", "https://")):
        return url.strip().partition(":")[0]
    return key_url(url).partition("/")[0].partition("?")[0]


def without_login(url: str) -> str:
    """The address as it may be printed: a user name and password in it are masked."""
    return _LOGIN.sub("//***@", url)


def post_key(url: str) -> str:
    """`p` and 20 hex digits: the same however the post came (page, comment page, feed, API, archive)."""
    return "p" + _digest(key_url(url))


def comment_key(post: str, ref: str) -> str:
    """The key of the comment that the platform calls `ref`, under the post with that key."""
    return "c" + _digest(post, ref)


def unnumbered_comment_key(post: str, author: str, published: datetime | None, text: str, again: int = 0) -> str:
    """The key of a comment without an id; `again` counts identical ones before it on the page."""
    stamp = published.astimezone(UTC).isoformat(timespec="minutes") if published else ""
    return "c" + _digest(post, author.casefold(), stamp, " ".join(text.split()), str(again))


def author_key(*parts: str) -> str:
    """`a` and 20 hex digits; see pipeline.clean.authors for the parts."""
    return "a" + _digest(*parts)


def _digest(*parts: str) -> str:
    joined = "\x1f".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(joined, digest_size=10).hexdigest()
