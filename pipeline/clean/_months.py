"""Names of months as blogs print them, in some twenty-five languages: full, inflected and short. Names that mean two months are left out."""

from __future__ import annotations

# One line a month: English, German, French, Spanish, Portuguese, Italian, Catalan, Romanian, Dutch, Danish and Norwegian, Swedish, Finnish, Polish,
# Czech, Slovak, Hungarian, Slovene, Russian, Ukrainian, Bulgarian, Serbian, Turkish, Greek, Indonesian, Lithuanian, Latvian, Estonian.
_NAMES = (
    "january jan januar jänner jän janvier janv enero ene janeiro gennaio gen gener ianuarie ian januari tammikuu tammikuuta tammi stycznia styczeń sty ledna leden "
    "január januára января январь янв січня січень січ януари яну јануар јан januara ocak oca ιανουαρίου ιανουάριος ιαν sausio janvāris janvārī jaanuar",
    "february feb februar feber février févr fév fevr febrero fevereiro fev febbraio febbr febrer februarie februari helmikuu helmikuuta helmi lutego luty lut února únor "
    "február februára febr februarja февраля февраль фев лютого лютий лют февруари фебруар феб februara şubat şub φεβρουαρίου φεβρουάριος φεβ vasario februāris februārī veebruar veebr",
    "march mar märz mär mrz maerz mars marzo março marco març martie maart mrt marts maaliskuu maaliskuuta maalis marca marzec března březen marec március márc "
    "марта март мар березня березень бер mart марца ožujka ožujak martā μαρτίου μάρτιος μαρ maret kovo märts",
    "april apr avril avr abril abr aprile aprilie huhtikuu huhtikuuta huhti kwietnia kwiecień kwi dubna duben apríl apríla április ápr aprila апреля апрель апр квітня квітень "
    "април aprila nisan nis απριλίου απρίλιος απρ balandžio aprīlis aprīlī aprill travnja",
    "may mai mayo maio maggio mag maig mei maj toukokuu toukokuuta touko maja května květen máj mája május мая май травня травень мај mayıs μαΐου μάιος μαϊ gegužės maijs maijā svibnja",
    "june jun juni juin junio junho giugno giu juny iunie iun kesäkuu kesäkuuta kesä czerwca czerwiec cze června červen jún júna június junija июня июнь июн червня червень чер юни "
    "јун јуни juna haziran haz ιουνίου ιούνιος ιουν birželio jūnijs jūnijā juuni lipnja",
    "july jul juli juillet juil julio julho luglio lug juliol iulie iul heinäkuu heinäkuuta heinä lipca lipiec července červenec júl júla július julija июля июль июл липня липень "
    "юли јул јули jula temmuz tem ιουλίου ιούλιος ιουλ liepos jūlijs jūlijā juuli srpnja",
    "august aug août aout agosto ago agost augustus elokuu elokuuta elo sierpnia sierpień sie srpna srpen augusta augusztus avgusta avgust августа август авг серпня серпень сер "
    "аугуст авг ağustos ağu αυγούστου αύγουστος αυγ agustus agu rugpjūčio augusts augustā kolovoza",
    "september sept sep septembre septiembre setiembre septembro setembro set settembre sett setembre septembrie syyskuu syyskuuta syys września wrzesień wrz září zář septembra "
    "szeptember szept сентября сентябрь сен сент вересня вересень вер септември сеп септембар septembar eylül eyl σεπτεμβρίου σεπτέμβριος σεπ rugsėjo septembris septembrī rujna",
    "october oct oktober okt octobre octubre outubro out ottobre ott octombrie lokakuu lokakuuta loka października październik paź října říjen október októbra októb oktobra "
    "октября октябрь окт жовтня жовтень жов октомври октобар oktobar ekim eki οκτωβρίου οκτώβριος οκτ spalio oktobris oktobrī oktoober",
    "november nov novembre noviembre novembro noiembrie noi marraskuu marraskuuta marras listopada listopad lis listopadu novembra ноября ноябрь ноя листопада листопад "
    "ноември ное новембар novembar kasım kas νοεμβρίου νοέμβριος νοε lapkričio novembris novembrī studenoga",
    "december dec dezember dez décembre déc diciembre dic dezembro dicembre desembre decembrie desember des joulukuu joulukuuta joulu grudnia grudzień gru prosince prosinec "
    "decembra декабря декабрь дек грудня грудень гру декември дек децембар decembar aralık ara δεκεμβρίου δεκέμβριος δεκ desember gruodžio decembris decembrī detsember prosinca",
)
_NUMBERS = {name.rstrip("."): number for number, names in enumerate(_NAMES, start=1) for name in names.split()}
# In Croatian and Bosnian listopad is October; in Polish and Czech it is November.
_ELSEWHERE = {("hr", "listopad"): 10, ("hr", "listopada"): 10, ("bs", "listopad"): 10, ("bs", "listopada"): 10}


def month(name: str, languages: tuple[str, ...]) -> int | None:
    """The number of the month with that name, or None."""
    name = name.lower().replace("i\u0307", "i").rstrip(".")
    return next((_ELSEWHERE[language, name] for language in languages if (language, name) in _ELSEWHERE), _NUMBERS.get(name))
