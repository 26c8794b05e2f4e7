"""The year that an article speaks of, and the words by which a text tells a year.

Years are taken from the text alone: the date of publication, printed years, years reckoned from them (自2017年…连续6年)
and dated events of the country. Where nothing tells the year, it is None.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from kg.language.wordlists import beginning, grammar, table

YEAR = r"(?<![0-9.])((?:19|20)[0-9]{2})"
_YEARS = grammar("years")
PRINTED = _YEARS.compile(
    YEAR + r"(?:{year}|(?=[.](?:1[0-2]|[1-9])[.])|(?=([-/.])(?:1[0-2]|0?[1-9])\2(?:3[01]|[12][0-9]|0?[1-9])(?![0-9]))"
    "|(?={span-figure}{year}|{joint}(?:19|20)[0-9]{2}[{year}{joint}{span-figure}]))"
)
_CENTURY = re.compile("19|20")
TITLE = re.compile(r"《[^《》]{1,80}》")
SINCE = _YEARS.compile("{year_words:since}$")
_AIM = _YEARS.compile("(?:{year_words:aim}|(?<!{cut-off}){until})$")
_LINKS = _YEARS.set("joint")
"""What joins the years of a list: 将分别于2027年、2028年评估."""
_DUE = _YEARS.compile("{year}?{year-end}{literary-of}?{before}")
"""What tells that something is due by a year."""
_COMPARED = _YEARS.compile("{compared}{compared-tail}?$")
_SET_AGAINST = _YEARS.compile(
    "{year_words:against}|{before-after}(?=[{built}{of}])|{year-end}{before}(?={built}[^，。；0-9]{0,4}{of})"
)
_ELAPSED = _YEARS.compile(
    "[{few-numeral}{vague-number}0-9]{1,12}[{year}{piece}]{more}?{month}?{since-tail}|{to-this-day}"
)
"""What tells that time has passed since the year that a text prints: 一年多来, 至今."""

_PLANNED = _YEARS.compile("[^。；]{0,24}?(?:{year_words:planned}|{will}{year_words:later})")
_BEGUN = _YEARS.compile("{year}(?:[0-9]{1,2}{month}|{year}?{year-part})?(?:[0-9]{1,2}{day})?{year_words:begun}")
"""What tells that a life or a state of things began in a year: 1994年出生."""

_REVIEW = _YEARS.compile("{year_words:past}$")
_REVIEWED = _YEARS.compile(
    "^(?:{review-part}|{first-four}{quarter}|[0-9]{1,2}{month}?(?:[-—–~{up-to}]|{part-of-month}))"
)
_RUNNING = _YEARS.compile(YEAR + "{year}[^。！？]{0,80}?{running}([0-9]{1,2}){year}")
_OF_WRITING = _YEARS.compile(
    YEAR + "{year}[，,]?{marks-year}[^。；0-9]{0,40}{year-of}"
    "|{entered}[^。，；《》0-9]{0,14}" + YEAR + "{year}{yearly}?[^。，；]{0,10}{year_words:work}"
    "|{year_words:lately}[^。；《》]{0,20}《[^《》0-9]{0,40}"
    + YEAR
    + "{year}{yearly}?[^《》]{0,30}{year_words:notice}》"
)
"""What tells the year of writing beside 今年: 2023年是…之年, a work of that year's plan, a plan just issued for it."""

_EDITION = _YEARS.compile("^{year}?(?:{edition}|{nth}[0-9{ten-numeral}]+{issue})")
OF_VALUE = _YEARS.compile("(?:{year-part}|[0-9]{1,2}{month}{year-part}?)?{of}(?={year-bound}?[0-9{ten-numeral}])")
_RESULT = _YEARS.compile(
    YEAR + "{year}{year-whole}?(?![0-9{within-year}—-])(?:[^。，；0-9{intending}{when}]{0,24}?，?){2}"
    "{year_words:result}[^，。；0-9{intending}]{0,8}[0-9]"
)
"""What a whole year came to: told beside 今年, it is the year before (2022年村集体收入突破80万元)."""

_MONTH = _YEARS.compile(YEAR + "{year}(1[0-2]|0?[1-9]){month}")
_THIS_MONTH = _YEARS.compile("{this-year}(1[0-2]|[1-9]){month}")
_ENDED = _YEARS.compile("{as-of}" + YEAR + "{year}(?:{year}?{year-end}|12{month}(?:{year-end}|31{day}))(?!{before})")
_OFTEN = 2
"""A year that an article beside 今年 or 去年 prints more often than so is the one it speaks of."""

