"""Years: which year an article speaks of, and which year a place in a sentence does.

Years are taken from the text alone: printed years, the date of publication, years reckoned from them (自2017年…连续6年)
and dated events of the country. Where nothing tells the year, it is None.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from kg.language.numbers import fold
from kg.language.wordlists import either, table
from kg.model import Role

if TYPE_CHECKING:
    from kg.model import Text

_YEAR = r"(?<![0-9.])((?:19|20)[0-9]{2})"
_SPAN = re.compile(_YEAR + r"年?[-—–~至到]{1,2}((?:19|20)[0-9]{2})年")
_PRINTED = re.compile(
    _YEAR + r"(?:年|(?=[.](?:1[0-2]|[1-9])[.])|(?=([-/.])(?:1[0-2]|0?[1-9])\2(?:3[01]|[12][0-9]|0?[1-9])(?![0-9]))"
    r"|(?=[、和及与](?:19|20)[0-9]{2}年))"
)
_EACH = re.compile(r"[、和及与]?" + _YEAR + r"年?(?=[、和及与](?:19|20)[0-9]{2}年|[^。；0-9]{0,14}分别)")
_OPENS = re.compile(r"(?:回望|回顾|走过|刚刚过去的)?" + _YEAR + r"年(?:度|以来|来)?[，,]")
_LEADS = re.compile(_YEAR + r"年(?:度|以来|来|初|[上下]半年|[0-9]{1,2}月(?:[0-9]{1,2}日)?)?[，,]")
_TITLE = re.compile(r"《[^《》]{1,80}》")
_SINCE = re.compile(r"(?:自|从|始于|早在|成立于|始建于|建于)$")
_UNTIL_NOW = re.compile(r"[^，。,；]{0,30}以来")
_AIM = re.compile(r"(?:到|至|力争|预计|计划|预期|拟|争取|将于|将在|面向|展望|规划期至)$")
_COMPARED = re.compile(r"(?:[比较同与]|相比|对比|[是为])于?$")
_SET_AGAINST = re.compile("(?:以前|之前|以后|之后|[前后](?=[建的竣修]))")
_ELAPSED = re.compile(r"[一两二三四五六七八九十数几多0-9]+[年个]多?月?[来间]|至今")
"""What tells that time has passed since the year that a text prints: 一年多来, 至今."""

_PLANNED = re.compile(
    r"[^。；]{0,24}?(?:计划|力争|预计|拟|将(?:继续|实施|以|在|进一步|全面|推出|新建|建成|开展|持续|围绕|再|重点|着力|陆续))"
)
_INTENDS = re.compile("计划|力争|预计|拟|将(?!近)|下一步|未来|原先|过去|以前|曾经|当年")
_REVIEW = re.compile(r"(?:回望|回顾|截至|截止|盘点|走过|即将过去的|过去的|告别)$")
_REVIEWED = re.compile(r"^(?:度|全年|底|末|上半年|下半年|[一二三四]季度|前|[0-9]{1,2}月?(?:[-—–~至到]|份至))")
_YEAR_END = re.compile(r"(?:底|末|全年)")
_RUNNING = re.compile(_YEAR + r"年[^。！？]{0,80}?连续([0-9]{1,2})年")
_EDITION = re.compile(r"^年?(?:版|修订|号|第[0-9一二三四五六七八九十]+[号期])")
_OF_VALUE = re.compile(
    r"(?:[底末初]|[0-9]{1,2}月(?:[底末初])?)?的(?=(?:近|约|超过?|不足|不到)?[0-9一二三四五六七八九十])"
)
_DATELINE = re.compile(_YEAR + r"[年.-](1[0-2]|0?[1-9])[月.-](3[01]|[12][0-9]|0?[1-9])(?![0-9])")
_SOURCE = re.compile(r"[（(][^（）()]{0,30}[）)]|[^，。]{0,14}[0-9]{1,2}日[电讯]|本报讯.*", re.DOTALL)
_MONTH = re.compile(_YEAR + r"年(1[0-2]|0?[1-9])月")
_THIS_MONTH = re.compile(r"今年(1[0-2]|[1-9])月")
_WHOLE_YEAR = "全年"
_LONGEST_DATELINE = 60
_OPENING = 2
"""The number of the last sentence that opens an article: headline, and two of the body."""

_NEW_YEAR_MONTHS = ("01", "02")


@dataclass(frozen=True, slots=True)
class Time:
    """A time that a sentence names: a year or the first and last of a period, and where its words end.

    `resumes` tells that it takes up a year named before it in the paragraph, if there is one (全年). `each` are the
    years of a list whose numbers follow one for each (2022年和2023年分别).
    """

    end: int
    year: int | None = None
    years: tuple[int, int] | None = None
    resumes: bool = False
    each: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Calendar:
    """The times that an article names, by sentence, and the year that it speaks of.

    `evidence` are the numbers of the sentences that tell the year; `opening` is the time that the text opens with,
    which holds wherever no other is named: an annual report says its year once. The year holds for the sentences of
    `timeless`, whose paragraph names no time before them and that tell of no other time or plan: from the sentence
    `firm` on, which is the first if the year is that of writing, else the one that begins with it; -1 if none does.
    """

    year: int | None
    evidence: tuple[int, ...]
    times: tuple[tuple[Time, ...], ...]
    paragraphs: tuple[int, ...]
    opening: Time | None = None
    firm: int = -1
    timeless: frozenset[int] = frozenset()

    def at(self, sentence: int, position: int) -> Time | None:
        """The time that holds at a place: the last one named before it in its sentence or paragraph, or at first."""
        resuming: Time | None = None
        for number in range(sentence, -1, -1):
            if self.paragraphs[number] != self.paragraphs[sentence]:
                return resuming or self.opening or self._of_writing(sentence)
            for time in reversed(self.times[number]):
                if number == sentence and time.end > position:
                    continue
                if not time.resumes:
                    return time if time.year or time.years else None
                resuming = resuming or (time if time.year else None)
        return resuming or self.opening or self._of_writing(sentence)

    def _of_writing(self, sentence: int) -> Time | None:
        """The year of writing, for a sentence that names no time."""
        holds = self.year and 0 <= self.firm <= sentence and sentence in self.timeless
        return Time(0, self.year) if holds else None


def article_year(text: Text) -> tuple[int | None, tuple[int, ...]]:
    """The year that an article speaks of, or None, and the numbers of the sentences that tell it."""
    found = calendar(text)
    return found.year, found.evidence


def calendar(text: Text) -> Calendar:
    """The times that an article names."""
    folded = [fold(sentence.text) for sentence in text.sentences]
    published = text.article.published or _dateline(text)
    year, evidence = _year_of(folded, published)
    times = tuple(tuple(_times(sentence, year)) for sentence in folded)
    told = any(word[0] in _tells_present() for sentence in folded for word in _relative().finditer(sentence))
    return Calendar(
        year,
        evidence,
        times,
        tuple(sentence.paragraph for sentence in text.sentences),
        _opening(text, year),
        0 if published is not None or told or len(evidence) > 1 else _first_led(folded, year),
        frozenset(
            n for n, s in enumerate(folded) if not times[n] and not _PRINTED.search(s) and not _INTENDS.search(s)
        ),
    )


def _opening(text: Text, year: int | None) -> Time | None:
    """The article's year, where its body begins with it: 2024年，…."""
    first = next((s.text for s in text.sentences if s.role is Role.BODY), "")
    match = _OPENS.match(fold(first))
    return Time(0, year) if match and int(match[1]) == year else None


