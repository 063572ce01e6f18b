from __future__ import annotations

from pathlib import Path

from crawlers.tdm import PATH
from tests.crawlers.serving import NO_ROBOTS, Answer, Site, hubbub, post_page, rows, serving

FILE = Answer(b'[{"location": "/reserved/", "tdm-reservation": 1}]', "application/json")
POSTS = {path: Answer(post_page(path, "First!")) for path in ("/reserved/a", "/free/b")}
NOAI = {"/free/c": Answer(post_page("/free/c", "First!"), headers={"X-Robots-Tag": "noai, noarchive"})}


def crawled(folder: Path, site: Site, *options: str, profile: str = "purpose = 'commercial'") -> list[tuple[str, str]]:
    (folder / "hubbub.toml").write_text(profile, encoding="utf-8")
    words = [site.url + path for path in sorted(POSTS | NOAI)]
    run = hubbub(folder, "crawl", *words, "--allow-private", site.opened, "--no-tag", *options)
    assert "Traceback" not in run.stderr
    return [(url.removeprefix(site.url), words) for url, words in rows(folder, "SELECT url, reservations FROM post ORDER BY url")]


def test_commercial_projects_ask_first_what_is_reserved_and_leave_it(tmp_path: Path) -> None:
    with serving({PATH: FILE, **POSTS, **NOAI}) as site:
        assert crawled(tmp_path, site, "--archive", "warc") == [("/free/b", "")]
    assert site.paths[:2] == [NO_ROBOTS, PATH]
    assert site.paths.count(PATH) == 1
    assert sorted(rows(tmp_path, "SELECT reason FROM skipped")) == [("reserved: noai",), ("reserved: tdm",)]

    again = hubbub(tmp_path, "--database", "sqlite:///again.db", "replay", "warc", "--no-tag")
    assert "1 post (1 new)" in again.stdout
    (tmp_path / "again.db").rename(tmp_path / "hubbub.db")
    assert sorted(rows(tmp_path, "SELECT reason FROM skipped")) == [("reserved: noai",), ("reserved: tdm",)]


def test_research_takes_everything_notes_what_is_reserved_and_spares_the_request(tmp_path: Path) -> None:
    with serving({PATH: FILE, **POSTS, **NOAI}) as site:
        assert crawled(tmp_path, site, profile="purpose = 'research'") == [("/free/b", ""), ("/free/c", "noai, noarchive"), ("/reserved/a", "")]
    assert PATH not in site.paths
    assert rows(tmp_path, "SELECT DISTINCT reservations FROM comment ORDER BY 1") == [("",), ("noai, noarchive",)]


def test_a_site_without_such_a_file_or_whose_robots_txt_forbids_it_reserves_nothing(tmp_path: Path) -> None:
    robots = Answer(f"User-agent: *\nDisallow: {PATH}\n".encode(), "text/plain")
    with serving({NO_ROBOTS: robots, PATH: FILE, **POSTS}) as site:
        assert [path for path, _words in crawled(tmp_path, site)] == ["/free/b", "/reserved/a"]
    assert PATH not in site.paths
