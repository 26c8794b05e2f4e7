"""Which phrases without quotation marks name a program."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extractors.engine import Rule, Scope
from kg.language.phrases import Phrase, coined_words, headed_phrases, phrase_before, topics
from kg.language.wordlists import either, word_set
from kg.model import Fact, Mention, Role, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

KIND = "Program"

_STRONG_END = re.compile(rf"{either('program_heads_strong')}$")
_KNOWN_TAIL = re.compile(r"[点桩费区员户楼站路街巷村镇县市省厂车]$")
_COUNTED = re.compile(r"\d+[处所个家座间支项条]")
"""What is counted after it is a kind of thing, not a name: 建成养老服务中心6处."""
LONG = 8
"""A headed phrase of so many characters is specific enough to be a name."""
_EVENT = re.compile(
    rf"(?:^|[、和及])(?P<name>[^、的和及一二三四五六七八九十\d]{{2,14}}{either('program_event_tails')})(?=$|[、和及等的])"
)


def _phrase(name: str) -> Callable[[re.Match[str], Scope], Iterator[Fact]]:
    """A production that gives the headed phrases which begin where the match ends."""

    def produce(match: re.Match[str], scope: Scope) -> Iterator[Fact]:
        if match[0] in word_set("program_nominal_verbs"):
            return
        for phrase in headed_phrases(scope.sentence.text, scope.tokens, match.end()):
            if _has_weight(phrase, scope):
                yield Mention(KIND, phrase.text, scope.number, phrase.start, phrase.end, name)

    return produce


def _launched(match: re.Match[str], scope: Scope) -> Iterator[Fact]:
    """The headed phrase that is said to begin: …工坊应运而生, …项目申报工作启动以来."""
    phrase = phrase_before(scope.sentence.text, scope.tokens, match.start())
    if phrase and phrase.distinctive and not phrase.text.endswith("工作"):
        yield Mention(KIND, phrase.text, scope.number, phrase.start, phrase.end, "launched-phrase")


def _headlined(match: re.Match[str], scope: Scope) -> Iterator[Fact]:
    """A headed phrase of the headline that the body takes up."""
    if scope.sentence.role is Role.HEADLINE and match[0] not in word_set("program_nominal_verbs"):
        for phrase in headed_phrases(scope.sentence.text, scope.tokens, match.end()):
            if phrase.distinctive and _weight(phrase.text, scope.text) > 2:
                yield Mention(KIND, phrase.text, scope.number, phrase.start, phrase.end, "headlined-phrase")


def _listed(match: re.Match[str], scope: Scope) -> Iterator[Fact]:
    """What is put on the list of a government's projects: 将老年助餐列入民生实事."""
    yield Mention(KIND, match["name"], scope.number, match.start("name"), match.end("name"), "listed-topic")


def _kind_of_place(match: re.Match[str], scope: Scope) -> Iterator[Fact]:
    """A kind of place set up as a scheme (未来社区), said more than twice; no place by itself."""
    name = match["name"]
    modifier = name[:-2]
    verbal = any(t.start == match.start("name") and t.tag == "v" for t in scope.tokens)
    if (
        verbal
        or modifier in word_set("program_generic_modifiers")
        or _inside(match.span("name"), scope.found.places_in(scope.number))
    ):
        return
    if _weight(name, scope.text) > (1 if match["verb"] else 2):
        yield Mention(KIND, name, scope.number, match.start("name"), match.end("name"), "kind-of-place")


def _inside(span: tuple[int, int], mentions: Iterable[Mention]) -> bool:
    """Whether a span lies within one of the mentions, or covers one."""
    return any(m.start < span[1] and span[0] < m.end for m in mentions)


def _has_weight(phrase: Phrase, scope: Scope) -> bool:
    """A phrase under a strong head (工作法, 驿站) is a name; under another it must be long, return, or be headlined."""
    if _COUNTED.match(scope.sentence.text, phrase.end):
        return False
    followed = scope.sentence.text.startswith("工作", phrase.end)
    strong = _STRONG_END.search(phrase.text)
    weight = _weight(phrase.text, scope.text)
    if not phrase.distinctive:
        return bool(strong) and weight > 2
    return bool(strong) or followed or len(phrase.text) >= LONG or weight > 1


def _weight(phrase: str, text: Text) -> int:
    """How often an article has a phrase, its headline counted double."""
    return sum(s.text.count(phrase) * (2 if s.role is Role.HEADLINE else 1) for s in text.sentences)


def _events(match: re.Match[str], scope: Scope) -> Iterator[Fact]:
    """The members of an enumeration of events that end like the name of one: …文化节、…科普周."""
    for item in _EVENT.finditer(match["list"]):
        start = match.start("list") + item.start("name")
        yield Mention(KIND, item["name"], scope.number, start, start + len(item["name"]), "event")


def _cohort(match: re.Match[str], scope: Scope) -> Iterator[Fact]:
    """A name that a cohort qualifies: “85后”甲乙丙、“90后”丁戊己培养计划; the last one's head serves all."""
    rest = scope.sentence.text[match.end("name") :]
    phrase = next(headed_phrases(scope.sentence.text, scope.tokens, match.start("name")), None)
    if phrase and phrase.start == match.start("name"):
        yield Mention(KIND, phrase.text, scope.number, phrase.start, phrase.end, "cohort-phrase")
    elif rest.startswith("、“") and len(match["name"]) <= 6:
        yield Mention(KIND, match["name"], scope.number, match.start("name"), match.end("name"), "cohort-phrase")


