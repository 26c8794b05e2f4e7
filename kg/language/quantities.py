"""Quantities: a number with its measure word or unit, how exactly it is meant, and where it stands in a sentence.

Dates, clock times, ordinals, versions, numbers within short quotations and titles, and set phrases are no quantities.
Durations are, with the kind `duration`, so that a caller can leave them out.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from kg.frozen import frozen
from kg.language.measure_words import (
    BEARERS,
    HEADLESS,
    PEOPLE,
    qualifier_after,
    qualifier_before,
    qualifiers,
    unit_pattern,
    units,
)
from kg.language.number_names import BELOW_ZERO, LARGE, is_name, is_of_row, is_section, names_of, runs_into_name
from kg.language.numbers import Numeral, fold, numerals, value_of
from kg.language.wordlists import grammar
from kg.model import Qualifier

if TYPE_CHECKING:
    from collections.abc import Iterator

_NUMBERS = grammar("numbers")
_HALF_SIGN = _NUMBERS.word("half")
_RANGE = _NUMBERS.compile(" ?(?:[-—–~～－]{1,2}|{up-to}) ?")
_SHARE_OF = _NUMBERS.compile("({share-of}|{share-sign}(?={makes-up})){makes-up}?[^，。；0-9]{1,12}{of}$")
_PER = _NUMBERS.compile("/|{by-each}")
_CLOCK = _NUMBERS.compile("[{clock}:：]$")
_INHABITANTS = _NUMBERS.compile("{inhabitants}(?!{inhabitants-compound}|{large}{wide-level})")
_CLAUSE_END = re.compile(r"\s*(?:[:：∶]1)?(?:[，。；、！？）),;!?]|$)")
_THOUSAND = 1000
_HUGE = 10**8
"""A number so large, printed with 亿, counts money or people even without measure word."""

_SIZE = _NUMBERS.compile("[{hundreds}{myriad}]")
_DIGITS = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_MYRIAD = _NUMBERS.compile("{myriad}")
_YEAR = re.compile("(?:19|20)[0-9]{2}")
_TENTH = _NUMBERS.compile("({nine-numeral})(?![{nine-numeral}{tens}{ten-thousand}{tenth-follows}])")
_HALF = _NUMBERS.compile("{half}(?!{half-compound})")
_CENTS = _NUMBERS.compile(
    "(?:([0-9{nine-numeral}{capital}]){dime})?(?:([0-9{nine-numeral}{capital}]){cent}(?!{cent-compound}))?"
)
_SIGNED = _NUMBERS.set("signed-unit") | {"%", "‰", "℃"}
"""Units of which there is less than nothing: 零下3℃, 增速为-2.1%."""

_WHOLE_KINDS = frozenset({"bodies", "events", "count"})


@frozen
class Quantity:
    """A printed quantity, `text[start:end]`, its qualifiers included (近百家, 93%以上).

    `value` is in plain units: 14万个 is 140000 个. Of a range (3至5家) it is the lower end, `upper` the higher. `unit`
    is the measure word as printed, "" where there is none; `kind` what it counts (people, money, share, ...).
    """

    value: Decimal
    unit: str
    kind: str
    qualifier: Qualifier
    start: int
    end: int
    upper: Decimal | None = None
    chinese: bool = False
    round_only: bool = False


def quantities(text: str) -> Iterator[Quantity]:
    """The quantities of a sentence, in order.

    >>> [(str(q.value), q.unit, str(q.qualifier)) for q in quantities("发动近百名骨干走访2.7万余户，满意率达98%以上")]
    [('100', '名', 'about'), ('27000', '户', 'over'), ('98', '%', 'over')]
    """
    folded = fold(text)
    found = list(numerals(folded))
    if not found:
        return
    names = names_of(text)
    low: Quantity | Numeral | None = None
    for numeral in found:
        if isinstance(low, Quantity) and numeral.start < low.end:
            continue  # the 五 of 四成五
        if any(start <= numeral.start < end for start, end in names):
            if isinstance(low, Quantity):
                yield low
            low = None
            continue
        quantity = _quantity(folded, numeral, low)
        if isinstance(low, Quantity) and (quantity is None or quantity.upper is None or quantity.start != low.start):
            yield low
        low = quantity or numeral
    if isinstance(low, Quantity):
        yield low


def _quantity(text: str, numeral: Numeral, low: Quantity | Numeral | None) -> Quantity | None:
    """The quantity that a numeral begins, or the range that it ends; None where it counts nothing."""
    joined = low is not None and _RANGE.fullmatch(text, low.end, numeral.start) is not None
    if not joined and _is_name(text, numeral):
        return None
    unit = _unit_of(text, numeral) or (("%", "share", numeral.end) if joined and _is_share(low) else None)
    if unit is None or (unit[0] in _NUMBERS["year"] and _YEAR.fullmatch(text, numeral.start, numeral.end)):
        return None
    word, kind, end = unit
    word, value, upper, end = _with_part(text, numeral, word, end)
    after = qualifier_after().match(text, end)
    qualifier = numeral.qualifier
    if after and not (after[0] in _NUMBERS["more"] and text.startswith(_NUMBERS["many-kinds"], after.end())):
        end = after.end()
        qualifier = _stronger(qualifier, qualifiers("after")[after[0]])
    start, before = _qualified(text, numeral.start)
    if numeral.round_only and text.endswith(_NUMBERS["past"], 0, numeral.start):
        start, before = numeral.start - 1, Qualifier.OVER
    qualifier = _stronger(qualifier, before)
    if (
        kind == "share"
        and text.endswith(_NUMBERS["of"], 0, numeral.start)
        and (of := _SHARE_OF.search(text, max(0, numeral.start - 18), numeral.start))
    ):
        qualifier = _stronger(qualifier, qualifiers("before")[of[1]])
    if word in _SIGNED and (sign := BELOW_ZERO.search(text, max(0, start - 2), start)):
        value, start = -value, sign.start()
    quantity = Quantity(
        _plain(value), word, kind, qualifier, start, end, upper and _plain(upper), numeral.chinese, numeral.round_only
    )
    return _range(text, low, quantity) if joined and low is not None else quantity


def _with_part(text: str, numeral: Numeral, word: str, end: int) -> tuple[str, Decimal, Decimal | None, int]:
    """Unit, value, higher end and the place where they end, with what follows the measure word as a part of it.

    四成五 and 两成半 are 45 and 25 %, 三公里半 3.5 公里, 两个半小时 2.5 个小时, 12元5角 12.5 元.
    """
    value, upper = numeral.value, numeral.upper
    half = Decimal("0.5") if _HALF_SIGN in word else Decimal(0)
    word = word.replace(_HALF_SIGN, "")
    whole = value == value.to_integral_value() and numeral.qualifier is Qualifier.EXACT and not half
    if whole and word and (found := _HALF.match(text, end)):
        half, end = Decimal("0.5"), found.end()
    value += half
    if word in _NUMBERS["tenths"]:
        tenth = _TENTH.match(text, end)
        value = value * 10 + (value_of(tenth[1]) if tenth else 0)
        return "%", value, upper and upper * 10, tenth.end() if tenth else end
    cents = _CENTS.match(text, end) if word in _NUMBERS["yuan"] and whole else None
    if cents and cents[0]:
        value += sum((value_of(c) / size for c, size in zip(cents.groups(), (10, 100), strict=True) if c), Decimal(0))
        end = cents.end()
    return word, value, upper, end


def _range(text: str, low: Quantity | Numeral, high: Quantity) -> Quantity | None:
    """The range between two numbers (3至5家, 15%—20%); the second alone where they are the two ends of a change."""
    whole = low.unit in {"", high.unit} if isinstance(low, Quantity) else True
    start, before = _qualified(text, low.start) if isinstance(low, Numeral) else (low.start, low.qualifier)
    if not whole or text[start - 1 : start] in _NUMBERS["span-from"] or low.value >= high.value:
        return high
    if isinstance(low, Numeral) and _is_name(text, low):
        return None
    qualifier = _stronger(before, high.qualifier)
    least = low.value * (_shared_size(text, low, high) if isinstance(low, Numeral) else Decimal(1))
    return replace(high, value=_plain(least), upper=high.value, start=start, qualifier=qualifier)


def _shared_size(text: str, low: Numeral, high: Quantity) -> Decimal:
    """What multiplies the lower end of a range as well as the higher, where it alone prints it: 20至30万."""
    digits = _DIGITS.search(text, low.end, high.end)
    if digits is None or high.upper is not None or not _SIZE.match(text, digits.end()):
        return Decimal(1)
    size = high.value / Decimal(digits[0])
    printed = _SIZE.search(text, low.start, low.end)
    return size if printed is None and low.value * size < high.value else Decimal(1)


def _unit_of(text: str, numeral: Numeral) -> tuple[str, str, int] | None:
    """Measure word, its kind, and where it ends."""
    if numeral.share:
        return numeral.share, "share", numeral.end
    found = unit_pattern().match(text, numeral.end)
    if found is None:
        if _counts_inhabitants(text, numeral):
            return _NUMBERS.word("person"), "people", numeral.end
        return ("", "count", numeral.end) if _stands_alone(text, numeral) else None
    unit = units()[found[1]]
    if _tells_which(text, numeral, found[1]):
        return None
    per = _PER.match(text, found.end())
    if per and (below := unit_pattern().match(text, per.end())):
        return text[found.start(1) : below.end()], unit.kind, below.end()
    return found[1], unit.kind, found.end()


def _tells_which(text: str, numeral: Numeral, word: str) -> bool:
    """Whether a measure word after a number is part of another word, or the number tells which one, or the hour."""
    unit = units()[word]
    if numeral.chinese and not unit.after_chinese:
        return True
    if unit.kind in _WHOLE_KINDS and (is_section(text, numeral) or is_of_row(text, numeral, word)):
        return True
    return unit.kind == "score" and _CLOCK.search(text, 0, numeral.start) is not None


def _is_share(low: Quantity | Numeral | None) -> bool:
    """Whether a quantity is a share, as the first of 百分之三十到四十."""
    return isinstance(low, Quantity) and low.unit == "%"


def _counts_inhabitants(text: str, numeral: Numeral) -> bool:
    """Whether a number without measure word counts people: 3000人口, 8.2万多常住人口."""
    if numeral.chinese or numeral.value < _THOUSAND:
        return False
    noun = HEADLESS.match(text, numeral.end)
    place = noun.end() - len(_NUMBERS.word("inhabitants")) if noun else numeral.end
    return _INHABITANTS.match(text, place) is not None


def _stands_alone(text: str, numeral: Numeral) -> bool:
    """Whether a number without measure word counts something: 人数达1.2万, 项目破百, 3.5万居民."""
    start, qualifier = _qualified(text, numeral.start)
    printed = LARGE.search(text, numeral.start, numeral.end) is not None
    after = qualifier_after().match(text, numeral.end)
    if not _CLAUSE_END.match(text, after.end() if after else numeral.end):
        told = not numeral.chinese or (numeral.round_only and qualifier is not Qualifier.EXACT)  # 近百万群众
        return printed and told and HEADLESS.match(text, numeral.end) is not None
    large = printed and not numeral.chinese
    if numeral.round_only:
        return qualifier is Qualifier.OVER
    before = text[max(0, start - 10) : start]
    if _MYRIAD.search(text, numeral.start, numeral.end) and (numeral.value >= _HUGE or PEOPLE.search(before)):
        return True
    if large and (qualifier is not Qualifier.EXACT or before.endswith(_NUMBERS["leads-up"])):
        return True
    return not numeral.chinese and BEARERS.search(before) is not None


def _qualified(text: str, start: int) -> tuple[int, Qualifier]:
    """Where the words that qualify a number begin, and what they say."""
    found = qualifier_before().search(text[max(0, start - 5) : start])
    if found is None:
        return start, Qualifier.EXACT
    qualifier = qualifiers("before")[found[1]]
    if qualifier is Qualifier.EXACT:
        return start, qualifier
    return start - len(found[0]), qualifier


def _stronger(one: Qualifier, other: Qualifier) -> Qualifier:
    """The one of two that is not exact; of two such, the first."""
    return other if one is Qualifier.EXACT else one


def _is_name(text: str, numeral: Numeral) -> bool:
    """Whether a number is part of a name, an ordinal, a version or a telephone number."""
    if is_name(text, numeral):
        return True
    return runs_into_name(text, numeral) and not unit_pattern().match(text, numeral.end)


def _plain(value: Decimal) -> Decimal:
    """A value without exponent and without idle zeros."""
    return Decimal(format(value.normalize(), "f"))
