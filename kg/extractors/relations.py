"""What programs have to do with places, organizations and each other, by the clause that says so."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extractors.actors import Actor, actors, enumerated
from kg.extractors.engine import PLACES, Found, Scope
from kg.language.frame import article_frame, resolve
from kg.language.program_names import stem
from kg.language.wordlists import either
from kg.model import Level, Mention, Relation, Role, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

NEEDS = ("places", "organizations", "programs")


@dataclass(frozen=True)
class SentenceRule:
    """A named rule that gives the relations of one sentence."""

    name: str
    find: Callable[[Scope], Iterator[tuple[Mention, str, Mention]]]


@dataclass(frozen=True)
class PlaceRule:
    """A named rule that tells where a program runs, with the weight of its word among several."""

    name: str
    weight: int


BESIDE = PlaceRule("place-beside-program", 5)
SETTLED = PlaceRule("program-settled-in-place", 4)
SAME_CLAUSE = PlaceRule("acting-place-in-clause", 3)
SAME_SENTENCE = PlaceRule("acting-place-in-sentence", 2)
EARLIER = PlaceRule("acting-place-before", 1)

_LEADS = re.compile(rf"(?P<verb>{either('relation_leading_verbs')})[^，。；]{{0,16}}$")
_LED_BY = re.compile(rf"由(?P<body>[^，。；]{{2,30}}?)(?:负责)?{either('relation_leading_verbs')}")
_WITH = re.compile(r"^(?:、[^，。；]{2,30})?[^，。；]{0,4}(?:一起|共同|联合|合作|共建|携手|建立|打造|开展|签约|签订|组建|联手)")
_JOINED = re.compile(rf"(?:{either('relation_joining_verbs')}|在)(?:了|起)?[^，。；的]{{0,6}}$")
_GUIDED = re.compile(r"^[^，。；]{0,4}(?:的?(?:指导|支持|帮助|配合|协助|参与)|下)")
_PART = re.compile(rf"^[^，。；]{{0,10}}?的?[^，。；的]{{0,4}}{either('relation_part_nouns')}")
_OF = re.compile(r"^[^，。；“”的]{0,4}的[“‘]?$")
_INSIDE = re.compile(r"^[”’]?[^，。；]{0,4}(?:内|上|中)(?:实现|推行|打造|开设|嵌入|上线|探索)[^，。；]{0,12}$")
_COMPRISES = re.compile(r"^[”’]?[^。；]{0,10}(?:包括|涵盖|包含|设有|下设|分为)[^。；]{0,40}$")
_INTO = re.compile(r"(?:纳入|列入)[^，。；]{0,12}$")
_SEATED_BEFORE = re.compile(r"(?:辖区内?|辖内|落地|落户|入驻|引进|引入了?|集聚了?|成立了?|拥有|坐拥)(?:[^，。；]{0,50}、)?[^，。；、]{0,10}$")
_SEATED_AFTER = re.compile(r"落地|落户|揭牌|挂牌|成立|入驻|扎根|投产")
_SETTLE = re.compile(r"(?:落户|落地|走进|坐落于|位于|设在|建在|在)$")


def _programs(scope: Scope) -> tuple[Mention, ...]:
    """The programs of a sentence, each by its shortest form, without those named within the name of another."""
    programs = scope.found.in_sentence(scope.number, "Program")
    shortest = [p for p in programs if not any(o.start == p.start and o.end < p.end for o in programs)]
    return tuple(p for p in shortest if not any(o.start < p.start and p.end <= o.end for o in programs))


def _bodies(scope: Scope) -> tuple[Mention, ...]:
    return scope.found.in_sentence(scope.number, "Organization")


def _between(scope: Scope, first: Mention, second: Mention) -> str:
    return scope.sentence.text[first.end : second.start]


def _led(scope: Scope) -> Iterator[tuple[Mention, str, Mention]]:
    """O推出“P”; 由O牵头…“P”."""
    for body in _bodies(scope):
        for program in _programs(scope):
            if body.end <= program.start and program.start - body.end <= 60:
                between = _between(scope, body, program)
                closer = [o for o in _bodies(scope) if body.end <= o.start and o.end <= program.start]
                if between.count("，") <= 2 and _LEADS.search(between) and not closer:
                    yield program, "ledBy", body


def _led_by_place(scope: Scope) -> Iterator[tuple[Mention, str, Mention]]:
    """X街道推出“P”: the place acts, in the same clause."""
    bodies = _bodies(scope)
    for program in _programs(scope):
        clause = max(scope.sentence.text.rfind(mark, 0, program.start) for mark in "，；：")
        for place in reversed(scope.found.places_in(scope.number)):
            inside = any(b.start <= place.start and place.end <= b.end for b in bodies)
            if clause < place.start and place.end <= program.start and not inside and place.kind != Level.SITE:
                if re.match(rf"[^“”]{{0,4}}{either('relation_leading_verbs')}", _between(scope, place, program)):
                    yield program, "ledBy", place
                break


def _headed_by(scope: Scope) -> Iterator[tuple[Mention, str, Mention]]:
    """作为牵头部门，O……“P”: the body leads the programs that its sentence goes on to name."""
    text = scope.sentence.text
    head = text.find("牵头")
    for body in _bodies(scope):
        if 0 <= head < body.start and body.start - head <= 12:
            for program in _programs(scope):
                if program.start > body.end:
                    yield program, "ledBy", body


def _involved(scope: Scope) -> Iterator[tuple[Mention, str, Mention]]:
    """联合O……“P”; 与O一起……“P”; 在O指导下……“P”."""
    text = scope.sentence.text
    for body in _bodies(scope):
        before, after = text[max(0, body.start - 12) : body.start], text[body.end : body.end + 36]
        listed = re.sub(r"[^，。；]*、$", "", before)
        joined = _JOINED.search(before) or _JOINED.search(listed)
        with_body = re.search(r"[与和同](?:[^，。；]{2,30}、)?[^，。；、]{0,8}$", text[max(0, body.start - 40) : body.start]) and _WITH.search(after)
        if (joined and not re.search(r"在[^，。；]{0,6}$", before)) or with_body or (joined and _GUIDED.match(after)):
            for program in _programs(scope):
                if program.start >= body.end:
                    yield program, "involves", body


def _nested(scope: Scope) -> Iterator[tuple[Mention, str, Mention]]:
    """“甲”工坊 within whose long form another program, 工坊, is named."""
    programs = scope.found.in_sentence(scope.number, "Program")
    for inner in programs:
        around = [p for p in programs if p.start < inner.start and inner.end <= p.end]
        for long in around[:1]:
            short = next(p for p in programs if p.start == long.start)
            if stem(inner.name) != stem(long.name):
                yield min(short, long, key=lambda p: p.end), "partOf", inner


def _settled(scope: Scope) -> Iterator[tuple[Mention, str, Mention]]:
    """辖区内O; X区落地O、O; O相继在X区落地: the body's seat is the acting place."""
    text = scope.sentence.text
    here = actors(scope.text, scope.found, scope.number)
    for body in _bodies(scope):
        if _SEATED_BEFORE.search(text[max(0, body.start - 60) : body.start]):
            acting = [a for a in here if a.end <= body.start] or _acting_before(scope)
            for actor in acting[-1:]:
                yield body, "basedIn", actor.place
        for actor in here:
            if actor.start >= body.end and _SEATED_AFTER.match(text[actor.end : actor.end + 6]):
                between = text[body.end : actor.start]
                if "，" not in between and re.search(r"在$", between):
                    yield body, "basedIn", actor.place


