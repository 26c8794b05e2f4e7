"""Programs: named initiatives, quoted or not.

A quotation is a name when what introduces it, what follows it, its own form or its return tell so (`QuotationRule`s);
speech, slogans, honours and figures of speech are not. Without quotation marks, a phrase is a name when a founding
verb governs it and a noun of initiatives heads it, when it is built like a formula (三方协同), when it is a new word
that returns, or when the headline makes it the topic. Where a name was found once, its other occurrences are too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from kg.extractors.engine import Found, Rule, Scope, apply
from kg.language.phrases import Phrase, coined_words, headed_phrases, phrase_before, topics
from kg.language.quotations import Quotation, quotations
from kg.language.tokens import is_common, tokens_of
from kg.language.wordlists import either, word_set
from kg.model import Fact, Mention, Role, Text

NEEDS = ("places", "organizations")
KIND = "Program"

_MIDDLE = r"[^\W是的为在让使把被将了着过说道对向从到与和并以等而由\s]{0,12}?"
_HEAD_AFTER = re.compile(rf"(?P<link>等|的)?(?P<long>{_MIDDLE}{either('program_heads')})")
_SLOGAN_AFTER = re.compile(rf"(?:等|的|这一|式)?[^，。、的]{{0,4}}?{either('program_slogan_heads')}")
_FOUNDED_BEFORE = re.compile(rf"{either('program_founding_verbs')}(?:了|出|起)?[^，。；]{{0,14}}$")
_RUN_BEFORE = re.compile(rf"{either('program_running_verbs')}(?:了|好)?[^，。；]{{0,8}}$")
_HONOUR_BEFORE = re.compile(r"(?:荣获|获评|获得|评为|授予|入选|摘得|获|冠以|誉为|称为|称作|称之为|戏称|俗称|喊出)[^，。；]{0,10}$")
_OWN_HEAD = re.compile(rf".{{2,}}(?:{either('program_heads_strong')}|码|行动|计划|模式|机制|工作法|平台)$")
_SPEECH = re.compile(r"[我你您他她咱]|们|[吗呢吧啊呀了啦嘛]$|不[是能会要用好]|[。！？!?；：]|什么|怎么|这[个些样]|那[个些样]|就是|可以")
_FORMULA_NAME = re.compile(r"[一二两三四五六七八九十百千\d][^，,。]{1,14}$|\d+(?:\+\d+)+$")
_STRONG_END = re.compile(rf"{either('program_heads_strong')}$")
_KNOWN_TAIL = re.compile(r"[点桩费区员户楼站路街巷村镇县市省厂车]$")
LONG = 8
"""A headed phrase of so many characters is specific enough to be a name."""
_EVENT = re.compile(rf"(?:^|[、和及])(?P<name>[^、的和及一二三四五六七八九十\d]{{2,14}}{either('program_event_tails')})(?=$|[、和及等的])")
_FIGURE_END = re.compile(rf"{either('program_figure_tails')}$")
_COHORT = re.compile(r"\d+后$|[\d一二三四五六七八九零]+后$")


@dataclass(frozen=True)
class QuotationRule:
    """A named rule on quotations: `accepts` tells whether one names a program, given how often the article has it."""

    name: str
    accepts: Callable[[Quotation, int], bool]


def _headed(quotation: Quotation, _: int = 0) -> bool:
    match = _HEAD_AFTER.match(quotation.after)
    return match is not None and len(quotation.text) > 1 and _is_nominal(match["long"])


def _is_nominal(words: str) -> bool:
    """Whether no verb stands in what follows a quotation, so that it is one phrase with it."""
    verbs = (word_set("program_founding_verbs") | word_set("program_running_verbs")) - word_set("program_nominal_verbs")
    return not any(token.text in verbs and not token.tag.startswith("n") for token in tokens_of(words))


def _own_head(quotation: Quotation, _: int) -> bool:
    return "，" not in quotation.text and _OWN_HEAD.match(quotation.text) is not None


def _founded(quotation: Quotation, _: int) -> bool:
    return _is_name_like(quotation) and _FOUNDED_BEFORE.search(quotation.before) is not None


def _run_again(quotation: Quotation, times: int) -> bool:
    return times > 1 and _is_name_like(quotation) and _RUN_BEFORE.search(quotation.before) is not None


def _returns(quotation: Quotation, times: int) -> bool:
    return times > 2 and _is_name_like(quotation)


def _is_name_like(quotation: Quotation) -> bool:
    """Of a name's length, no clause, and not a word that everybody knows."""
    text = quotation.text
    return 3 <= len(text) <= 16 and not re.search(r"[，,]", text) and not is_common(text)