def _first_led(sentences: list[str], year: int | None) -> int:
    """The first sentence that begins with the article's year, so that it speaks of that year; -1 if none does."""
    led = (n for n, s in enumerate(sentences) if (match := _LEADS.match(s)) and int(match[1]) == year)
    return next(led, -1)


def _dateline(text: Text) -> str | None:
    """The day that a line of the paper or of the source prints outside the story: 晚报 2024年7月5日 第3版."""
    for sentence in text.sentences:
        if len(sentence.text) > _LONGEST_DATELINE or sentence.role is Role.HEADLINE:
            continue
        folded = fold(sentence.text)
        day = _DATELINE.search(folded)
        if day and (sentence.role is not Role.BODY or _SOURCE.fullmatch(folded)):
            return f"{day[1]}-{int(day[2]):02}-{int(day[3]):02}"
    return None


@cache
def _relative() -> re.Pattern[str]:
    """Matches a word for a time told from the year of writing."""
    return re.compile(
        "(?!至今[年日天春夏秋冬]|今年[已刚满快近]{0,2}[0-9一二三四五六七八九十]+(?:多|来)?岁)" + either("date_relative")
    )  # 截至今年5月


@cache
def _steps() -> dict[str, int]:
    """The years that such a word adds."""
    return {row[0]: 0 if row[1] == "-" else int(row[1]) for row in table("date_relative")}


@cache
def _tells_present() -> frozenset[str]:
    """The words that tell that the text has a present year."""
    return frozenset(row[0] for row in table("date_relative") if row[1] != "-")


@cache
def _events() -> tuple[tuple[re.Pattern[str], int], ...]:
    """Events and their years."""
    return tuple((re.compile(row[0]), int(row[1])) for row in table("date_events"))


def _times(sentence: str, year: int | None) -> list[Time]:
    """The times that a sentence names, in order."""
    spans = [match.span() for match in _TITLE.finditer(sentence)]
    times = [Time(m.end(), years=(int(m[1]), int(m[2]))) for m in _SPAN.finditer(sentence)]
    taken = spans + [m.span() for m in _SPAN.finditer(sentence)]
    free = (m for m in _PRINTED.finditer(sentence) if not any(start <= m.start() < end for start, end in taken))
    times += [_printed_time(sentence, m, year) for m in free if not _compared(sentence, m)]
    times += [
        Time(m.end(), year + _steps()[m[0]] if year else None, resumes=m[0] == _WHOLE_YEAR)
        for m in _relative().finditer(sentence)
        if not _compared(sentence, m)
    ]
    return _shared_out(sorted(times, key=lambda time: time.end), sentence)


