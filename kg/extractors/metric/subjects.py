"""What a number is about.

Every thing that the article names near the number, or most of all, is a candidate; `subject_features` tells how each
stands to the number, and the weights of `weights/subjects.tsv` which of them wins. How sure a number is with its
subject, `weights/numbers.tsv` tells by `number_features`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from kg.decision import Judged, features_of, scorer, weights
from kg.extractors.context.discourse import Naming, discourse
from kg.extractors.context.things import PLACE, PROGRAM, Thing
from kg.extractors.metric.accounts import account_place, is_told_of
from kg.extractors.metric.national import national_from
from kg.extractors.metric.number_features import FEATURES, Number
from kg.extractors.metric.shares import share_of
from kg.extractors.metric.subject_candidates import Candidate, Seen, Standing, Surroundings
from kg.extractors.metric.subject_features import OF_CANDIDATE, OF_STANDING, OF_THING, repeats
from kg.frozen import frozen
from kg.language.wordlists import words
from kg.model import Mention, Metric

if TYPE_CHECKING:
    from decimal import Decimal

    from kg.extractors.engine import Found
    from kg.model import Text

DECISION = "subjects"

CERTAINTY = "numbers"
"""The table that tells how sure a number with its subject is."""

MOST_NAMED = 2
"""So many of the most named things of each family are candidates wherever they are named."""

_DOING = frozenset("vd")
"""How the tags of words begin that go on to tell what a place does: 已, 共, 建成."""

_SITE = "site"

ALONE = 1000
"""The lead of a candidate without a rival."""


class Ranked(NamedTuple):
    """A candidate with its score."""

    candidate: Candidate
    score: int

    @property
    def features(self) -> tuple[str, ...]:
        """The names of its features."""
        of_thing = features_of(OF_THING, self.candidate.seen)
        of_standing = features_of(OF_STANDING, self.candidate.standing)
        return of_thing + of_standing[1:] + features_of(OF_CANDIDATE, self.candidate)[1:]


@frozen
class _Passage:
    """What comes before a sentence: where its paragraph begins, leads with and names first, what was named last."""

    paragraph: int
    opening: Thing | None
    first: Mapping[str, Thing]
    latest: Mapping[str, Thing]


class Subjects:
    """Answers for one article what its numbers are about; what it has worked out for a clause it keeps."""

    def __init__(self, text: Text, found: Found) -> None:
        self._text, self._found = text, found
        self._account = discourse(text, found)
        self._weights = weights(DECISION)
        self._reports = account_place(text, found)
        self._passages: list[_Passage] = []
        self._ranks: dict[tuple[int, int, int, bool, Thing | None, Thing | None], tuple[Ranked, ...]] = {}
        self._score_of_thing = scorer(DECISION, OF_THING).score
        self._score = scorer(DECISION, OF_CANDIDATE).score
        self._last: dict[int, Mapping[Thing, int]] = {}
        self._of_thing: dict[Seen, int] = {}
        self._score_of_standing = scorer(DECISION, OF_STANDING).score
        self._of_standing: dict[Standing, int] = {}
        self._sure = weights(CERTAINTY)
        self._certainty = scorer(CERTAINTY, FEATURES).score

    def told(self, metric: Metric) -> tuple[Mention | None, Decimal]:
        """What a metric is about, and the probability that it is right with that."""
        number = self.number(metric)
        subject = self._mention(number.candidate) if number.candidate else None
        return subject, self._sure.probability(self._certainty(number))

    def number(self, metric: Metric) -> Number:
        """A metric with what it is about."""
        ranked = self.ranked(metric.sentence, metric.start)
        return Number(metric, ranked[0].candidate, ranked[0].score, _lead(ranked)) if ranked else Number(metric)

    def judged(self, metric: Metric) -> Iterator[Judged]:
        """The candidates of a number, the best first, and after them how sure the number is with the best."""
        ranked = self.ranked(metric.sentence, metric.start)
        group = f"{metric.sentence}:{metric.start} {metric.indicator}"
        for place, each in enumerate(ranked):
            name, accepted = each.candidate.thing.first.name, place == 0
            judged = self._weights.judged(name, metric.sentence, each.features, accepted=accepted, group=group)
            lead = _lead(ranked) if accepted else each.score - ranked[0].score
            yield replace(judged, probability=self._weights.probability(lead))
        features = features_of(FEATURES, self.number(metric))
        yield self._sure.judged(metric.indicator, metric.sentence, features, accepted=True)

    def ranked(self, number: int, position: int) -> tuple[Ranked, ...]:
        """What the number at a position of a sentence may be about, the best first.

        That is what the paragraph names up to the sentence's end, what the article named last of each kind, its most
        named things, and the headline's; of those, where the number is the whole country's, what may be nationwide.
        """
        namings = self._account.namings(number)
        before = tuple(n for n in namings if n.end <= position)
        clause = self._account.clause_at(number, position)
        national = national_from(self._text, self._found, number, position) is not None
        share = share_of(self._text, self._found, number, position)
        only = self._account.things.of.get(share) if share else None
        whole = self._whole(before, clause, position) if only is None and self._reports is None else None
        acting = self._reports is None and self._acts(before, number, clause)
        key = number, clause, len(before) if self._reports is None else position, national, only, whole
        if key not in self._ranks:
            around = self._around(number, clause, before)
            after = {n.thing: n for n in reversed(namings) if n.start >= position}
            candidates = self._candidates(around, after)
            if only is not None:
                candidates = (candidate for candidate in candidates if candidate.thing is only)
            elif whole is not None:
                candidates = (c for c in candidates if c.thing is whole or c.thing.family != PLACE)
            if self._reports is not None and only is None:
                candidates = (c for c in candidates if c.thing is self._reports or is_told_of(c, position))
            if acting:
                candidates = (c for c in candidates if c.near is not None)
            ranked = map(self._scored, filter(_may_be_nationwide, candidates) if national else candidates)
            self._ranks[key] = tuple(sorted(ranked, key=lambda r: -r.score))
        return self._ranks[key]

    def _whole(self, before: tuple[Naming, ...], clause: int, position: int) -> Thing | None:
        """The place of which a number is counted, so that it is about no other place.

        That is what a clause means by 全区 or 全镇 before the number, or names right before it: 其中甲市4个、乙市1个.
        """
        last = next((n for n in reversed(before) if n.clause == clause and n.thing.family == PLACE), None)
        return last.thing if last and (last.whole or last.end == position) else None

    def _acts(self, before: tuple[Naming, ...], number: int, clause: int) -> bool:
        """Whether the number's clause begins with a place and what that does, so that it is about what it names.

        截至目前，甲区已建成食堂3家: not about a program that only sentences before name.
        """
        start = self._account.clauses(number)[clause].start
        chain = [n for n in before if n.clause == clause and n.thing.family == PLACE and n.thing.sort != _SITE]
        for naming in chain:
            if naming.start != start or naming.telling or naming.compared:
                return False
            if not naming.introduces:
                after = next((t for t in self._text.tokens[number] if t.start >= naming.end), None)
                return after is not None and after.tag[:1] in _DOING
            start = naming.end
        return False

    def _scored(self, candidate: Candidate) -> Ranked:
        seen, standing = candidate.seen, candidate.standing
        if seen not in self._of_thing:
            self._of_thing[seen] = self._score_of_thing(seen)
        if standing not in self._of_standing:
            self._of_standing[standing] = self._score_of_standing(standing)
        return Ranked(candidate, self._of_thing[seen] + self._of_standing[standing] + self._score(candidate))

    def _candidates(self, around: Surroundings, after: Mapping[Thing, Naming]) -> Iterator[Candidate]:
        before = {naming.thing: naming for naming in around.before}
        last = dict(self._named_last(around.sentence, around.paragraph))
        for thing in (*around.latest.values(), *self._most_named):
            if thing not in last:
                last[thing] = max((n for n in thing.sentences if n <= around.sentence), default=-1)
        for thing, at in last.items():
            candidate = Candidate(thing, around, before.get(thing), after.get(thing), at)
            if not (candidate.is_example or candidate.is_aside):
                yield candidate

    def _named_last(self, number: int, start: int) -> Mapping[Thing, int]:
        """What the paragraph that starts with a sentence names up to another, with the sentence that names it last."""
        if number not in self._last:
            last: dict[Thing, int] = {}
            for at in range(number, start - 1, -1):
                for naming in self._account.namings(at):
                    last.setdefault(naming.thing, at)
            self._last[number] = last
        return self._last[number]

    def _around(self, number: int, clause: int, before: tuple[Naming, ...]) -> Surroundings:
        passage = self._passage(number)
        first, latest = _taken_in(passage.first, passage.latest, before)
        families = " ".join(sorted({naming.thing.family for naming in before if not naming.telling}))
        told = " ".join(sorted({thing.family for thing in self._named_last(number, passage.paragraph)}))
        text, within = self._text.sentences[number].text, self._account.clauses(number)[clause]
        wording = text[within.start : within.end]
        return Surroundings(
            number,
            text,
            clause,
            within.start,
            wording,
            before,
            families,
            told,
            passage.paragraph,
            passage.opening,
            first,
            latest,
            any(word in text[: within.end] for word in words("metric_results")),
        )

    def _passage(self, number: int) -> _Passage:
        while len(self._passages) <= number:
            at = len(self._passages)
            last = self._passages[-1] if at else _Passage(0, None, {}, {})
            goes_on = at > 0 and self._text.sentences[at - 1].paragraph == self._text.sentences[at].paragraph
            first, latest = _taken_in(last.first, last.latest, self._account.namings(at - 1) if at else ())
            passage = (
                _Passage(last.paragraph, last.opening, first, latest)
                if goes_on
                else _Passage(at, self._opening(at), {}, latest)
            )
            self._passages.append(passage)
        return self._passages[number]

    def _opening(self, number: int) -> Thing | None:
        """The thing that a sentence leads with, of a chain of places the last; not who speaks."""
        lead: Naming | None = None
        for naming in self._account.namings(number):
            if naming.telling or naming.inside:
                continue
            if lead is not None and not (lead.end == naming.start and lead.thing.family == PLACE):
                break
            lead = naming
        return lead.thing if lead else None

    @cached_property
    def _most_named(self) -> tuple[Thing, ...]:
        told = (t for t in self._account.things.all if t.headline or t.rank < MOST_NAMED or t is self._reports)
        return tuple(told)

    def _mention(self, candidate: Candidate) -> Mention:
        """The mention of a candidate nearest to its number."""
        if candidate.near:
            return candidate.near.mention
        before = [m for m in candidate.thing.mentions if m.sentence <= candidate.around.sentence]
        return before[-1] if before else candidate.thing.mentions[0]


def _taken_in(
    first: Mapping[str, Thing], latest: Mapping[str, Thing], namings: tuple[Naming, ...]
) -> tuple[Mapping[str, Thing], Mapping[str, Thing]]:
    """What was named first and last by family and kind, further namings taken in.

    Who speaks does not count, nor does a place that only introduces the next (甲市 in 甲市乙县) or is compared with.
    """
    if not namings:
        return first, latest
    first, latest = dict(first), dict(latest)
    for naming in namings:
        if naming.telling or naming.introduces or naming.compared:
            continue
        for key in (naming.thing.family, naming.thing.sort):
            first.setdefault(key, naming.thing)
            latest[key] = naming.thing
    return first, latest


def _may_be_nationwide(candidate: Candidate) -> bool:
    """Whether a figure of the whole country may be about a thing: a program of the passage, a body named with it."""
    thing, around = candidate.thing, candidate.around
    if thing.family == PLACE:
        return False
    if candidate.near is not None:
        return True
    return thing.family == PROGRAM and (thing.headline or candidate.last >= around.paragraph or repeats(candidate) > 0)


def _lead(ranked: tuple[Ranked, ...]) -> int:
    """How far the best candidate is ahead of the next."""
    return ranked[0].score - ranked[1].score if len(ranked) > 1 else ALONE
