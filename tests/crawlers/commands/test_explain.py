from __future__ import annotations

import json
from pathlib import Path

import pytest

from crawlers.commands.explain import _is_file
from tests.crawlers.serving import NO_ROBOTS, Answer, hubbub, post_page, serving


def test_a_live_page_is_explained_and_nothing_is_stored(tmp_path: Path) -> None:
    with serving({NO_ROBOTS: Answer(b"User-agent: *\nDisallow: /x", "text/plain"), "/a": Answer(post_page("/a", "First!"))}) as site:
        run = hubbub(tmp_path, "explain", f"{site.url}/a", "--allow-private", site.opened)
    assert (run.returncode, run.stderr) == (0, "")
    assert all(words in run.stdout for words in ("allows it", "wordpress", "Shelf talk", "Reader 1", "First!"))
    assert list(tmp_path.iterdir()) == []


def test_a_saved_page_is_explained_for_programs_too(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(post_page("http://blog.example/a", "First!"))
    run = hubbub(tmp_path, "explain", "a.html", "--format", "json")
    found = json.loads(run.stdout)
    assert (found["url"], found["platform"], len(found["posts"][0]["comments"])) == ("http://blog.example/a", "wordpress", 1)


def test_a_page_that_may_not_be_fetched_ends_with_3_and_a_sentence(tmp_path: Path) -> None:
    with serving({NO_ROBOTS: Answer(b"User-agent: *\nDisallow: /", "text/plain")}) as site:
        run = hubbub(tmp_path, "explain", f"{site.url}/a", "--allow-private", site.opened)
    assert (run.returncode, run.stderr.count("\n")) == (3, 1)
    assert "its robots.txt disallows it" in run.stderr


def test_what_is_no_page_ends_with_3_as_a_crawl_of_it_does(tmp_path: Path) -> None:
    with serving({"/a.png": Answer(b"\x89PNG", "image/png")}) as site:
        run = hubbub(tmp_path, "explain", f"{site.url}/a.png", "--allow-private", site.opened)
    assert (run.returncode, run.stderr) == (3, "")
    assert "not a page (image/png)" in run.stdout


@pytest.mark.parametrize(("word", "sentence"), [
    ("nofile.html", "There is no file nofile.html."),
    ("saved/page", "There is no file saved/page."),
    ("./blog.example", "There is no file ./blog.example."),
    ("empty", "empty is a folder."),
])
def test_a_mistyped_file_is_not_taken_for_a_host(tmp_path: Path, word: str, sentence: str) -> None:
    (tmp_path / "empty").mkdir()
    run = hubbub(tmp_path, "explain", word)
    assert (run.returncode, run.stderr.count("\n")) == (1, 1)
    assert run.stderr.startswith(f"hubbub: {sentence}")


@pytest.mark.parametrize("word", ["blog.example", "blog.example/a.html", "localhost/a", "127.0.0.1:8080", "http://blog.example/a.html"])
def test_addresses_without_a_scheme_are_addresses(word: str) -> None:
    assert not _is_file(word)