def _is_formula(quotation: Quotation, times: int) -> bool:
    used = times > 1 or _FOUNDED_BEFORE.search(quotation.before) or _RUN_BEFORE.search(quotation.before)
    return bool(used and _FORMULA_NAME.match(quotation.text)) and not is_common(quotation.text)


QUOTED = (
    QuotationRule("quoted-with-head", _headed),
    QuotationRule("quoted-own-head", _own_head),
    QuotationRule("quoted-formula", _is_formula),
    QuotationRule("quoted-founded", _founded),
    QuotationRule("quoted-run-again", _run_again),
    QuotationRule("quoted-again", _returns),
)


def _barred(quotation: Quotation) -> bool:
    """Speech, slogans, honours, cohorts (“85后”) and figures of speech are no names, whatever stands around them."""
    text = quotation.text
    return (
        text in word_set("program_figures")
        or _FIGURE_END.search(text) is not None
        or _COHORT.match(text) is not None
        or (_SPEECH.search(text) is not None and not _headed(quotation))
        or _SLOGAN_AFTER.match(quotation.after) is not None
        or _HONOUR_BEFORE.search(quotation.before) is not None
        or not re.search(r"[\u4e00-\u9fff0-9A-Za-z]{2}", text)
    )


def _quoted(text: Text) -> Iterator[Mention]:
    by_sentence = [list(quotations(s.text)) if set(s.text) & set("“‘「『\"") else [] for s in text.sentences]
    times = Counter(q.text for group in by_sentence for q in group)
    for number, group in enumerate(by_sentence):
        for quotation in group:
            if _barred(quotation):
                continue
            rule = next((r for r in QUOTED if r.accepts(quotation, times[quotation.text])), None)
            if rule:
                if len(quotation.text) > 2:
                    yield Mention(KIND, quotation.text, number, quotation.start, quotation.end, rule.name)
                yield from _with_head(quotation, text, number, rule.name)


def _with_head(quotation: Quotation, text: Text, number: int, rule: str) -> Iterator[Mention]:
    """The long form, “共富”工坊 as 共富工坊, beside the short one; both begin at the same place."""
    sentence = text.sentences[number].text
    match = _HEAD_AFTER.match(sentence, quotation.end + 1)
    if match and not match["link"] and _is_nominal(match["long"]):
        yield Mention(KIND, quotation.text + match["long"], number, quotation.start, match.end(), rule)


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
    if phrase and phrase.distinctive:
        yield Mention(KIND, phrase.text, scope.number, phrase.start, phrase.end, "launched-phrase")


def _headlined(match: re.Match[str], scope: Scope) -> Iterator[Fact]:
    """A headed phrase of the headline that the body takes up."""
    if scope.sentence.role is Role.HEADLINE:
        for phrase in headed_phrases(scope.sentence.text, scope.tokens, match.end()):
            if phrase.distinctive and _weight(phrase.text, scope.text) > 2:
                yield Mention(KIND, phrase.text, scope.number, phrase.start, phrase.end, "headlined-phrase")


def _kind_of_place(match: re.Match[str], scope: Scope) -> Iterator[Fact]:
    """A kind of place set up as a scheme (未来社区), said more than twice; no place by itself."""
    name = match["name"]
    modifier = name[:-2]
    if modifier in word_set("program_generic_modifiers") or _inside(
        match.span("name"), scope.found.places_in(scope.number)
    ):
        return
    if _weight(name, scope.text) > (1 if match["verb"] else 2):
        yield Mention(KIND, name, scope.number, match.start("name"), match.end("name"), "kind-of-place")


def _has_weight(phrase: Phrase, scope: Scope) -> bool:
    """A phrase under a strong head (工作法, 驿站) is a name; under another it must be long, return, or be headlined."""
    followed = scope.sentence.text.startswith("工作", phrase.end)
    strong = _STRONG_END.search(phrase.text)
    weight = _weight(phrase.text, scope.text)
    if not phrase.distinctive:
        return bool(strong) and weight > 3
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


def _dotted(match: re.Match[str], scope: Scope) -> Iterator[Fact]:
    yield Mention(KIND, match[0], scope.number, match.start(), match.end(), "dotted-name")