def _shared_out(times: list[Time], sentence: str) -> list[Time]:
    """The times, the last of a list of years before 分别 standing for each of them."""
    listed = list(_EACH.finditer(sentence)) if "分别" in sentence else []
    groups: list[list[re.Match[str]]] = []
    for match in listed:
        if groups and groups[-1][-1].end() == match.start():
            groups[-1].append(match)
        else:
            groups.append([match])
    each = {group[-1].end(): tuple(int(match[1]) for match in group) for group in groups if len(group) > 1}
    return [replace(time, each=each.get(time.end, ())) for time in times] if each else times


def _compared(sentence: str, match: re.Match[str]) -> bool:
    """Whether a time is only what another is compared with or set against: 比2020年, 较去年同期, 2000年以前."""
    if _SET_AGAINST.match(sentence, match.end()):
        return True
    return _COMPARED.search(sentence[max(0, match.start() - 3) : match.start()]) is not None


def _printed_time(sentence: str, match: re.Match[str], year: int | None) -> Time:
    """The time of a printed year: the year, or from 以来 on the period until the article's year."""
    printed = int(match[1])
    if sentence.startswith("以来", match.end()) and year and printed < year:
        return Time(match.end(), years=(printed, year))
    begins = _SINCE.search(sentence[max(0, match.start() - 6) : match.start()])
    if begins and _OF_VALUE.match(sentence, match.end()):
        begins = None  # 从2022年的1.3万件降到…
    return Time(match.end(), None if begins else printed)


def _year_of(sentences: list[str], published: str | None) -> tuple[int | None, tuple[int, ...]]:
    """The year that the sentences speak of: of the date and what they print, what agrees best."""
    printed: Counter[int] = Counter()
    firm: set[int] = set()
    told = {word[0] for s in sentences for word in _relative().finditer(s)} & _tells_present()
    this_year = any(_steps()[word] == 0 for word in told)
    for number, sentence in enumerate(sentences):
        for printed_year, review, whole in _printed_years(sentence):
            printed[printed_year] += 1
            # Beside 今年 a year printed amid the text, or its end, mostly is a past one.
            if whole and number <= _OPENING if this_year else review:
                firm.add(printed_year)
    year = _chosen(printed, firm, sentences, published, present=bool(told), this_year=this_year)
    return year, _evidence(sentences, year)


def _printed_years(sentence: str) -> list[tuple[int, bool, bool]]:
    """The years that a sentence prints, aims, titles and beginnings aside.

    With each, whether the sentence looks back on it, and whether it names no month of it.
    """
    titles = [match.span() for match in _TITLE.finditer(sentence)]
    found = []
    for match in _PRINTED.finditer(sentence):
        before = sentence[max(0, match.start() - 6) : match.start()]
        since = _SINCE.search(before) and not _UNTIL_NOW.match(sentence, match.end())
        if (
            since
            or (before.endswith("由") and _OF_VALUE.match(sentence, match.end()))
            or _compared(sentence, match)
            or _AIM.search(before)
            or _PLANNED.match(sentence, match.end())
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
) -> int | None:
    """The year: of publication, unless the text looks back on another; reckoned; printed last; of an event."""
    if published and published[:4].isdigit():
        year = int(published[:4])
        back = published[5:7] in _NEW_YEAR_MONTHS and printed[year - 1] > printed[year] and not present
        return year - 1 if back else year
    if present and (after := _after_month(sentences)):
        return after
    for sentence in sentences:
        if present and (running := _RUNNING.search(sentence)):
            return int(running[1]) + int(running[2])
    latest = max(printed, default=None)
    elapsed = any(_ELAPSED.search(sentence) for sentence in sentences)
    if latest is not None and (not (present or elapsed) or latest in firm or (printed[latest] > 1 and not this_year)):
        return latest
    events = {year for sentence in sentences for pattern, year in _events() if pattern.search(sentence)}
    return max((year for year in events if latest is None or year >= latest), default=None)


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


def _evidence(sentences: list[str], year: int | None) -> tuple[int, ...]:
    """The numbers of the sentences that print a year, or whose event or reckoning gives it."""
    if year is None:
        return ()
    told = [n for n, sentence in enumerate(sentences) if str(year) in sentence]
    if not told:
        told = [n for n, s in enumerate(sentences) if any(y == year and p.search(s) for p, y in _events())]
    if not told:
        told = [n for n, s in enumerate(sentences) if (m := _RUNNING.search(s)) and int(m[1]) + int(m[2]) == year]
    return tuple(told)
