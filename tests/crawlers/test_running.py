from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from crawlers.running import EXIT_CODES, CrawlOptions, check
from schema.errors import UsageError, UserError
from tests.crawlers.serving import Answer, post_page, rows, serving

THROUGH_A_PROXY = """
import sys
from crawlers.running import CrawlOptions, crawl
from schema.profile import Invocation, Profile
options = CrawlOptions(("http://shelf.example/a",), proxy=f"http://{sys.argv[1]}", allow_private=tuple(sys.argv[2:]))
report = crawl(Invocation("sqlite:///hubbub.db", Profile()), options)
print(report.outcome, report.exit_code, *report.failures)
"""


def test_every_outcome_has_the_exit_code_of_the_contract() -> None:
    assert EXIT_CODES == {"done": 0, "failed": 3, "partly": 3, "limited": 4, "interrupted": 130}


def test_names_that_do_not_exist_can_be_crawled_through_an_opened_proxy_only(tmp_path: Path) -> None:
    url = "http://shelf.example/a"
    with serving({url: Answer(post_page(url, "First!"))}) as proxy:
        words = [sys.executable, "-c", THROUGH_A_PROXY, proxy.opened]
        shut = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
        assert (shut.stdout.split()[:2], proxy.asked) == (["failed", "3"], []), shut.stderr
        run = subprocess.run([*words, proxy.opened], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
    assert run.stdout == "done 0\n", run.stderr
    assert proxy.paths == ["http://shelf.example/robots.txt", url]
    assert rows(tmp_path, "SELECT url, source FROM post") == [(url, "shelf.example")]


@pytest.mark.parametrize(("options", "error"), [
    (CrawlOptions(("ftp://a.example",)), UsageError),
    (CrawlOptions(("http://a.example",), allow_private=("a.example",)), UsageError),
    (CrawlOptions(("http://a.example",), archive="/proc/warc"), UserError),
])
def test_what_is_plainly_wrong_is_told_at_once(options: CrawlOptions, error: type[UserError]) -> None:
    with pytest.raises(error):
        check(options)


@pytest.mark.parametrize(("urls", "opened", "private"), [
    (("http://127.0.0.1:80/",), ("127.0.0.1:80",), True),
    (("http://127.0.0.1:80/", "http://blog.example/"), ("127.0.0.1:80",), False),
    (("http://blog.example/",), (), False),
])
def test_it_knows_whether_strangers_are_asked(urls: tuple[str, ...], opened: tuple[str, ...], private: bool) -> None:
    assert CrawlOptions(urls, allow_private=opened).is_all_private == private
