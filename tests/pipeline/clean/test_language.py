"""A long text tells its language itself; a short one is in the language of its page."""

import pytest

from pipeline.clean.language import language_of, with_language
from schema.items import Comment
from tests.pipeline.clean.made import context

GERMAN = "Ich sehe das etwas anders: Wer heute Werbung macht, muss zuerst zuhören und dann reden."


@pytest.mark.parametrize(("text", "declared", "language"), [
    (GERMAN, "en", "de"),
    ("Whoever runs a bakery must please the regulars and still win somebody new each week.", "de", "en"),
    ("Je pense que la publicité ne sert plus à rien si personne ne veut l'écouter.", "", "fr"),
    ("Danke!", "en", "en"),
    ("Danke!", "", ""),
    ("http://a.example.org/danke-fuer-den-schoenen-beitrag-ueber-werbung-und-mehr ok", "fr", "fr"),
    ("qwx zvk jjq pfx vvk zzq kkw xxj qpz wvx kjq zxv qkw jxp vzq wkx pqj", "it", "it"),
    ("12345 67890 " * 50, "en", "en"),
    ("", "en", "en"),
])
def test_language(text: str, declared: str, language: str) -> None:
    assert language_of(text, declared) == language


def test_a_comment_without_a_language_takes_that_of_its_post() -> None:
    assert with_language(Comment("1", "x", text="Ja!"), context(language="de")).language == "de"
