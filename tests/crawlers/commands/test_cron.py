from __future__ import annotations

from pathlib import Path

import pytest

from tests.crawlers.serving import hubbub


def test_it_prints_lines_for_this_folder_and_makes_nothing(tmp_path: Path) -> None:
    run = hubbub(tmp_path, "cron", "--schedule", "hourly", "--export", "out")
    assert (run.returncode, list(tmp_path.iterdir())) == (0, [])
    assert run.stderr.startswith(f"hubbub: there is nothing in {tmp_path} yet, neither a hubbub.toml nor a database;")
    assert run.stderr.count("\n") == 1
    last = run.stdout.splitlines()[-1]
    assert f"cd {tmp_path} && " in last
    assert " export out --format jsonl" in last
    assert " --database " not in last
    assert all(line.startswith("#") for line in run.stdout.splitlines()[:-1])


def test_a_database_named_by_the_environment_is_in_the_line_since_cron_does_not_know_it(tmp_path: Path) -> None:
    run = hubbub(tmp_path, "cron", HUBBUB_DATABASE="sqlite:///x.db")
    assert f"--database sqlite:///{tmp_path}/x.db crawl --due" in run.stdout


def test_a_database_alone_is_something(tmp_path: Path) -> None:
    hubbub(tmp_path, "sources", "add", "blog.example")
    assert hubbub(tmp_path, "cron").stderr == ""


def test_the_profile_is_found_again_by_cron_itself(tmp_path: Path) -> None:
    (tmp_path / "hubbub.toml").write_text('contact = "ann@uni.example"\ndatabase = "sqlite:///x.db"\n')
    run = hubbub(tmp_path, "cron", "--systemd")
    assert run.stderr == ""
    assert "--database" not in run.stdout
    assert "# MAILTO=ann@uni.example" in hubbub(tmp_path, "cron").stdout


@pytest.mark.parametrize("words", [("--schedule", "often"), ("--schedule", "61 * * * *"), ("--schedule", "manual"), ("--format", "papyrus"), ("--systemd", "--schedule", "1 2 * * *")])
def test_wrong_usage_is_one_sentence(tmp_path: Path, words: tuple[str, ...]) -> None:
    run = hubbub(tmp_path, "cron", *words)
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr.count("\n") == 1
