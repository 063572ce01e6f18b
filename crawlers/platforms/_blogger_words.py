"""What Blogger prints around posts and comments, in the languages of its interface: counts, removals, closed threads.

Markup decides wherever it can; these words are for templates whose markup does not tell.
The sentences are those of Blogger's interface, as blogs in these languages show them.
"""

from __future__ import annotations

import re

from schema.items import RemovedHow

_NUMBER = re.compile(r"\d{1,3}(?:[.,\u00a0\u202f' ]\d{3})+(?!\d)|\d+")
_NONE = re.compile(
    r"^(?:(?:no|keine?|sin|ning[uú]n|aucun|nenhum|sem|nessun|geen|brak|нет|немає|няма|нема|hiç|inga|ingen|ei|tidak|belum|žádné"
    r"|žiadne|niciun|nincs(?:enek)?|không|cap|nema|ni|δεν|אין|ليست|لا|هیچ|कोई)\b|没有|沒有|尚無|댓글 없음|ไม่มี|コメントはありません)",
    re.I,
)
_REMOVED = re.compile(
    r"^(?:this (?:comment|post) (?:has been|was) (?:removed|deleted)|dies(?:er|e) (?:kommentar|post) wurde|der kommentar wurde"
    r"|este (?:comentario|blog|mensaje) (?:ha sido|fue) (?:eliminado|suprimido)|ce commentaire a été (?:supprimé|retiré)"
    r"|(?:est[ea] )?(?:comentário|mensagem|postagem) (?:foi )?(?:removid[oa]|eliminad[oa])|(?:questo )?(?:commento|post) è stato eliminato"
    r"|deze reactie is verwijderd|ten komentarz został usunięty|(?:этот |данный )?комментарий (?:был )?уда[лн]\w+|bu yorum "
    r"|den här kommentaren har tagits bort|denne kommentar(?:en)? er (?:blevet )?(?:fjernet|slettet)|kirjoittaja on poistanut"
    r"|komentar ini (?:telah )?dihapus|tento komentář byl|aquest comentari ha estat|comentariul a fost|ezt a megjegyzést"
    r"|このコメントは|此评论已|此留言已|這則留言已|该评论已|(?:작성자|블로그 관리자)가 댓글을 삭제)",
    re.I,
)
_GONE = re.compile(
    r"removed|deleted|entfernt|gelöscht|eliminad|suprimid|supprimé|retiré|removid|eliminat|verwijderd|usunięt|удал[её]н|silin|kaldır"
    r"|tagits bort|fjernet|slettet|poistanut|dihapus|odstran|șters|törölt|削除|删除|刪除|삭제",
    re.I,
)
_MODERATOR = re.compile(
    r"administr|amministr|moderat|beheerder|gestor|yöneti|админист|адмін|管理|ylläpit|διαχειρισ|správc|관리자|rendszergazda|quản trị", re.I
)
_AUTHOR = re.compile(
    r"author|autor|auteur|автор|yazar|skribent|författar|forfatter|kirjoittaja|pengarang|penulis|投稿者|作者|作成者|작성자|συντάκτη|szerző|tác giả",
    re.I,
)
_CLOSED = re.compile(
    r"new comments are not allowed|neue kommentare sind nicht (?:zulässig|erlaubt|möglich)|no se (?:permiten|admiten) (?:nuevos )?comentarios"
    r"|(?:les )?nouveaux commentaires ne sont pas autorisés|não são permitid[oa]s (?:novos )?comentários|nuovi commenti non sono consentiti"
    r"|non sono consentiti nuovi commenti|nieuwe reacties zijn niet toegestaan|nowe komentarze są niedozwolone|новые комментарии (?:запрещены|не допускаются)"
    r"|yeni yorumlara izin verilm|nya kommentarer är inte tillåtna|nye kommentarer er ikke tilladt|komentar baru tidak diizinkan"
    r"|新しいコメントは|不允许(?:发表)?新评论|不允許新增留言|새 댓글을 쓸 수 없습니다",
    re.I,
)
_SAID = re.compile(
    r"\s+(?:said|says|hat gesagt|schreibt|dijo|ha dicho|a dit|disse|ha detto|zei|sagde|sa|powiedział(?:\(a\)|a)?|pisze|сказал(?:\(а\)|а)?"
    r"|комментирует|dedi ki|mengatakan|berkata|řekl(?:\(a\)|a)?|είπε|nói|ha dit|a spus|spunea|írta|さんのコメント|说|說)?\s*(?:\.{2,3}|…|:)\s*$",
    re.I,
)


def number(heading: str) -> int | None:
    """How many comments a heading such as "10 comments:" or "No comments:" states; None when it states no number."""
    found = _NUMBER.findall(heading)
    if len(found) == 1:
        return int(re.sub(r"\D", "", found[0]))
    return 0 if not found and _NONE.match(heading) else None


def removed_how(sentence: str, *, marked: bool) -> RemovedHow | None:
    """Who took a comment away, by the sentence that stands in its place; `marked`: the markup says that it is gone."""
    if not marked and not _is_the_sentence(sentence):
        return None
    if _MODERATOR.search(sentence):
        return "moderator"
    if _AUTHOR.search(sentence):
        return "author"
    return "unknown" if marked else None


def _is_the_sentence(line: str) -> bool:
    return len(line) <= 100 and bool(_REMOVED.match(line)) and bool(_GONE.search(line))


def says_closed(footer: str) -> bool:
    """Whether the line below a thread says that new comments are not allowed."""
    return bool(_CLOSED.search(footer))


def without_said(line: str) -> str:
    """The name in "Jane said...": for templates that put name and verb into one text."""
    return _SAID.sub("", line).strip()
