from __future__ import annotations

from pathlib import Path

import pytest

from tests.crawlers.serving import Answer, hubbub, post_page, rows, serving


def test_what_was_collected_is_tagged(tmp_path: Path) -> None:
    with serving({"/a": Answer(post_page("/a", "Four words are too many.", "Three, then?"))}) as site:
        run = hubbub(tmp_path, "crawl", f"{site.url}/a", "--allow-private", site.opened)
    assert (run.returncode, run.stderr) == (0, "")
    assert "Tagged 3 posts and comments." in run.stdout
    assert rows(tmp_path, "SELECT count(*) FROM comments WHERE self_promotion IS NOT NULL") == [(2,)]


@pytest.mark.parametrize("words", [
    (), ("ftp://blog.example/",), ("http://blog.example/", "--allow-private", "127.0.0.1"), ("http://blog.example/", "--max-posts", "0"), ("http://blog.example/", "--nonsense"),
])
def test_wrong_usage_ends_with_2_before_anything_is_asked(tmp_path: Path, words: tuple[str, ...]) -> None:
    run = hubbub(tmp_path, "crawl", *words)
    assert run.returncode == 2
    assert "Traceback" not in run.stderr
    assert list(tmp_path.iterdir()) == []


def test_without_a_contact_there_is_a_warning_and_with_one_there_is_none(tmp_path: Path) -> None:
    warned = hubbub(tmp_path, "crawl", "http://nowhere.invalid/", "--no-tag")
    (tmp_path / "hubbub.toml").write_text('contact = "ann@uni.example"\n')
    content = hubbub(tmp_path, "crawl", "http://nowhere.invalid/", "--no-tag")
    assert "no contact is set" in warned.stderr
    assert "no contact is set" not in content.stderr
    assert content.stderr.count("\n") == 1


def test_a_host_that_does_not_exist_is_counted_as_that(tmp_path: Path) -> None:
    run = hubbub(tmp_path, "crawl", "http://nowhere.invalid/", "--no-tag")
    assert "Skipped: unknown host 1." in run.stdout


def test_scrapys_own_log_is_shown_on_request(tmp_path: Path) -> None:
    with serving({"/a": Answer(post_page("/a"))}) as site:
        run = hubbub(tmp_path, "crawl", f"{site.url}/a", "--allow-private", site.opened, "--no-tag", "--verbose")
    assert "[scrapy.core.engine]" in run.stderr
    assert "Traceback" not in run.stderr
