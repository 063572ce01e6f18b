"""Moments counted from now: "3 days ago", "vor 2 Stunden", "il y a un mois", "3日前"; dateparser for what is rarer."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

_UNITS = {
    "second": "second seconds sec secs sekunde sekunden seconde secondes seconden segundo segundos secondo secondi sekund sekunder sekuntia sekundy секунд секунды секунду saniye 秒 초 detik giây δευτερόλεπτα",
    "minute": "minute minutes min mins minuten minuto minutos minuti minuut minuter minutter minuuttia minut minuty minuta minutu минут минуты минуту хвилин хвилини хвилину dakika 分钟 分鐘 分 분 menit phút λεπτά λεπτό perc percet",
    "hour": "hour hours hr hrs stunde stunden heure heures hora horas ora ore uur uren timme timmar time timer tunti tuntia godzina godziny godzin godzinę hodina hodiny hodin hodinu hodinami hodinou час часа часов годину години годин saat 小时 小時 時間 시간 jam giờ ώρες ώρα órája",
    "day": "day days tag tage tagen jour jours día dia días dias giorno giorni dag dagen dagar dage päivä päivää dzień dni den dny dnem dnů день дня дней дні днів gün 天 日 일 hari ngày ημέρες μέρες ημέρα zile zi napja",
    "week": "week weeks woche wochen semaine semaines semana semanas settimana settimane weken vecka veckor uge uger uke uker viikko viikkoa tydzień tygodnie tygodni týden týdny týdnem týdnů неделю недели недель тиждень тижні тижнів hafta 周 週間 주 minggu tuần εβδομάδες εβδομάδα săptămâni săptămână hete",
    "month": "month months monat monate monaten mois mes meses mese mesi maand maanden månad månader måned måneder kuukausi kuukautta miesiąc miesiące miesięcy měsíc měsíce měsícem měsíci měsíců месяц месяца месяцев місяць місяці місяців ay 个月 個月 か月 ヶ月 カ月 개월 달 bulan tháng μήνες μήνα luni lună hónapja",
    "year": "year years jahr jahre jahren an ans année années año años ano anos anno anni jaar jaren år vuosi vuotta rok lata lat rokem roky let год года лет рік роки років yıl 年 년 tahun năm χρόνια χρόνο έτη ani éve",
}
_UNIT_OF = {word: unit for unit, words in _UNITS.items() for word in words.split()}
_SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86_400, "week": 7 * 86_400}
_COUNTED = r"(?<!\w)(\d{1,4}|(?:an?|one|ein|eine[mr]?|une?|una|uma?|een|ett|et|bir|ένα|μία)(?=\s))\s?([^\W\d_]{1,14})\.?"
_BEFORE = r"vor|il y a|hace|fa|há|för|for|před|πριν(?: από)?|acum|منذ|cách đây"
_AFTER = r"ago|geleden|sedan|siden|sitten|temu|назад|тому|önce|前|전|(?:yang )?lalu|trước|atrás|fa"
_AGO = re.compile(rf"(?:(?<!\w)(?:{_BEFORE})\s+(?:about |etwa |ca\. |environ |unos |cerca de )?{_COUNTED}(?!\w))|(?:{_COUNTED}(?:,? (?:and |und |et |y )?{_COUNTED})?\s?(?:{_AFTER})(?!\w))", re.I)


def counted_back(printed: str, now: datetime) -> datetime | None:
    """The moment that many units before `now`; None where the words are not of that kind."""
    found = _AGO.search(printed)
    if found is None:
        return None
    moment: datetime | None = now
    counted = [group for group in found.groups() if group]
    for number, word in zip(counted[::2], counted[1::2], strict=True):
        unit = _UNIT_OF.get(word.lower())
        if unit is None or moment is None:
            return None
        moment = _back(moment, int(number) if number.isdecimal() else 1, unit)
    return moment


def _back(moment: datetime, count: int, unit: str) -> datetime | None:
    try:
        if unit in _SECONDS:
            return moment - timedelta(seconds=count * _SECONDS[unit])
        months = moment.year * 12 + moment.month - 1 - count * (12 if unit == "year" else 1)
        first = moment.replace(year=months // 12, month=months % 12 + 1, day=1)
        return first + timedelta(days=min(moment.day, _length(first)) - 1)
    except (ValueError, OverflowError):
        return None


def _length(first: datetime) -> int:
    """The days of the month that begins then."""
    return ((first + timedelta(days=31)).replace(day=1) - first).days
