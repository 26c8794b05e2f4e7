"""People: individuals with their full name, their role and the body they act for.

A role before the name (副主任丁一鸣), a title after it (陈立博士), or the word that tells who speaks makes a run of
characters a name. Those with a surname only (陈先生, 小黄) are none, nor are authors and credits.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, cast

from kg.extractors.engine import PLACES, Found, Rule, Scope, apply
from kg.extractors.person.posts import BODIES, Post, honour_before, post_before, said_after
from kg.language.dotted_names import DOT
from kg.language.occurrences import occurrences
from kg.language.person_names import full_name
from kg.language.person_words import (
    HAN,
    OTHER_PEOPLES_PATTERN,
    has_common_surname,
    is_strange,
    is_tagged,
    is_token,
)
from kg.language.place_names import cuts_word
from kg.language.settled_names import settled
from kg.language.tokens import dictionary_entry, is_common
from kg.language.wordlists import beginning, grammar, words
from kg.model import Fact, Mention, Property, Relation, Text, Token

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

NEEDS = ("places", "organizations")

KIND = "Person"

LONGEST_CUT = 4
"""A role of so many characters is no chance meeting of two words."""

_PEOPLE = grammar("people")
_LISTING = _PEOPLE["joint"]
"""What joins names that share a role."""

_DEED = _PEOPLE.compile("[" + HAN + r"]{1,2}{aspect}|{this-year}\d|\d{1,4}{more}?{year}|{person_deeds:deed}")

_OWN_DEED = _PEOPLE.compile(r"{this-year}\d+{age}|{person_deeds:own}")
"""What somebody alone does, not a body or a thing."""

_ROLE = _PEOPLE.compile("{person_roles}")
_SPEECH = _PEOPLE.compile("{person_speech}")
_CREDIT = _PEOPLE.compile(r"(?<!{trade-sign}){person_not_before}[：:\s]?$")


def extract(text: Text, found: Found) -> Iterator[Fact]:
    """The people of an article where they are introduced and where they are named again, and whom they work for."""
    whole = "\n".join(sentence.text for sentence in text.sentences)
    settle = cache(lambda name: settled(name, whole))
    facts = [_settle(fact, settle) for fact in apply(RULES, text, found)]
    mentions = _one_each(fact for fact in facts if isinstance(fact, Mention))
    yield from mentions
    yield from _named_again(mentions, text, found)
    known = set(mentions)
    yield from dict.fromkeys(fact for fact in facts if isinstance(fact, Relation) and fact.subject in known)


def _settle(fact: Fact, settle: Callable[[str], str]) -> Fact:
    """A fact with the person's name cut as the whole article has it."""
    if isinstance(fact, Relation):
        return replace(fact, subject=cast("Mention", _settle(fact.subject, settle)))
    if not isinstance(fact, Mention):
        return fact
    name = settle(fact.name)
    return fact if name == fact.name else replace(fact, name=name, end=fact.start + len(name))


def _one_each(mentions: Iterable[Mention]) -> list[Mention]:
    """One mention for each printed name, with the fullest role."""
    kept: list[Mention] = []
    ordered = sorted(mentions, key=lambda m: (m.sentence, m.start, -_told(m), -m.end, m.rule))
    for _, group in groupby(ordered, key=lambda m: m.sentence):
        end = 0
        for mention in group:
            if mention.start >= end:
                kept.append(mention)
                end = mention.end
    return kept


def _told(mention: Mention) -> int:
    """How much is told of a person's role: 社区工作者 rather than 工作者."""
    return max((len(p.value) for p in mention.properties), default=0)


def _named_again(mentions: list[Mention], text: Text, found: Found) -> list[Mention]:
    """The other places where those names stand, outside the names of bodies and places (钱学森故居)."""
    known = {(m.sentence, m.start) for m in mentions}
    again = []
    for number, start, end, name in occurrences({m.name for m in mentions}, text):
        inside = any(other.start < end and start < other.end for other in found.in_sentence(number))
        if not inside and (number, start) not in known:
            again.append(Mention(KIND, name, number, start, end, "named-again"))
    return again


def _person(scope: Scope, start: int, name: str, rule: str, post: Post) -> Iterator[Fact]:
    """The facts of a name at a position, unless it is part of a body's or a place's name."""
    end = start + len(name)
    others = [m for m in scope.found.in_sentence(scope.number, *BODIES) if m.start < end and start < m.end]
    inside = len(name) > LONGEST_CUT and all(m.kind in PLACES and start == m.start and m.end < end for m in others)
    if others and not inside:
        return  # but 乌兰 in 乌兰其木格
    if _CREDIT.search(scope.sentence.text, max(0, start - 5), start):
        return
    properties = (Property("role", post.role),) if post.role else ()
    person = Mention(KIND, name, scope.number, start, end, rule, properties)
    yield person
    if post.body is not None:
        yield Relation(person, "worksFor", post.body, scope.number, rule)


