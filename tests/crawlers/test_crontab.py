from __future__ import annotations

import os
import re
import shlex
import stat
import subprocess
from pathlib import Path

import pytest

from crawlers import crontab
from crawlers.crontab import Chain
from schema.errors import UsageError


def lines(text: str) -> list[str]:
    """What cron sees: neither comments nor empty lines."""
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


def command(line: str) -> str:
    """What cron gives to the shell: everything behind five fields, up to a bare percent sign (crontab(5))."""
    words = line.split(None, 5)[5]
    assert not re.search(r"(?<!\\)%", words), "the rest would go to the standard input"
    return words.replace("\\%", "%")


FIELDS = [
    ("hourly", "M * * * *"), ("every 6 hours", "M */6 * * *"), ("daily", "M 2 * * *"), ("every 3 days", "M 2 */3 * *"), ("weekly", "M 2 * * 0"),
    ("monthly", "M 2 1 * *"), ("every 90 days", "M 2 1 * *"), ("every 36 hours", "M 2 * * *"), ("15 4 * * 1-5", "15 4 * * 1-5"), ("*/20 1,2 * JAN mon", "*/20 1,2 * JAN mon"),
]


@pytest.mark.parametrize(("schedule", "fields"), FIELDS)
def test_a_schedule_becomes_the_five_fields_of_a_line(tmp_path: Path, schedule: str, fields: str) -> None:
    [line] = lines(crontab.crontab(Chain(tmp_path, schedule)))
    minute = line.split()[0]
    assert line.split()[:5] == fields.replace("M", minute).split()
    assert minute == "15" or minute == "*/20" or 3 <= int(minute) < 58


@pytest.mark.parametrize("schedule", ["manual", "often", "15 4 * *", "15 4 * * 1 5", "15 4 * * $(date)", "61 * * * *"])
def test_what_is_no_schedule_for_cron_is_wrong_usage(tmp_path: Path, schedule: str) -> None:
    with pytest.raises(UsageError, match="write"):
        crontab.crontab(Chain(tmp_path, schedule))


DEADLINES = [
    ("hourly", "50"), ("every 6 hours", "350"), ("daily", "480"), ("monthly", "480"), ("5 * * * *", "50"), ("30 4 * * *", "480"), ("30 4 * * 0", "480"), ("*/20 * * * *", "10"),
]


@pytest.mark.parametrize(("schedule", "minutes"), DEADLINES)
def test_collecting_ends_before_the_next_run_begins(tmp_path: Path, schedule: str, minutes: str) -> None:
    [line] = lines(crontab.crontab(Chain(tmp_path, schedule)))
    assert f"--max-minutes {minutes};" in line


def test_runs_that_follow_closely_have_no_deadline_and_the_comment_says_so(tmp_path: Path) -> None:
    text = crontab.crontab(Chain(tmp_path, "*/5 * * * *"))
    assert "--max-minutes" not in lines(text)[0]
    assert "# Two runs may begin 5 min apart, too little for --max-minutes: none is set" in text
    assert "none is set" not in crontab.crontab(Chain(tmp_path, "5 * * * *"))


def test_two_projects_of_a_machine_begin_at_different_minutes() -> None:
    minutes = {lines(crontab.crontab(Chain(Path(f"/srv/{name}"), "daily")))[0].split()[0] for name in "abcdefgh"}
    assert len(minutes) > 3


DATABASES = [
    ("", ""),
    ("sqlite:///corpus.db", "sqlite:////srv/my corpus/corpus.db"),
    ("sqlite:////data/corpus.db", "sqlite:////data/corpus.db"),
    ("postgresql://ann@db.example/corpus", "postgresql://ann@db.example/corpus"),
    ("postgresql://ann:s3cret@db.example:5433/corpus", "postgresql://ann@db.example:5433/corpus"),
    ("postgresql://ann@db.example/corpus?password=s3cret&sslmode=require", "postgresql://ann@db.example/corpus?sslmode=require"),
]


@pytest.mark.parametrize(("url", "shown"), DATABASES)
def test_the_database_is_named_from_the_root_and_without_its_password(url: str, shown: str) -> None:
    chain = Chain(Path("/srv/my corpus"), "daily", url)
    [line] = lines(crontab.crontab(chain))
    assert line.count(f"--database {shlex.quote(shown)} ") == (3 if shown else 0)
    for text in (crontab.crontab(chain), crontab.systemd(chain)):
        assert "s3cret" not in text
        assert (".pgpass" in text) == ("s3cret" in url)


