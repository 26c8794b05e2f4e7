"""What decides whether a relation holds between two things of an article."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from operator import itemgetter
from typing import TYPE_CHECKING

from kg.decision import Feature
from kg.extractors.context.things import BODY, PLACE, PROGRAM, encloses, things
from kg.extractors.relation.scenes import SCENES
from kg.language.place_chains import WIDTH
from kg.language.wordlists import grammar
from kg.model import Role

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.extractors.context.things import Thing
    from kg.extractors.engine import Found
    from kg.extractors.relation.pairs import Choice, Pair
    from kg.model import Text

OPENING = 2
"""So many sentences open an article, its headline among them."""

_CLAUSE = re.compile("[，；：。]")
_RELATIONS = grammar("relations")
_BEFORE_OBJECT = _RELATIONS.set("before-object") | set("，。、")
_FOUNDS = _RELATIONS.compile("{program_founding_verbs}")
_RUNS = _RELATIONS.compile("{program_running_verbs}")
_LEADS = _RELATIONS.compile("{relation_leading_verbs}")
_GIVES = _RELATIONS.compile("{relation_giving_verbs}")
_JOINS = _RELATIONS.compile("{relation_joining_verbs}")


def _some(n: int) -> str:
    return str(n) if n < 3 else "3+"


def _opens(pair: Pair) -> bool:
    return pair.object.family == BODY and min(pair.object.sentences) < OPENING


def _opening(text: Text, _found: Found, _number: int) -> list[int]:
    """The sentences that open the body."""
    return [n for n, s in enumerate(text.sentences) if s.role is Role.BODY][:2]


def _leads_text(pair: Pair) -> str:
    """Where the subject comes first: in the opening of the body, or in the first sentence of a paragraph."""
    sentences, first = pair.setting.text.sentences, pair.subject.first.sentence
    if first in pair.setting.found.kept(_opening, pair.setting.text, 0):
        return "opening"
    return "paragraph" if first == 0 or sentences[first - 1].paragraph != sentences[first].paragraph else ""


_Placed = list[tuple[tuple[int, int, int], "Thing"]]
"""Mentions by position, with their things."""


def _by_position(text: Text, found: Found, _number: int) -> dict[tuple[str, str], _Placed]:
    """The mentions of an article's things by family and by class, each in order."""
    placed: dict[tuple[str, str], _Placed] = defaultdict(list)
    for thing in things(text, found).all:
        for mention in thing.mentions:
            at = (mention.sentence, mention.start, mention.end), thing
            placed["", thing.family].append(at)
            placed[thing.family, thing.kind].append(at)
            if thing.family != PROGRAM:
                placed["", BODY + PLACE].append(at)
    return {key: sorted(group, key=itemgetter(0)) for key, group in placed.items()}


def _last_before(subject: Thing, placed: _Placed) -> Thing | None:
    """The last thing named before the subject is first."""
    at = (subject.first.sentence, subject.first.start, 0)
    for place in range(bisect_left(placed, at, key=itemgetter(0)) - 1, -1, -1):
        if placed[place][1] is not subject:
            return placed[place][1]
    return None


def _nearest(pair: Pair) -> str:
    """Whether the object is the last thing of its sort, or of its kind, named before the subject's first mention."""
    thing = pair.object
    sort = PROGRAM if thing.family == PROGRAM else PLACE if pair.predicate == "implementedIn" else BODY + PLACE
    placed = pair.setting.found.kept(_by_position, pair.setting.text, 0)
    last = _last_before(pair.subject, placed.get(("", sort), []))
    if last is None:
        return "none"
    if last is thing:
        return "last"
    alike = _last_before(pair.subject, placed.get((thing.family, thing.kind), []))
    return "last-of-kind" if alike is thing else ""


def _between(pair: Pair) -> str:
    """How the two stand to each other where they are nearest."""
    found = pair.between
    if found is None:
        return "nested" if pair.together else ""
    text, before = found
    cuts = len(_CLAUSE.findall(text))
    order = "object-first" if before else "subject-first"
    return f"{order}-{'same-clause' if not cuts else 'next-clause' if cuts == 1 else 'far'}"


