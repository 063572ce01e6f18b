from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from crawlers.cli import hubbub
from schema.database import look, parse_url
from tests.pipeline.commands.asking import ask_hubbub

URL = "https://till.example/"
OPML = b"""<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0"><body><outline text="Shops">
<outline text="Till &amp; Co" xmlUrl="https://till.example/feed" htmlUrl="https://till.example/"/>
<outline text="Shelf" xmlUrl="https://shelf.example/feed"/>
</outline></body></opml>"""


def listed(url: str) -> list[dict[str, object]]:
    shown = ask_hubbub(url, "sources", "list", "--format", "jsonl")
    assert shown.exit_code == 0, shown.output
    return [json.loads(line) for line in shown.stdout.splitlines()]


def test_a_source_is_added_with_what_the_frame_should_know(blank_url: str) -> None:
    added = ask_hubbub(
        blank_url, "sources", "add", URL, "--name", "The Till", "--schedule", "every 48 hours", "--max-posts", "20", "--max-pages", "90", "--max-minutes", "2.5",
        "--delay", "3", "--found-how", "a search", "--why", "named in an interview", "--stratum", "shops", "--terms", "https://till.example/terms",
    )
    assert (added.exit_code, added.stdout) == (0, "Added The Till: every 2 days, due now.\n")
    [one] = listed(blank_url)
    expected = {
        "name": "The Till", "url": URL, "host": "till.example", "is_active": True, "schedule": "every 2 days", "max_posts": 20, "max_pages": 90, "max_minutes": 2.5,
        "delay": 3.0, "found_how": "a search", "why": "named in an interview", "stratum": "shops", "terms_url": "https://till.example/terms", "last_outcome": "",
    }
    assert {name: one[name] for name in expected} == expected


def test_adding_again_changes_what_is_named(database_url: str) -> None:
    ask_hubbub(database_url, "sources", "add", URL, "shelf.example", "--stratum", "shops")
    again = ask_hubbub(database_url, "sources", "add", URL, "--schedule", "manual")
    assert again.stdout == "Updated till.example (schedule daily → manual): manual, visited on demand.\n"
    assert ask_hubbub(database_url, "sources", "add", "shelf.example").stdout == "shelf.example is unchanged: daily, due now.\n"
    assert [(one["name"], one["stratum"]) for one in listed(database_url)] == [("shelf.example", "shops"), ("till.example", "shops")]


WRONG = [
    ("ftp://till.example/",), ("javascript:1",), ("mailto:7",), ("not-a-url",), (URL, "--schedule", "often"), (URL, "b.example", "--name", "two"), (URL, "--max-posts", "0"), ("https://ann:secret@till.example/",), (),
]


@pytest.mark.parametrize("words", WRONG)
def test_what_cannot_be_added_is_wrong_usage(database_url: str, words: tuple[str, ...]) -> None:
    refused = ask_hubbub(database_url, "sources", "add", *words)
    assert refused.exit_code == 2
    assert "secret" not in refused.output
    assert listed(database_url) == []


def test_the_list_for_eyes_says_when_and_why(database_url: str) -> None:
    empty = ask_hubbub(database_url, "sources", "list", "--format", "table")
    assert "no sources yet" in empty.stdout
    ask_hubbub(database_url, "sources", "add", URL, "shelf.example")
    ask_hubbub(database_url, "sources", "remove", "shelf.example")
    lines = ask_hubbub(database_url, "sources", "list", "--format", "table").stdout.splitlines()
    assert lines[0].split("  ")[0] == "name"
    assert [line.split() for line in lines[1:]] == [["shelf.example", "daily", "never", "removed"], ["till.example", "daily", "now", "not", "visited", "yet"]]


def test_the_list_of_what_is_due(database_url: str) -> None:
    assert ask_hubbub(database_url, "sources", "list", "--due", "--format", "table").stdout == "Nothing is due.\n"
    ask_hubbub(database_url, "sources", "add", URL)
    ask_hubbub(database_url, "sources", "add", "shelf.example", "--schedule", "manual")
    due = ask_hubbub(database_url, "sources", "list", "--due", "--format", "csv").stdout
    assert [row["name"] for row in csv.DictReader(io.StringIO(due))] == ["till.example"]


def test_the_frame_can_be_queried(database_url: str) -> None:
    ask_hubbub(database_url, "sources", "add", URL, "--stratum", "shops")
    asked = ask_hubbub(database_url, "query", "SELECT name, is_active, stratum FROM source", "--format", "json")
    assert json.loads(asked.stdout) == [{"name": "till.example", "is_active": True, "stratum": "shops"}]


def test_what_is_removed_stays_in_the_frame(database_url: str) -> None:
    ask_hubbub(database_url, "sources", "add", URL)
    gone = ask_hubbub(database_url, "sources", "remove", "https://till.example")
    assert (gone.exit_code, gone.stdout) == (0, "Removed till.example: it is no longer visited; what was collected stays.\n")
    assert [(one["is_active"], one["inactive_why"]) for one in listed(database_url)] == [(False, "removed")]
    again = ask_hubbub(database_url, "sources", "remove", "till.example")
    assert (again.exit_code, again.stdout) == (0, "till.example was removed before: it is not visited; what was collected stays.\n")
    assert ask_hubbub(database_url, "sources", "remove", "tell.example").exit_code == 2
    assert "visited again" in ask_hubbub(database_url, "sources", "add", URL).stdout