def _role_before(match: re.Match[str], scope: Scope) -> Iterator[Fact]:
    """副主任丁一鸣; and those listed after: 志愿者李娜、王强."""
    name = full_name(match.string, scope.tokens, match.end(), introduced=True)
    if match.group().endswith(_PEOPLE["of"]) and not is_token(scope.tokens, match.end(), match.end() + 3):
        return
    if name and not _straddles(scope.tokens, *match.span(1)) and not _is_thing(match[1][-1], name):
        yield from _listed(match.end(), name, "role-before-name", post_before(*match.span(1), scope), scope)


def _straddles(tokens: tuple[Token, ...], start: int, end: int) -> bool:
    """Whether a role begins and ends within ordinary words: 女儿 in 妇女儿童; not 中心主任 in 数据中心主任何海涛."""
    return end - start < LONGEST_CUT and cuts_word(tokens, start) and cuts_word(tokens, end)


def _is_thing(before: str, name: str) -> bool:
    """Whether the last character of a role makes another word with the surname, and a count follows: 村民宿 + 一角."""
    entry = dictionary_entry(name[1:])
    return dictionary_entry(before + name[0]) is not None and entry is not None and entry[1] == "m"


def _occupation_before(match: re.Match[str], scope: Scope) -> Iterator[Fact]:
    """记分员邹小莲: a word for what somebody does that no list holds, before a name that the tagger sees too."""
    start = match.end()
    name = full_name(match.string, scope.tokens, start, introduced=True)
    if DOT in name or (len(name) >= 3 and is_token(scope.tokens, start, start + len(name))):
        word = next(token for token in scope.tokens if token.end >= start)
        role = post_before(word.start, start, scope) if word.end == start else Post("", None)
        yield from _listed(start, name, "occupation-before-name", role, scope)


def _listed(start: int, name: str, rule: str, post: Post, scope: Scope) -> Iterator[Fact]:
    """The facts of a name, and of those that are listed after it with the same role."""
    text = scope.sentence.text
    if _CREDIT.search(text, max(0, start - 5), start):
        return
    if honour_before(start, scope):
        post = said_after(start + len(name), scope) or post
    while name:
        yield from _person(scope, start, name, rule, post)
        start += len(name)
        if text[start : start + 1] not in _LISTING:
            return
        start += 1
        name = full_name(text, scope.tokens, start, introduced=True)
        if _is_led_by_role(name):
            return  # 和 + 志愿者 + 叶尔兰·巴合提


def _is_led_by_role(name: str) -> bool:
    """Whether a name of parts begins with a role: 老党员 + 麦合木提·依明."""
    return name.find(DOT) > 1 and _ROLE.match(name) is not None


def _title_after(match: re.Match[str], scope: Scope) -> Iterator[Fact]:
    """陈立博士说: a full name before a title; the title is the role."""
    for length in (3, 2):
        start = match.start() - length
        if start < 0:
            continue
        behind_body = any(m.end == start for m in scope.found.in_sentence(scope.number, "Organization"))
        name = full_name(match.string, scope.tokens, start, introduced=behind_body)
        apart = start == 0 or not re.match(f"[{HAN}]", match.string[start - 1])
        if len(name) == length:
            bodies = scope.found.in_sentence(scope.number, *BODIES)
            linked = ("", *_PEOPLE["of"])
            body = next((m for m in bodies if m.end <= start and match.string[m.end : start] in linked), None)
            if body is None and not apart and not is_strange(scope.tokens, start, match.start()):
                return  # 华 + 夏幸福 + 董事长
            yield from _person(scope, start, name, "title-after-name", Post(match.group(), body))
            return


def _described(match: re.Match[str], scope: Scope) -> Iterator[Fact]:
    """71岁的周大川, 家住长乐巷的陈立.

    After 来自 the tagger must see the name too, for things come from places as well.
    """
    start = match.end()
    name = full_name(match.string, scope.tokens, start)
    if name and (is_tagged(scope.tokens, start) or not match.group().startswith(_PEOPLE["comes-from"])):
        yield from _person(scope, start, name, "described", Post("", None))


