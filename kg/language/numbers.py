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
from kg.language.wordlists import grammar
from kg.model import Qualifier

if TYPE_CHECKING:
    from collections.abc import Iterator

_WIDE = str.maketrans("０１２３４５６７８９％．＋－−～／", "0123456789%.+--~/")
_WIDE_SIGN = re.compile("[" + "".join(map(chr, _WIDE)) + "]")
_NUMBERS = grammar("numbers")
_FIGURES, _CAPITALS = _NUMBERS["nine-numeral"], _NUMBERS["capital"] + _NUMBERS["capital-place"]
_DIGITS = {
    **{str(digit): digit for digit in range(10)},
    **dict.fromkeys(_NUMBERS["zero"], 0),
    **{sign: value for value, sign in enumerate(_FIGURES, 1)},
    **dict.fromkeys(_NUMBERS["pair"], 2),
}
_TENS: dict[str, int] = {sign: 10**place for place, sign in enumerate(_NUMBERS["tens"], 1)}
_MYRIADS: list[tuple[str, int]] = [(sign, 10_000**place) for place, sign in enumerate(_NUMBERS["myriad"], 1)][::-1]
_SIGNS = "{zero}{nine-numeral}{pair}"
_CHINESE_DIGITS = _NUMBERS.set("zero", "nine-numeral", "pair")
_CHINESE_YEAR = _NUMBERS.compile(
    "(?<![" + _SIGNS + "{tens}{ten-thousand}])[{one-or-two}][{zero}{nine}][" + _SIGNS + "]{2}(?={year})"
)
_CENTURY = _NUMBERS.compile("[{one-or-two}][{zero}{nine}]")
_ORDINARY = str.maketrans("".join(_CAPITALS), "".join((*_FIGURES, *_NUMBERS["tens"], *_NUMBERS["myriad"])))
_SEPARATORS = str.maketrans("", "", ",，\u00a0\u2009\u202f ")
_OVER = _NUMBERS.set("over-word")
_VAGUE = str.maketrans("", "", "".join(_NUMBERS.set("over-word", "over-lead", "about-word")))
_ROUND = _NUMBERS.set("hundreds", "myriad")
_ZERO_SIGN, _POINT = _NUMBERS.word("full-zero"), _NUMBERS.word("point")
_SIMPLE = _NUMBERS.compile(r"[0-9]+(\.[0-9]+)?{tens}?")
_LONGEST = 30

_NO_THOUSAND = "{thousand}(?!{unit-of-thousand})"
"""千 where it does not belong to the unit: 三千瓦 are 3 千瓦."""

_CHINESE = (
    "(?<![0-9.])(?:{vague-lead}(?=[{tens}{myriad}])|{near-whole}(?={hundreds}))?"
    "(?:[" + _SIGNS + "{ten}{hundred}{myriad}]|" + _NO_THOUSAND + ")+"
    "(?:{point}[" + _SIGNS + "]+(?:{tens}?{myriad}{1,2})?)?"
    "(?:(?<=[{tens}{myriad}]){vague-tail}[{hundreds}{myriad}]{0,2}{over-tail}?)?"
)
_AMOUNT = (
    "[{capital}{capital-ten}][{capital}{full-zero}]?[{capital-place}{myriad}]"
    "[{capital}{capital-place}{myriad}{full-zero}]*{over-tail}?"
)
_HUNDREDS = "(?:" + _NO_THOUSAND + "|{hundred}(?!{per}))"
_REST = (
    r"(?:[0-9]+(?:\.[0-9]+)?(?:{hundreds}?{ten-thousand}|" + _HUNDREDS + ")"
    "|[0-9](?![0-9.,，])|(?<={ten-thousand})[0-9]{4}(?![0-9.{year}]))"
)
"""What may follow 万 or 亿 in Arabic digits: 13万2, 3万4000, 25万6千, 3亿5000万."""

