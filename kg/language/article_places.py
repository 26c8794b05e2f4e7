"""The places of an article as they become known: what the rules for places ask and fill."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.language.frame import Frame
from kg.language.gazetteer import Division, ancestors, community_names, named
from kg.language.listed_places import ListedName, is_ordinary, listed_names
from kg.language.person_words import OTHER_PEOPLES_PATTERN, ends_well
from kg.language.place_chains import WIDTH, candidates
from kg.language.place_names import opens_coined_name
from kg.language.tokens import is_common
from kg.language.wordlists import grammar
from kg.model import Level, Mention, Text

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST_COMMUNITY = 10
"""Characters before 社区 or 村 in the names of the gazetteer that are looked for."""


_PLACES = grammar("places")
OFFICE = _PLACES.word("street-office")
ESTATE = _PLACES.word("estate")

PlaceSpan = tuple[str, int, int, str]
"""Kind, start, end and name of a place in a sentence."""


SHORT = 2
"""The name of a village of so many characters may be the end of another."""


_SHARED = _PLACES.compile(
    "(?:{and-so-on}?(?:[0-9]{1,2}|{listed-number}{1,2}){piece}?|{and-so-on})({county-level})(?![（({shared-compound}])"
)
"""The last word of the names of a series, printed once behind the last of them: 两区, 等三县."""


_LISTING = _PLACES["listing"]
"""What joins the names of a series."""


def _joined(text: str, one: ListedName, other: ListedName) -> bool:
    """Whether two names stand beside each other in a series."""
    return other.start == one.end + 1 and text[one.end] in _LISTING


def _begins_with_person(text: str, listed: ListedName) -> bool:
    """Whether a short form is the beginning of a person's name, as some peoples have."""
    person = OTHER_PEOPLES_PATTERN.match(text, listed.start)
    return person is not None and person.end() > listed.end and ends_well(text, person.end())