def _common_end(texts: list[str]) -> str:
    """The longest string that all of some texts end with."""
    longest = min(texts, key=len)
    return next((longest[n:] for n in range(len(longest)) if all(t.endswith(longest[n:]) for t in texts)), "")


def _dotted(match: re.Match[str], scope: Scope) -> Iterator[Fact]:
    """A name with a dot; where it begins, its occurrences tell by what they share, else the words before the dot."""
    dot = scope.sentence.text.index("·", match.start())
    tail = scope.sentence.text[dot : match.end()]
    before = [part[-8:] for s in scope.text.sentences for part in s.text.split(tail)[:-1]]
    shared = _common_end(before) if len(before) > 1 else ""
    if len(shared) < 2:
        words = [t for t in scope.tokens if match.start() <= t.start and t.end <= dot]
        first = next((n for n in range(len(words)) if all(t.tag[0] in "nsbjagf" for t in words[n:])), len(words))
        shared = "".join(t.text for t in words[first:])
    if len(shared) >= 2:
        yield Mention(KIND, shared + tail, scope.number, dot - len(shared), match.end(), "dotted-name")


def _starts_word(match: re.Match[str], scope: Scope) -> bool:
    """Whether a match begins neither amid a number (十三方) nor after the levels that it counts (区、街、村三级)."""
    before = scope.sentence.text[: match.start()]
    return not before or before[-1] not in "一二三四五六七八九十百千万第0123456789省市区县镇乡村"


def _formula(match: re.Match[str], scope: Scope) -> Iterator[Fact]:
    """A formula that returns in the article or stands in its headline."""
    governed = re.match("小区治理|共治|治理|模式|机制|工作", scope.sentence.text[match.end() :])
    if (governed or match[0][0] not in "多两" or _weight(match[0], scope.text) > 1) and _starts_word(match, scope):
        yield Mention(KIND, match[0], scope.number, match.start(), match.end(), "formula")


PHRASES = (
    Rule(
        "founded-phrase",
        re.compile(rf"{either('program_founding_verbs')}(?:了|出|好|完成)?(?=[\u4e00-\u9fffA-Za-z0-9])"),
        _phrase("founded-phrase"),
    ),
    Rule(
        "ranked-phrase",
        re.compile(r"(?:第[一二三四五六]批|首批|首个|首家|首创|省级|国家级|市级)(?=[\u4e00-\u9fff])"),
        _phrase("ranked-phrase"),
    ),
    Rule(
        "cohort-phrase",
        re.compile(r"“[\d一二三四五六七八九零]{2,4}后”(?P<name>[\u4e00-\u9fff]{2,12})(?=、“)?"),
        _cohort,
    ),
    Rule("launched-phrase", re.compile(rf"{either('program_launch_verbs')}"), _launched),
    Rule(
        "headlined-phrase",
        re.compile(r"(?<=[：:])|" + either("program_founding_verbs", "program_running_verbs")),
        _headlined,
    ),
    Rule(
        "listed-topic",
        re.compile(
            r"(?:把|将)(?![这此该其])(?P<name>[\u4e00-\u9fff]{3,10}?)(?:列入|纳入|作为)[^，。；]{0,14}"
            r"(?:实事|工程|项目|试点|计划|任务|议程)"
        ),
        _listed,
    ),
    Rule(
        "kind-of-place",
        re.compile(
            rf"(?:(?P<verb>设立|建成|打造|创建)|推进|建设|[个批的])(?P<name>[\u4e00-\u9fff]{{2,4}}?{either('program_place_heads')})"
        ),
        _kind_of_place,
    ),
    Rule("event", re.compile(r"(?:举办|开展|举行|承办|主办|打造)(?:了|好)?(?P<list>[^，。；：“”]{4,60})"), _events),
    Rule(
        "event-named",
        re.compile(rf"(?<![^，、。；：的和])(?P<list>[^，、。；：的和“”]{{2,10}}{either('program_great_events')})"),
        _events,
    ),
    Rule(
        "dotted-name",
        re.compile(
            rf"[\u4e00-\u9fff]{{2,8}}·[\u4e00-\u9fff]{{1,10}}?{either('program_heads', 'program_heads_strong')}"
        ),
        _dotted,
    ),
    Rule(
        "formula",
        re.compile(rf"[一二两三四五六七八九十多]{either('program_formula_counters')}{either('program_formula_verbs')}"),
        _formula,
    ),
)


@dataclass(frozen=True)
class ArticleRule:
    """A named rule that looks at the article as a whole: the names that it finds, wherever they stand."""

    name: str
    names: Callable[[Text], Iterable[str]]


def _founded_words(text: Text) -> Iterator[str]:
    """New words that return and that a founding verb governs, a heading noun follows, or the headline holds."""
    for word in coined_words(text):
        founded = re.compile(
            rf"(?:{either('program_founding_verbs')}(?:了|出|以)?|(?:名叫|名为|取名|起名|叫做?)){re.escape(word)}"
        )
        if any(founded.search(s.text) for s in text.sentences) and not _KNOWN_TAIL.search(word):
            yield word


ARTICLE = (ArticleRule("coined-word", _founded_words), ArticleRule("headline-topic", topics))