_HORIZON = 2035
"""The year that the state's plans reach to: who prints it, or a later one, looks ahead."""

_OPENING = 2
"""So many sentences behind the headline block open an article."""

_NEW_YEAR_MONTHS = ("01", "02")


def year_of(
    sentences: list[str], told: frozenset[str], published: str | None, titles: int = 1
) -> tuple[int | None, tuple[int, ...]]:
    """The year that folded sentences speak of, of the day of publication and what they print what agrees best.

    `told` are the words of the present that they use, `titles` how many
    sentences the headline block has. With it the numbers of the sentences that tell it; None and ()
    where nothing does.

    >>> year_of(["2024年，全区建成食堂3个。", "今年是关键一年。"], frozenset({"今年"}), None)
    (2024, (0,))
    """
    printed: Counter[int] = Counter()
    firm: set[int] = set()
    this_year = any(steps()[word] == 0 for word in told)
    beside = this_year or any(steps()[word] == -1 for word in told)
    for number, sentence in enumerate(sentences):
        for printed_year, review, whole in _printed_years(sentence):
            printed[printed_year] += 1
            # Beside 今年 a year printed amid the text, or its end, mostly is a past one.
            if whole and number < titles + _OPENING if this_year else review:
                firm.add(printed_year)
    year = _chosen(printed, firm, sentences, published, present=bool(told), this_year=this_year, beside=beside)
    return year, _evidence(sentences, year)


def _printed_years(sentence: str) -> list[tuple[int, bool, bool]]:
    """The years that a sentence prints, aims, titles and beginnings aside.

    With each, whether the sentence looks back on it, and whether it names no month of it.
    """
    if not _CENTURY.search(sentence):
        return []
    titles = [match.span() for match in TITLE.finditer(sentence)]
    found = []
    aimed = 0
    for match in PRINTED.finditer(sentence):
        before = sentence[max(0, match.start() - 6) : match.start()]
        listed = aimed and sentence[aimed : match.start()] in _LINKS
        aimed = match.end() if listed or _AIM.search(before) else 0
        if (
            aimed
            or SINCE.search(before)
            or int(match[1]) >= _HORIZON
            or (before.endswith(_YEARS["out-of"]) and OF_VALUE.match(sentence, match.end()))
            or is_compared(sentence, match)
            or _DUE.match(sentence, match.end())
            or _PLANNED.match(sentence, match.end())
            or _BEGUN.match(sentence, match.end() - 1)
            or _EDITION.match(sentence[match.end() - 1 : match.end() + 5])
            or any(start <= match.start() < end for start, end in titles)
        ):
            continue
        review = _REVIEW.search(before) or _REVIEWED.search(sentence[match.end() : match.end() + 4])
        found.append((int(match[1]), bool(review), not _MONTH.match(sentence, match.start())))
    return found


def _chosen(
    printed: Counter[int],
    firm: set[int],
    sentences: list[str],
    published: str | None,
    *,
    present: bool,
    this_year: bool,
    beside: bool,
) -> int | None:
    """The year: of publication, unless the text looks back on another; reckoned; printed last; of an event."""
    if published and published[:4].isdigit():
        year = int(published[:4])
        back = published[5:7] in _NEW_YEAR_MONTHS and printed[year - 1] > printed[year] and not present
        return year - 1 if back else year
    latest = max(printed, default=None)
    reckoned = _reckoned(sentences, latest or 0, present=present, this_year=this_year)
    if reckoned is not None:
        return reckoned
    if beside and latest and latest not in firm and any(_comes_to(sentence, latest) for sentence in sentences):
        return latest + 1
    elapsed = latest is not None and not present and any(_ELAPSED.search(sentence) for sentence in sentences)
    if latest is not None and (
        not (present or elapsed) or latest in firm or printed[latest] > (_OFTEN if beside else 1)
    ):
        return latest
    told = [sentence for sentence in sentences if _any_event().search(sentence)]
    later = (event for event in _events() if told and (latest is None or event[1] >= latest))
    return next((year for pattern, year in later if any(pattern.search(sentence) for sentence in told)), None)


