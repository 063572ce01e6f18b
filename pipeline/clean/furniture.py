"""Cuts what themes glue to the ends of a body: labels of buttons and widgets, never words inside the prose."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TypeVar

from pipeline.clean.context import Context
from schema.items import Comment, Mark, Post, TextLink

T = TypeVar("T", Post, Comment)

# Blogger's two buttons, in the languages of its interface: they stand glued together under a comment.
_BUTTONS = (
    ("Reply", "Delete"), ("Antworten", "Löschen"), ("Répondre", "Supprimer"), ("Responder", "Eliminar"),
    ("Responder", "Excluir"), ("Respon", "Suprimeix"), ("Rispondi", "Elimina"), ("Beantwoorden", "Verwijderen"),
    ("Svara", "Radera"), ("Svar", "Slet"), ("Svar", "Slett"), ("Vastaa", "Poista"), ("Odpowiedz", "Usuń"),
    ("Odpovědět", "Vymazat"), ("Odpovedať", "Odstrániť"), ("Válasz", "Törlés"), ("Răspundeți", "Ștergere"),
    ("Ответить", "Удалить"), ("Відповісти", "Видалити"), ("Отговор", "Изтриване"), ("Απάντηση", "Διαγραφή"),
    ("Yanıtla", "Sil"), ("Balas", "Hapus"), ("Trả lời", "Xóa"), ("ตอบ", "ลบ"), ("رد", "حذف"), ("השב", "מחק"),
    ("返信", "削除"), ("回复", "删除"), ("回覆", "刪除"), ("답글", "삭제"), ("जवाब दें", "हटाएं"),
)
_LABELS = (
    *dict.fromkeys(label for pair in _BUTTONS for label in pair),
    "Reply to this", "Reply to this comment", "Reply to comment", "Quote", "Permalink", "Flag", "Report", "Report this comment", "Edit", "Edit this",
    "Click here to cancel reply.", "Cancel reply", "Log in to Reply", "Log in to leave a comment", "Login to post comments",
    "Répondre à ce message", "Kommentar melden", "Zitieren", "Citer", "Citar", "Replies", "Comments are closed.",
    "Reblog this post [with Zemanta]", "Reblog this post", "Enhanced by Zemanta", "[with Zemanta]",
    "Share this:", "Like this:", "Like Loading...", "Loading...", "Share on Facebook", "Share on Twitter", "Tweet this",
    "Email This", "BlogThis!", "Share to X", "Share to Twitter", "Share to Facebook", "Share to Pinterest", "Print", "Email",
)
_LABEL = "|".join(re.escape(label) for label in sorted(_LABELS, key=len, reverse=True))
_SHARE_ROW = r"Email This\s?BlogThis!\s?(?:Share to \w+\s?)*"
_GLUED = "|".join(re.escape(reply + delete) for reply, delete in _BUTTONS)
_PAIR = "|".join(rf"{re.escape(reply)}[ |·]{{1,3}}{re.escape(delete)}" for reply, delete in _BUTTONS)
_LINE = rf"(?:[-•|] ?)?(?:{_LABEL}|{_GLUED}|{_PAIR}|{_SHARE_ROW})"
_AT_END = re.compile(rf"(?:^|\n+){_LINE}\s*\Z")
_AT_START = re.compile(rf"\A\s*{_LINE}(?:\n+|\Z)")
_GLUED_AT_END = re.compile(rf"(?<=[\w.!?)…\"'])(?:{_GLUED})\Z")
_LONGEST = max(map(len, _LABELS)) + 120       # more than the longest line of furniture: keeps the search short
_WIDGET = re.compile(r"https?://(?:[\w-]+\.)?zemanta\.com/", re.I)


def without_furniture(item: T, context: Context) -> T:
    """The item without labels of its theme at the beginning and the end of its text."""
    start, end = _ends(item.text)
    links = tuple(link for link in item.links if link.anchor or not _WIDGET.match(link.url))
    if (start, end) == (0, len(item.text)):
        return item if len(links) == len(item.links) else replace(item, links=links)
    return replace(item, text=item.text[start:end], marks=_marks(item.marks, start, end), links=_links(links, start, end))


def _ends(text: str) -> tuple[int, int]:
    """Where the words of the author begin and end; a text of nothing but labels is what somebody wrote."""
    start, end = 0, len(text)
    while (shorter := _without_last_label(text, end)) < end:
        end = shorter
    while found := _AT_START.match(text[start:min(end, start + _LONGEST)]):
        start += found.end()
    return (start, end) if start < end else (0, len(text))


def _without_last_label(text: str, end: int) -> int:
    tail_start = max(0, end - _LONGEST)
    tail = text[tail_start:end]
    found = _AT_END.search(tail) or _GLUED_AT_END.search(tail)
    if found is None or (found.start() == 0 and tail_start > 0):
        return end
    return tail_start + found.start()


def _marks(marks: tuple[Mark, ...], start: int, end: int) -> tuple[Mark, ...]:
    moved = (Mark(max(mark.start - start, 0), min(mark.end, end) - start, mark.kind) for mark in marks)
    return tuple(mark for mark in moved if mark.start < mark.end)


def _links(links: tuple[TextLink, ...], start: int, end: int) -> tuple[TextLink, ...]:
    """Links around images stay, at the nearest place; links of the labels go, and so does what is cut of an anchor."""
    return tuple(
        TextLink(link.url, link.anchor[max(start - link.start, 0):len(link.anchor) - max(link.end - end, 0)],
                 min(max(link.start, start), end) - start, min(max(link.end, start), end) - start)
        for link in links
        if not link.anchor or (link.start < end and link.end > start)
    )
