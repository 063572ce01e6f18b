"""The codebook says what the taggers and views say; its rules are written from the data by `python -m tests.pipeline.taggers.test_codebook`."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from pipeline.overview import LEVELS
from pipeline.registry import module
from pipeline.taggers import _conversational_tone, _markers, conversational, marketing, spam
from pipeline.taggers._spam_evidence import KEYWORD_AS_NOUN
from schema import views
from tests.pipeline.taggers.judging import remark

ROOT = Path(__file__).parents[3]
CODEBOOK = ROOT / "docs" / "codebook.md"
TAGGERS = ("self_promotion", "spam", "conversational", "marketing")


def _weights(tagger: str) -> dict[str, float]:
    """The weight of each rule that has one."""
    if tagger == "conversational":
        return {marker.rule: marker.weight for marker in _conversational_tone.markers().values()} | _conversational_tone.WEIGHTS
    return marketing.weights() if tagger == "marketing" else {marker.rule: marker.weight for marker in _markers.markers(tagger)}


def _meanings(tagger: str) -> dict[str, str]:
    own = {"conversational": _conversational_tone.meanings, "marketing": marketing.meanings}
    return own[tagger]() if tagger in own else _markers.meanings(tagger)


def _rules() -> str:
    tables = []
    for tagger in TAGGERS:
        weights = {rule: f"{weight:g}" for rule, weight in _weights(tagger).items()}
        rows = "\n".join(f"| `{rule}` | {weights.get(rule, '–')} | {meaning} |" for rule, meaning in sorted(_meanings(tagger).items()))
        tables.append(f"### Rules of `{tagger}`\n\n| rule | weight | meaning |\n|---|---|---|\n{rows}\n")
    return "\n".join((*tables, "A dash: the weight depends on the case, and stands in the span or signal.\n"))


def test_the_rules_in_the_codebook_are_those_of_the_data() -> None:
    assert CODEBOOK.read_text(encoding="utf-8").partition("<!-- rules -->\n")[2].partition("<!-- /rules -->")[0] == _rules(), \
        "run: python -m tests.pipeline.taggers.test_codebook"


@pytest.mark.parametrize("tagger", TAGGERS)
def test_each_rule_that_a_tagger_can_name_has_a_meaning_and_no_other_has(tagger: str) -> None:
    modules = [ROOT / f"pipeline/taggers/{tagger}.py", *(ROOT / "pipeline/taggers").glob(f"_{tagger}*.py")]
    trees = [ast.parse(file.read_text(encoding="utf-8")) for file in modules]
    calls = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Evidence"]
    named = {call.args[0].value for call in calls if isinstance(call.args[0], ast.Constant)}
    named |= {"spam": {KEYWORD_AS_NOUN}, "marketing": {marketing.TITLE, marketing.POST}}.get(tagger, set())
    assert _weights(tagger).keys() | named == set(_meanings(tagger))
    assert all(meaning.endswith(".") for meaning in _meanings(tagger).values())


@pytest.mark.parametrize("tagger", TAGGERS)
def test_levels_have_one_name_everywhere(tagger: str) -> None:
    meaning = next(column.meaning for column in views.COMMENTS if column.name == f"{tagger}_level")
    names = dict(re.findall(r"(\d) ([^,.]+)", meaning))
    section = CODEBOOK.read_text(encoding="utf-8").partition(f"## `{tagger}`")[2].partition("\n## ")[0]
    assert dict(re.findall(r"^\| (\d) \| ([^|]+?) \|", section, re.M)) == names
    assert LEVELS[tagger] == tuple(names[level] for level in sorted(names))


@pytest.mark.parametrize("tagger", TAGGERS)
def test_the_examples_get_their_level(tagger: str) -> None:
    section = CODEBOOK.read_text(encoding="utf-8").partition(f"## `{tagger}`")[2].partition("\n## ")[0]
    examples = re.findall(r'^\| (\d) \|.*\| "(.+)" \|$', section, re.M)
    assert len(examples) == len(LEVELS[tagger])
    judge = module("pipeline.taggers", tagger)
    assert [(text, judge.tag(remark(text, author="Maud", author_url="https://maud-draws.example/")).level) for _, text in examples] \
        == [(text, int(level)) for level, text in examples]


def test_the_thresholds_are_those_of_the_taggers() -> None:
    text = CODEBOOK.read_text(encoding="utf-8")
    for cuts in ((spam.BORDERLINE,), (spam.SPAM,), conversational.CUTS["comment"], conversational.CUTS["post"], marketing.CUTS):
        assert f"**{', '.join(f'{cut:.2f}'.removeprefix('0') for cut in cuts)}**" in text


def _write() -> None:
    text = CODEBOOK.read_text(encoding="utf-8")
    made = re.sub(r"(<!-- rules -->\n).*?(?=<!-- /rules -->)", lambda match: match[1] + _rules(), text, flags=re.S)
    CODEBOOK.write_text(made, encoding="utf-8")


if __name__ == "__main__":
    _write()