def _of_place(match: re.Match[str], scope: Scope) -> Iterator[Fact]:
    """锦绣社区的孟小兰来到: somebody of a neighbourhood, where the segmentation sees a name or no word."""
    start = match.end()
    name = full_name(match.string, scope.tokens, start, introduced=True)
    home = any(m.kind in PLACES and m.end == start - 1 for m in scope.found.places_in(scope.number))
    if home and len(name) == 3 and is_strange(scope.tokens, start, start + 3) and not has_common_surname(name):
        yield from _person(scope, start, name, "of-place", Post("", None))


def _speaker(match: re.Match[str], scope: Scope) -> Iterator[Fact]:
    """丁一鸣介绍, 区执法支队何小兰说: a name that a verb of speech follows, in a clause of its own or behind a body."""
    start = match.end()
    name = full_name(match.string, scope.tokens, start)
    body = next((m for m in scope.found.in_sentence(scope.number, "Organization") if m.end == start), None)
    if match.group() and (body is None or len(name) < LONGEST_CUT - 1):
        return
    if _is_led_by_role(name):
        return
    if name and _SPEECH.match(match.string, start + len(name)):
        yield from _person(scope, start, name, "speaker", Post("", body))


def _doer(match: re.Match[str], scope: Scope) -> Iterator[Fact]:
    """郑小兰拎着布袋: a name of three characters that begins a clause, with a deed or seen by the tagger."""
    start = match.end()
    name = full_name(match.string, scope.tokens, start)
    if not name or _department().match(name):
        return  # 卫健 + 要一张表
    seen = is_token(scope.tokens, start, start + len(name))
    if len(name) == 2 and seen and _OWN_DEED.match(match.string, start + 2):
        yield from _person(scope, start, name, "doer", Post("", None))
    if len(name) == 3 and dictionary_entry(name[:2]) is None and not is_common(name[1:]):
        done = _DEED.match(match.string, start + 3) is not None
        if done or (seen and not has_common_surname(name)):
            yield from _person(scope, start, name, "doer", Post("", None))


def _is_role(match: re.Match[str], scope: Scope) -> Iterator[Fact]:
    """潘均是太庙社区党委书记: a name that a role is said of."""
    start = match.end()
    name = full_name(match.string, scope.tokens, start)
    end = match.end(1)
    if name and match.string.startswith(_PEOPLE["is"], start + len(name)) and is_tagged(scope.tokens, start):
        yield from _person(scope, start, name, "is-role", post_before(end - len(match[2]), end, scope))


@cache
def _department() -> re.Pattern[str]:
    """How abbreviated departments begin: 卫健, 发改."""
    return re.compile("|".join(sorted({re.escape(word[:2]) for word in words("organization_abbreviations")})))


CLAUSE = _PEOPLE.regex(r"(?<![^，。！？；：、“”\s{of}])")  # where a clause begins: behind no sign but one of these
ROLE = _PEOPLE.regex("{person_roles|person_honours}")
SPEECH = beginning("person_speech") + _PEOPLE.regex("{person_speech}")
NAME = rf"(?=[{HAN}]{{3}})(?:{beginning('person_surnames')}|(?={OTHER_PEOPLES_PATTERN.pattern}))"
"""Looks ahead to a surname, or to a name without: nowhere else do names of three characters begin without a role."""

RULES: tuple[Rule, ...] = (
    Rule("role-before-name", _PEOPLE.compile("(" + ROLE + "){named}?(?=[" + HAN + "])"), _role_before),
    Rule(
        "occupation-before-name",
        _PEOPLE.compile("{person_occupation_endings}(?=[" + HAN + "]{2})"),
        _occupation_before,
    ),
    Rule("title-after-name", _PEOPLE.compile("{person_titles}(?!{not-after-title}|{corps}(?!{team}))"), _title_after),
    Rule(
        "described",
        _PEOPLE.compile(
            "(?:{aged}|{home-verb}[^，。、“”{of}]{1,14}|{comes-from}[^，。“”{of}]{1,16}){of}"
            "|{called-so}|(?<=[”{before-called}]){calls}"
        ),
        _described,
    ),
    Rule("of-place", _PEOPLE.compile("{of-place-end}{of}(?=[" + HAN + "]{3})"), _of_place),
    Rule(
        "speaker",
        _PEOPLE.compile("(?:" + CLAUSE + "|{body-sign})(?=[" + HAN + "·]{2,12}?" + SPEECH + ")"),
        _speaker,
    ),
    Rule("doer", re.compile(rf"(?<![^，。！？；“”]){NAME}"), _doer),
    Rule(
        "is-role",
        _PEOPLE.compile(CLAUSE + "(?=[" + HAN + "]{2,4}({is}[" + HAN + "]{0,14}?(" + ROLE + "))[，。])"),
        _is_role,
    ),
)
