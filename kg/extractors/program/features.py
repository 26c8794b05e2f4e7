"""What the decision on programs looks at: the form of a name, what stands around it, how the article uses it."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.decision import Feature, features_of
from kg.extractors.program.marks import MARKS, said
from kg.language.phrases import head_class
from kg.language.tokens import COMMON_FREQUENCY, dictionary_entry
from kg.language.wordlists import grammar, word_set, words
from kg.model import Role

if TYPE_CHECKING:
    from kg.extractors.engine import Found
    from kg.extractors.program.candidates import Candidate
    from kg.model import Text

PARTICLES = frozenset({"uj", "ul", "uz", "ud", "ug", "y", "r", "c", "p", "d", "e", "o"})
"""Tags of words that stand in clauses, not in names."""

PART = 3
"""So many characters of a name in the headline tell that it speaks of the same (code points)."""

QUARTERS = 4
LONG = 8
"""Where an article has fewer sentences, it says nothing in which of them a name stands."""

_DIGIT = re.compile(r"\d")
_NUMERAL = grammar("programs").compile(r"[{counted-further}\dN]")
_STRONG = words("program_heads_strong")
_ENDS = words("program_name_ends")
_SHARED = word_set("program_generic_modifiers", "program_heads")
"""The words that any initiative may have in its name."""


def _step(number: int, *steps: int) -> str:
    """The step that a number has reached, of some that ascend.

    >>> _step(5, 1, 2, 4, 6)
    '4'
    """
    reached = bisect_right(steps, number)
    return str(steps[reached - 1] if reached else 0)


def _length(candidate: Candidate) -> str:
    return _step(len(candidate.name), 2, 3, 4, 5, 6, 8, 10, 13, 17)


def _share(candidate: Candidate) -> str:
    quoted = sum(o.pattern == "quoted" for o in candidate.occurrences)
    return "all" if quoted >= candidate.times else "part"


def _times(candidate: Candidate) -> str:
    return _step(candidate.times, 1, 2, 3, 4, 6, 9)


def _tail(candidate: Candidate) -> str:
    return head_class(candidate.words[-1].text) or head_class(candidate.name[-2:])


def _own_words_tail(candidate: Candidate) -> str:
    return f"{_generic(candidate)} {_tail(candidate)}"


def _place(candidate: Candidate) -> str:
    sentences = len(candidate.text.sentences)
    return str(QUARTERS * candidate.occurrences[0].sentence // sentences) if sentences >= LONG else ""


def _density(candidate: Candidate) -> str:
    sentences = len(candidate.text.sentences)
    return _step(100 * candidate.times // sentences, 0, 2, 4, 8, 15, 25) if sentences >= LONG else ""


def _longest_head(candidate: Candidate) -> str:
    return max(candidate.occurrences, key=lambda o: o.whole - o.start).head


def _times_longest(candidate: Candidate) -> str:
    return f"{_times(candidate)} {_longest_head(candidate)}"


def _rare_words(candidate: Candidate) -> str:
    return _step(sum(len(t.text) > 1 and t.tag != "x" and _is_rare(t.text) for t in candidate.words), 0, 1, 2)


def _is_rare(word: str) -> bool:
    entry = dictionary_entry(word)
    return entry is None or entry[0] < COMMON_FREQUENCY


def _magnitudes(candidate: Candidate) -> list[int]:
    """The order of magnitude of how often the dictionary has each longer word of the name; 0 for an unknown one."""
    return [_magnitude(token.text) for token in candidate.words if len(token.text) > 1] or [0]


@lru_cache(maxsize=16_384)
def _magnitude(word: str) -> int:
    entry = dictionary_entry(word)
    return len(str(entry[0])) if entry else 0


def _rarest(candidate: Candidate) -> str:
    return str(min(_magnitudes(candidate)))


def _usual(candidate: Candidate) -> str:
    magnitudes = _magnitudes(candidate)
    return str(2 * sum(magnitudes) // len(magnitudes))


def _strong(candidate: Candidate) -> bool:
    return any(o.name.endswith(_STRONG) for o in candidate.occurrences)


def _in_headline(candidate: Candidate) -> str:
    """Whether the headline has the name, or a part of it that is long enough to tell."""
    name = candidate.name
    headline = candidate.found.kept(_headline, candidate.text, 0)
    if name in headline:
        return "whole"
    return "part" if any(name[n : n + PART] in headline for n in range(len(name) - PART + 1)) else ""


def _headline(text: Text, _found: Found, _number: int) -> str:
    return "\n".join(s.text for s in text.sentences if s.role is Role.HEADLINE)


def _numbered(candidate: Candidate) -> bool:
    sentences = candidate.text.sentences
    return any(_DIGIT.search(sentences[o.sentence].text, o.whole) for o in candidate.occurrences)


def _introduced(candidate: Candidate) -> str:
    """The kind of verb that introduces the name, and whether it does so directly and the clause ends with the name."""
    around = candidate.around
    kind = next((kind for kind in ("naming", "founding", "running", "figure") if f"{kind}-verb" in around), "")
    directly = " directly" if f"{kind}-verb-directly" in around else ""
    return f"{kind}{directly}{' ends' if 'ends-clause' in around else ''}"


def _generic(candidate: Candidate) -> str:
    return _step(len([t for t in candidate.words if t.text not in _SHARED]), 0, 1, 2, 3)


_BOTH: tuple[Feature[Candidate], ...] = (
    Feature("words", "how many words it has", lambda c: _step(len(c.words), 1, 2, 3, 4, 5, 7)),
    Feature("times", "how often the article has it", _times),
    Feature("tail", "the kind of noun that ends it: 能人坊", _tail),
    Feature("longest", "the kind of noun that heads its longest form: “共富”工坊", _longest_head),
    Feature("first", "the tag of its first word", lambda c: c.words[0].tag[0]),
    Feature("last", "the tag of its last word", lambda c: c.words[-1].tag[0]),
    Feature("first-word", "its first word", lambda c: c.words[0].text),
    Feature("last-word", "its last word: …行动", lambda c: c.words[-1].text),
    Feature("last-character", "its last character: …坊", lambda c: c.name[-1]),
    Feature("numeral", "begins with a number: 三方协同", lambda c: _NUMERAL.match(c.name) is not None),
    Feature("rare-words", "how many of its words are rare or new", _rare_words),
    Feature("rarest", "the order of magnitude of how often the dictionary has its rarest word", _rarest),
    Feature("usual", "the same of its words on average, in halves", _usual),
    Feature("own-words", "how many of its words are its own, not such as any initiative has: 便民, 平台", _generic),
    Feature("strong", "a head that makes names: 工坊", _strong),
    Feature("place", "the quarter of the article in which it stands first", _place),
    Feature("density", "how many of a hundred sentences have it", _density),
    Feature("clause", "holds particles, pronouns or conjunctions", lambda c: any(t.tag in PARTICLES for t in c.words)),
)
_QUOTED: tuple[Feature[Candidate], ...] = (
    *_BOTH,
    Feature("length", "how many characters it has", _length),
    Feature("share", "whether all its occurrences are quoted", _share),
    Feature("entry", "a word of the dictionary", lambda c: dictionary_entry(c.name) is not None),
    Feature("enumeration", "holds 、", lambda c: "、" in c.name),
    Feature("rank", "its rank among quoted names by occurrences", lambda c: _step(c.rank, 1, 2, 3, 5, 8)),
    Feature("noun-end", "ends like a thing: 邻里码", lambda c: c.name.endswith(_ENDS)),
    Feature("family", "how many quoted names are built like it", lambda c: _step(c.family - 1, 0, 1, 2, 4)),
)
_PLAIN: tuple[Feature[Candidate], ...] = (
    *_BOTH,
    Feature("pattern", "the pattern that found it first", lambda c: c.occurrences[0].pattern),
    Feature("entry", "a word of the dictionary", lambda c: dictionary_entry(c.name) is not None),
    Feature("in-headline", "the headline has it, or part of it", _in_headline),
    Feature("numbered", "a number follows in its sentence", _numbered),
    Feature("introduced", "how a verb introduces it, and whether the clause ends with it", _introduced),
    Feature("pattern-introduced", "the same, by pattern", lambda c: f"{c.occurrences[0].pattern} {_introduced(c)}"),
    Feature("times-longest", "how often the article has it, by the noun that heads its longest form", _times_longest),
    Feature("times-last-word", "the same, by its last word", lambda c: f"{_step(c.times, 1, 2, 3)} {c.words[-1].text}"),
    Feature("own-words-tail", "how many words are its own, by the noun that ends it", _own_words_tail),
    Feature("last-two", "its last two characters: …制度", lambda c: c.name[-2:]),
    Feature("rank", "its rank among names without marks by occurrences", lambda c: _step(c.rank, 1, 2, 3, 5, 8, 15)),
    Feature("quotations", "how many quoted names the article has", lambda c: _step(c.quotations, 0, 1, 2, 3, 5, 8)),
    Feature("length", "how many characters it has", _length),
    Feature("inner-verb", "a verb stands in its middle", lambda c: any(t.tag == "v" for t in c.words[1:-1])),
)

FORMS = {"programs_quoted": _QUOTED, "programs_plain": _PLAIN}
"""The features of the name itself and of its use in the article, by table."""


_OF_FORM = (
    "last-character",
    "last-two",
    "length",
    "entry",
    "enumeration",
    "noun-end",
    "numeral",
    "strong",
    "character",
)
_OF_USE = ("pattern", "times", "rank", "share", "quotations", "family")
_OF_NESTING = ("holds-another", "held", "held-first", "held-last", "held-as-often", "alone")
AT_A_GLANCE = frozenset((*_OF_FORM, *_OF_USE, *_OF_NESTING))
"""What costs little to tell: the name's characters and how often it stands where, but neither its words nor those
around it."""

OF_WORDS = frozenset({"word", "pair"})
"""What is asked for last of what may be said many times over: the words and pairs of characters that a name holds."""


def table_of(candidate: Candidate) -> str:
    """The table that decides on a candidate: one for names in quotation marks, one for the others."""
    return "programs_quoted" if candidate.quoted else "programs_plain"


def features(candidate: Candidate) -> tuple[str, ...]:
    """The features of a candidate, `always` first."""
    table = table_of(candidate)
    known = (mark for mark in said(candidate) if mark.partition("=")[0] in MARKS[table])
    return (*features_of(FORMS[table], candidate), *sorted(known))
