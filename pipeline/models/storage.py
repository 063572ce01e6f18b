"""Models in files: JSON with plain numbers and a checksum over all of it, which is verified whenever one is read."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from pipeline.models import ladders
from pipeline.models.linear import Model, Term
from schema import profile
from schema.errors import UserError

FORMAT = 1
FOLDER = "models"           # beside hubbub.toml: a project's own models
VARIABLE = "HUBBUB_MODELS"  # another folder, or `none`: judge by the markers alone
NONE = "none"
IDENTITY = 12               # characters of the checksum that name a model

Card = Mapping[str, Any]    # Any: JSON


def model_for(tagger: str) -> Model | None:
    """The model that judges for this tagger: the project's own, else the shipped one; None where there is neither."""
    return _model_in(tagger, os.environ.get(VARIABLE, ""), os.getcwd())     # noqa: PTH109  asked for each item, and a Path takes ten times as long


def own_folder() -> Path:
    """Where a project's own models are looked for: beside hubbub.toml, else in the working directory; or where HUBBUB_MODELS says."""
    named = os.environ.get(VARIABLE, "")
    return _own_folder("" if named == NONE else named, Path.cwd())


@cache
def _model_in(tagger: str, folder: str, working: str) -> Model | None:
    if folder == NONE:
        return None
    own = _own_file(tagger, folder, Path(working))
    if own:
        return read(own, tagger)
    return shipped(tagger)


def _own_file(tagger: str, folder: str, working: Path) -> Path | None:
    file = _own_folder(folder, working) / f"{tagger}.json"
    return file if file.is_file() else None


def _own_folder(folder: str, working: Path) -> Path:
    settings = profile.find(working)
    return Path(folder) if folder else (settings.parent if settings else working) / FOLDER


def card_for(tagger: str) -> Card | None:
    """The card of that model."""
    folder = os.environ.get(VARIABLE, "")
    if folder == NONE:
        return None
    own = _own_file(tagger, folder, Path.cwd())
    file = own or files("pipeline.models").joinpath(f"data/{tagger}.json")
    return read_card(file.read_bytes(), file.name) if file.is_file() else None


@cache
def shipped(tagger: str) -> Model | None:
    """The model that comes with hubbub, if it has one for this tagger."""
    file = files("pipeline.models").joinpath(f"data/{tagger}.json")
    return _model(_content(file.read_bytes(), f"{tagger}.json"), f"{tagger}.json") if file.is_file() else None


def read(file: Path, tagger: str) -> Model:
    """The model in that file, which must be one for this tagger."""
    try:
        content = _content(file.read_bytes(), str(file))
    except OSError as error:
        raise UserError(f"The model {file} cannot be read: {error.strerror}.") from None
    model = _model(content, str(file))
    if model.tagger != tagger:
        raise UserError(f"The model {file} was made for the tagger {model.tagger}, not for {tagger}; name a file of its own for each.")
    return model


def read_card(content: bytes, name: str) -> Card:
    """What a model's file says about how it was made."""
    card: Card = _content(content, name)["card"]
    return card


def written(model: Model, card: Card) -> bytes:
    """The content of a model's file, one line for each number or n-gram, so that two of them can be compared."""
    content = {
        "format": FORMAT, "tagger": model.tagger, "tagger_version": model.tagger_version, "kind": model.kind,
        "intercept": model.intercept, "slope": model.slope, "offset": model.offset, "cuts": {kind: list(cuts) for kind, cuts in sorted(model.cuts.items())},
        "signals": dict(sorted(model.signals.items())),
        "words": {name: [term.rarity, term.weight] for name, term in sorted(model.words.items())},
        "letters": {name: [term.rarity, term.weight] for name, term in sorted(model.letters.items())},
        **{f"ladder {kind}": ladders.content(ladder) for kind, ladder in sorted(model.ladders.items())}, "card": dict(card),
    }
    return _lines(content | {"checksum": checksum(content)})


def checksum(content: Mapping[str, Any]) -> str:    # Any: JSON
    """SHA-256 of everything in it but the checksum, written in one defined way."""
    rest = {name: value for name, value in content.items() if name != "checksum"}
    return hashlib.sha256(json.dumps(rest, sort_keys=True, ensure_ascii=True, separators=(",", ":")).encode()).hexdigest()


def identified(model: Model, card: Card) -> Model:
    """The same model with the name that it will have when read from its file."""
    return replace(model, identity=json.loads(written(model, card))["checksum"][:IDENTITY])


def _content(file: bytes, name: str) -> dict[str, Any]:     # Any: JSON
    try:
        content = json.loads(file)
        found, given = checksum(content), content["checksum"]
    except (ValueError, KeyError, TypeError, AttributeError):
        raise UserError(f"{name} holds no model; make one with `hubbub train`.") from None
    if found != given:
        raise UserError(f"The model {name} was altered or damaged: its checksum is wrong. Copy it again, or make a new one with `hubbub train`.")
    if content.get("format") != FORMAT:
        raise UserError(f"The model {name} has format {content.get('format')}, and this hubbub reads {FORMAT}; make a new one with `hubbub train`.")
    return dict(content)


def _model(content: Mapping[str, Any], name: str) -> Model:     # Any: JSON
    try:
        return Model(
            tagger=content["tagger"], tagger_version=content["tagger_version"], kind=content["kind"], intercept=float(content["intercept"]),
            slope=float(content["slope"]), offset=float(content["offset"]), cuts={kind: tuple(map(float, cuts)) for kind, cuts in content["cuts"].items()},
            signals={signal: float(weight) for signal, weight in content["signals"].items()},
            words=_terms(content["words"]), letters=_terms(content["letters"]), identity=content["checksum"][:IDENTITY],
            ladders={name.removeprefix("ladder "): ladders.read(part) for name, part in content.items() if name.startswith("ladder ")},
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        raise UserError(f"{name} lacks a part of a model; make a new one with `hubbub train`.") from None


def _terms(found: Mapping[str, list[float]]) -> dict[str, Term]:
    return {name: Term(float(rarity), float(weight)) for name, (rarity, weight) in found.items()}


def _lines(content: Mapping[str, Any]) -> bytes:    # Any: JSON
    """JSON with a line for each entry of the first and second level."""
    parts = []
    for name, value in content.items():
        if isinstance(value, dict) and value:
            inner = ",\n".join(f"  {json.dumps(key, ensure_ascii=False)}: {json.dumps(one, ensure_ascii=False)}" for key, one in value.items())
            parts.append(f" {json.dumps(name)}: {{\n{inner}\n }}")
        else:
            parts.append(f" {json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}")
    return ("{\n" + ",\n".join(parts) + "\n}\n").encode()