def _verb(pair: Pair) -> str:
    found = pair.between
    if found is None:
        return ""
    text, before = found
    side = "object" if before else "subject"
    for name, pattern in (
        ("leads", _LEADS),
        ("founds", _FOUNDS),
        ("gives", _GIVES),
        ("joins", _JOINS),
        ("runs", _RUNS),
    ):
        if pattern.search(text):
            return f"{side}-{name}"
    return f"{side}-none" if len(text) > 2 else f"{side}-beside"


def _preposition(pair: Pair) -> str:
    """The character before the object where both stand together: 由, 在, 与, ..."""
    for m in pair.object.mentions:
        if m.sentence in pair.subject.sentences and m.start:
            c = pair.setting.text.sentences[m.sentence].text[m.start - 1]
            if c in _BEFORE_OBJECT:
                return c
            return "other"
    return ""


def _paragraph(pair: Pair) -> str:
    """Whether the paragraph of the subject's first mention names the object, before or after it."""
    sentences, first = pair.setting.text.sentences, pair.subject.first
    here = [m for m in pair.object.mentions if sentences[m.sentence].paragraph == sentences[first.sentence].paragraph]
    if not here:
        return ""
    return "before" if any((m.sentence, m.start) < (first.sentence, first.start) for m in here) else "after"


def _main(pair: Pair) -> str:
    """How a place stands to the article's main place."""
    main, place = pair.setting.main, pair.object
    if place.kind in {"Organization", "Program"}:
        return ""
    relation = (
        "none"
        if main is None
        else "is"
        if main is place
        else "inside"
        if encloses(main, place)
        else "around"
        if encloses(place, main)
        else "other"
    )
    return f"{relation}-{place.kind}"


def _acting(pair: Pair) -> str:
    """In how many of the subject's sentences the place acts."""
    return _some(sum(pair.object.key in pair.setting.acting[n] for n in pair.subject.sentences))


def _narrower(pair: Pair) -> bool:
    """Whether a place within the object stands with the subject."""
    if pair.object.division is None:
        return False
    with_subject = (t for t in pair.setting.things.places if not t.sentences.isdisjoint(pair.subject.sentences))
    return any(encloses(pair.object, place) for place in with_subject)


def _in_name(pair: Pair) -> str:
    one, other = pair.subject.first.name, pair.object.first.name
    return "object" if other in one else "subject" if one in other else ""


def _if_chosen(tell: Callable[[Pair, Choice], bool | str]) -> Callable[[Pair], bool | str]:
    """A feature of places that are chosen among others."""
    return lambda pair: tell(pair, pair.choice) if pair.choice else ""


def _width(pair: Pair, choice: Choice) -> str:
    """Whether a place is the widest or the narrowest of those that may be chosen."""
    width, widths = WIDTH[pair.object.kind], [WIDTH[place.kind] for place in choice.scenes]
    ends = [name for name, end in (("widest", min(widths)), ("narrowest", max(widths))) if width == end]
    return " ".join(ends) or "between"


def _kinds(pair: Pair, choice: Choice) -> str:
    """The class of a place among the classes of those that may be chosen."""
    return f"{pair.object.kind} of {' '.join(sorted({place.kind for place in choice.scenes}))}"


def _others(pair: Pair, choice: Choice) -> str:
    """The closest scene of those places that are not listed with the object."""
    return _closest(lambda one, other: one is not other and other not in choice.listed)(pair, choice)


def _closest(which: Callable[[Thing, Thing], bool]) -> Callable[[Pair, Choice], str]:
    """The closest scene of those other places of which something holds beside the object."""

    def scene(pair: Pair, choice: Choice) -> str:
        found = (told for place, told in choice.scenes.items() if which(pair.object, place))
        return min(found, key=SCENES.index, default="none")

    return scene


def _sure(pair: Pair) -> str:
    shares = [m.probability for m in pair.subject.mentions if m.probability is not None]
    return str(int(10 * max(shares))) if shares else ""


