from __future__ import annotations

from pathlib import Path

import pytest
from scrapy import Request

from crawlers.middlewares.credentials import Credentials, without_credentials
from tests.crawlers.serving import Answer, crawl, hubbub, post_page, rows, serving


@pytest.mark.parametrize(("url", "plain"), [
    ("http://ann:secret@blog.example/a?b@c#d", "http://blog.example/a?b@c#d"),
    ("http://ann@blog.example:8080/", "http://blog.example:8080/"),
    ("http://a@b@[::1]:80/", "http://[::1]:80/"),
    ("https://@blog.example", "https://blog.example"),
    ("http://blog.example/@ann", "http://blog.example/@ann"),
    ("http://blog.example/?next=http://a:b@c/", "http://blog.example/?next=http://a:b@c/"),
])
def test_names_and_passwords_leave_the_address(url: str, plain: str) -> None:
    assert without_credentials(url) == plain


def test_an_address_without_them_goes_on_as_it_is() -> None:
    assert Credentials().process_request(Request("http://blog.example/@ann")) is None


def test_a_redirect_cannot_have_them_sent(tmp_path: Path) -> None:
    def answers(_url: str, place: str) -> dict[str, Answer]:
        moved = Answer(status=302, headers={"Location": f"http://ann:secret@{place}/b"})
        return {"/a": moved, "/b": Answer(post_page(f"http://{place}/b"))}

    with serving(answers) as site:
        run = crawl(tmp_path, site, "/a")
    assert run.returncode == 0, run.stderr
    assert site.paths == ["/robots.txt", "/a", "/b"]
    assert not [headers for _path, headers in site.asked if "Authorization" in headers or "secret" in str(headers)]


def test_those_that_a_person_gives_are_not_sent_either(tmp_path: Path) -> None:
    with serving({"/a": Answer(post_page("/a"))}) as site:
        run = hubbub(tmp_path, "crawl", f"http://ann:secret@{site.opened}/a", "--allow-private", site.opened, "--no-tag")
    assert run.returncode == 0, run.stderr
    assert "secret" not in str(site.asked)
    assert rows(tmp_path, "SELECT count(*) FROM posts WHERE url LIKE '%secret%'") == [(0,)]
