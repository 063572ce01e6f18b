"""Who crawls should be reachable: what to say where the profile names nobody."""

from __future__ import annotations

from pathlib import Path

from schema.profile import FILE_NAME, find


def missing(folder: Path) -> str:
    """The warning, with where the contact belongs: the profile that holds in this folder, or one that is still to be made."""
    file = find(folder)
    advice = f"fill in `contact` in {file}" if file else f"`hubbub init` writes a {FILE_NAME}; fill in `contact`"
    return f"no contact is set, so the owners of the blogs cannot reach you; {advice}."