@pytest.mark.parametrize("words", [("list",), ("list", "--due"), ("remove", "till.example")])
def test_without_a_database_it_says_how_to_begin_with_sources(blank_url: str, words: tuple[str, ...]) -> None:
    told = ask_hubbub(blank_url, "sources", *words)
    assert (told.exit_code, told.stdout) == (1, "")
    assert "Begin with `hubbub sources add URL` or `hubbub crawl URL`" in told.stderr
    assert look(parse_url(blank_url)).condition == "empty", "none was made"


def imported(url: str, *files: Path | str) -> Result:
    return CliRunner().invoke(hubbub, ["--database", url, "sources", "import", *map(str, files)])


@pytest.fixture
def opml(tmp_path: Path) -> Path:
    file = tmp_path / "subscriptions.opml"
    file.write_bytes(OPML)
    return file


def test_a_list_is_taken_in_once(blank_url: str, opml: Path) -> None:
    first, again = imported(blank_url, opml), imported(blank_url, opml)
    assert (first.exit_code, first.stdout) == (0, f"{opml}: 2 added, 0 updated, 0 unchanged, 0 refused.\n")
    assert (again.exit_code, again.stdout) == (0, f"{opml}: 0 added, 0 updated, 2 unchanged, 0 refused.\n")
    assert [(one["name"], one["url"], one["stratum"], one["found_how"]) for one in listed(blank_url)] == [
        ("Shelf", "https://shelf.example/feed", "Shops", "list subscriptions.opml"), ("Till & Co", URL, "Shops", "list subscriptions.opml"),
    ]


def test_a_rehearsal_makes_not_even_a_database(tmp_path: Path, opml: Path) -> None:
    told = imported(f"sqlite:///{tmp_path}/x.db", "--dry-run", opml)
    assert (told.exit_code, told.stdout) == (0, f"{opml}: 2 added, 0 updated, 0 unchanged, 0 refused; nothing was changed (--dry-run).\n")
    assert [file.name for file in tmp_path.iterdir()] == [opml.name]


def test_a_rehearsal_over_a_frame_changes_nothing(database_url: str, opml: Path) -> None:
    ask_hubbub(database_url, "sources", "add", URL, "--stratum", "agencies")
    before = listed(database_url)
    told = imported(database_url, "--dry-run", opml)
    assert told.stdout.startswith("till.example: stratum agencies → Shops\n")
    assert "1 added, 1 updated" in told.stdout
    assert listed(database_url) == before


def test_feeds_are_taken_on_request(database_url: str, opml: Path) -> None:
    imported(database_url, "--feeds", opml)
    assert [one["url"] for one in listed(database_url)] == ["https://shelf.example/feed", "https://till.example/feed"]


def test_what_is_refused_is_told_with_line_and_reason_and_ends_with_3(database_url: str, tmp_path: Path) -> None:
    file, broken = tmp_path / "frame.csv", tmp_path / "broken.toml"
    file.write_text("url,schedule,Country\na.example,weekly,DK\nb.example,often,DK\nhttps://ann:secret@c.example/,,\n")
    broken.write_text("url = ")
    told = imported(database_url, file, broken)
    assert told.exit_code == 3
    assert f"{file}:3: refused: 'often' is no schedule" in told.stderr
    assert f"{file}:4: refused: https://***@c.example/ has a user name" in told.stderr
    assert "the columns 'Country' mean nothing" in told.stderr
    assert f"hubbub: {broken} is no TOML" in told.stderr
    assert "secret" not in told.output
    assert [one["name"] for one in listed(database_url)] == ["a.example"]


SCHEMES = [
    ("a.opml", '<opml><body>\n<outline text="A" type="rss" xmlUrl="javascript:1"/>\n<outline text="B" type="rss"/></body></opml>', (2, 3)),
    ("a.csv", "url\njavascript:1\nmailto:ann@a.example\n", (2, 3)), ("a.toml", '[[source]]\nurl = "javascript:1"\n[[source]]\nurl = "ftp://a.example/"\n', (1, 3)),
]


@pytest.mark.parametrize(("name", "text", "lines"), SCHEMES)
def test_what_has_no_address_of_the_web_is_refused_with_its_line(database_url: str, tmp_path: Path, name: str, text: str, lines: tuple[int, int]) -> None:
    file = tmp_path / name
    file.write_text(text)
    told = imported(database_url, file)
    assert (told.exit_code, told.stdout) == (3, f"{file}: 0 added, 0 updated, 0 unchanged, 2 refused.\n")
    first, second = told.stderr.splitlines()
    assert first.startswith(f"{file}:{lines[0]}: refused: 'javascript:1' is no address that can be crawled")
    assert second.startswith(f"{file}:{lines[1]}: refused: ")
    assert listed(database_url) == []


def test_the_exported_frame_is_read_back_as_it_was(database_url: str, tmp_path: Path) -> None:
    ask_hubbub(database_url, "sources", "add", URL, "--max-posts", "20", "--delay", "0", "--why", 'said "yes", twice', "--stratum", "=shops")
    ask_hubbub(database_url, "sources", "add", "shelf.example", "--schedule", "manual")
    ask_hubbub(database_url, "sources", "remove", "shelf.example")
    frame = tmp_path / "frame.csv"
    frame.write_text(ask_hubbub(database_url, "sources", "list", "--format", "csv").stdout)
    assert "0 added, 0 updated, 2 unchanged, 0 refused" in imported(database_url, frame).stdout
    other = f"sqlite:///{tmp_path}/other.db"
    assert "2 added" in imported(other, frame).stdout
    when = {"added_at", "next_visit"}
    assert [{name: value for name, value in one.items() if name not in when} for one in listed(other)] == [
        {name: value for name, value in one.items() if name not in when} for one in listed(database_url)
    ]
    assert frame.read_text().count("\n") == 3
