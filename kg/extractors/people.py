"""People: individuals with their full name, their role and the body they act for.

A role before the name (副主任丁一鸣), a title after it (陈立博士), or the word that tells who speaks makes a run of
characters a name. Those with a surname only (陈先生, 小黄) are none, nor are authors and credits.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, cast

from kg.extractors.engine import PLACES, Found, Rule, Scope, apply
from kg.language.person_names import full_name, has_common_surname, is_tagged, is_token, settled
from kg.language.tokens import dictionary_entry, is_common
from kg.language.wordlists import either, word_set
from kg.model import Fact, Mention, Property, Relation, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

NEEDS = ("places", "organizations")

KIND = "Person"

BODIES = ("Organization", *sorted(PLACES))

CLAUSE_MARKS = ("", *"，。！？；：“”")
"""What stands before a clause."""

LONGEST_MODIFIER = 6
"""Characters between a place and a role; where more stand there, the person works for something else."""

LONGEST_ROLE = 24
"""Characters of a role with its modifiers (党委书记、居民议事会成员)."""

NOUN_TAGS = ("n", "b", "j", "vn", "a", "l", "f")
"""How jieba's tags begin of the words that may stand between a body and a name."""

HAN = "一-龥"

_DEED = re.compile(rf"[{HAN}]{{1,2}}[着了过]")
_PARTY = re.compile(r"党(?:委|工委|组|总支|支部)$")


def extract(text: Text, found: Found) -> Iterator[Fact]:
    """The people of an article where they are introduced and where they are named again, and whom they work for."""
    whole = "\n".join(sentence.text for sentence in text.sentences)
    facts = [_settle(fact, whole) for fact in apply(RULES, text, found)]
    facts += _recurring(text, found)
    mentions = _one_each(fact for fact in facts if isinstance(fact, Mention))
    yield from mentions
    yield from _named_again(mentions, text, found)
    known = set(mentions)
    yield from dict.fromkeys(fact for fact in facts if isinstance(fact, Relation) and fact.subject in known)


def _recurring(text: Text, found: Found) -> Iterator[Mention]:
    """Names of three characters that the tagger sees at the beginning of a clause, and again in the article."""
    seen: dict[str, list[Mention]] = {}
    heads = set()
    for number, sentence in enumerate(text.sentences):
        before = ""
        for token in text.tokens[number]:
            if len(token.text) == 3 and token.tag.startswith("nr"):
                mention = Mention(KIND, token.text, number, token.start, token.end, "recurring")
                seen.setdefault(token.text, []).append(mention)
                if before in CLAUSE_MARKS and full_name(sentence.text, text.tokens[number], token.start) == token.text:
                    heads.add(token.text)
            before = token.text[-1:]
    for name, mentions in seen.items():
        if name in heads and len(mentions) > 1 and not has_common_surname(name):
            yield from (m for m in mentions if not _is_inside(m, found))


def _is_inside(mention: Mention, found: Found) -> bool:
    others = found.in_sentence(mention.sentence, *BODIES)
    return any(other.start < mention.end and mention.start < other.end for other in others)


def _settle(fact: Fact, whole: str) -> Fact:
    """A fact with the person's name cut as the whole article has it."""
    if isinstance(fact, Relation):
        return replace(fact, subject=cast("Mention", _settle(fact.subject, whole)))
    if not isinstance(fact, Mention):
        return fact
    name = settled(fact.name, whole)
    return fact if name == fact.name else replace(fact, name=name, end=fact.start + len(name))


def _one_each(mentions: Iterable[Mention]) -> list[Mention]:
    """One mention for each printed name, those with a role before those without."""
    kept: list[Mention] = []
    ordered = sorted(mentions, key=lambda m: (m.sentence, m.start, not m.properties, -m.end, m.rule))
    for _, group in groupby(ordered, key=lambda m: m.sentence):
        end = 0
        for mention in group:
            if mention.start >= end:
                kept.append(mention)
                end = mention.end
    return kept


