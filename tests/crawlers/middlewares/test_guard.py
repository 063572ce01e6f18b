from __future__ import annotations

import json
import socket
import subprocess
import sys
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from scrapy import Request
from scrapy.exceptions import CannotResolveHostError
from twisted.internet.address import IPv4Address, IPv6Address

from crawlers.addresses import Opened
from crawlers.failures import Refused
from crawlers.middlewares.guard import GuardedResolver, NetworkGuard, Receiver
from tests.crawlers.serving import Answer, crawl, post_page, serving

REBOUND = """
import socket, sys
real = socket.getaddrinfo
socket.getaddrinfo = lambda host, *others, **more: real("127.0.0.1" if host == "blog.example" else host, *others, **more)
from hubbub import main
main()
"""


class Names:
    """A resolver that knows a few names, and the old spellings of IPv4 addresses."""

    def __init__(self, **known: str) -> None:
        self.known = known
        self.asked: list[str] = []

    def resolveHostName(
        self, receiver: Receiver, hostName: str, portNumber: int = 0, addressTypes: Sequence[type[Any]] | None = None, transportSemantics: str = "TCP",
    ) -> object:
        self.asked.append(hostName)
        receiver.resolutionBegan(self)
        for address in self.known.get(hostName, socket.inet_ntoa(socket.inet_aton(hostName)) if hostName[0].isdigit() else "").split():
            receiver.addressResolved((IPv6Address if ":" in address else IPv4Address)("TCP", address, portNumber))
        receiver.resolutionComplete()
        return self


class Heard:
    """What reaches Twisted: the addresses it may connect to."""

    def __init__(self) -> None:
        self.addresses: list[str] = []
        self.is_complete = False

    def resolutionBegan(self, resolution: object) -> None:
        """Nothing to note."""

    def addressResolved(self, address: Any) -> None:    # Any: either kind of Twisted's addresses
        self.addresses.append(address.host)

    def resolutionComplete(self) -> None:
        self.is_complete = True


def resolved(host: str, port: int = 80, opened: Opened = frozenset(), **known: str) -> list[str]:
    heard = Heard()
    GuardedResolver(Names(**known), opened).resolveHostName(heard, host, port)
    assert heard.is_complete
    return heard.addresses


def test_a_public_name_is_connected_to() -> None:
    assert resolved("blog", blog="93.184.215.14 2606:4700:4700::1111") == ["93.184.215.14", "2606:4700:4700::1111"]


def test_a_name_that_leads_to_a_private_address_is_not() -> None:
    assert resolved("rebound", rebound="127.0.0.1 ::1 169.254.169.254") == []


def test_of_a_mixed_answer_only_the_public_part_is_used() -> None:
    assert resolved("mixed", mixed="10.0.0.1 93.184.215.14") == ["93.184.215.14"]


@pytest.mark.parametrize("spelling", ["127.1", "0x7f.1", "0177.0.0.1", "2130706433", "0x7f000001"])
def test_old_spellings_of_an_address_do_not_help(spelling: str) -> None:
    assert resolved(spelling) == []


def test_every_known_spelling_of_a_private_address_is_refused(shared: Path) -> None:
    spellings = json.loads((shared / "suites" / "funky_ipv4.json").read_text())
    private = [spelling for spelling, address in spellings.items() if (address or "").startswith(("127.", "0.", "10.", "192.168."))]
    understood = [spelling for spelling in private if _is_understood(spelling)]
    assert len(understood) >= 18
    assert all(resolved(spelling) == [] for spelling in understood)


@pytest.mark.parametrize("proxy", [None, "http://proxy.example:3128"])
def test_no_odd_spelling_is_even_looked_up(proxy: str | None, shared: Path) -> None:
    spellings = json.loads((shared / "suites" / "funky_ipv4.json").read_text())
    assert [spelling for spelling in spellings if verdict(f"http://{spelling}/", proxy=proxy) == "asked"] == []
    assert {verdict(f"http://{spelling}/") for spelling in spellings} == {"odd address", "private address"}


