from __future__ import annotations

import json
from pathlib import Path

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
