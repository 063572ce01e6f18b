"""The lines that let cron, or a systemd timer, do the whole chain: collect what is due, tag it, export the corpus."""

from __future__ import annotations

import hashlib
import re
import shlex
import sys
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from sqlalchemy import make_url

from crawlers import crontab_fields
from pipeline import schedules
from schema import database
from schema.errors import UsageError

NIGHT = 2                               # o'clock: blogs have few readers then, and are not slowed down for them
_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
_LONGEST_RUN = 480                      # minutes; a run that has not ended by morning goes on in the next night
_SPARE = 10                             # minutes before the next run begins: for tagging and exporting
_BUSY = 75                              # the exit code of a run that found another one at work: no reason for mail


@dataclass(frozen=True, slots=True)
class Chain:
    """What is to be done, where, and how often."""

    folder: Path
    schedule: str               # see pipeline.schedules, or the five fields of a crontab
    database: str = ""          # "": what hubbub.toml says, or the default
    export: str = "corpus"
    format_name: str = "jsonl"
    contact: str = ""


def crontab(chain: Chain) -> str:
    """Comments and one line. It prints only when something failed, and then cron mails it."""
    log = chain.folder / "hubbub.log"
    told = f"{{ code=$?; test $code -eq {_BUSY} || echo \"hubbub ended with exit code $code; the end of {_quoted_twice(log)} says why\"; }}"
    line = f"cd {shlex.quote(str(chain.folder))} && ( {_chain(chain)} ) >> {shlex.quote(log.name)} 2>&1 || {told}"
    mail = chain.contact if "@" in chain.contact and "/" not in chain.contact else "you@example.org"
    return "\n".join((
        "# hubbub: collect what is due, tag what is new, export the corpus. Add these lines with `crontab -e`.",
        "# Which sources are due is decided by `hubbub sources`; no lock is needed, a second run ends at once (exit code 75).",
        f"# Mail comes only when something failed. To get it, take the # away:\n# MAILTO={mail}",
        f"# The log grows by some lines with each run; logrotate keeps it short:\n#   \"{log}\" {{ monthly rotate 12 compress missingok }}",
        *_login_note(chain), *_endless_note(chain),
        f"{' '.join(_fields(chain))} {line.replace('%', chr(92) + '%')}",
    )) + "\n"


def systemd(chain: Chain) -> str:
    """The two units, each after a comment with its file."""
    shell = _chain(chain).replace("\\", "\\\\").replace('"', '\\"').replace("$", "$$").replace("%", "%%")
    return "\n".join((
        "# ~/.config/systemd/user/hubbub.service", *_login_note(chain),
        "[Unit]\nDescription=hubbub: collect what is due, tag what is new, export the corpus\nWants=network-online.target\nAfter=network-online.target\n",
        f"[Service]\nType=oneshot\nWorkingDirectory={str(chain.folder).replace('%', '%%')}",
        f"ExecStart=/bin/sh -c \"{shell}\"\nSuccessExitStatus=4 {_BUSY}\n",
        "# ~/.config/systemd/user/hubbub.timer; start it with: systemctl --user enable --now hubbub.timer",
        f"[Unit]\nDescription=when hubbub runs\n\n[Timer]\nOnCalendar={_calendar(chain)}\nPersistent=true\n\n[Install]\nWantedBy=timers.target",
    )) + "\n"


def program() -> str:
    """The hubbub of this very Python, as a shell takes it."""
    beside = Path(sys.executable).absolute().parent / "hubbub"
    return shlex.quote(str(beside)) if beside.exists() else f"{shlex.quote(str(Path(sys.executable).absolute()))} -m hubbub"


def _chain(chain: Chain) -> str:
    """What failed for some sources, or stopped at a limit, is tagged and exported all the same."""
    url = _without_password(chain)
    hubbub = f"{program()} --database {shlex.quote(url)}" if url else program()
    minutes = f" --max-minutes {_minutes(chain)}" if _minutes(chain) else ""
    export = f"{hubbub} export {shlex.quote(chain.export)} --format {shlex.quote(chain.format_name)}"
    return (
        f"{hubbub} crawl --due --no-tag{minutes}; code=$?; "
        f"case $code in 0|3|4) {{ {hubbub} tag && {export}; }} || code=$?;; esac; exit $code"
    )


def _without_password(chain: Chain) -> str:
    """A relative file would be another one elsewhere; a password does not belong into a crontab."""
    if not chain.database:
        return ""
    url = database.parse_url(chain.database)
    if file := database.sqlite_file(url):
        return f"sqlite:///{(chain.folder / file).absolute()}"
    return make_url(chain.database)._replace(password=None).difference_update_query(["password"]).render_as_string(hide_password=False)


def _login_note(chain: Chain) -> tuple[str, ...]:
    url = database.parse_url(chain.database) if chain.database else None
    if url is None or not (url.password or "password" in url.query):
        return ()
    return (f"# The password was left out; write {url.host or 'localhost'}:{url.port or 5432}:{url.database}:{url.username}:PASSWORD into ~/.pgpass (mode 600).",)


def _endless_note(chain: Chain) -> tuple[str, ...]:
    if _minutes(chain):
        return ()
    return (f"# Two runs may begin {_apart(chain)} min apart, too little for --max-minutes: none is set, and a run may take as long as it needs.",)


def _fields(chain: Chain) -> tuple[str, ...]:
    if crontab_fields.are_meant(chain.schedule):
        return crontab_fields.checked(chain.schedule)
    every, minute = _every(chain), str(_minute(chain))
    if every < _DAY:
        hours = every // _HOUR
        return (minute, "*" if hours == 1 else f"*/{hours}", "*", "*", "*")
    days = every // _DAY
    by_days = {1: ("*", "*", "*"), 7: ("*", "*", "0")}.get(days, ("1", "*", "*") if days >= 28 else (f"*/{days}", "*", "*"))
    return (minute, str(NIGHT), *by_days)


def _calendar(chain: Chain) -> str:
    """The same moments in systemd's words; see systemd.time(7)."""
    minute, hour, day, _month, week_day = _fields(chain)
    if crontab_fields.are_meant(chain.schedule):
        raise UsageError("--systemd takes a schedule in words, not the fields of a crontab; write for example --schedule daily.")
    hours = hour.replace("*/", "00/") if "/" in hour else hour.zfill(2) if hour != "*" else "*"
    days = day.replace("*/", "01/") if "/" in day else day.zfill(2) if day != "*" else "*"
    return f"{'Sun ' if week_day == '0' else ''}*-*-{days} {hours}:{minute.zfill(2)}:00"


def _every(chain: Chain) -> timedelta:
    every = schedules.parse(chain.schedule).every
    if every is None:
        raise UsageError("A manual schedule needs no crontab; write for example --schedule daily.")
    return every


def _minutes(chain: Chain) -> int:
    """How long collecting may take; 0 where the runs follow too closely to spare any time."""
    return max(0, min(_apart(chain) - _SPARE, _LONGEST_RUN))


def _apart(chain: Chain) -> int:
    """Minutes from the beginning of a run to that of the next."""
    if crontab_fields.are_meant(chain.schedule):
        crontab_fields.checked(chain.schedule)
        return crontab_fields.apart(chain.schedule)
    return int(_every(chain).total_seconds()) // 60


def _minute(chain: Chain) -> int:
    """Not at the full hour, when everybody's jobs begin, and another one for each project of a machine."""
    return hashlib.sha256(str(chain.folder).encode()).digest()[0] % 55 + 3


def _quoted_twice(path: Path) -> str:
    """A path inside double quotes of a shell."""
    return re.sub(r'(["\\$`])', r"\\\1", str(path))
