"""Names as displayed, and keys that are the same for the same author only."""

from dataclasses import replace

import pytest

from pipeline.clean.authors import is_anonymous, with_author_key, with_name
from schema.items import Comment, Post
from tests.pipeline.clean.made import URL, context

PROFILE = "https://www.blogger.com/profile/01234567890"


@pytest.mark.parametrize(("shown", "name"), [
    ("  Ann \n Other ", "Ann Other"),
    ("Tom &amp; Jerry", "Tom & Jerry"),
    ("David said...", "David"),
    ("Rebecca says:", "Rebecca"),
    ("Gabi sagt:", "Gabi"),
    ("Luc a dit\u00a0:", "Luc"),
    ("Simon Says", "Simon Says"),
    ("JosÃ© GarcÃ\xada", "José García"),
    ("Jose\u0301", "José"),
    ("Anonymous", "Anonymous"),
    ("", ""),
])
def test_a_name_is_kept_as_displayed(shown: str, name: str) -> None:
    assert with_name(Comment("1", "x", author=shown), context()).author == name


@pytest.mark.parametrize(("given", "kept"), [
    (" https://ann.example.org/ ", "https://ann.example.org/"), ("http://", ""), ("http://nothing", ""), ("javascript:x()", ""), ("", ""),
])
def test_an_address_that_leads_nowhere_is_none(given: str, kept: str) -> None:
    assert with_name(Comment("1", "x", author_url=given), context()).author_url == kept


@pytest.mark.parametrize(("name", "url", "how"), [
    ("Ann", PROFILE, "profile"),
    ("Ann", "https://gravatar.com/ann", "profile"),
    ("Ann", "https://ann.example.org/", "url"),
    ("Anonymous", "https://ann.example.org/", "url"),
    ("Ann", "", "name"),
    ("Ann", "http://www.facebook.com/", "name"),
    ("Anonymous", "", "anonymous"),
    ("Anónimo", "", "anonymous"),
    ("Unbekannt", "", "anonymous"),
    ("", "", "anonymous"),
])
def test_how_an_author_is_known(name: str, url: str, how: str) -> None:
    assert _keyed(name, url).author_how == how


@pytest.mark.parametrize(("one", "other"), [
    (("Ann", PROFILE), ("Ann O.", "http://blogger.com/profile/01234567890")),
    (("Ann", "https://www.ann.example.org/"), ("Anna", "http://ann.example.org")),
    (("Ann", ""), ("ANN", "")),
])
def test_the_same_author_has_the_same_key(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert _keyed(*one).author_key == _keyed(*other).author_key


def test_different_authors_have_different_keys() -> None:
    keys = {
        _keyed("Ann", PROFILE).author_key, _keyed("Ann", "https://ann.example.org/").author_key, _keyed("Ann", "").author_key, _keyed("Bob", "").author_key,
        _keyed("Ann", "", source="else.example.org").author_key, _keyed("Anonymous", "", key="c1").author_key, _keyed("Anonymous", "", key="c2").author_key,
    }
    assert len(keys) == 7


def test_the_author_of_the_post_is_recognized_by_profile_address_or_whole_name() -> None:
    by_profile = with_author_key(Post(URL, "x", author="David", author_url=PROFILE), context())
    by_name = with_author_key(Post(URL, "x", author="David", source="blog.example.org"), context())
    around = context(author_key=by_profile.author_key)
    assert with_author_key(Comment("1", "x", author="D.", author_url=PROFILE), around).by_post_author is True
    assert with_author_key(Comment("1", "x", author="D.", author_url=PROFILE, by_post_author=False), around).by_post_author is False
    assert with_author_key(Comment("1", "x", author="Ann"), around).by_post_author is None
    named = with_author_key(Comment("1", "x", author="David", source="blog.example.org"), context(author_key=by_name.author_key))
    assert named.author_key == by_name.author_key and named.by_post_author is None, "a first name alone is nobody's"
    whole = replace(around, post=Post("http://b.example/1", "x", author="Ann Lee"))
    assert with_author_key(Comment("1", "x", author="ann lee"), whole).by_post_author is True


def test_a_post_without_a_name_has_no_author() -> None:
    post = with_author_key(Post(URL, "x"), context())
    assert (post.author_key, post.author_how) == ("", None)


def test_anonymous_is_anonymous_in_any_case() -> None:
    assert is_anonymous("ANONYMOUS") and not is_anonymous("Anonymous Coward")


def _keyed(name: str, url: str, *, source: str = "blog.example.org", key: str = "c0") -> Comment:
    comment = Comment("1", "x", author=name, author_url=url, source=source, key=key)
    return with_author_key(replace(comment), context())
