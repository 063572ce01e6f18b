from __future__ import annotations

import pytest

from crawlers.addresses import is_bare, is_odd, is_private, parse_opened, place_of, with_scheme
from schema.errors import UsageError

PRIVATE = (
    "127.0.0.1", "127.255.0.9", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "255.255.255.255", "224.0.0.1",
    "192.0.2.1", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1",
    "2002:7f00:1::", "2002:a01:203::1", "2001:db8::1", "3fff::1", "::127.0.0.1", "fec0::1", "100::1", "64:ff9b:1::808:808", "64:ff9b::a9fe:a9fe", "5f00::1",
    "fe80::5efe:a00:1", "198.18.0.1", "192.0.0.170", "240.0.0.1", "0.1.2.3", "172.31.255.255", "100.127.255.255", "2001:0:808:808::80ff:fffe",
)
PUBLIC = ("8.8.8.8", "93.184.215.14", "2606:4700:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808", "100.63.255.255", "100.128.0.1", "2002:808:808::1", "172.32.0.1", "2a00:1450:4001::8a")


@pytest.mark.parametrize("address", PRIVATE)
def test_everything_but_public_addresses_is_private(address: str) -> None:
    assert is_private(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_are_not(address: str) -> None:
    assert not is_private(address)


@pytest.mark.parametrize(("value", "place"), [
    ("127.0.0.1:8080", ("127.0.0.1", 8080)),
    ("LocalHost:80", ("localhost", 80)),
    ("[::1]:8080", ("::1", 8080)),
])
def test_a_host_and_a_port_are_opened(value: str, place: tuple[str, int]) -> None:
    assert parse_opened([value]) == {place}


@pytest.mark.parametrize("value", ["127.0.0.1", "8080", ":8080", "127.0.0.1:", "127.0.0.1:http", "http://127.0.0.1:80/", "a:1/b", "a:99999", ""])
def test_anything_less_than_a_host_and_a_port_is_wrong_usage(value: str) -> None:
    with pytest.raises(UsageError, match="HOST:PORT"):
        parse_opened([value])


@pytest.mark.parametrize(("url", "place"), [
    ("http://blog.example/a", ("blog.example", 80)),
    ("https://blog.example/a", ("blog.example", 443)),
    ("http://[::1]:8080/", ("::1", 8080)),
])
def test_a_request_connects_to_the_port_of_its_scheme(url: str, place: tuple[str, int]) -> None:
    assert place_of(url) == place


@pytest.mark.parametrize(("host", "bare"), [("127.0.0.1", True), ("::1", True), ("blog.example", False), ("127.1", False), ("", False)])
def test_an_address_is_told_from_a_name(host: str, bare: bool) -> None:
    assert is_bare(host) == bare


@pytest.mark.parametrize("host", ["127.1", "0x7f.1", "0177.0.0.1", "2130706433", "127.0.0.1.", "127。0。0。1", "１２７.1", "%31%32%37.1", "blog.example.1", "0x7f000001", "1.2.3.4.5"])
def test_a_number_in_an_odd_spelling_is_told(host: str) -> None:
    assert is_odd(host)


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "::ffff:127.0.0.1", "fe80::1%eth0", "blog.example", "1.blog.example", "163.com", "blog.example.", "localhost", "", "xn--p1ai"])
def test_plain_addresses_and_names_are_not_odd(host: str) -> None:
    assert not is_odd(host)


@pytest.mark.parametrize(("words", "url"), [
    ("blog.example", "http://blog.example"), ("https://blog.example/a", "https://blog.example/a"), ("localhost:8080", "http://localhost:8080"), ("intranet:8080", "http://intranet:8080"), ("http://data:8080/", "http://data:8080/"), ("http://intranet/", "http://intranet/"),
    ("https://ann:s3cr@et@blog.example:8443/a@b", "https://blog.example:8443/a@b"),
])
def test_people_write_addresses_without_their_scheme(words: str, url: str) -> None:
    assert with_scheme(words) == url


@pytest.mark.parametrize("words", ["ftp://blog.example/", "not-a-url", "http://", "http://blog.example:0/", "http://[::1", "javascript:alert(1)", "javascript:1", "mailto:ann@blog.example", "Tel:1"])
def test_what_cannot_be_crawled_is_wrong_usage(words: str) -> None:
    with pytest.raises(UsageError, match="no address that can be crawled"):
        with_scheme(words)