@pytest.mark.parametrize(("contact", "mail"), [("ann@uni.example", "ann@uni.example"), ("https://uni.example/@ann", "you@example.org"), ("", "you@example.org")])
def test_mail_goes_to_the_contact_where_that_is_an_address(tmp_path: Path, contact: str, mail: str) -> None:
    assert f"# MAILTO={mail}\n" in crontab.crontab(Chain(tmp_path, "daily", contact=contact))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder that no careless shell line survives."""
    made = tmp_path / "it's 100% $HOME \"x\" & more"
    made.mkdir()
    return made


CODES = [
    # of crawl, tag and export; which of them are called; how it ends
    ((0, 0, 0), "crawl tag export", 0), ((3, 0, 0), "crawl tag export", 3), ((4, 0, 0), "crawl tag export", 4), ((1, 0, 0), "crawl", 1),
    ((75, 0, 0), "crawl", 75), ((130, 0, 0), "crawl", 130), ((0, 1, 0), "crawl tag", 1), ((3, 0, 2), "crawl tag export", 2),
]


@pytest.mark.parametrize(("codes", "called", "code"), CODES)
def test_the_line_does_the_chain_as_far_as_it_makes_sense_and_speaks_only_of_failures(
    folder: Path, monkeypatch: pytest.MonkeyPatch, codes: tuple[int, ...], called: str, code: int,
) -> None:
    monkeypatch.setattr(crontab, "program", lambda: shlex.quote(str(stand_in(folder, codes))))
    [line] = lines(crontab.crontab(Chain(folder, "daily", export="the corpus")))
    run = subprocess.run(["/bin/sh", "-c", command(line)], cwd="/", env={"PATH": "/usr/bin:/bin"}, capture_output=True, text=True, check=False)
    assert [words.split()[0] for words in (folder / "hubbub.log").read_text().splitlines()] == called.split()
    assert run.stderr == ""
    assert run.stdout == (f"hubbub ended with exit code {code}; the end of {folder}/hubbub.log says why\n" if code not in (0, 75) else ""), "another run at work is no reason for mail"


def stand_in(folder: Path, codes: tuple[int, ...]) -> Path:
    """A program that writes what it was called with, and where, and ends with the code of that command."""
    ends = "".join(f" {name}) exit {code};;" for name, code in zip(("crawl", "tag", "export"), codes, strict=True))
    program = folder / "a hubbub"
    program.write_text(f'#!/bin/sh\necho "$1 $PWD"\ncase "$1" in{ends} esac\n')
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return program


def test_the_program_is_that_of_this_python() -> None:
    shown = subprocess.run(f"{crontab.program()} --version", shell=True, cwd="/", env={"PATH": "/usr/bin:/bin"}, capture_output=True, text=True, check=True)
    assert shown.stdout.startswith("hubbub, version")


CALENDARS = [("hourly", "*-*-* *:MM:00"), ("every 6 hours", "*-*-* 00/6:MM:00"), ("daily", "*-*-* 02:MM:00"), ("every 3 days", "*-*-01/3 02:MM:00"), ("weekly", "Sun *-*-* 02:MM:00"), ("monthly", "*-*-01 02:MM:00")]


@pytest.mark.parametrize(("schedule", "calendar"), CALENDARS)
def test_systemd_is_told_the_same_moments(schedule: str, calendar: str) -> None:
    chain = Chain(Path("/srv/corpus"), schedule)
    minute = lines(crontab.crontab(chain))[0].split()[0].zfill(2)
    assert f"\nOnCalendar={calendar.replace('MM', minute)}\n" in crontab.systemd(chain)


def test_the_fields_of_a_crontab_are_nothing_for_systemd() -> None:
    with pytest.raises(UsageError, match="--schedule daily"):
        crontab.systemd(Chain(Path("/srv/corpus"), "15 4 * * *"))


def test_systemd_gives_the_shell_the_same_chain(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Unquoted as systemd.syntax(7) says: C-like escapes inside double quotes, then %% and $$."""
    monkeypatch.setattr(crontab, "program", lambda: shlex.quote(str(stand_in(folder, (3, 0, 0)))))
    text = crontab.systemd(Chain(folder, "daily", export="50% off"))
    quoted = re.search(r'^ExecStart=/bin/sh -c "(.*)"$', text, re.M)
    assert quoted
    shell = re.sub(r"\\(.)", r"\1", quoted[1]).replace("%%", "%").replace("$$", "$")
    run = subprocess.run(["/bin/sh", "-c", shell], cwd=folder, env=os.environ | {}, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stdout.split()[0]) == (3, "crawl")
    assert "\nSuccessExitStatus=4 75\n" in text
    assert f"WorkingDirectory={str(folder).replace('%', '%%')}\n" in text
