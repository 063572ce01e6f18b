"""The project profile is found upward, read strictly, and its paths are taken from where it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from schema.errors import UserError
from schema.profile import Profile, find, load, parse

REFUSED = [
    ("title = 'no end", "cannot be read"),
    ("titel = 'x'", "has an unknown setting 'titel'; known are archive, contact, database"),
    ("title = 3", "must be a text in quotes"),
    ("[database]\nurl = 'x'", "must be a text in quotes"),
    ("purpose = 'fun'", "must be research or commercial"),
    ("reservations = 'ignore'", "must be record or obey"),
]


def written(folder: Path, words: str) -> Path:
    file = folder / "hubbub.toml"
    file.write_text(words, encoding="utf-8")
    return file


def test_without_a_file_everything_has_its_default(tmp_path: Path) -> None:
    assert find(tmp_path) is None
    assert load(tmp_path) == Profile()
    assert Profile().database == "sqlite:///hubbub.db"


def test_the_nearest_file_upward_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deep = tmp_path / "a" / "b" / "c"
    deep.mkdir(parents=True)
    written(tmp_path, "title = 'Far'")
    written(tmp_path / "a", "title = 'Near'\ncontact = 'jane@university.example'\npurpose = 'commercial'")
    monkeypatch.chdir(deep)
    assert load() == Profile(title="Near", contact="jane@university.example", purpose="commercial")


@pytest.mark.parametrize(("words", "sentence"), REFUSED)
def test_mistakes_are_named_with_the_file(tmp_path: Path, words: str, sentence: str) -> None:
    file = written(tmp_path, words)
    with pytest.raises(UserError) as refused:
        parse(file)
    assert sentence in str(refused.value) and str(file) in str(refused.value)


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "hubbub.toml"
    file.write_bytes(b"title = '\xff'")
    with pytest.raises(UserError, match="cannot be read"):
        parse(file)


def test_a_folder_of_that_name_is_no_profile(tmp_path: Path) -> None:
    (tmp_path / "hubbub.toml").mkdir()
    assert find(tmp_path) is None


@pytest.mark.parametrize(("given", "expected"), [
    ("sqlite:///corpus.db", "sqlite:///{}/corpus.db"),
    ("sqlite:////srv/corpus.db", "sqlite:////srv/corpus.db"),
    ("sqlite:///:memory:", "sqlite:///:memory:"),
    ("postgresql://jane@host/name", "postgresql://jane@host/name"),
    ("hubbub.db", "hubbub.db"),
    ("", ""),
])
def test_a_relative_database_stands_beside_the_profile(tmp_path: Path, given: str, expected: str) -> None:
    assert parse(written(tmp_path, f"database = '{given}'")).database == expected.format(tmp_path)


def test_a_relative_archive_stands_beside_the_profile(tmp_path: Path) -> None:
    assert parse(written(tmp_path, "archive = 'warc'")).archive == str(tmp_path / "warc")
    assert parse(written(tmp_path, "archive = ''")).archive == ""


@pytest.mark.parametrize(("words", "expected"), [
    ("", False),
    ("purpose = 'research'", False),
    ("purpose = 'commercial'", True),
    ("purpose = 'commercial'\nreservations = 'record'", False),
    ("purpose = 'research'\nreservations = 'obey'", True),
])
def test_the_purpose_says_whether_reservations_are_obeyed_unless_the_profile_does(tmp_path: Path, words: str, expected: bool) -> None:
    assert parse(written(tmp_path, words)).obeys_reservations is expected
