"""Which quotations name a program: by what introduces and follows them, by their own form, by their return."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.language.quotations import Quotation, quotations
from kg.language.tokens import dictionary_entry, is_common, tokens_of
from kg.language.wordlists import either, word_set
from kg.model import Mention, Role, Sentence, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

KIND = "Program"

_MIDDLE = r"[^\W是的为在让使把被将了着过说道对向从到与和并以等而由\s]{0,12}?"
_HEAD_AFTER = re.compile(rf"(?P<link>等|的)?(?P<long>{_MIDDLE}{either('program_heads')})")
_LEAD = re.compile(
    rf"{either('program_founding_verbs')}(?:了|出)?(?P<lead>[\u4e00-\u9fff]{{2,6}})(?<![的个批条项等种类以])$"
)
NAMING = ("n", "j", "vn", "b", "s")
"""How the tags of words begin that can open a name."""
LONGEST_HEAD = 18
"""How far after a quotation its head may end (code points)."""

_SLOGAN_AFTER = re.compile(rf"(?:等|的|这一|式)?[^，。、的]{{0,4}}?{either('program_slogan_heads')}")
_FOUNDED_BEFORE = re.compile(rf"{either('program_founding_verbs')}(?:了|出|起)?[^，。；]{{0,14}}$")
_RUN_BEFORE = re.compile(rf"{either('program_running_verbs')}(?:了|好)?[^，。；]{{0,8}}$")
_HONOUR_BEFORE = re.compile(
    r"(?:荣获|获评|获得|评为|授予|入选|摘得|获|冠以|誉为|称为|称作|称之为|戏称|俗称|喊出)[^，。；]{0,10}$"
)
_NAMING_BEFORE = re.compile(r"(?:名叫|名为|取名为?|起名为?|命名为|定名为?|叫做?|名曰|简称)$")
_ROLE_END = re.compile(rf"{either('program_role_ends')}$")
_NOUN_END = re.compile(rf"{either('program_name_ends')}$")
_COMPOUND = re.compile(r"[\u4e00-\u9fffA-Za-z0-9·.]{3,9}")
_FIGURED_BEFORE = re.compile(
    rf"{either('program_figure_verbs')}(?:了|出|好|起|成|为|的)?[^，。；]{{0,6}}$|[从由变成化啃治叹喊说问答当作]$|[说喊问叹写答]道$|^(?:为|到|向|转为?|走向|迈向|转向|变为|换成|而非|不是)$"
)
_FIGURED_AFTER = re.compile(r"到|变|向|转|化|式|般|似|感|味|地(?!处)")
PARTICLES = frozenset({"uj", "ul", "uz", "ud", "y", "r", "c", "p", "d", "e", "o"})
"""Tags of words that stand in clauses, not in names."""
_OWN_HEAD = re.compile(
    rf".{{2,}}(?:{either('program_heads_strong')}|码|行动|计划|模式|机制|工作法|平台)(?:\d(?:\.\d)?版?)?$"
)
_SPEECH = re.compile(
    r"[我你您他她咱]|们|[吗呢吧啊呀了啦嘛]$|不[是能会要用好]|[。！？!?；：]|什么|怎么|这[个些样]|那[个些样]|就是|可以"
)
_PARALLEL = re.compile(r"(?=.{5,})(?:[一二两三四五六七八九十百千\d]+[\u4e00-\u9fff]{1,4}){2,5}")
_FORMULA_NAME = re.compile(r"[一二两三四五六七八九十百千\d][^，,。]{1,14}$|[\dN]+(?:[+＋][\dNX]+)+$")
_FIGURE_END = re.compile(rf"{either('program_figure_tails')}$")
_COHORT = re.compile(r"[全大小]..$|(.)\1+$|\d+后$|[\d一二三四五六七八九零]+后$")


@dataclass(frozen=True)
class QuotationRule:
    """A named rule on quotations: `accepts` tells whether one names a program, given how often the article has it."""

    name: str
    accepts: Callable[[Quotation, int], bool]


def _head_after(after: str) -> re.Match[str] | None:
    """The head that follows a quotation, one phrase with it, and ending where a word ends (not 岗 in 岗位).

    Heads in a row belong together: 工作 + 法, 服务 + 平台.
    """
    found: re.Match[str] | None = None
    for token in tokens_of(after[:LONGEST_HEAD]):
        match = _HEAD_AFTER.fullmatch(after, 0, token.end)
        if match and _is_nominal(match["long"]):
            found = match
        elif found:
            break
    return found


def _headed(quotation: Quotation, _: int = 0) -> bool:
    return len(quotation.text) > 1 and _head_after(quotation.after) is not None


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


def _named(quotation: Quotation, _: int) -> bool:
    return len(quotation.text) > 1 and _NAMING_BEFORE.search(quotation.before) is not None


def _own_name(quotation: Quotation, _: int) -> bool:
    """Coined: a nominal compound that the dictionary lacks, with nothing around it that makes a figure of it."""
    text = quotation.text
    if not _COMPOUND.fullmatch(text) or text[1] == "得" or dictionary_entry(text):
        return False
    if _FIGURED_BEFORE.search(quotation.before) and not _ROLE_END.search(text):
        return False
    if _FIGURED_AFTER.match(quotation.after):
        return False
    tokens = tokens_of(text)
    ends_well = tokens[-1].tag.startswith(NAMING) or _NOUN_END.search(text)
    return bool(ends_well) and not any(t.tag in PARTICLES for t in tokens)


def _is_formula(quotation: Quotation, times: int) -> bool:
    used = times > 1 or _FOUNDED_BEFORE.search(quotation.before) or _RUN_BEFORE.search(quotation.before)
    parallel = _PARALLEL.fullmatch(quotation.text)
    return bool(parallel or (used and _FORMULA_NAME.match(quotation.text))) and not is_common(quotation.text)


COINED = QuotationRule("quoted-coined", _own_name)

QUOTED = (
    QuotationRule("quoted-with-head", _headed),
    QuotationRule("quoted-own-head", _own_head),
    QuotationRule("quoted-formula", _is_formula),
    QuotationRule("quoted-founded", _founded),
    QuotationRule("quoted-named", _named),
    QuotationRule("quoted-run-again", _run_again),
    QuotationRule("quoted-again", _returns),
    COINED,
)


def _is_heading(sentence: Sentence) -> bool:
    """Headings are full of figures; what they coin must return in the text."""
    return sentence.role in {Role.HEADLINE, Role.HEADING}


def _barred(quotation: Quotation) -> bool:
    """Speech, slogans, honours, cohorts and spans (“85后”, “全领域”) and figures of speech are no names at all."""
    text = quotation.text
    return (
        text in word_set("program_figures")
        or _FIGURE_END.search(text) is not None
        or _COHORT.match(text) is not None
        or (_SPEECH.search(text) is not None and not _headed(quotation))
        or text[-1] in "，。！？；："
        or _SLOGAN_AFTER.match(quotation.after) is not None
        or _HONOUR_BEFORE.search(quotation.before) is not None
        or len(re.findall(r"[\u4e00-\u9fff0-9A-Za-z]", text)) < 2
    )


def quoted(text: Text) -> Iterator[Mention]:
    """The programs that an article names in quotation marks, with the long form where a head follows the marks."""
    by_sentence = [list(quotations(s.text)) if set(s.text) & set('“‘「『"') else [] for s in text.sentences]
    times = Counter(q.text for group in by_sentence for q in group)
    for number, group in enumerate(by_sentence):
        for quotation in group:
            if _barred(quotation):
                continue
            rule = next((r for r in QUOTED if r.accepts(quotation, times[quotation.text])), None)
            if rule and not (rule is COINED and times[quotation.text] == 1 and _is_heading(text.sentences[number])):
                if len(quotation.text) > 2:
                    yield Mention(KIND, quotation.text, number, quotation.start, quotation.end, rule.name)
                yield from _with_head(quotation, text, number, rule.name, returns=times[quotation.text] > 1)


def _with_head(quotation: Quotation, text: Text, number: int, rule: str, *, returns: bool) -> Iterator[Mention]:
    """The long form, “共富”工坊 as 共富工坊, beside the short one; both begin at the same place.

    Where the quotation returns elsewhere and a founding verb governs more than it (打造乡创“共富”基地), the whole is a
    name of its own.
    """
    sentence = text.sentences[number].text
    rest = sentence[quotation.end + 1 : quotation.end + 1 + LONGEST_HEAD]
    match = _head_after(re.split(r"[“‘「『，。；：]", rest)[0])
    if match is None or match["link"]:
        return
    end = quotation.end + 1 + match.end()
    lead = _LEAD.search(sentence, max(0, quotation.start - 24), quotation.start - 1)
    soft = match["long"] in word_set("program_soft_tails")
    if lead and returns and not soft and all(t.tag.startswith(NAMING) for t in tokens_of(lead["lead"])):
        yield Mention(KIND, lead["lead"] + quotation.text + match["long"], number, lead.start("lead"), end, rule)
    else:
        yield Mention(KIND, quotation.text + match["long"], number, quotation.start, end, rule)
