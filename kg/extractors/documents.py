"""Documents: plans, regulations, opinions, lists, in 《》.

The ending of the title tells a paper that governs from a newspaper, a book or a song; words before it decide where
the ending does not.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.extractors.engine import PLACES, Found, Rule, Scope, apply
from kg.language.wordlists import grammar
from kg.model import Fact, Mention, Relation, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

NEEDS = ("places", "organizations")

KIND = "Document"

ISSUERS = ("Organization", *sorted(PLACES))

_DOCUMENTS = grammar("documents")
NOT_SUBJECT = _DOCUMENTS.set("not-subject")
"""What follows a place or body that is not the one who acts."""

LONGEST_TITLE = 90
"""No title in the genre is longer; one that is has lost its closing mark."""

TITLE = rf"《((?:[^《》]|《[^《》]{{1,{LONGEST_TITLE}}}》){{1,{LONGEST_TITLE}}})》"
"""A title, which may hold the title of another paper."""

SHORT_FORM = _DOCUMENTS.compile(
    TITLE + "(?:（[^（）《》]{0,20}）)?[（(，,]?{short-form-lead}?{named-short}{called-as}?"
    '[“"]?(?:《([^《》]{1,20})》|“([^“”]{1,20})”)'
)
"""《…意见》（以下简称《意见》): the full title, and the short form with or without 《》."""


UNQUOTED = _DOCUMENTS.compile(
    r"{issued}{done}?({about}?(?!{not-begins})[^，。；：、《》{not-within}\d]{5,26}"
    "(?:{title-verb}{2}{title-noun}|{advised}{advice}|{whole-title}))(?=[，。；）]|{of}|$)"
)
"""A title without 《》 after what says that it is issued: 出台 + 深化院落养老服务改革实施方案."""

_ENDING = _DOCUMENTS.compile("{document_endings}$")
_PRESS = _DOCUMENTS.compile("{document_not_endings}$")
_REPORT = _DOCUMENTS.compile("{document_report_words}{report-time}{report}$")
_ARTS = _DOCUMENTS.compile("{document_not_before}(?:{title-between}|《[^《》]*》|[、{and}])*$")
_ISSUED = _DOCUMENTS.compile("{document_issuing_verbs}{issued-between}?(?:《[^《》]*》|[、{and}])*$")


def extract(text: Text, found: Found) -> Iterator[Fact]:
    """The documents of an article and who issued them where the sentence says so."""
    return apply(RULES, text, found)


def short_forms(text: str) -> dict[str, str]:
    """The full title of each short form that a text introduces.

    >>> short_forms("按《社区服务发展规划》（以下简称《规划》）推进")
    {'规划': '社区服务发展规划'}
    """
    return {name_of(m[2] or m[3]): name_of(m[1]) for m in SHORT_FORM.finditer(text)}


def name_of(title: str) -> str:
    """A printed title without quotation marks and white space."""
    return re.sub(r"[\s“”\"'‘’]", "", title)


def governs(title: str, before: str) -> bool:
    """Whether a title is that of a paper that governs, with the text before it.

    >>> governs("养老服务三年行动计划", "印发"), governs("人民日报", "据"), governs("我的家园", "合唱")
    (True, False, False)
    >>> governs("民情分析周报", "形成"), governs("都市周报", "据")
    (True, False)
    """
    bare = re.sub(r"（[^（）]*）$|\([^()]*\)$", "", name_of(title))
    if _REPORT.search(bare):
        return True
    if _PRESS.search(bare) or _ARTS.search(before):
        return False
    return bool(_ENDING.search(bare) or _ISSUED.search(before))


def _titled(match: re.Match[str], scope: Scope) -> Iterator[Fact]:
    before = match.string[max(0, match.start() - 8) : match.start()]
    if not governs(match[1], before):
        return
    document = Mention(KIND, name_of(match[1]), scope.number, match.start(1), match.end(1), "title")
    yield document
    for issuer in _issuers(match.start(), scope):
        yield Relation(document, "issuedBy", issuer, scope.number, "issuer-before-title")


def _issuers(position: int, scope: Scope) -> list[Mention]:
    """The bodies that are said to issue the document whose title begins at a position; without one, the place."""
    text = scope.sentence.text
    verb = _ISSUED.search(text, max(0, position - 10), position)
    if verb is None:
        return []
    clause = max(text.rfind(mark, 0, verb.start()) for mark in "，。；：“") + 1
    named = [m for m in scope.found.in_sentence(scope.number, *ISSUERS) if clause <= m.start and m.end <= verb.start()]
    subjects = [m for m in named if text[m.end : m.end + 1] not in NOT_SUBJECT]
    return [m for m in subjects if m.kind == "Organization"] or subjects[-1:]


def _unquoted(match: re.Match[str], scope: Scope) -> Iterator[Fact]:
    """A short form in “” that is introduced as such: （以下简称“意见”）."""
    if match[3] and governs(match[1], ""):
        yield Mention(KIND, name_of(match[3]), scope.number, match.start(3), match.end(3), "short-form")


def _unmarked(match: re.Match[str], scope: Scope) -> Iterator[Fact]:
    """A title that is printed without 《》, and who issued it."""
    document = Mention(KIND, name_of(match[1]), scope.number, match.start(1), match.end(1), "unquoted-title")
    yield document
    for issuer in _issuers(match.start(1), scope):
        yield Relation(document, "issuedBy", issuer, scope.number, "issuer-before-title")


RULES: tuple[Rule, ...] = (
    Rule("title", re.compile(TITLE), _titled),
    Rule("unquoted-title", UNQUOTED, _unmarked),
    Rule("short-form", SHORT_FORM, _unquoted),
)
