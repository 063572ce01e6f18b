from __future__ import annotations

import tomllib
from dataclasses import fields
from pathlib import Path

import pytest
from click.testing import CliRunner

from crawlers.commands.init import TEMPLATE, init
from schema import profile
from schema.errors import UserError


def test_the_profile_it_writes_is_a_good_one_with_every_setting_explained(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(init, [], catch_exceptions=False)
    assert "Fill in title and contact" in result.output
    own = profile.load(tmp_path)
    assert (own.title, own.purpose, own.database) == ("", "research", f"sqlite:///{tmp_path}/hubbub.db")
    assert set(tomllib.loads(TEMPLATE)) == {field.name for field in fields(profile.Profile)}
    assert all(block.startswith("#") for block in TEMPLATE.split("\n\n"))


def test_a_profile_that_is_there_is_left_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "hubbub.toml").write_text('title = "Mine"\n')
    with pytest.raises(UserError, match="already there"):
        CliRunner().invoke(init, [], catch_exceptions=False)
    assert (tmp_path / "hubbub.toml").read_text() == 'title = "Mine"\n'


def test_a_folder_that_cannot_be_written_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir("/proc")
    with pytest.raises(UserError, match="cannot be written"):
        CliRunner().invoke(init, [], catch_exceptions=False)
