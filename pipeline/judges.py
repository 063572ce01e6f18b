"""The taggers that are to judge: the project's own, those of entry points, and files or modules that a person names.

A tagger is a module with `version` (a whole number) and `tag(doc) -> Finding`. It may say which `kinds` it judges ("post", "comment"),
and with `uses_corpus = True` that it wants to judge again when the corpus says something else. See docs/own_taggers.md.
"""

from __future__ import annotations

import importlib
import importlib.util
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

from pipeline import registry
from pipeline.models import storage
from pipeline.text import Doc
from schema.errors import UsageError, UserError
from schema.items import Finding

TAGGERS = "pipeline.taggers"
_NAME = re.compile(r"[a-z][a-z0-9_]{0,60}")


def known_taggers() -> tuple[str, ...]:
    """The names of all taggers that are installed: the project's own and those of entry points."""
    return registry.names(TAGGERS)


def judges(named: Sequence[str] = (), modules: Sequence[str] = ()) -> dict[str, ModuleType]:
    """The taggers of these names; none named: all, and those that are named as a file or module besides."""
    brought = dict(map(_brought, modules))
    known = sorted({*known_taggers(), *brought})
    named = [name.replace("-", "_") for name in named]      # as tables print them
    for name in named:
        if name not in known:
            raise UsageError(f"There is no tagger {name!r}; known are {', '.join(known)}.")
    return {name: brought.get(name) or _checked(name, registry.module(TAGGERS, name)) for name in dict.fromkeys(named or known)}


def kinds(judge: ModuleType) -> tuple[str, ...]:
    """What a tagger judges; one that does not say judges posts and comments."""
    said: tuple[str, ...] = getattr(judge, "kinds", ("post", "comment"))
    return said


def uses_corpus(judge: ModuleType) -> bool:
    """Whether a tagger wants to judge again when the corpus says something else."""
    return bool(getattr(judge, "uses_corpus", False))


def model_of(name: str, judge: ModuleType) -> str:
    """The identity of the model that a tagger judges by; "" when it has none. UserError when it was made for another version."""
    model = storage.model_for(name) if hasattr(judge, "recipe") else None
    if model and model.tagger_version != judge.version:
        raise UserError(f"The model of {name} was made for version {model.tagger_version} of the tagger, which is now at {judge.version}; train it again with `hubbub train`.")
    return model.identity if model else ""


def judged(name: str, judge: ModuleType, doc: Doc) -> Finding:
    """What the tagger says of the item; UserError when that is nothing that can be stored."""
    try:
        finding = judge.tag(doc)
    except Exception as error:
        error.add_note(f"The tagger {name!r} was judging {doc.key or 'an item'}.")
        raise
    if wrong := _fault(finding, doc):
        raise UserError(f"The tagger {name!r} gave {wrong} for {doc.key or 'an item'}; correct it (docs/own_taggers.md says what is expected).")
    return finding  # type: ignore[no-any-return]  # an outsider's module; `_fault` has looked


def _brought(path: str) -> tuple[str, ModuleType]:
    """The name and module of a file `numbers_game.py`, or of a module that can be imported."""
    file = Path(path)
    name = file.stem if file.suffix == ".py" else path.rpartition(".")[2]
    if not _NAME.fullmatch(name) or name in known_taggers():
        why = "is taken" if name in known_taggers() else "is none: lower-case letters, digits and underscores make one"
        raise UsageError(f"A tagger is named after its file, and the name {name!r} {why}; call {path} something else.")
    return name, _checked(name, _from_file(name, file) if file.suffix == ".py" else _imported(path))


def _from_file(name: str, file: Path) -> ModuleType:
    if not file.is_file():
        raise UserError(f"There is no file {file}; name the file of a tagger.")
    spec = importlib.util.spec_from_file_location(f"hubbub_tagger_{name}", file)
    assert spec and spec.loader, "every .py file has a loader"
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module         # dataclasses look for their module there
    try:
        spec.loader.exec_module(module)
    except (SyntaxError, ImportError) as error:
        raise UserError(f"The tagger {file} cannot be loaded ({error}); correct it.") from None
    return module


def _imported(path: str) -> ModuleType:
    try:
        return importlib.import_module(path)
    except ModuleNotFoundError as error:
        raise UserError(f"There is no module {path!r} ({error}); name a file FILE.py, or a module that is installed.") from None


def _checked(name: str, module: ModuleType) -> ModuleType:
    if not callable(getattr(module, "tag", None)) or not isinstance(getattr(module, "version", None), int):
        raise UserError(f"The tagger {name!r} lacks `version` (a whole number) or `tag(doc)`; docs/own_taggers.md shows both.")
    return module


def _fault(finding: object, doc: Doc) -> str:
    if not isinstance(finding, Finding):
        return f"{finding!r:.60}, which is no Finding,"
    if finding.score is not None and not 0 <= finding.score <= 1:
        return f"a score of {finding.score}, which is not between 0 and 1,"
    if any(not 0 <= span.start < span.end <= len(doc.text) for span in finding.spans):
        return "a span that lies outside the text"
    if finding.level and not finding.spans and not any(name != "missing" for name in finding.context):
        return f"level {finding.level} without a span or a named signal of the context"
    return ""
