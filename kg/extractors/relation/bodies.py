"""Who leads a program, who takes part in it, and where a body has its seat."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extractors.context.actors import Actor, actors
from kg.extractors.context.doers import agents, companions, doers, enumerations, subjects
from kg.extractors.relation.rules import SentenceRule, Triple, programs, topic_before
from kg.language.wordlists import grammar
from kg.model import Level, Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.extractors.engine import Scope

_RELATIONS = grammar("relations")
_LEADS = _RELATIONS.compile("{relation_leading_verbs}[^，。；]{0,18}$|{opens}{opens-tail}?[“‘「]$")
_RUNS = _RELATIONS.compile("{program_founding_verbs|program_running_verbs}[^，。；]{0,18}$")
_OWNS = _RELATIONS.compile("{of}[“‘「]?")
_OPENING = 12
"""A body that begins so early (code points) opens its sentence."""
_LEADS_AFTER = _RELATIONS.compile("[^，。；]{0,30}?{relation_leading_verbs}")
_CARRIES_OUT = _RELATIONS.compile("{program_founding_verbs|program_running_verbs}[^，。；]{0,8}$")
_GIVES_AFTER = _RELATIONS.compile("[^，。；]{0,4}?{relation_giving_verbs}(?!{person})")
_DOES_ITS_PART = _RELATIONS.compile("[^，。；]{0,20}?{relation_giving_verbs}")
_HEADS = _RELATIONS.compile("{responsible}?{heads}(?=[，、。；])")
_TOGETHER_BEFORE = _RELATIONS.compile("{with}(?:[^，。；]{2,30}、)?[^，。；、]{0,8}$")
_TOGETHER_AFTER = _RELATIONS.compile("(?:、[^，。；]{2,30})?[^，。；]{0,4}{relation_phrases:jointly}")
_CALLED = _RELATIONS.compile("[^，。；]{0,6}{relation_phrases:called}")
_HANDED = _RELATIONS.compile("{relation_phrases:handed}[^，。；]{0,3}$")
_SEATED_BEFORE = _RELATIONS.compile("{relation_phrases:home}(?:[^，。；]{0,50}、)?[^，。；、]{0,10}$")
_SEATED_AFTER = _RELATIONS.compile("{relation_phrases:settled}")


def _led(scope: Scope) -> Iterator[Triple]:
    """X街道推出“P”; O与X街道把旧屋改造成“P”: the subjects of the verb that governs the program."""
    text = scope.sentence.text
    for program in programs(scope):
        verb = _LEADS.search(text, max(0, program.start - 28), program.start)
        if verb:
            for doer in subjects(scope, verb.start()):
                if doer.thing.kind != Level.SITE:
                    yield program, "ledBy", doer.thing


def _led_by_runner(scope: Scope) -> Iterator[Triple]:
    """甲局深化“P”; 甲局以“P”为依托: the bodies that are the subjects of a verb that runs the program."""
    text = scope.sentence.text
    for program in programs(scope):
        verb = _RUNS.search(text, max(0, program.start - 28), program.start)
        if verb:
            for doer in subjects(scope, verb.start()):
                if doer.thing.kind == "Organization":
                    yield program, "ledBy", doer.thing


def _led_by_owner(scope: Scope) -> Iterator[Triple]:
    """甲局的“P”."""
    for program in programs(scope):
        for doer in doers(scope):
            if doer.thing.kind == "Organization" and _OWNS.fullmatch(scope.sentence.text, doer.end, program.start):
                yield program, "ledBy", doer.thing


def _led_by_opening(scope: Scope) -> Iterator[Triple]:
    """甲局……，……，……“P”: the body that a sentence opens with, though verbs and clauses stand between."""
    text = scope.sentence.text
    opening = [d for d in doers(scope) if d.start <= _OPENING and not text.startswith((*_RELATIONS["of"], "、"), d.end)]
    if opening and opening[0].thing.kind == "Organization":
        for program in programs(scope):
            if _RUNS.search(text, max(opening[0].end, program.start - 28), max(opening[0].end, program.start)):
                yield program, "ledBy", opening[0].thing


def _led_by_agent(scope: Scope) -> Iterator[Triple]:
    """“P”由O和X街道共同设立; 由O牵头，……“P”."""
    text = scope.sentence.text
    for group in agents(scope):
        if _LEADS_AFTER.match(text, group[-1].end):
            following = [p for p in programs(scope) if p.start >= group[-1].end]
            program = topic_before(scope, group[0].start) or (following[0] if following else None)
            if program:
                for doer in group:
                    yield program, "ledBy", doer.thing


def _heads(scope: Scope) -> Iterator[Triple]:
    """O牵头，甲局、乙局当场接单: who heads what the passage is about, and the bodies that act after it."""
    text = scope.sentence.text
    for head in (d for d in doers(scope) if _HEADS.match(text, d.end)):
        topic = topic_before(scope, head.start)
        if topic:
            yield topic, "ledBy", head.thing
            for body in scope.found.in_sentence(scope.number, "Organization"):
                if body.start > head.end:
                    yield topic, "involves", body


def _headed_by(scope: Scope) -> Iterator[Triple]:
    """作为牵头部门，O……“P”: the body leads the programs that its sentence goes on to name."""
    head = scope.sentence.text.find(_RELATIONS.word("heads"))
    for doer in doers(scope):
        if 0 <= head < doer.start and doer.start - head <= 12:
            for program in programs(scope):
                before = scope.sentence.text[max(doer.end, program.start - 16) : program.start]
                if program.start > doer.end and _CARRIES_OUT.search(before):
                    yield program, "ledBy", doer.thing


def _joins(scope: Scope) -> Iterator[Triple]:
    """联合O……“P”; 与O一起……“P”; 把O请到一起: the program is named after, or is what the passage is about."""
    text = scope.sentence.text
    with_subject = {companion.thing for companion in companions(scope)}
    for body in scope.found.in_sentence(scope.number, "Organization"):
        before = text[max(0, body.start - 40) : body.start]
        together = _TOGETHER_BEFORE.search(before) and _TOGETHER_AFTER.match(text, body.end)
        if body in with_subject or together or _CALLED.match(text, body.end):
            following = [p for p in programs(scope) if p.start >= body.end]
            topic = topic_before(scope, body.start)
            for program in following[:1] or ([topic] if topic else []):
                yield program, "involves", body


def _gives(scope: Scope) -> Iterator[Triple]:
    """O、O派出律师; 由O派康复师坐诊; 运营交给O: bodies give their part to the program that the passage is about."""
    text = scope.sentence.text
    if scope.sentence.role is Role.CAPTION:  # …局提供 tells who took the picture
        return
    for group in enumerations(scope):
        start, end = group[0].start, group[-1].end
        gives = _GIVES_AFTER.match(text, end) or _HANDED.search(text, max(0, start - 8), start)
        topic = topic_before(scope, start) if gives else None
        for doer in group:
            if topic and doer.thing.kind == "Organization":
                yield topic, "involves", doer.thing


def _does_its_part(scope: Scope) -> Iterator[Triple]:
    """由甲医院、乙银行轮流担任…: agents that lead nothing take part in what the passage is about."""
    text = scope.sentence.text
    for group in agents(scope):
        leads = _LEADS_AFTER.match(text, group[-1].end)
        topic = topic_before(scope, group[0].start)
        if topic and not leads and _DOES_ITS_PART.match(text, group[-1].end):
            for doer in group:
                if doer.thing.kind == "Organization":
                    yield topic, "involves", doer.thing


def _seated(scope: Scope) -> Iterator[Triple]:
    """辖区内O; X区落地O、O; O相继在X区落地: the body's seat is the acting place."""
    text = scope.sentence.text
    here = actors(scope.text, scope.found, scope.number)
    for body in scope.found.in_sentence(scope.number, "Organization"):
        if _SEATED_BEFORE.search(text[max(0, body.start - 60) : body.start]):
            acting = [a for a in here if a.end <= body.start] or _acting_before(scope)
            for actor in acting[-1:]:
                yield body, "basedIn", actor.place
        for actor in here:
            if actor.start >= body.end and _SEATED_AFTER.match(text[actor.end : actor.end + 6]):
                between = text[body.end : actor.start]
                if "，" not in between and between.endswith(_RELATIONS["at"]):
                    yield body, "basedIn", actor.place


def _acting_before(scope: Scope) -> list[Actor]:
    """The last place that acts in the sentences before."""
    for number in range(scope.number - 1, -1, -1):
        earlier = actors(scope.text, scope.found, number)
        if earlier:
            return list(earlier[-1:])
    return []


WITH_BODY = SentenceRule("body-named-with-program", lambda _scope: iter(()))
"""That nothing but the names speaks for it: `pairs` brings such bodies together with programs."""

BODY_RULES = (
    SentenceRule("led-by-subject", _led),
    SentenceRule("led-by-agent", _led_by_agent),
    SentenceRule("led-by-runner", _led_by_runner),
    SentenceRule("led-by-owner", _led_by_owner),
    SentenceRule("led-by-opening", _led_by_opening),
    SentenceRule("led-by-head", _heads),
    SentenceRule("led-by-named-head", _headed_by),
    SentenceRule("body-joins", _joins),
    SentenceRule("body-gives", _gives),
    SentenceRule("body-does-its-part", _does_its_part),
    SentenceRule("body-seated", _seated),
)
