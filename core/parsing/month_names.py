"""Which month does a word name? The forms that stand in dates, of the languages browsers write them in (CLDR)."""

# ruff: noqa: E501, RUF001 - a language to a line, in its own letters

from __future__ import annotations

import unicodedata

MONTHS_IN_SHORT = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_NAMES = """
en: January February March April May June July August September October November December
es: enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
fr: janvier février mars avril mai juin juillet août septembre octobre novembre décembre
de: Januar Februar März April Mai Juni Juli August September Oktober November Dezember
it: gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
pt: janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro
ca: gener febrer març abril maig juny juliol agost setembre octubre novembre desembre
ro: ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie
nl: januari februari maart april mei juni juli augustus september oktober november december
da: januar februar marts april maj juni juli august september oktober november december
nb: januar februar mars april mai juni juli august september oktober november desember
sv: januari februari mars april maj juni juli augusti september oktober november december
fi: tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta lokakuuta marraskuuta joulukuuta
et: jaanuar veebruar märts aprill mai juuni juuli august september oktoober november detsember
lv: janvāris februāris marts aprīlis maijs jūnijs jūlijs augusts septembris oktobris novembris decembris
lt: sausio vasario kovo balandžio gegužės birželio liepos rugpjūčio rugsėjo spalio lapkričio gruodžio
pl: stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia
cs: ledna února března dubna května června července srpna září října listopadu prosince
sk: januára februára marca apríla mája júna júla augusta septembra októbra novembra decembra
sl: januar februar marec april maj junij julij avgust september oktober november december
hr: siječnja veljače ožujka travnja svibnja lipnja srpnja kolovoza rujna listopada studenoga prosinca
hu: január február március április május június július augusztus szeptember október november december
ru: января февраля марта апреля мая июня июля августа сентября октября ноября декабря
uk: січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня
bg: януари февруари март април май юни юли август септември октомври ноември декември
el: Ιανουαρίου Φεβρουαρίου Μαρτίου Απριλίου Μαΐου Ιουνίου Ιουλίου Αυγούστου Σεπτεμβρίου Οκτωβρίου Νοεμβρίου Δεκεμβρίου
tr: Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık
he: ינואר פברואר מרץ אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר
ar: يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر
hi: जनवरी फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर
id: Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember
"""
_HEBREW_IN = "\u05d1"


def month_of(word: str) -> int:
    """Return the number of the month that a word names, 0 for another word or one that names two (listopada)."""
    plain = _plain(word)
    return _NUMBERS.get(plain, 0) or _NUMBERS.get(plain.removeprefix(_HEBREW_IN), 0)


def _plain(word: str) -> str:
    """Return a word without its accents, in one case."""
    parts = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


def _numbers() -> dict[str, int]:
    found: dict[str, int] = {}
    for language in _NAMES.strip().splitlines():
        for number, name in enumerate(language.split()[1:], 1):
            plain = _plain(name)
            found[plain] = number if found.get(plain, number) == number else 0
    return found


_NUMBERS = _numbers()
