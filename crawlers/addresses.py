"""Which addresses are public, and which private ones a person has opened."""

from __future__ import annotations

import ipaddress
import unicodedata
from collections.abc import Sequence
from urllib.parse import SplitResult, unquote, urlsplit, urlunsplit

from schema import keys
from schema.errors import UsageError

Opened = frozenset[tuple[str, int]]
Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_COMPATIBLE = ipaddress.ip_network("::/96")             # IPv4 inside IPv6 as it was done before 2006
_CGNAT = ipaddress.ip_network("100.64.0.0/10")
_GLOBAL_UNICAST = ipaddress.ip_network("2000::/3")      # the only part of IPv6 that anything public is given from
_DOCUMENTATION = ipaddress.ip_network("3fff::/20")      # RFC 9637, of 2024: newer than some of the Pythons we run on

# Before a colon these are meant as schemes (`javascript:1`), not as hosts with a port; a host of such a name needs its http://.
_SCHEMES = frozenset((
    "about", "blob", "callto", "chrome", "data", "fax", "feed", "file", "ftp", "gopher", "http", "https", "irc", "javascript", "mailto", "news", "nntp", "pcast",
    "rss", "sip", "sms", "tel", "urn", "vbscript",
))


def parse_opened(values: Sequence[str]) -> Opened:
    """The (host, port) pairs of `HOST:PORT` values; `[::1]:8080` for IPv6."""
    return frozenset(_opened(value) for value in values)


def _opened(value: str) -> tuple[str, int]:
    try:
        parts = urlsplit(f"//{value.strip()}")
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port = None, None
    if not host or not port or parts.path:
        raise UsageError(f"{value!r} does not name a host and a port to open; write HOST:PORT, as in 127.0.0.1:8080.")
    return host, port


def place_of(url: str) -> tuple[str, int]:
    """Host and port that a request for this URL connects to."""
    parts = urlsplit(url)
    return parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)


def with_scheme(url: str) -> str:
    """The address as it is crawled: people write `blog.example`. UsageError for other schemes than http(s) and for what is no address.

    A user name and password are left out: they are never sent, and must not be on record.
    """
    is_whole = "://" in url
    try:
        parts = urlsplit(url if is_whole else f"http://{url}")
        is_good = parts.scheme.lower() in ("http", "https") and bool(parts.hostname) and parts.port != 0 and (is_whole or _is_host(parts))
    except ValueError:
        is_good = False
    if not is_good:
        raise UsageError(f"{keys.without_login(url)!r} is no address that can be crawled; write http://HOST/ or https://HOST/.")
    return without_credentials(url if is_whole else f"http://{url}")


def without_credentials(url: str) -> str:
    """The address as it is meant for everyone: without `user:password@`."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2])) if "@" in parts.netloc else url


def _is_host(parts: SplitResult) -> bool:
    """Whether what stands alone may be meant as a host: `not-a-url` is none."""
    if parts.netloc.partition(":")[0].lower() in _SCHEMES and ":" in parts.netloc:
        return False
    return "." in (parts.hostname or "") or parts.port is not None or parts.hostname == "localhost"


def is_private(address: str) -> bool:
    """Whether an IP address is anything but public: loopback, private, link-local, CGNAT, reserved, multicast, mapped."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    inner = _inside(ip)
    if inner is not None:
        return is_private(str(inner))
    if isinstance(ip, ipaddress.IPv4Address):
        return not ip.is_global or ip.is_multicast or ip in _CGNAT
    return not ip.is_global or ip not in _GLOBAL_UNICAST or ip in _DOCUMENTATION


def _inside(ip: Address) -> Address | None:
    """The IPv4 address that an IPv6 address stands for."""
    if isinstance(ip, ipaddress.IPv4Address):
        return None
    if ip in _NAT64 or ip in _COMPATIBLE:
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)


def is_bare(host: str) -> bool:
    """Whether a host is written as an IP address."""
    try:
        ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return True


def is_odd(host: str) -> bool:
    """Whether a host is a number in another spelling than an address' plain one: `127.1`, `0x7f000001`, `127。0。0。1`.

    Everybody reads these differently, and no top-level domain begins with a digit (RFC 3696, 2).
    """
    plain = unicodedata.normalize("NFKC", unquote(host)).replace("。", ".").removesuffix(".")
    return plain.rpartition(".")[2][:1].isdigit() and not is_bare(host)