_ZERO = "(?:{full-zero}[0-9]{1,3})?"
_MULTIPLIED = (
    " ?{few-tail}?(?:{tens}?" + _ZERO + "{over-tail}?(?:{myriad}{1,2}(?:{full-zero}?" + _REST + "|" + _ZERO + "))"
    "|" + _HUNDREDS + _ZERO + "){over-tail}?"
)
_ARABIC = (
    r"(?:[0-9]{1,3}(?:[,，\u00a0\u2009\u202f ][0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?"
    "(?:" + _MULTIPLIED + "| ?{over-tail}(?!{many-compound}))?"
)
_PLAIN = "(?:" + _ARABIC + "|" + _AMOUNT + "|" + _CHINESE + ")"
NUMERAL = _NUMBERS.compile(
    "(?=[0-9" + _SIGNS + "{tens}{myriad}{half-begins}{vague-lead}{near-whole}{capital}{capital-place}])"
    "(?:(?P<part>{per-cent}|{per-mille}|{per-myriad})(?P<share>" + _PLAIN + ")"
    "|(?P<below>{denominator}+){fraction}(?P<above>{few-numeral}+)"
    "|(?<![0-9./])(?P<over>[1-9])/(?P<under>[2-9]|10)(?![0-9/])(?:(?={fraction-follows})|(?<={fraction-leads}[0-9]/[0-9]))"
    "|(?P<half>{half-of}|{over-half}(?!{over-half-compound})|(?<!{near-half-lead}){near-half}(?!{near-half-compound}))"
    "|(?P<plain>" + _PLAIN + "))"
)
_STAMMER = _NUMBERS.compile(r"({nine-numeral})\1+")
_RUN = _NUMBERS.compile("([{nine-numeral}{pair}])({several-figure})(?=[{tens}{myriad}]|$)")


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
    thousands, zero, rest = text.partition(_ZERO_SIGN)
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
    whole, point, fraction = text.partition(_POINT)
    if set(text) - _DIGITS.keys() - _TENS.keys() - {_POINT} or (point and not whole):
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
            place = 10 if char in _NUMBERS["zero"] else place
    return Decimal(total + digit * (place // 10 if digit and whole[-2] in _NUMBERS["hundreds"] else 1))


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
        qualifier = Qualifier.EXACT
        if match["half"].startswith((*_NUMBERS["past"], *_NUMBERS["nearing"])):
            qualifier = Qualifier.OVER if match["half"].startswith(_NUMBERS["past"]) else Qualifier.ABOUT
        return Numeral(Decimal(50), start, end, qualifier, share="%", chinese=True)
    if match["below"] or match["under"]:
        share = value_of(match["above"] or match["over"]) / value_of(match["below"] or match["under"]) * 100
        return Numeral(share.quantize(Decimal("0.01")).normalize(), start, end, share="%", chinese=True)
    if match["part"]:
        value, qualifier, upper = _value(match["share"])
        unit = "%" if match["part"] in _NUMBERS["per-cent"] else "‰"
        if match["part"] in _NUMBERS["per-myriad"]:
            value, upper = value / 10, upper and upper / 10
        return Numeral(value, start, end, qualifier, upper, unit, chinese=True)
    printed = match["plain"]
    value, qualifier, upper = _value(printed)
    chinese = not any(c in "0123456789" or c in _CAPITALS for c in printed)  # capital digits write sums
    return Numeral(value, start, end, qualifier, upper, "", chinese, chinese and set(printed) <= _ROUND)


@lru_cache(maxsize=1_000)
def _value(printed: str) -> tuple[Decimal, Qualifier, Decimal | None]:
    """Least value, qualifier and greatest value of a printed numeral."""
    if printed.isascii() and printed.isdecimal() and len(printed) <= _LONGEST:  # most are nothing but figures
        return Decimal(printed), Qualifier.EXACT, None
    words = set(printed)
    if words & _OVER or printed[0] in _NUMBERS["over-lead"]:
        qualifier = Qualifier.OVER
    else:
        qualifier = Qualifier.ABOUT if words & _NUMBERS.set("about-word") else Qualifier.EXACT
    bare = printed.translate(_VAGUE)
    if len(bare) > 1 and set(bare) <= _CHINESE_DIGITS and not _RUN.fullmatch(bare):
        raise ValueError(f"digits without tens: {bare}")
    if _STAMMER.fullmatch(bare):
        raise ValueError(f"two digits that make no number: {bare}")
    if _POINT not in bare and (run := _RUN.search(bare)):
        low, high = (value_of(bare[: run.start()] + run[i] + bare[run.end() :]) for i in (1, 2))
        if low < high and (len(bare) == 2 or set(bare) & (_TENS.keys() | dict(_MYRIADS).keys())):  # 二〇二四 is a year
            return low, Qualifier.ABOUT if qualifier is Qualifier.EXACT else qualifier, high
    return value_of(bare), qualifier, None
