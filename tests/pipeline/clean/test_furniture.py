"""Labels of the theme go from both ends of a text; the same words inside the prose stay."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.clean.furniture import without_furniture
from schema.items import Comment, Mark, TextLink
from tests.pipeline.clean.made import context


@pytest.mark.parametrize(("text", "kept"), [
    ("I see a parallel.\n\nReplyDelete", "I see a parallel."),
    ("I see a parallel.ReplyDelete", "I see a parallel."),
    ("Rebecca\nReply\nDelete", "Rebecca"),
    ("Schöner Beitrag!\nAntwortenLöschen", "Schöner Beitrag!"),
    ("Merci\nRépondre", "Merci"),
    ("Obrigado\nResponderExcluir", "Obrigado"),
    ("Gracias :)ResponderEliminar", "Gracias :)"),
    ("And fast.\nReblog this post [with Zemanta]", "And fast."),
    ("Reply\nThat is so.", "That is so."),
    ("A post\n\nShare this:\nEmail ThisBlogThis!Share to XShare to Facebook", "A post"),
    ("Words\nReply | Delete", "Words"),
])
def test_labels_at_the_ends_go(text: str, kept: str) -> None:
    assert without_furniture(Comment("1", "x", text=text), context()).text == kept


@pytest.mark.parametrize("text", [
    "I did not get a Reply", "Press Delete", "He said: Reply", "Nobody will ReplyDelete that", "Delete it.\nThen Reply to them", "Reply", "I clicked it\nReply\nand waited",
    "The button says [with Zemanta] there.", "Antworten auf Fragen", "PleaseReply", "",
])
def test_prose_stays(text: str) -> None:
    assert without_furniture(Comment("1", "x", text=text), context()).text == text


def test_marks_and_links_move_along() -> None:
    text = "Reply\nSee this\nDelete"
    comment = Comment(
        "1", "x", text=text, marks=(Mark(0, 5, "list"), Mark(6, 21, "quote")),
        links=(TextLink("http://a.example/r", "Reply", 0, 5), TextLink("http://a.example/", "this", 10, 14), TextLink("http://a.example/d", "Delete", 15, 21),
               TextLink("http://a.example/i", "", 21, 21), TextLink("http://reblog.zemanta.com/z", "", 21, 21)),
    )
    cut = without_furniture(comment, context())
    assert cut.text == "See this"
    assert cut.marks == (Mark(0, 8, "quote"),)
    assert cut.links == (TextLink("http://a.example/", "this", 4, 8), TextLink("http://a.example/i", "", 8, 8))


@given(st.lists(st.sampled_from(("Reply", "Delete", "ReplyDelete", "\n", " words", ".", "Reblog this post [with Zemanta]"))).map("".join))
def test_twice_is_once(text: str) -> None:
    once = without_furniture(Comment("1", "x", text=text.strip()), context())
    assert without_furniture(once, context()) == once
