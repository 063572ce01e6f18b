"""The project profile `hubbub.toml`: who is collecting, what for, and where to. Looked for upward from the working directory."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Literal, get_args

from schema.database import DEFAULT_URL
from schema.errors import UserError

FILE_NAME = "hubbub.toml"
Purpose = Literal["research", "commercial"]
Reservations = Literal["", "record", "obey"]


@dataclass(frozen=True, slots=True)
class Profile:
    """What a project says of itself; goes into the user agent, the run rows and the datasheets of exports."""

    title: str = ""
    contact: str = ""           # an e-mail address or a page; part of the user agent
    institution: str = ""
    purpose: Purpose = "research"
    reservations: Reservations = ""     # what is done about what pages reserve; empty: what the purpose asks for
    legal_basis: str = ""
    ethics_reference: str = ""
    retention: str = ""
    database: str = DEFAULT_URL
    archive: str = ""           # folder for WARC files; empty: keep none

    @property
    def obeys_reservations(self) -> bool:
        """Whether what a page reserves is not taken; research only records it (docs/reservations.md)."""
        return self.reservations == "obey" or (not self.reservations and self.purpose == "commercial")


@dataclass(frozen=True, slots=True)
class Invocation:
    """What holds for one call of the command, whatever the subcommand."""

    database: str
    profile: Profile


def find(start: Path) -> Path | None:
    """The nearest `hubbub.toml` in `start` or above it."""
    return next((folder / FILE_NAME for folder in (start, *start.parents) if (folder / FILE_NAME).is_file()), None)


def load(start: Path | None = None) -> Profile:
    """The profile that holds in `start` (default: the working directory); an empty one when there is no file."""
    file = find(start or Path.cwd())
    return parse(file) if file else Profile()


def parse(file: Path) -> Profile:
    """The profile in that file. A relative SQLite path or archive folder is taken from the file's folder."""
    try:
        values = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise UserError(f"The project profile {file} cannot be read: {why}. Correct it, or make a new one with `hubbub init`.") from None
    _check(values, file)
    for name, prefix in (("database", "sqlite:///"), ("archive", "")):
        if values.get(name):
            values[name] = _beside(file, values[name], prefix)
    return Profile(**values)


def _check(values: dict[str, object], file: Path) -> None:
    known = {field.name for field in fields(Profile)}
    for name, value in values.items():
        if name not in known:
            raise UserError(f"The project profile {file} has an unknown setting {name!r}; known are {', '.join(sorted(known))}.")
        if not isinstance(value, str):
            raise UserError(f"The setting {name!r} in the project profile {file} must be a text in quotes.")
    if values.get("purpose", "research") not in get_args(Purpose):
        raise UserError(f"The purpose in the project profile {file} must be research or commercial.")
    if values.get("reservations", "") not in get_args(Reservations):
        raise UserError(f"The setting 'reservations' in the project profile {file} must be record or obey.")


def _beside(file: Path, value: str, prefix: str) -> str:
    path = value.removeprefix(prefix)
    if not value.startswith(prefix) or path == ":memory:" or Path(path).is_absolute():
        return value
    return f"{prefix}{file.parent / path}"