def _named_again(mentions: list[Mention], text: Text, found: Found) -> list[Mention]:
    """The other places where those names stand, outside the names of bodies and places (钱学森故居)."""
    names = sorted({m.name for m in mentions}, key=lambda name: (-len(name), name))
    if not names:
        return []
    pattern = re.compile("|".join(map(re.escape, names)))
    known = {(m.sentence, m.start) for m in mentions}
    again = []
    for number, sentence in enumerate(text.sentences):
        others = found.in_sentence(number)
        for match in pattern.finditer(sentence.text):
            inside = any(other.start < match.end() and match.start() < other.end for other in others)
            if not inside and (number, match.start()) not in known:
                again.append(Mention(KIND, match.group(), number, match.start(), match.end(), "named-again"))
    return again


@dataclass(frozen=True, slots=True)
class _Post:
    """What stands before a name: the role as printed and the body that it is held in."""

    role: str
    body: Mention | None


def _person(scope: Scope, start: int, name: str, rule: str, post: _Post) -> Iterator[Fact]:
    """The facts of a name at a position, unless it is part of a body's or a place's name."""
    end = start + len(name)
    if any(other.start < end and start < other.end for other in scope.found.in_sentence(scope.number, *BODIES)):
        return
    if _credit().search(scope.sentence.text, max(0, start - 5), start):
        return
    properties = (Property("role", post.role),) if post.role else ()
    person = Mention(KIND, name, scope.number, start, end, rule, properties)
    yield person
    if post.body is not None:
        yield Relation(person, "worksFor", post.body, scope.number, rule)


def _role_before(match: re.Match[str], scope: Scope) -> Iterator[Fact]:
    """副主任丁一鸣; and those listed after: 志愿者李娜、王强."""
    name = full_name(match.string, scope.tokens, match.end(), introduced=True)
    if name:
        yield from _listed(match.end(), name, "role-before-name", _post(*match.span(1), scope), scope)


def _occupation_before(match: re.Match[str], scope: Scope) -> Iterator[Fact]:
    """记分员邹小莲: a word for what somebody does that no list holds, before a name that the tagger sees too."""
    start = match.end()
    name = full_name(match.string, scope.tokens, start, introduced=True)
    if len(name) >= 3 and is_token(scope.tokens, start, start + len(name)):
        word = next(token for token in scope.tokens if token.end >= start)
        role = _post(word.start, start, scope) if word.end == start else _Post("", None)
        yield from _listed(start, name, "occupation-before-name", role, scope)


def _listed(start: int, name: str, rule: str, post: _Post, scope: Scope) -> Iterator[Fact]:
    """The facts of a name, and of those that are listed after it with the same role."""
    text = scope.sentence.text
    while name:
        yield from _person(scope, start, name, rule, post)
        start += len(name)
        if text[start : start + 1] not in ("、", "和"):
            return
        start += 1
        name = full_name(text, scope.tokens, start, introduced=True)


def _post(start: int, end: int, scope: Scope) -> _Post:
    """The role that ends at a position, with the modifiers before it up to the body that it is held in."""
    text = scope.sentence.text
    bodies = [m for m in scope.found.in_sentence(scope.number, *BODIES) if end - LONGEST_ROLE <= m.end < end]
    body = max(bodies, key=lambda m: (m.end, m.end - m.start), default=None)
    if body is None or not _joins(body.end, end, scope):
        return _Post(text[_modifier(start, scope) : end].lstrip("的“”、"), None)
    role = text[body.end : end].rpartition("的")[2].strip("“”、")
    if body.kind in PLACES and start - body.end > LONGEST_MODIFIER:
        return _Post(text[_modifier(start, scope) : end].strip("“”、"), None)
    party = _PARTY.search(body.name)
    if party and role.startswith(("书记", "副书记", "委员")):
        role = party.group() + role
    return _Post(role, body)


def _joins(start: int, end: int, scope: Scope) -> bool:
    """Whether only nouns stand between a body and a role."""
    between = [t for t in scope.tokens if t.start >= start and t.end <= end]
    return all(
        t.text in ("、", "的", "“", "”") or t.tag.startswith(("n", "b", "j", "vn", "a", "l", "f")) for t in between
    )


def _modifier(start: int, scope: Scope) -> int:
    """The beginning of the nouns directly before a role (健身 + 达人), two at most."""
    taken = max((m.end for m in scope.found.in_sentence(scope.number, *BODIES) if m.start < start), default=0)
    for token in [t for t in scope.tokens if t.end <= start][-1:-3:-1]:
        if token.end != start or token.start < taken or token.text in word_set("organization_boundaries"):
            break
        noun = token.tag.startswith(("n", "b", "vn")) or token.text in word_set("organization_field_words")
        if not noun or token.tag.startswith(("nr", "ns", "nt")):
            break
        if token.text.endswith(("街道", "社区", "村", "区", "市", "县", "镇", "乡")):
            break
        start = token.start
    return start


