from __future__ import annotations

import http.client
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import pytest

from crawlers.sample.content import blogs
from crawlers.sample.server import serving

SHELF, PLAIN = (blog.url for blog in blogs())


@pytest.fixture(scope="module")
def proxy() -> Iterator[str]:
    with serving() as address:
        yield address


def ask(proxy: str, target: str, method: str = "GET", host: str = "") -> tuple[int, dict[str, str], str]:
    """Status, headers and body, with the request line exactly as given."""
    connection = http.client.HTTPConnection(urlsplit(proxy).netloc, timeout=10)
    try:
        connection.putrequest(method, target, skip_host=True)
        connection.putheader("Host", host or urlsplit(target).netloc)
        connection.endheaders()
        response = connection.getresponse()
        return response.status, {name.lower(): value for name, value in response.getheaders()}, response.read().decode("utf-8")
    finally:
        connection.close()


def test_it_is_a_proxy_for_both_hosts(proxy: str) -> None:
    for blog in blogs():
        status, headers, body = ask(proxy, f"{blog.url}/")
        assert (status, headers["content-type"]) == (200, "text/html; charset=UTF-8")
        assert int(headers["content-length"]) == len(body.encode("utf-8"))
        assert blog.title in body


def test_it_answers_plain_requests_by_host_header(proxy: str) -> None:
    assert ask(proxy, "/robots.txt", host="plainspoken.example")[2].startswith("User-agent: *\nDisallow: /wp-admin/")
    assert "Disallow: /search" in ask(proxy, "/robots.txt", host="the-corner-shelf.example:8080")[2]


def test_it_passes_nothing_on_to_other_hosts(proxy: str) -> None:
    for target, host in (("http://blogger.example/", ""), ("/", "127.0.0.1"), ("https://www.blogger.com/feeds/1", "")):
        assert ask(proxy, target, host=host)[0] == 502


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "CONNECT"])
def test_it_only_reads(proxy: str, method: str) -> None:
    assert ask(proxy, f"{SHELF}/", method)[0] == 501


def test_head_gives_the_headers_of_get_without_a_body(proxy: str) -> None:
    _status, headers, body = ask(proxy, f"{SHELF}/", "HEAD")
    assert body == ""
    assert headers["content-length"] == ask(proxy, f"{SHELF}/")[1]["content-length"]


@pytest.mark.parametrize("target", [
    f"{SHELF}/no/such/page.html",
    f"{SHELF}/2008/01/",
    f"{SHELF}/feeds/1/comments/default",
    f"{PLAIN}/no-such-post/",
    f"{PLAIN}/page/99/",
    f"{PLAIN}/2010/07/worst-pitch-you-ever-received/nonsense/",
    f"{PLAIN}/feed/?paged=9",
])
def test_what_does_not_exist_is_not_found(proxy: str, target: str) -> None:
    assert ask(proxy, target)[0] == 404


@pytest.mark.parametrize(("target", "location"), [
    (f"{PLAIN}/?p=12", f"{PLAIN}/2009/05/everyone-hates-marketing/"),
    (f"{PLAIN}/2009/05/everyone-hates-marketing", f"{PLAIN}/2009/05/everyone-hates-marketing/"),
])
def test_wordpress_redirects_to_the_post(proxy: str, target: str, location: str) -> None:
    status, headers, _body = ask(proxy, target)
    assert (status, headers["location"]) == (301, location)


def test_nonsense_does_not_stop_it(proxy: str) -> None:
    assert ask(proxy, "http://[broken/", host="x")[0] == 400
    assert ask(proxy, f"{SHELF}/search?updated-max=yesterday")[0] == 200
    assert ask(proxy, f"{SHELF}/feeds/posts/default?start-index=-3&max-results=many")[0] == 200


def test_many_may_ask_at_once(proxy: str) -> None:
    with ThreadPoolExecutor(8) as crowd:
        found = list(crowd.map(lambda number: ask(proxy, blogs()[number % 2].url + "/")[0], range(40)))
    assert found == [200] * 40


def test_it_ends_with_its_context() -> None:
    with serving() as address:
        assert ask(address, f"{SHELF}/")[0] == 200
    with pytest.raises(ConnectionRefusedError):
        ask(address, f"{SHELF}/")
