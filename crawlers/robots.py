"""robots.txt as RFC 9309 wants it read, and as Google's own parser reads what that leaves open.

Protego, which comes with Scrapy, compares percent-encodings and product tokens in its own way and misreads twelve of
Google's published cases (0.7, 2026). Fetching the file, and what its absence means, is left to the middleware.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

LARGEST = 500 * 1024    # bytes that are read; RFC 9309, 2.5

_ANYONE = "*"
_MARK = b"\xef\xbb\xbf"
_SPACE = b" \t\v\f\0"
# The misspellings that Google's parser forgives, and with it the people who wrote them.
_NAMES = {
    b"user-agent": "agent", b"useragent": "agent", b"user agent": "agent",
    b"allow": "allow",
    b"disallow": "disallow", b"dissallow": "disallow", b"dissalow": "disallow",
    b"disalow": "disallow", b"diasllow": "disallow", b"disallaw": "disallow",
    b"sitemap": "sitemap", b"site-map": "sitemap",
    b"crawl-delay": "delay", b"crawldelay": "delay",
}
_TOKEN = re.compile(rb"[a-z_-]*", re.I)
_NUMBER = re.compile(rb"\d+(?:[.,]\d+)?")
_PATH = re.compile(rb"(?:[a-z][a-z0-9+.-]*:)?(?://[^/?#]*)?([^#]*)", re.I)
_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_TO_NORMALIZE = re.compile(rb"%[0-9a-f]{2}|[^a-z0-9\-._~:/?#\[\]@!$&'()*+,;=]", re.I)


@dataclass(frozen=True, slots=True)
class Rule:
    """A path pattern, and whether what it matches is allowed."""

    parts: tuple[bytes, ...]    # what stands between the stars
    is_whole: bool              # it ended in `$`: nothing may follow
    length: int                 # in octets; the longest rule that matches decides
    is_allow: bool

    def matches(self, path: bytes) -> bool:
        """Whether the pattern fits the normalized path. Each part is sought once, so no pattern takes long."""
        first, *rest = self.parts
        if not path.startswith(first):
            return False
        at = len(first)
        if not rest:
            return not self.is_whole or at == len(path)
        for part in rest[:-1]:
            at = path.find(part, at) + len(part)
            if at < len(part):
                return False
        if self.is_whole:
            return path.endswith(rest[-1]) and len(path) - len(rest[-1]) >= at
        return path.find(rest[-1], at) >= 0


@dataclass(frozen=True, slots=True)
class AgentRules:
    """What one robots.txt says to one crawler."""

    rules: tuple[Rule, ...] = ()    # the one that decides first: longest first, and of equals the allowing ones
    delay: float | None = None      # seconds between requests that it asks for; None: it does not

    def allows(self, url: str) -> bool:
        """Whether the address may be fetched; robots.txt itself always may."""
        path = path_of(url)
        decisive = next((rule for rule in self.rules if rule.matches(path)), None)
        return decisive is None or decisive.is_allow or path == b"/robots.txt"


@dataclass(slots=True)
class Group:
    """Lines about the same crawlers."""

    agents: set[str] = field(default_factory=set)
    rules: list[Rule] = field(default_factory=list)
    delays: list[float] = field(default_factory=list)
    is_closed: bool = False     # a rule has come: another User-agent line opens the next group


@dataclass(frozen=True, slots=True)
class RobotsFile:
    """A robots.txt that was read."""

    groups: tuple[Group, ...] = ()
    sitemaps: tuple[str, ...] = ()

    def for_agent(self, agent: str) -> AgentRules:
        """All groups that name this product token count as one; those for `*` only where none does."""
        groups = self._naming(agent.lower()) or self._naming(_ANYONE)
        rules = (rule for group in groups for rule in group.rules)
        delays = [delay for group in groups for delay in group.delays]
        return AgentRules(tuple(sorted(rules, key=lambda rule: (-rule.length, not rule.is_allow))), max(delays, default=None))

    def _naming(self, agent: str) -> list[Group]:
        return [group for group in self.groups if agent and agent in group.agents]


def parse(body: bytes) -> RobotsFile:
    """Read a robots.txt, whatever it holds: what is no line of it says nothing, and neither does what lies beyond the limit."""
    groups: list[Group] = []
    sitemaps: list[str] = []
    for name, value in _lines(_start_of(body)):
        if name == "sitemap":
            sitemaps.append(value.decode("utf-8", "replace"))
        elif name == "agent":
            _agent(value, groups)
        elif groups:
            _rule(name, value, groups[-1])
    return RobotsFile(tuple(groups), tuple(sitemaps))


def compiled(value: bytes, *, is_allow: bool) -> Rule:
    """A path pattern with its stars and its `$`, ready to be matched."""
    pattern = normalized(value)
    path = pattern.removesuffix(b"$")
    return Rule(tuple(map(_literal, path.split(b"*"))), path != pattern, len(pattern), is_allow)


def path_of(url: str) -> bytes:
    """The path and query of an address, normalized, in the terms of `Rule.parts`."""
    match = _PATH.match(url.encode("utf-8", "surrogatepass"))
    path = match[1] if match else b""
    path = normalized(path if path.startswith(b"/") else b"/" + path)
    return _literal(path)


def _literal(octets: bytes) -> bytes:
    """Signs that are special in rules as one octet each, encoded or not: a star must not begin within an escape."""
    for sign, escape, octet in ((b"*", b"%2A", b"\0"), (b"$", b"%24", b"\1")):
        octets = octets.replace(sign, octet).replace(escape, octet)
    return octets


def normalized(octets: bytes) -> bytes:
    """The one way to write it: unreserved octets plain, what no address may hold encoded, escapes in capitals (2.2.2)."""
    return _TO_NORMALIZE.sub(_escape, octets)


def _escape(match: re.Match[bytes]) -> bytes:
    octet = int(match[0][1:], 16) if len(match[0]) == 3 else match[0][0]
    return bytes([octet]) if octet in _UNRESERVED else b"%%%02X" % octet


def _start_of(body: bytes) -> bytes:
    """As much as is read. A line cut in two would say something else, so it goes."""
    body = body.removeprefix(_MARK)
    if len(body) <= LARGEST:
        return body
    kept = body[:LARGEST]
    return kept[:max(kept.rfind(b"\n"), kept.rfind(b"\r")) + 1]


def _lines(body: bytes) -> Iterator[tuple[str, bytes]]:
    for line in body.splitlines():      # of bytes: at CR, LF and CRLF only
        name, value = _split(line.partition(b"#")[0].strip(_SPACE))
        if known := _NAMES.get(name.lower()):
            yield known, value


def _split(line: bytes) -> tuple[bytes, bytes]:
    """Name and value. Some people forget the colon; two words alone on a line are understood all the same."""
    name, colon, value = line.partition(b":")
    if colon:
        return name.strip(_SPACE), value.strip(_SPACE)
    words = line.split(maxsplit=2)
    return (words[0], words[1]) if len(words) == 2 else (b"", b"")


def _agent(value: bytes, groups: list[Group]) -> None:
    if not groups or groups[-1].is_closed:
        groups.append(Group())
    groups[-1].agents.add(_token(value))


def _token(value: bytes) -> str:
    """The product token: `Foo` of `Foo/1.0 (bar)`. One that cannot be read names nobody."""
    if value.split(maxsplit=1)[:1] == [b"*"]:
        return _ANYONE
    match = _TOKEN.match(value)
    return match[0].decode().lower() if match else ""


def _rule(name: str, value: bytes, group: Group) -> None:
    """Other lines than rules do not end the list of agents (2.2.4)."""
    if name == "delay":
        if number := _NUMBER.match(value):
            group.delays.append(float(number[0].replace(b",", b".")))
        return
    group.is_closed = True
    group.rules.extend(_rules(value, is_allow=name == "allow"))


def _rules(value: bytes, *, is_allow: bool) -> Iterable[Rule]:
    """None for an empty pattern; two where an index page is allowed, for Google takes that for its folder, too."""
    if not value:
        return
    yield compiled(value, is_allow=is_allow)
    folder, slash, page = value.rpartition(b"/")
    if is_allow and slash and page.startswith(b"index.htm"):
        yield compiled(folder + b"/$", is_allow=True)