def _reckoned(sentences: list[str], last: int, *, present: bool, this_year: bool) -> int | None:
    """The year of writing, told, or reckoned from years printed up to the last: one that is over, or of a beginning."""
    ended = _ended(sentences) if this_year else None
    written = (_of_writing(sentences) if this_year else None) or 0
    after = (_after_month(sentences) if present and (ended is None or ended != last - 1) else None) or 0
    if max(written, after) and (written >= last or after > last):
        return max(written, after)
    if ended and ended in {last, last - 1}:
        return ended + 1
    for sentence in sentences if present else ():
        running = _RUNNING.search(sentence)
        if running and int(running[1]) + int(running[2]) >= last:
            return int(running[1]) + int(running[2])
    return None


def _of_writing(sentences: list[str]) -> int | None:
    """The last year that a text tells to be that of writing."""
    told = (match for sentence in sentences for match in _OF_WRITING.finditer(sentence))
    return max((int(match[1] or match[2] or match[3]) for match in told), default=None)


def _after_month(sentences: list[str]) -> int | None:
    """The year after the last printed month, where a month of 今年 that is past comes earlier in the year.

    2024年9月上线…截至今年5月 can only be 2025 or later.
    """
    months = [(int(m[1]), int(m[2])) for s in sentences for m in _MONTH.finditer(s) if not _PLANNED.match(s, m.end())]
    present = [int(m[1]) for s in sentences for m in _THIS_MONTH.finditer(s) if not _PLANNED.match(s, m.end())]
    if not months or not present:
        return None
    year, month = max(months)
    return year + 1 if min(present) < month else None


def _ended(sentences: list[str]) -> int | None:
    """The last year that a text says to be over: 截至2023年底, beside which 今年 is the next."""
    ended = (m for s in sentences for m in _ENDED.finditer(s) if not _PLANNED.match(s, m.end()))
    return max((int(match[1]) for match in ended), default=None)


def _comes_to(sentence: str, year: int) -> bool:
    """Whether a sentence tells what a whole year came to."""
    return str(year) in sentence and any(int(match[1]) == year for match in _RESULT.finditer(sentence))


def _evidence(sentences: list[str], year: int | None) -> tuple[int, ...]:
    """The numbers of the sentences that print a year, or whose event or reckoning gives it."""
    if year is None:
        return ()
    told = [n for n, sentence in enumerate(sentences) if str(year) in sentence]
    if not told:
        told = [n for n, s in enumerate(sentences) if any(y == year and p.search(s) for p, y in _events())]
    if not told:
        told = [n for n, s in enumerate(sentences) if (m := _RUNNING.search(s)) and int(m[1]) + int(m[2]) == year]
    if not told:
        told = [n for n, s in enumerate(sentences) if _comes_to(s, year - 1) or _ended([s]) == year - 1]
    return tuple(told)


def is_compared(sentence: str, match: re.Match[str]) -> bool:
    """Whether a time is only what another is compared with or set against: 比2020年, 较去年同期, 2000年以前."""
    if _SET_AGAINST.match(sentence, match.end()):
        return True
    return _COMPARED.search(sentence[max(0, match.start() - 3) : match.start()]) is not None


@cache
def relative_words() -> re.Pattern[str]:
    """Matches a word for a time told from the year of writing."""
    aged = "{this-year}{age-adverb}{0,2}[0-9{ten-numeral}]+{age-tail}?{age}"
    other = "(?!{to-this-day}{to-this-compound}|" + aged + ")"  # but 截至今年5月
    return re.compile(beginning("date_relative") + _YEARS.regex(other + "{date_relative}"))


@cache
def steps() -> dict[str, int]:
    """The years that such a word adds."""
    return {row[0]: 0 if row[1] == "-" else int(row[1]) for row in table("date_relative")}


@cache
def words_of_present() -> frozenset[str]:
    """The words that tell that the text has a present year."""
    return frozenset(row[0] for row in table("date_relative") if row[1] != "-")


@cache
def _events() -> tuple[tuple[re.Pattern[str], int], ...]:
    """Events and their years, the latest first."""
    events = [(re.compile(row[0]), int(row[1])) for row in table("date_events")]
    return tuple(sorted(events, key=lambda event: -event[1]))


@cache
def _any_event() -> re.Pattern[str]:
    return re.compile("|".join(pattern.pattern for pattern, _ in _events()))