def _acting_before(scope: Scope) -> list[Actor]:
    """The last place that acts in the sentences before."""
    for number in range(scope.number - 1, -1, -1):
        earlier = actors(scope.text, scope.found, number)
        if earlier:
            return list(earlier[-1:])
    return []


def _part(scope: Scope) -> Iterator[tuple[Mention, str, Mention]]:
    """A是B的组成部分; B包括A; B的A; 在B内实现A; 将A纳入B."""
    programs = _programs(scope)
    text = scope.sentence.text
    for first, second in ((a, b) for a in programs for b in programs if a.end <= b.start):
        between = _between(scope, first, second)
        if re.search(r"(?:是|作为|成为)[^，。；]{0,8}$", between) and _PART.match(text[second.end : second.end + 24]):
            yield first, "partOf", second
        elif _OF.match(between) or _INSIDE.match(between) or _COMPRISES.match(between):
            yield second, "partOf", first
        elif _INTO.search(between) and "将" in text[max(0, first.start - 8) : first.start]:
            yield first, "partOf", second


def _resumed_part(scope: Scope) -> Iterator[tuple[Mention, str, Mention]]:
    """将这项工作纳入B: what the text spoke of last is part of B."""
    for program in _programs(scope):
        before = scope.sentence.text[: program.start]
        match = re.search(
            r"(?:将|把)?(?:这项|该项|此项)(?:工作|项目|服务)[^，。；]{0,4}(?:纳入|列入)[^，。；]{0,12}$", before
        )
        if match:
            earlier = [
                m for m in scope.found.of_kind("Program") if (m.sentence, m.end) <= (scope.number, match.start())
            ]
            last = [m for m in earlier if stem(m.name) != stem(program.name)][-1:]
            for subject in last:
                yield subject, "partOf", program


