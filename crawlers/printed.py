"""What pages print around posts and comments, whatever made them: dates, bylines, numbers of comments; and stamps for machines.

Markup decides wherever it can; this is for lines that hold a name and a date side by side, in any language.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from schema.items import PublishedHow

_WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun", "montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonnabend", "sonntag", "mo", "di", "mi", "do", "fr", "sa", "so", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche", "lun", "mar", "mer", "jeu", "ven", "sam", "dim", "lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo", "mié", "jue", "vie", "sáb", "dom", "lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato", "domenica", "gio", "sab", "segunda", "terça", "quarta", "quinta", "sexta", "seg", "ter", "qua", "qui", "sex", "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag", "ma", "wo", "vr", "za", "zo", "poniedziałek", "wtorek", "środa", "czwartek", "piątek", "sobota", "niedziela", "pon", "wt", "śr", "czw", "pt", "sob", "ndz", "понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье", "пн", "вт", "ср", "чт", "пт", "сб", "вс", "måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag", "mandag", "tirsdag", "lørdag", "søndag"]
_WEEKDAY = rf"(?:(?:{'|'.join(sorted(_WEEKDAYS, key=len, reverse=True))})(?:-feira)?(?:\.,?|,)?\s*)?"
_MONTH = r"[^\W\d_]{3,12}\.?"
_DAY = "|".join((
    r"\d{4}年\s?\d{1,2}月\s?\d{1,2}日", r"\d{4}[./-]\d{1,2}[./-]\d{1,2}", r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}",
    rf"\d{{1,2}}(?:st|nd|rd|th|er|º)?\.?(?:\s+de|\s+of)?[\s-]+{_MONTH}(?:\s+de|,)?[\s-]+\d{{4}}", rf"{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?[.,]?\s+\d{{4}}",
))
_JOINT = r"[\s,@|–-]*(?:(?:at|um|à|a las|às|alle|ore|om|kl\.?|klo|o)\s+)?@?"
_CLOCK = r"\d{1,2}(?:[:h時]|\.(?=\d\d\b))\d\d(?::\d\d)?(?:\s*[ap]\.?m\b\.?)?(?:\s*(?:uhr\b|\(?utc\)?|gmt\b))?"
DATE = re.compile(rf"(?<![\w./])(?<!\w-)(?:{_WEEKDAY}(?:{_DAY})(?:{_JOINT}{_CLOCK})?)(?!\w)", re.I)
_VERB = re.compile(
    r"^(?:(?:posted|submitted|written|published|comment(?:ed|s?)?|verfasst|geschrieben|eingereicht|gespeichert|kommentar|soumis|proposé|publié|posté|ajouté|écrit"
    r"|enviado|publicado|escrito|inviato|scritto|pubblicato|ingediend|geplaatst|gepost|skrevet|inskickat|wysłane|napisane)\s+)?"
    r"(?:by|von|vom|par|por|da|di|door|af|av|przez|投稿者)\b\s*:?\s*", re.I)
_END = re.compile(r"(?:^|[\s|,:;·•–—(-]+)(?:at|on|am|um|le|el|il|op|the|den|dne|em|vom|dnia|wrote|says|said|schrieb|schreibt|a dit|a écrit|dijo|ha scritto)\s*:?\s*$", re.I)
_AFTER = re.compile(r"^\s*(?:[—–-]\s+|,\s*(?!\s*\d)|(?=(?:by|von|par|por|door|da|di)\b))([^|]{1,80})", re.I)
_EDGES = " \t|,:;·•–—[]-#"
_DIGIT = re.compile(r"\d")
_NUMBER = re.compile(r"\d{1,3}(?:[.,\u00a0\u202f']\d{3})+(?!\d)|\d+")
_NONE = re.compile(
    r"^\W*(?:there (?:are|is)\s+|es gibt\s+|noch\s+|il n.y a\s+|non ci sono\s+|er zijn\s+)?"
    r"(?:no|keine?n?|aucune?|pas (?:de|encore)|sin|ning[uú]n|geen|nessun[oa]?|nenhuma?|sem|нет|brak|inga|ingen|ei|hiç|žádné)\b|没有|暂无|尚無|ありません", re.I)
_ONE = re.compile(r"^\W*(?:one|eine?|une?|uno|una|een|uma?|один|jeden)\s+\w+\s*[:.]?\s*$", re.I)    # "Post one" or "écrire un commentaire" states nothing
_LONGEST_HEADING = 120
_START = datetime(1970, 1, 1, tzinfo=UTC)


class Byline(NamedTuple):
    """A name and a date as one line prints them; "" for what it does not print."""

    name: str
    date: str


def byline(line: str) -> Byline:
    """Name and date of "Posted by Ann on March 5, 2009 at 10:07 AM", "10.11.2010 - 12:05 — Ann" and their like."""
    found = _dated(line)
    if found is None:
        return Byline("", "")
    after = _AFTER.match(line[found.end():])
    return Byline(bare_name(line[:found.start()]) or (bare_name(after[1]) if after else ""), found[0].strip())


def date_in(line: str) -> str:
    """The first date of a line as printed, with its time; "" for none."""
    found = _dated(line)
    return found[0].strip() if found else ""


def _dated(line: str) -> re.Match[str] | None:
    """Lines without a digit, most of all, are told apart at once."""
    return DATE.search(line) if _DIGIT.search(line) else None


def bare_name(text: str) -> str:
    """A name without what stands around it: "Posted by:" before, "on" and punctuation after."""
    name = _END.sub("", _VERB.sub("", text.strip(_EDGES))).strip(_EDGES)
    if name.count("(") != name.count(")"):
        name = name.strip("()" + _EDGES)
    return name if any(map(str.isalnum, name)) else ""


def number(heading: str) -> int | None:
    """How many comments a heading states, in digits or as "no" or "one"; None where it states none or is no heading."""
    if not heading or len(heading) > _LONGEST_HEADING:
        return None
    found = _NUMBER.findall(heading)
    if found:
        digits = re.sub(r"\D", "", found[0])
        return int(digits) if len(found) == 1 and len(digits) < 9 else None
    return 0 if _NONE.search(heading) else 1 if _ONE.search(heading) else None


def moment(stamp: str | None) -> tuple[datetime | None, PublishedHow | None]:
    """A machine-readable stamp with its zone, in UTC; a stamp without a zone is no better than what is printed."""
    try:
        when = datetime.fromisoformat((stamp or "").strip())
        return (when.astimezone(UTC), "offset") if when.tzinfo else (None, None)
    except (ValueError, OverflowError):
        return None, None


def epoch(seconds: object) -> tuple[datetime | None, PublishedHow | None]:
    """Seconds since 1970, as a number or as its digits."""
    text = str(seconds).strip()
    if not text.isascii() or not text.isdecimal() or not 9 <= len(text) <= 10:
        return None, None
    return _START + timedelta(seconds=int(text)), "epoch"
