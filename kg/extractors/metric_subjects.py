"""What a number is about, and the area that it covers.

The subject is the program that the sentence names before the number; else what the sentence leads with (a place, a
body) or the body that its clause begins with; else the place that acts in it. A sentence that names none goes on about
what its paragraph is about (of the programs that a sentence names, its first), else the article: its one program if it
has one, else its place.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache, cached_property
from typing import TYPE_CHECKING

from kg.extractors.actors import Actor, actors
from kg.extractors.metric_areas import Areas
from kg.extractors.relation_places import main_place
from kg.extractors.resumed import resumptions
from kg.language.frame import article_frame
from kg.language.program_names import stem
from kg.language.wordlists import either
from kg.model import Level, Mention, Role

if TYPE_CHECKING:
    from kg.extractors.engine import Found
    from kg.model import Text

NARROW = frozenset(Level) - {Level.PROVINCE}
"""Levels that a local number may be about."""

_LEADING = re.compile(
    r"(?:【[^【】]{1,8}】)?(?:[^，,。；]{0,12}[，,：:])?(?:[“‘（(]?(?:"
    + either("metric_lead_ins")
    + r"|地铁[0-9一二三四五六七八九十]+号线)?)?[“‘]?"
)
"""What may stand before the first thing of a sentence that it leads with: a short clause of time, a preposition."""

_SPEAKER = re.compile(r"[^，,。：:]{2,40}" + either("metric_speech_verbs") + r"(?:道|说)?[，,：:]")
"""A clause that names the speaker of what follows."""

_SPOKEN = re.compile(r"”[^”]{2,40}" + either("metric_speech_verbs") + "[。.]?$")
"""The same after the speech."""

_COUNTED = re.compile(r"[”’]?(?:\d|[一二三四五六七八九十百千]+[处个家所座条间])[^，。；、]*[，；、]")
"""A number right after a program, with the end of its clause: the program is what it counts."""

MAIN, AHEAD, HEADLINE = 3, 2, 3
"""A program is the article's if its weight is at least MAIN and AHEAD times the next one's; HEADLINE weighs so much."""

_OWN_NUMBER = re.compile(r"[”’]?(?:\d|[一二三四五六七八九十百千]+[处个家所座条间名])")
"""A number right after a program: it counts the program, and an earlier number something else."""

_SEAT = re.compile("(?:片区)?(?:管委会|办事处|街道办)?")
"""What may stand between a place and a narrower one in it."""

_CLAUSE = re.compile("[，,；：:。]")
_ITEM = re.compile("[，,；：:。、]")
_BREAK = re.compile("[，；]")
_LIST = re.compile(r"(?:[一二三四五六]是|其[一二三四]|第[一二三四][，,是]|[①②③④⑤])")


class Subjects:
    """Answers for one article what its numbers are about; what it has worked out for a sentence it keeps."""

    def __init__(self, text: Text, found: Found) -> None:
        self._text = text
        self._found = found
        self._actors: dict[int, tuple[Actor, ...]] = {}
        self._areas = Areas(text, found)

    def subject_of(self, number: int, position: int) -> Mention | None:
        """What the number at a position of a sentence is about."""
        about = self._body_of_item(number, position) or self._about(number, position)
        ahead = self._next_program(number, position) if about is None or about.kind == "Organization" else None
        return (
            self._program(number, position)
            or ahead
            or about
            or self._in_clause(number, position)
            or self._of_paragraph(number)
            or self._main_program(number)
            or self._main_place
        )

    def area_of(self, number: int, position: int) -> Mention | None:
        """The administrative place that the number at a position covers."""
        return self._areas.area_of(number, position)

    def _next_program(self, number: int, position: int) -> Mention | None:
        """The program that follows where nothing stands before: 占地2420平方米的甲工坊; 引导16家企业参与“甲”."""
        rest = self._text.sentences[number].text
        programs = self._found.in_sentence(number, "Program")
        following = [p for p in programs if p.start > position and not _OWN_NUMBER.match(rest, p.end)]
        between = rest[position : following[0].start] if following else ""
        return following[0] if following and len(between) <= 30 and len(_BREAK.findall(between)) <= 1 else None

    def _body_of_item(self, number: int, position: int) -> Mention | None:
        """The body that begins the clause of a number: 局里选派32人、甲律师事务所派出8名律师 gives 甲律师事务所."""
        sentence = self._text.sentences[number].text
        for body in reversed(self._found.in_sentence(number, "Organization")):
            if body.end <= position and not _ITEM.search(sentence, body.end, position):
                begins = body.start > 0 and _ITEM.match(sentence, body.start - 1)
                return body if begins and position - body.end > 1 else None
        return None

    def _in_clause(self, number: int, position: int) -> Mention | None:
        """The place that the clause of a number names last before it: 参观甲故居的有5万人次."""
        sentence = self._text.sentences[number].text
        places = [p for p in self._found.in_sentence(number, *NARROW) if p.end <= position]
        near = places and not _CLAUSE.search(sentence, places[-1].end, position)
        return places[-1] if near else None

    def _of_paragraph(self, number: int) -> Mention | None:
        """What the sentences before one in its paragraph are about, the nearest first; bodies act for themselves."""
        sentences = self._text.sentences
        listed, caption = _LIST.match(sentences[number].text) is not None, sentences[number].role is Role.CAPTION
        for earlier in range(number - 1, -1, -1):
            if sentences[earlier].paragraph != sentences[number].paragraph:
                return None
            told = self._told(earlier, listed=listed, caption=caption)
            topic = self._program(earlier, told, first=True) or self._about(earlier, told, bodies=False)
            if topic:
                return topic
        return None

    def _main_program(self, number: int) -> Mention | None:
        """The article's program, if it has one before all others and has named it by now."""
        main = self._main
        named = [m for m in main if m.sentence <= number]
        return named[-1] if named else None

    @cached_property
    def _main(self) -> tuple[Mention, ...]:
        """The mentions of the program that the headline names, or that the text names far oftener than any other."""
        mentions: dict[str, list[Mention]] = defaultdict(list)
        for mention in self._found.of_kind("Program"):
            mentions[stem(mention.name)].append(mention)
        if not mentions:
            return ()
        ranked = sorted(mentions.values(), key=self._weight, reverse=True)
        weights = [self._weight(group) for group in ranked]
        ahead = len(weights) == 1 or weights[0] >= AHEAD * weights[1]
        return tuple(ranked[0]) if weights[0] >= MAIN and ahead else ()

    def _weight(self, mentions: list[Mention]) -> int:
        """In how many sentences a program is named, the headline counting for more."""
        roles = {m.sentence: self._text.sentences[m.sentence].role for m in mentions}
        return sum(HEADLINE if role is Role.HEADLINE else 1 for role in roles.values())

    def _told(self, number: int, *, listed: bool, caption: bool) -> int:
        """How far a sentence tells what later ones are about: to its list, or to the naming of its speaker.

        Only for the items of a list does it end at the list; captions tell nothing but to captions.
        """
        sentence = self._text.sentences[number]
        if sentence.role is Role.CAPTION and not caption:
            return 0
        mark = (_LIST.search(sentence.text) if listed else None) or _SPOKEN.search(sentence.text)
        return mark.start() if mark else len(sentence.text)

    def _acting(self, number: int) -> tuple[Actor, ...]:
        """The acting places of a sentence."""
        if number not in self._actors:
            self._actors[number] = actors(self._text, self._found, number)
        return self._actors[number]

    def _about(self, number: int, position: int, *, bodies: bool = True) -> Mention | None:
        """What a sentence leads with, else its last acting place before a position."""
        lead = self._leading(number, position)
        if lead and (bodies or lead.kind != "Organization"):
            return lead
        acting = [a.place for a in self._acting(number) if a.start < position]
        places = [place for place in acting if place.kind in NARROW] or acting
        return places[-1] if places else None

    def _program(self, number: int, position: int, *, first: bool = False) -> Mention | None:
        """The program named, or taken up by a noun, last (or first) before a position; of two the longer.

        Not those named as an honour or the like, nor those that a number before counts (新增“甲角”226处，…).
        """
        sentence = self._text.sentences[number].text
        named = [
            (p.start, p.end, p)
            for p in self._found.in_sentence(number, "Program")
            if p.end <= position
            and not _honour().search(sentence[max(0, p.start - 14) : p.start])
            and not _COUNTED.match(sentence, p.end, position)
        ]
        resumed = resumptions(self._text, self._found, number)
        named += [(r.start, r.end, r.program) for r in resumed if r.end <= position]
        if not named:
            return None
        if first:
            return min(named, key=lambda item: (item[0], -item[1]))[2]
        return max(named, key=lambda item: (item[1], -item[0]))[2]

    def _leading(self, number: int, position: int) -> Mention | None:
        """The thing that a sentence begins with, of a chain (杭州市上城区) the last."""
        sentence = self._text.sentences[number].text
        speaker = _SPEAKER.match(sentence)
        opening = speaker.end() if speaker else 0
        lead: Mention | None = None
        for thing in self._found.in_sentence(number, *NARROW, "Program", "Organization"):
            listed = sentence[thing.end : thing.end + 1] in {"、", "等"}
            if thing.end > position or thing.start < opening or listed:
                continue
            if lead is None:
                lead = thing if _LEADING.fullmatch(sentence, opening, thing.start) else None
            elif {thing.kind, lead.kind} <= NARROW and _SEAT.fullmatch(sentence, lead.end, thing.start):
                lead = thing
        return lead

    @cached_property
    def _main_place(self) -> Mention | None:
        """The place that the article as a whole is about."""
        places = self._found.of_kind(*Level)
        return main_place(self._text, self._found, article_frame(self._text, places)) or (places[0] if places else None)


@cache
def _honour() -> re.Pattern[str]:
    """Matches, before a program, what takes it as an object only in passing."""
    return re.compile(either("metric_honours") + "[^，,。；]{0,8}$")