def test_an_odd_spelling_can_be_opened() -> None:
    assert verdict("http://127.1:8080/", frozenset({("127.1", 8080)})) == "asked"
    assert verdict("http://127.1:8080/", frozenset({("127.0.0.1", 8080)})) == "odd address"


def verdict(url: str, opened: Opened = frozenset(), proxy: str | None = None) -> str:
    try:
        NetworkGuard(opened).process_request(Request(url, meta={"proxy": proxy}))
    except Refused as refused:
        return refused.reason
    return "asked"


def test_a_name_that_is_bound_anew_is_judged_anew() -> None:
    """The addresses handed on are those that were judged: nobody asks a second time between judging and connecting."""
    names, heard = Names(rebound="93.184.215.14"), Heard()
    guarded = GuardedResolver(names, frozenset())
    guarded.resolveHostName(heard, "rebound", 80)
    names.known["rebound"] = "127.0.0.1"
    guarded.resolveHostName(heard, "rebound", 80)
    assert (heard.addresses, names.asked) == (["93.184.215.14"], ["rebound", "rebound"])


def test_twisted_connects_to_what_was_judged(tmp_path: Path) -> None:
    """The whole way: a public-looking name that a resolver binds to loopback, in a real crawl."""
    with serving({"/a": Answer(post_page("/a"))}) as inside:
        port = inside.opened.rpartition(":")[2]
        run = subprocess.run(
            [sys.executable, "-c", REBOUND, "crawl", f"http://blog.example:{port}/a", "--no-tag"],
            cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False,
        )
    assert (run.returncode, inside.asked) == (3, [])
    assert "private address of this machine or network" in run.stderr


def _is_understood(spelling: str) -> bool:
    try:
        socket.inet_aton(spelling)
    except OSError:
        return False
    return spelling[0].isdigit()


@pytest.mark.parametrize(("port", "found"), [(8080, ["127.0.0.1"]), (8081, [])])
def test_what_is_opened_is_that_host_and_that_port_alone(port: int, found: list[str]) -> None:
    assert resolved("localhost", port, frozenset({("localhost", 8080)}), localhost="127.0.0.1") == found
    assert resolved("otherhost", 8080, frozenset({("localhost", 8080)}), otherhost="127.0.0.1") == []


@pytest.mark.parametrize("url", ["http://127.0.0.1/", "http://[::1]:8080/", "http://10.1.2.3:8080/", "https://[::ffff:10.0.0.1]/"])
def test_a_bare_address_is_refused_behind_a_proxy_as_well(url: str) -> None:
    request = Request(url, meta={"proxy": "http://proxy.example:3128"})
    with pytest.raises(Refused, match="private address"):
        NetworkGuard(frozenset()).process_request(request)


@pytest.mark.parametrize(("opened", "refused"), [(frozenset(), True), (frozenset({("10.0.0.1", 3128)}), False)])
def test_a_proxy_on_a_private_address_must_be_opened(opened: Opened, refused: bool) -> None:
    request = Request("https://blog.example/", meta={"proxy": "http://10.0.0.1:3128"})
    with pytest.raises(Refused) if refused else nullcontext():
        NetworkGuard(opened).process_request(request)


def test_a_name_that_nobody_knows_is_not_called_private() -> None:
    guard = NetworkGuard(frozenset())
    guard.process_exception(Request("http://nowhere.example/"), CannotResolveHostError())


def test_a_redirect_to_a_private_address_is_refused_on_the_way(tmp_path: Path) -> None:
    with serving({"/": Answer(post_page("/"))}) as inside, \
            serving({"/": Answer(status=302, headers={"Location": f"{inside.url}/secret"})}) as outside:
        run = crawl(tmp_path, outside, "/")
    assert (run.returncode, inside.asked) == (3, [])
    assert f"private address of this machine or network. If you mean it, open it with --allow-private {inside.opened}." in run.stderr