OF_OBJECT: tuple[Feature[Pair], ...] = (
    Feature("object", "the object's class: Street, Organization", lambda p: str(p.object.kind)),
    Feature("main", "how a place stands to the article's main place: inside-Street", _main),
    Feature("object-headline", "the headline names the object", lambda p: p.object.headline),
    Feature(
        "object-rank",
        "the object's rank among things of its kind by how often it is named",
        lambda p: _some(p.object.rank),
    ),
    Feature("object-weight", "in how many sentences it is named", lambda p: _some(p.object.weight)),
    Feature(
        "object-share",
        "how often a body is named beside the others",
        lambda p: p.object.family == BODY and p.object.share,
    ),
    Feature("object-opens", "a body is named in the first sentences", _opens),
    Feature(
        "object-ending",
        "the last character of a body's name: 局, 会",
        lambda p: p.object.first.name[-1] if p.object.family == BODY else "",
    ),
)
"""What holds of an object for all its pairs in an article."""

OF_PAIR: tuple[Feature[Pair], ...] = (
    Feature("together", "how many sentences name both", lambda p: _some(len(p.together))),
    Feature(
        "always-together",
        "every sentence of the subject names the object",
        lambda p: p.subject.sentences <= p.object.sentences,
    ),
    Feature("paragraph", "the paragraph of the subject's first mention names the object before it", _paragraph),
    Feature("nearest", "the object is the last of its kind named before the subject", _nearest),
    Feature("between", "order and distance where they stand nearest", _between),
    Feature("verb", "the class of verb between them there", _verb),
    Feature("before-object", "what stands before the object", _preposition),
    Feature("acting", "in how many of the subject's sentences the place acts", _acting),
    Feature("narrower", "a place within the object stands with the subject", _narrower),
    Feature("in-name", "one's name holds the other's", _in_name),
    Feature("signals", "how many sentences state the relation", lambda p: _some(len({s.sentence for s in p.signals}))),
    Feature(
        "share", "the part that it has of the weight of all votes, in fifths", _if_chosen(lambda _, c: str(c.share))
    ),
    Feature("votes", "how many mentions vote for it", _if_chosen(lambda p, _: _some(len(p.signals)))),
    Feature("first-vote", "the program's first mention votes for it", _if_chosen(lambda _, c: c.first)),
    Feature("preferred", "the votes have most weight for it", _if_chosen(lambda _, c: c.preferred)),
    Feature("places", "how many places may be chosen", _if_chosen(lambda _, c: _some(len(c.scenes)))),
    Feature("width", "whether it is the widest or narrowest of them", _if_chosen(_width)),
    Feature("kinds", "its class, and those of all that may be chosen", _if_chosen(_kinds)),
    Feature("scene", "how the place stands to the program: clause", _if_chosen(lambda p, c: c.scenes[p.object])),
    Feature("scene-within", "the closest scene of places within it", _if_chosen(_closest(encloses))),
    Feature("scene-around", "the closest scene of places around it", _if_chosen(_closest(lambda o, p: encloses(p, o)))),
    Feature("scene-others", "the closest scene of other places, but those listed with it", _if_chosen(_others)),
    Feature(
        "at-first",
        "the sentence that names the subject first names the object",
        lambda p: p.subject.first.sentence in p.object.sentences,
    ),
)
"""What tells how the two of a pair stand to each other."""

OF_SUBJECT: tuple[Feature[Pair], ...] = (
    Feature("subject-probability", "how sure the subject is to be a program, in tenths", _sure),
    Feature("subject-rank", "", lambda p: _some(p.subject.rank)),
    Feature("subject-weight", "", lambda p: _some(p.subject.weight)),
    Feature("subject-headline", "", lambda p: p.subject.headline),
    Feature("subject-leads", "", _leads_text),
    Feature("subject-rule", "", lambda p: p.subject.first.rule),
    Feature("subject-length", "", lambda p: str(min(len(p.subject.first.name), 12) // 2)),
)
"""What holds of a subject for all its pairs in an article."""

FEATURES = OF_OBJECT + OF_PAIR + OF_SUBJECT
