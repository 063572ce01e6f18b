"""Who wrote it: the name as displayed, and a key that is the same for the same author, with how it is known."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from typing import TypeVar

from pipeline.clean.context import Context
from pipeline.clean.repair import one_line
from schema.items import AuthorHow, Comment, Post
from schema.keys import author_key, key_url

T = TypeVar("T", Post, Comment)

_ANONYMOUS = frozenset((
    "anonymous", "anon", "anonym", "anonymer benutzer", "anonyme", "anónimo", "anônimo", "anonimo", "anonieme", "anoniem", "anònim",
    "anonymní", "anonymný", "anonimowy", "anonimo", "névtelen", "nimetön", "anonyymi", "anonim", "anonimni", "аноним", "анонимный",
    "анонімний", "анонимен", "ανώνυμος", "adsız", "ẩn danh", "nặc danh", "ไม่ระบุชื่อ", "غير معرف", "مجهول", "ناشناس", "אנונימי", "匿名", "匿名希望",
    "名無し", "익명", "unknown", "unknown user", "unbekannt", "inconnu", "desconocido", "desconhecido", "sconosciuto", "onbekend", "guest",
    "gast", "invité", "invitado", "visitor", "a visitor", "visiteur", "nobody", "none", "n/a", "(anonymous)", "unbekannter nutzer", "unknown author", "anonymous user", "utilisateur anonyme", "usuario anónimo",
))
_SAYS = re.compile(
    r"\s+(?:says|said|writes|wrote|replied|commented|sagte|sagt|schrieb|schreibt|meint|hat gesagt|a dit|dit|dijo|dice|disse|diz|"
    r"ha detto|scrive|zei|schreef|пишет|говорит|сказал|napisał\(a\))(?:\s?(?::|…|\.{3})+)$|\s*:$", re.I)
_PROFILE = re.compile(
    r"(?:(?:draft\.)?blogger\.com/profile/\w+|(?:\w+\.)?gravatar\.com/(?!avatar)[\w.-]+|profiles?\.(?:typepad|wordpress|google)\.com/[\w.-]+|"
    r"plus\.google\.com/(?:u/\d/)?\+?\w+|disqus\.com/(?:by/)?[\w.-]+|(?:facebook|twitter|x|github)\.com/[\w.-]+|"
    r"linkedin\.com/in/[\w%.-]+|openid\.\w[\w.]*/.+|(?:m\.)?livejournal\.com/(?:users|profile)/?.+)")
# The front doors of places where everybody has an account say nothing of who stands there.
_NOBODYS = frozenset((
    "blogger.com", "blogspot.com", "wordpress.com", "wordpress.org", "google.com", "facebook.com", "twitter.com", "x.com", "youtube.com",
    "gravatar.com", "example.com", "localhost", "yahoo.com", "gmail.com", "hotmail.com", "linkedin.com", "instagram.com",
))
_ADDRESS = re.compile(r"https?://[^/\s.@]+\.[^\s]+|https?://localhost", re.I)


def with_name(item: T, context: Context) -> T:
    """The item with its author's name and address as displayed, without the theme's "says:" after it."""
    name = _SAYS.sub("", one_line(unescape(item.author)))
    url = one_line(item.author_url)
    return replace(item, author=name, author_url=url if _ADDRESS.match(url) else "")


def with_author_key(item: T, context: Context) -> T:
    """The item with its author's key, and whether the post's author wrote it where the keys can tell."""
    how, parts = _identity(item)
    key = author_key(*parts) if how else ""
    if isinstance(item, Comment) and item.by_post_author is None and _is_the_post_author(item, how, key, context.post):
        return replace(item, author_how=how, author_key=key, by_post_author=True)
    return replace(item, author_how=how, author_key=key)


def _is_the_post_author(comment: Comment, how: AuthorHow | None, key: str, post: Post) -> bool:
    """By the same profile or address; by the whole name where one of the two shows nothing else."""
    if how in ("profile", "url") and (key == post.author_key or post.author_how in ("profile", "url")):
        return key == post.author_key
    return " " in comment.author and comment.author.casefold() == post.author.casefold() and not is_anonymous(comment.author)


def is_anonymous(name: str) -> bool:
    """Whether a displayed name is what platforms print for somebody without one."""
    return name.casefold() in _ANONYMOUS


def _identity(item: Post | Comment) -> tuple[AuthorHow | None, tuple[str, ...]]:
    """How the author is known, and what the key is made of. A post without a name has no author key."""
    address = key_url(item.author_url)
    if address and _PROFILE.fullmatch(address.removeprefix("www.")):
        return "profile", ("profile", address)
    if address and address not in _NOBODYS:
        return "url", ("url", address)
    if item.author and not is_anonymous(item.author):
        return "name", ("name", item.source, item.author.casefold())
    if item.author or isinstance(item, Comment):
        return "anonymous", ("anonymous", item.key)
    return None, ()