def _title_after(match: re.Match[str], scope: Scope) -> Iterator[Fact]:
    """陈立博士说: a full name before a title; the title is the role."""
    for length in (3, 2):
        start = match.start() - length
        if start < 0:
            continue
        name = full_name(match.string, scope.tokens, start)
        if len(name) == length:
            bodies = scope.found.in_sentence(scope.number, *BODIES)
            body = next((m for m in bodies if m.end <= start and match.string[m.end : start] in ("", "的")), None)
            yield from _person(scope, start, name, "title-after-name", _Post(match.group(), body))
            return


def _described(match: re.Match[str], scope: Scope) -> Iterator[Fact]:
    """71岁的周大川, 家住长乐巷的陈立.

    After 来自 the tagger must see the name too, for things come from places as well.
    """
    start = match.end()
    name = full_name(match.string, scope.tokens, start)
    if name and (is_tagged(scope.tokens, start) or not match.group().startswith("来自")):
        yield from _person(scope, start, name, "described", _Post("", None))


def _speaker(match: re.Match[str], scope: Scope) -> Iterator[Fact]:
    """丁一鸣介绍: a name at the beginning of a clause that a verb of speech follows."""
    start = match.end()
    name = full_name(match.string, scope.tokens, start)
    if name and _speech().match(match.string, start + len(name)):
        yield from _person(scope, start, name, "speaker", _Post("", None))


def _doer(match: re.Match[str], scope: Scope) -> Iterator[Fact]:
    """郑小兰拎着布袋: a name of three characters that begins a clause, with a deed or seen by the tagger."""
    start = match.end()
    name = full_name(match.string, scope.tokens, start)
    done = _DEED.match(match.string, start + len(name))
    seen = is_token(scope.tokens, start, start + len(name)) and not has_common_surname(name)
    if len(name) == 3 and (done or seen) and dictionary_entry(name[:2]) is None and not is_common(name[1:]):
        yield from _person(scope, start, name, "doer", _Post("", None))


def _role_after(match: re.Match[str], scope: Scope) -> Iterator[Fact]:
    """陈立，社区负责人，: a name in apposition to a role."""
    start, role = match.end(), match[1]
    name = full_name(match.string, scope.tokens, start)
    if not name or match.string[start + len(name)] != "，" or not is_tagged(scope.tokens, start):
        return
    end = match.end(1)
    post = _post(end - len(role), end, scope)
    yield from _person(scope, start, name, "role-after-name", post)


@cache
def _speech() -> re.Pattern[str]:
    return re.compile(either("person_speech"))


@cache
def _credit() -> re.Pattern[str]:
    return re.compile(f"{either('person_not_before')}[：:\\s]?$")


CLAUSE = r"(?:^|(?<=[，。！？；：、“”\s的]))"
ROLE = either("person_roles")

RULES: tuple[Rule, ...] = (
    Rule("role-before-name", re.compile(rf"({ROLE})(?:是|叫|名叫)?(?=[{HAN}])"), _role_before),
    Rule(
        "occupation-before-name",
        re.compile(rf"{either('person_occupation_endings')}(?=[{HAN}]{{2}})"),
        _occupation_before,
    ),
    Rule("title-after-name", re.compile(rf"{either('person_titles')}(?![事会团室席制岗队们等])"), _title_after),
    Rule(
        "described",
        re.compile(r"(?:岁|家住[^，。、“”的]{1,14}|来自[^，。“”的]{1,16})的|名叫|叫做|(?<=[”人子长员他她])叫"),
        _described,
    ),
    Rule("speaker", re.compile(rf"{CLAUSE}(?=[{HAN}·]{{2,12}}?{either('person_speech')})"), _speaker),
    Rule("doer", re.compile(rf"(?:^|(?<=[，。！？；“”]))(?=[{HAN}]{{4}})"), _doer),
    Rule("role-after-name", re.compile(rf"{CLAUSE}(?=[{HAN}]{{2,4}}，[{HAN}、]{{0,14}}?({ROLE})[，。])"), _role_after),
)