class ArticlePlaces:
    """An article's places so far, none overlapping another, and what the gazetteer finds in each sentence."""

    def __init__(self, text: Text) -> None:
        self.text = text
        self.frame = Frame()
        self.listed = [listed_names(s.text, t) for s, t in zip(text.sentences, text.tokens, strict=True)]
        self.street_short_forms: list[tuple[str, str]] = []
        self.communities: list[str] = []
        self._mentions: dict[int, list[Mention]] = {}
        self._named: set[str] = set()
        self._communities: tuple[frozenset[str], ...] = ()
        self._printed: dict[str, bool] = {}

    def settle(self, frame: Frame) -> None:
        """Take what the article is about, and begin anew with the places."""
        self.frame = frame
        self._mentions, self._named = {}, set()
        codes = dict.fromkeys(place.code for place in (frame.city, *frame.districts) if place is not None)
        widest = [code for code in codes if not any(code != wider and code.startswith(wider) for wider in codes)]
        self._communities = tuple(filter(None, map(community_names, widest)))

    def learn_streets(self) -> None:
        """Take the short forms of the streets found so far, but for ordinary words."""
        street = _PLACES.word("street")
        names = sorted({m.name for m in self.all() if m.kind == Level.STREET and m.name.endswith(street)})
        shorts = [(name.removesuffix(street), name) for name in names]
        self.street_short_forms = [(short, name) for short, name in shorts if len(short) > 1 and not is_common(short)]

    def learn_communities(self) -> None:
        """Take the names of the communities and villages found so far."""
        self.communities = sorted({m.name for m in self.all() if m.kind == Level.COMMUNITY and len(m.name) > SHORT})

    def sentence(self, number: int) -> str:
        """The text of a sentence."""
        return self.text.sentences[number].text

    def add(self, mention: Mention) -> None:
        """Keep a place unless an earlier one overlaps it."""
        group = self._mentions.setdefault(mention.sentence, [])
        if all(other.end <= mention.start or other.start >= mention.end for other in group):
            group.append(mention)
            self._named.add(mention.name)

    def unify_sites(self) -> None:
        """Give every site the longest of the article's names that stands there (东方锦泰大厦 for 锦泰大厦).

        An estate is named with its last word where the article has that too (和畔里小区 for 和畔里).
        """
        names = sorted({m.name for m in self.all() if m.kind == Level.SITE}, key=lambda name: (-len(name), name))
        for number, group in self._mentions.items():
            for index, mention in enumerate(group):
                if mention.kind == Level.SITE:
                    longer = self._lengthened(mention, names, self.sentence(number)[: mention.end], group)
                    estate = longer.name + ESTATE
                    group[index] = replace(longer, name=estate) if estate in names else longer
        self._named = {mention.name for mention in self.all()}

    @staticmethod
    def _lengthened(mention: Mention, names: list[str], text: str, group: list[Mention]) -> Mention:
        for name in names:
            start = mention.end - len(name)
            if len(name) <= len(mention.name) or not text.endswith(name):
                continue
            if all(other is mention or other.end <= start or other.start >= mention.end for other in group):
                return replace(mention, name=name, start=start)
        return mention

    def all(self) -> list[Mention]:
        """The places in the order of the text."""
        return sorted(
            (mention for group in self._mentions.values() for mention in group), key=lambda m: (m.sentence, m.start)
        )

    def names(self, name: str) -> bool:
        """Whether a place of this name has been found."""
        return name in self._named

    def prints(self, name: str) -> bool:
        """Whether a name stands anywhere in the article."""
        if name not in self._printed:
            self._printed[name] = any(name in sentence.text for sentence in self.text.sentences)
        return self._printed[name]

    def floor(self, number: int, position: int) -> tuple[int, Mention | None]:
        """Where the last place before or over a position ends, and that place: no name reaches further back.

        The office of a street belongs to it: 通江街道办事处.
        """
        before = [m for m in self._mentions.get(number, ()) if m.start < position]
        last = max(before, key=lambda m: m.end, default=None)
        if last is None:
            return 0, None
        office = last.kind == Level.STREET and self.sentence(number).startswith(OFFICE, last.end, position)
        return last.end + len(OFFICE) * office, last

    def ending_at(self, number: int, position: int) -> tuple[Division, ...]:
        """The divisions that a place ending right at a position may be."""
        return tuple(
            division
            for mention in self._mentions.get(number, ())
            if mention.end == position
            for division in candidates(mention.name, mention.kind)
        )

    def begins_other_name(self, number: int, listed: ListedName) -> bool:
        """Whether a short form only begins a name: “红河议事会”, 启东市 + 台湾风情街, 乌兰其木格.

        No place lies in a narrower one, or in another of its level.
        """
        text, end = self.sentence(number), listed.end
        for other in self.listed[number]:
            end = other.end if other.start == end else end
        if opens_coined_name(text, listed.start, end) or _begins_with_person(text, listed):
            return True
        return any(
            mention.end == listed.start
            and all(division.name == mention.name for division in candidates(mention.name, mention.kind))
            and all(WIDTH[mention.kind] >= WIDTH[division.level] for division in listed.divisions)
            for mention in self._mentions.get(number, ())
        )

    def listed_beside(self, number: int, index: int) -> tuple[Division, ...]:
        """The divisions named right before and after a listed name in a series by 、, 和 or 与."""
        names, text = self.listed[number], self.sentence(number)
        this = names[index]
        beside: list[ListedName] = []
        if index and names[index - 1].end == this.start - 1 and text[this.start - 1] in _LISTING:
            beside.append(names[index - 1])
        if index + 1 < len(names) and names[index + 1].start == this.end + 1 and text[this.end] in _LISTING:
            beside.append(names[index + 1])
        return tuple(division for name in beside if not is_ordinary(name.name) for division in name.divisions)

    def series(self, number: int, index: int) -> tuple[int, str]:
        """Where the series of a listed name begins, and the last word of its full names that is printed once (两区)."""
        names, text = self.listed[number], self.sentence(number)
        first = last = index
        while first and _joined(text, names[first - 1], names[first]):
            first -= 1
        while last + 1 < len(names) and _joined(text, names[last], names[last + 1]):
            last += 1
        match = _SHARED.match(text, names[last].end) if first < last else None
        return names[first].start, match[1] if match else ""

    def likeliest(self, divisions: tuple[Division, ...]) -> Division:
        """Of several divisions of a name, the one in the article's places, or the first."""
        for scope in (*self.frame.districts, self.frame.city, self.frame.province):
            for division in divisions:
                if scope is not None and (division == scope or scope in ancestors(division)):
                    return division
        return divisions[0]

    def in_scope(self, division: Division, number: int, start: int) -> bool:
        """Whether a division lies in the article's city or province, or in a place named right before."""
        scope = self.frame.city or self.frame.province
        above = ancestors(division)
        return scope is None or scope in above or any(before in above for before in self.ending_at(number, start))

    def in_districts(self, division: Division) -> bool:
        """Whether a division lies in a district that the article names."""
        return any(above in self.frame.districts for above in ancestors(division))

    def knows(self, name: str, level: Level) -> bool:
        """Whether a street or community of a name lies in the article's city or districts."""
        if level is Level.COMMUNITY:
            return self._lists(name)
        scopes: Iterable[Division] = [p for p in (self.frame.city or self.frame.province, *self.frame.districts) if p]
        return any(scope in ancestors(division) for division in named(name) for scope in scopes)

    def _lists(self, name: str) -> bool:
        """Whether a community or village in one of the article's places has a name."""
        return any(name in names for names in self._communities)

    @property
    def lists_communities(self) -> bool:
        """Whether the gazetteer's communities of the article's city or districts are at hand."""
        return bool(self._communities)

    def longest_listed(self, text: str, begin: int, end: int, floor: int) -> int | None:
        """Where the longest name of a community of the article's districts that ends at `end` begins."""
        starts = range(max(floor, begin - LONGEST_COMMUNITY), begin)
        return next((start for start in starts if self._lists(text[start:end])), None)