def _formula(match: re.Match[str], scope: Scope) -> Iterator[Fact]:
    """A formula that returns in the article or stands in its headline."""
    governed = re.match("小区治理|共治|治理|模式|机制|工作", scope.sentence.text[match.end() :])
    if governed or _weight(match[0], scope.text) > 1:
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
    Rule("cohort-phrase", re.compile(r"“[\d一二三四五六七八九零]{2,4}后”(?P<name>[\u4e00-\u9fff]{2,12})(?=、“)?"), _cohort),
    Rule("launched-phrase", re.compile(rf"{either('program_launch_verbs')}"), _launched),
    Rule("headlined-phrase", re.compile(r"(?<=[：:])|" + either("program_founding_verbs", "program_running_verbs")), _headlined),
    Rule(
        "kind-of-place",
        re.compile(rf"(?:(?P<verb>设立|建成|打造|创建)|推进|建设|[个批的])(?P<name>[\u4e00-\u9fff]{{2,4}}?{either('program_place_heads')})"),
        _kind_of_place,
    ),
    Rule("event", re.compile(r"(?:举办|开展|举行|承办|主办|打造)(?:了|好)?(?P<list>[^，。；：“”]{4,60})"), _events),
    Rule(
        "dotted-name",
        re.compile(rf"[\u4e00-\u9fff]{{2,8}}·[\u4e00-\u9fff]{{1,10}}?{either('program_heads', 'program_heads_strong')}"),
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
        founded = re.compile(rf"{either('program_founding_verbs')}(?:了|出|以)?{re.escape(word)}")
        if any(founded.search(s.text) for s in text.sentences) and not _KNOWN_TAIL.search(word):
            yield word


ARTICLE = (ArticleRule("coined-word", _founded_words), ArticleRule("headline-topic", topics))

NAMED_AGAIN = ArticleRule("named-again", lambda _: ())

RULES = (*QUOTED, *PHRASES, *ARTICLE, NAMED_AGAIN)


def extract(text: Text, found: Found) -> Iterator[Mention]:
    """The programs that an article names."""
    first = [*_quoted(text), *(m for m in apply(PHRASES, text, found) if isinstance(m, Mention))]
    for rule in ARTICLE:
        for name in rule.names(text):
            first.extend(_occurrences(name, text, rule.name))
    first = [m for m in first if not _is_other_thing(m, found)]
    yield from _distinct([*first, *_again(text, first)])


def _inside(span: tuple[int, int], mentions: Iterable[Mention]) -> bool:
    """Whether a span lies within one of the mentions, or covers one."""
    return any(m.start < span[1] and span[0] < m.end for m in mentions)


def _occurrences(name: str, text: Text, rule: str) -> Iterator[Mention]:
    for number, sentence in enumerate(text.sentences):
        for match in re.finditer(re.escape(name), sentence.text):
            yield Mention(KIND, name, number, match.start(), match.end(), rule)


def _is_other_thing(mention: Mention, found: Found) -> bool:
    """Whether an organization or a place stands in the very same words."""
    return any(
        other.start <= mention.start and mention.end <= other.end for other in found.in_sentence(mention.sentence)
    ) and mention.rule not in {r.name for r in QUOTED}


def _again(text: Text, first: list[Mention]) -> Iterator[Mention]:
    """Other occurrences of the names found, where no longer name holds them."""
    names = sorted({m.name for m in first if len(m.name) > 2 and not m.name.isdigit()}, key=lambda n: (-len(n), n))
    if not names:
        return
    pattern = re.compile("|".join(map(re.escape, names)))
    taken = {(m.sentence, m.start) for m in first}
    for number, sentence in enumerate(text.sentences):
        for match in pattern.finditer(sentence.text):
            if (number, match.start()) not in taken:
                yield Mention(KIND, match[0], number, match.start(), match.end(), NAMED_AGAIN.name)


def _distinct(mentions: list[Mention]) -> list[Mention]:
    """One mention a name and place, the rule that comes first in the table kept."""
    order = {rule.name: n for n, rule in enumerate(RULES)}
    kept: dict[tuple[int, int, int], Mention] = {}
    for mention in sorted(mentions, key=lambda m: order[m.rule]):
        kept.setdefault((mention.sentence, mention.start, mention.end), mention)
    return sorted(kept.values(), key=lambda m: (m.sentence, m.start, m.end))