SENTENCE_RULES = (
    SentenceRule("led-by-body", _led),
    SentenceRule("led-by-place", _led_by_place),
    SentenceRule("led-by-named-head", _headed_by),
    SentenceRule("body-takes-part", _involved),
    SentenceRule("body-settled", _settled),
    SentenceRule("part-by-name", _nested),
    SentenceRule("part-by-clause", _part),
    SentenceRule("part-resumed", _resumed_part),
)
PLACE_RULES = (BESIDE, SETTLED, SAME_CLAUSE, SAME_SENTENCE, EARLIER)
RULES = (*SENTENCE_RULES, *PLACE_RULES)


def extract(text: Text, found: Found) -> Iterator[Relation]:
    """The relations that an article states."""
    for number in range(len(text.sentences)):
        if not found.in_sentence(number, "Program", "Organization"):
            continue
        scope = Scope(text, number, found)
        for rule in SENTENCE_RULES:
            for subject, predicate, thing in rule.find(scope):
                yield Relation(subject, predicate, thing, number, rule.name)
    yield from _implemented(text, found)


@dataclass(frozen=True)
class _Vote:
    """A place where a mention says that its program runs."""

    rule: PlaceRule
    program: Mention
    places: tuple[Mention, ...]


def _implemented(text: Text, found: Found) -> Iterator[Relation]:
    """One place a program (several in an enumeration): that which its mentions tell with most weight."""
    frame = article_frame(text, [m for m in found.mentions if m.kind in PLACES])

    def key(places: tuple[Mention, ...]) -> tuple[str, ...]:
        divisions = [resolve(place, frame) for place in places]
        return tuple(d.code if d else place.name for d, place in zip(divisions, places, strict=True))

    votes: dict[str, list[_Vote]] = defaultdict(list)
    for program in (p for number in range(len(text.sentences)) for p in _programs(Scope(text, number, found))):
        vote = _vote(program, text, found)
        if vote:
            votes[stem(program.name)].append(vote)
    for group in votes.values():
        # What only stands before a mention counts where nothing stands beside any.
        group = [v for v in group if v.rule is not EARLIER] or group  # noqa: PLW2901
        weights: dict[tuple[str, ...], int] = defaultdict(int)
        for vote in group:
            weights[key(vote.places)] += vote.rule.weight
        best = max(weights.values())
        chosen = next(v for v in group if weights[key(v.places)] == best)
        for place in chosen.places:
            yield Relation(chosen.program, "implementedIn", place, chosen.program.sentence, chosen.rule.name)


def _vote(program: Mention, text: Text, found: Found) -> _Vote | None:
    """Where one mention says that its program runs."""
    sentence = text.sentences[program.sentence].text
    after = [p for p in found.places_in(program.sentence) if p.start >= program.end]
    if after and _SETTLE.search(sentence[program.end : min(after[0].start, program.end + 16)]):
        return _Vote(SETTLED, program, (_chain_end(after),))
    here = [a for a in actors(text, found, program.sentence) if a.end <= program.start]
    if here:
        between = sentence[here[-1].end : program.start]
        places = enumerated(here, sentence)
        if re.fullmatch(r"(?:组成)?的?[“‘「]?", between):
            return _Vote(BESIDE, program, places)
        return _Vote(SAME_SENTENCE if re.search(r"[，；：]", between) else SAME_CLAUSE, program, places)
    for number in range(program.sentence - 1, -1, -1):
        earlier = actors(text, found, number)
        if earlier and text.sentences[number].role is not Role.HEADLINE:
            return _Vote(EARLIER, program, (earlier[-1].place,))
    everywhere = [m for m in found.mentions if m.kind in PLACES and m.kind != Level.SITE]
    return _Vote(EARLIER, program, (everywhere[0],)) if everywhere else None


def _chain_end(places: Sequence[Mention]) -> Mention:
    """The narrowest of the places that follow each other without a gap from the first on."""
    last = places[0]
    for place in places[1:]:
        if place.start == last.end:
            last = place
    return last
