"""Numerals: where a text prints a number, in Arabic or Chinese digits or both, and what its value is.

A numeral here is the number alone, with the words that belong inside it (余, 多, 几, 数); the measure word, the
qualifier before it and what it means are the business of `kg.language.quantities`.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.frozen import frozen
from kg.model import Qualifier

if TYPE_CHECKING:
    from collections.abc import Iterator

_WIDE = str.maketrans("０１２３４５６７８９％．＋－−～／", "0123456789%.+--~/")
_WIDE_SIGN = re.compile("[" + "".join(map(chr, _WIDE)) + "]")
_DIGITS = {
    c: v for v, cs in enumerate(["0零〇○", "1一", "2二两", "3三", "4四", "5五", "6六", "7七", "8八", "9九"]) for c in cs
}
_SIGNS = "零〇○一二两三四五六七八九"
_CHINESE_YEAR = re.compile(f"(?<![{_SIGNS}十百千万])[一二][零〇○九][{_SIGNS}]{{2}}(?=年)")
_CENTURY = re.compile("[二一][〇零○九]")
_CAPITAL = "壹贰叁肆伍陆柒捌玖拾佰仟萬億"
_ORDINARY = str.maketrans(_CAPITAL, "一二三四五六七八九十百千万亿")
_SEPARATORS = str.maketrans("", "", ",，\u00a0\u2009\u202f ")
_VAGUE = str.maketrans("", "", "余多来几数上成")
_SIMPLE = re.compile(r"[0-9]+(\.[0-9]+)?[十百千]?")
_LONGEST = 30
_TENS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = (("亿", 10**8), ("万", 10**4))

_NO_THOUSAND = "(?![瓦米克伏卡赫])"
"""What may not follow 千, because it belongs to the unit: 三千瓦 are 3 千瓦."""

_CHINESE = (
    r"(?<![0-9.])(?:[几数上](?=[十百千万亿])|成(?=[百千]))?"
    f"(?:[{_SIGNS}十百万亿]|千{_NO_THOUSAND})+(?:点[{_SIGNS}]+(?:[十百千]?[万亿]{{1,2}})?)?"
    r"(?:(?<=[十百千万亿])[余多来几][百千万亿]{0,2}[余多]?)?"
)
_AMOUNT = "[壹贰叁肆伍陆柒捌玖拾][壹贰叁肆伍陆柒捌玖零]?[拾佰仟萬万億亿][壹贰叁肆伍陆柒捌玖拾佰仟萬万億亿零]*[余多]?"
_REST = (
    f"(?:[0-9]+(?:\\.[0-9]+)?(?:[千百]?万|千{_NO_THOUSAND}|百(?!分))|[0-9](?![0-9.,，])|(?<=万)[0-9]{{4}}(?![0-9.年]))"
)
"""What may follow 万 or 亿 in Arabic digits: 13万2, 3万4000, 25万6千, 3亿5000万."""

_ZERO = "(?:零[0-9]{1,3})?"
_HUNDREDS = f"(?:千{_NO_THOUSAND}|百(?!分)){_ZERO}"
_MULTIPLIED = f" ?[余多几]?(?:[十百千]?{_ZERO}[余多]?(?:[万亿]{{1,2}}(?:零?{_REST}|{_ZERO}))|{_HUNDREDS})[余多]?"
_ARABIC = (
    r"(?:[0-9]{1,3}(?:[,，\u00a0\u2009\u202f ][0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?"
    f"(?:{_MULTIPLIED}| ?[余多](?!元化|样|维|层))?"
)
_PLAIN = f"(?:{_ARABIC}|{_AMOUNT}|{_CHINESE})"
_BEGINS = f"(?=[0-9{_SIGNS}十百千万亿半过近几数上成{_CAPITAL}])"
NUMERAL = re.compile(
    _BEGINS + r"(?:(?P<part>百分之|千分之|万分之)(?P<share>" + _PLAIN + r")"
    r"|(?P<below>[二三四五六七八九十百]+)分之(?P<above>[一二两三四五六七八九十]+)"
    r"|(?<![0-9./])(?P<over>[1-9])/(?P<under>[2-9]|10)(?![0-9/])(?:(?=的|以上|左右)|(?<=[近约超占少加轻达有][0-9]/[0-9]))"
    r"|(?P<half>半数|一半|过半(?![百生夜天年个月日小])|(?<![最附])近半(?![数个年月天小世径]))"
    r"|(?P<plain>" + _PLAIN + r"))"
)
_STAMMER = re.compile("([一二三四五六七八九])\\1+")
_RUN = re.compile(r"([一二两三四五六七八九])([二两三四五六七八九])(?=[十百千万亿]|$)")


@frozen
class Numeral:
    """A printed number: its value, or its least value where it names a span (三四十: 30 to 40).

    `qualifier` is what its own words say (余, 多, 几: over; 来, 三四十: about). `share` is the unit that a fraction
    brings with it (%, ‰), else "". `chinese` tells that no Arabic digit stands in it, `round_only` that it is a bare
    百, 千 or 万 (百家), which often is a figure of speech.
    """

    value: Decimal
    start: int
    end: int
    qualifier: Qualifier = Qualifier.EXACT
    upper: Decimal | None = None
    share: str = ""
    chinese: bool = False
    round_only: bool = False


@lru_cache(maxsize=1_000)
def fold(text: str) -> str:
    """Full-width digits and signs made half-width, years in Chinese digits made Arabic, place for place.

    >>> fold("１２％"), fold("二〇二四年")
    ('12%', '2024年')
    """
    folded = text.translate(_WIDE) if _WIDE_SIGN.search(text) else text
    if _CENTURY.search(folded) is None:
        return folded
    return _CHINESE_YEAR.sub(lambda year: "".join(str(_DIGITS[c]) for c in year[0]), folded)


def value_of(numeral: str) -> Decimal:
    """The value of a numeral without words such as 余 and 几.

    Raises:
        ValueError: it is not a numeral.

    >>> value_of("三千六百"), value_of("2.7万"), value_of("1,260"), value_of("13万2"), value_of("贰仟肆佰")
    (Decimal('3600'), Decimal('27000.0'), Decimal('1260'), Decimal('132000'), Decimal('2400'))
    """
    text = numeral.translate(_WIDE).translate(_SEPARATORS).translate(_ORDINARY)
    if not 0 < len(text) <= _LONGEST:
        raise ValueError("a numeral that is empty or too long")
    thousands, zero, rest = text.partition("零")
    if zero and rest.isdecimal():
        return (value_of(thousands) if thousands else Decimal(0)) + Decimal(rest)
    for sign, size in _MYRIADS:
        left, found, right = text.rpartition(sign)
        if found:
            whole = value_of(left) if left else Decimal(1)
            return whole * size + (_rest(right, size) if right else 0)
    if _SIMPLE.fullmatch(text):
        return Decimal(text[:-1]) * _TENS[text[-1]] if text[-1] in _TENS else Decimal(text)
    return _under_a_myriad(text)


def _rest(text: str, size: int) -> Decimal:
    """What follows 亿 or 万: a digit alone stands for the next lower place, as in 一万二 and 13万2."""
    if len(text) == 1 and text in _DIGITS:
        return Decimal(_DIGITS[text] * size // 10)
    return value_of(text)


def _under_a_myriad(text: str) -> Decimal:
    """Chinese digits without 万 and 亿: 三千六百, 二〇二四, 三点五, 三百五."""
    whole, point, fraction = text.partition("点")
    if set(text) - _DIGITS.keys() - _TENS.keys() - {"点"} or (point and not whole):
        raise ValueError(f"not a numeral: {text!r}")
    if point:
        return Decimal(f"{_under_a_myriad(whole)}." + "".join(str(_DIGITS[c]) for c in fraction))
    if not set(whole) & _TENS.keys():
        return Decimal("".join(str(_DIGITS[c]) for c in whole))
    total = digit = 0
    place = 10
    for char in whole:
        if char in _TENS:
            place = _TENS[char]
            total += (digit or (0 if total and place >= 100 else 1)) * place
            digit = 0
        else:
            digit = _DIGITS[char]
            place = 10 if char in "零〇" else place
    return Decimal(total + digit * (place // 10 if digit and whole[-2] in "百千" else 1))


def numerals(text: str) -> Iterator[Numeral]:
    """The numerals of a text, in order; what cannot be read (千万千) is passed over.

    >>> [(str(n.value), str(n.qualifier)) for n in numerals("十余名队员巡查2.7万余次")]
    [('10', 'over'), ('27000.0', 'over')]
    """
    folded = fold(text)
    for match in NUMERAL.finditer(folded):
        try:
            numeral = _read(match)
        except ValueError:
            continue
        yield numeral


def _read(match: re.Match[str]) -> Numeral:
    """The numeral of a match of `NUMERAL`.

    Raises:
        ValueError: its characters do not make a number.
    """
    start, end = match.span()
    if match["half"]:
        qualifier = {"过": Qualifier.OVER, "近": Qualifier.ABOUT}.get(match["half"][0], Qualifier.EXACT)
        return Numeral(Decimal(50), start, end, qualifier, share="%", chinese=True)
    if match["below"] or match["under"]:
        share = value_of(match["above"] or match["over"]) / value_of(match["below"] or match["under"]) * 100
        return Numeral(share.quantize(Decimal("0.01")).normalize(), start, end, share="%", chinese=True)
    if match["part"]:
        value, qualifier, upper = _value(match["share"])
        unit = "%" if match["part"] == "百分之" else "‰"
        if match["part"] == "万分之":
            value, upper = value / 10, upper and upper / 10
        return Numeral(value, start, end, qualifier, upper, unit, chinese=True)
    printed = match["plain"]
    value, qualifier, upper = _value(printed)
    chinese = not any(c in "0123456789" or c in _CAPITAL for c in printed)  # capital digits write sums
    return Numeral(value, start, end, qualifier, upper, "", chinese, chinese and set(printed) <= set("百千万亿"))


@lru_cache(maxsize=1_000)
def _value(printed: str) -> tuple[Decimal, Qualifier, Decimal | None]:
    """Least value, qualifier and greatest value of a printed numeral."""
    if printed.isascii() and printed.isdecimal() and len(printed) <= _LONGEST:  # most are nothing but figures
        return Decimal(printed), Qualifier.EXACT, None
    words = set(printed)
    if words & set("余多几数") or printed[0] in "上成":
        qualifier = Qualifier.OVER
    else:
        qualifier = Qualifier.ABOUT if "来" in words else Qualifier.EXACT
    bare = printed.translate(_VAGUE)
    if len(bare) > 1 and not set(bare) - set(_SIGNS) and not _RUN.fullmatch(bare):
        raise ValueError("digits without tens: 五一")
    if _STAMMER.fullmatch(bare):
        raise ValueError("two digits that make no number: 唯一一家")
    if "点" not in bare and (run := _RUN.search(bare)):
        low, high = (value_of(bare[: run.start()] + run[i] + bare[run.end() :]) for i in (1, 2))
        if low < high and (len(bare) == 2 or set(bare) & set("十百千万亿")):  # 二〇二四 is a year
            return low, Qualifier.ABOUT if qualifier is Qualifier.EXACT else qualifier, high
    return value_of(bare), qualifier, None
