"""Names of the gazetteer's divisions in a sentence: which are words of their own, and which mean the division."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.frozen import frozen
from kg.language.gazetteer import Division, ancestors, find, named, short_form
from kg.language.place_names import cuts_word, names_a_body, stands_alone, token_index
from kg.language.tokens import dictionary_entry
from kg.language.wordlists import grammar, word_set, words
from kg.model import Level

if TYPE_CHECKING:
    from kg.language.frame import Frame
    from kg.model import Token

_PLACES = grammar("places")
LANDSCAPE = _PLACES["landscape"]
"""A short form that ends so is as often the lake or the hill (西湖)."""

_WORK = _PLACES.compile("{han}{0,2}{works}")
PLACE_TAGS = ("ns", "nr", "nz", "nrt")
"""What jieba's dictionary calls places; it takes many of them for people."""

SHORTEST_STREET = 3
"""Characters of a street's name that is no ordinary word by itself."""

WIDE = (Level.PROVINCE, Level.CITY)


@frozen
class ListedName:
    """A name at a place of a sentence, with the divisions it may mean.

    `cut` where it begins within a word of the dictionary (城北镇 in 住进城北镇): then it may be there by chance.
    """

    start: int
    end: int
    name: str
    divisions: tuple[Division, ...]
    cut: bool = False

    @property
    def full(self) -> bool:
        """Whether it is a full official name."""
        return any(division.name == self.name for division in self.divisions)


def listed_names(text: str, tokens: tuple[Token, ...]) -> list[ListedName]:
    """The names of divisions that stand as words of their own, in order."""
    found: list[ListedName] = []
    for start, end, divisions in find(text):
        name = _right_behind(found, text, start, end, divisions) or _reading(text, tokens, start, end, divisions)
        if name is not None:
            found.append(name)
    return found


def _right_behind(
    found: list[ListedName], text: str, start: int, end: int, divisions: tuple[Division, ...]
) -> ListedName | None:
    """A street right behind its district, whatever words the segmentation sees there: 通州区 + 台湖镇 + 定海园."""
    if not found or found[-1].end != start or end - start < SHORTEST_STREET:
        return None
    above = set(found[-1].divisions)
    streets = (d for d in divisions if d.level is Level.STREET and d.name == text[start:end])
    inside = tuple(division for division in streets if not above.isdisjoint(ancestors(division)))
    return ListedName(start, end, text[start:end], inside) if inside else None


def _reading(
    text: str, tokens: tuple[Token, ...], start: int, end: int, divisions: tuple[Division, ...]
) -> ListedName | None:
    name = text[start:end]
    full = tuple(division for division in divisions if division.name == name)
    if cuts_word(tokens, start) and not _between_names(tokens, start):
        return ListedName(start, end, name, full, cut=True) if full and len(name) > 2 else None
    if full and not text.startswith(words("place_level_compounds"), end - 1):
        return ListedName(start, end, name, full) if len(name) > 2 or _is_token(tokens, start, end) else None
    if full:
        end, name = end - 1, name[:-1]
        divisions = tuple(division for division in named(name) if short_form(division) == name)
        return ListedName(start, end, name, divisions) if divisions else None
    between = _between_names(tokens, start) or _between_names(tokens, end)
    if not between and not stands_alone(tokens, start, end):
        return None
    return ListedName(start, end, name, divisions)


def _between_names(tokens: tuple[Token, ...], position: int) -> bool:
    """Whether a position parts a word of the dictionary into two names of divisions: 山西大同."""
    token = tokens[token_index(tokens, position)]
    part = position - token.start
    return bool(part and named(token.text[:part]) and named(token.text[part:]))


def _is_token(tokens: tuple[Token, ...], start: int, end: int) -> bool:
    token = tokens[token_index(tokens, start)]
    return token.start == start and token.end == end


def wide_meaning(name: ListedName, tokens: tuple[Token, ...]) -> Division | None:
    """The province or city that a short form means by itself, whatever the article is about; None if it does not."""
    wide = [division for division in name.divisions if division.level in WIDE]
    if not wide or is_ordinary(name.name) or names_a_body(tokens, name.end):
        return None
    return min(wide, key=lambda division: (division.until is not None, division.code))


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands about a short form: the division named right before it, and the names that it is listed with.

    `shared` is the last word of full names that the series prints once for all (东城、西城两区), or "".
    """

    tokens: tuple[Token, ...]
    before: tuple[Division, ...]
    neighbours: tuple[Division, ...]
    shared: str = ""


def stated_meaning(name: ListedName, frame: Frame, around: Surroundings) -> Division | None:
    """The division that a short form means by what stands beside it, or by its full name elsewhere in the article.

    Beside it: the division above it right before, or others of its province in a series. Ordinary words and names of
    lakes and hills (和平, 西湖) need that; other short forms may rely on the article's full name.
    """
    if around.shared:
        return _of_series(name, frame, around)
    enclosing = {division.code for division in around.before}
    beside = {division.code[:2] for division in around.neighbours}
    province = frame.province.code if frame.province else None
    for division in name.divisions:
        if any(above.code in enclosing for above in ancestors(division)):
            return division
        if division.code[:2] in beside and province in {None, division.code[:2]}:
            return division
    if _is_doubtful(name, around):
        return None
    return next((division for division in name.divisions if division in frame.districts), None)


def _of_series(name: ListedName, frame: Frame, around: Surroundings) -> Division | None:
    """The division that a member of a series means: within what stands before the series, or in the article's city."""
    alike = [division for division in name.divisions if division.name.endswith(around.shared)]
    scopes = (*around.before, frame.city, frame.province)
    found = ([d for d in alike if scope in ancestors(d)] for scope in scopes if scope is not None)
    return next((divisions[0] for divisions in found if divisions), alike[0] if len(alike) == 1 else None)


def local_meaning(name: ListedName, frame: Frame, around: Surroundings) -> Division | None:
    """The division that a short form means as a place name of the article's city, or of a single county."""
    entry = dictionary_entry(name.name)
    if (
        _is_doubtful(name, around)
        or _is_of_work(name, around.tokens)
        or (entry is not None and entry[1] not in PLACE_TAGS)
    ):
        return None
    scope = frame.city or frame.province
    local = [division for division in name.divisions if scope and division.code.startswith(scope.code)]
    if len(local) == 1:
        return local[0]
    county = len(name.divisions) == 1 and name.divisions[0].name.endswith(_PLACES["county-or-city"])
    return name.divisions[0] if county and frame.province is None else None


def _is_of_work(name: ListedName, tokens: tuple[Token, ...]) -> bool:
    """Whether a short form begins the name of a work or landscape, or is an end of a way: 石梁 + 水库, 甲县至石梁."""
    first = token_index(tokens, name.start)
    if first and tokens[first - 1].text in _PLACES["until"]:
        return True
    last = token_index(tokens, name.end - 1) + 1
    behind = "".join(token.text for token in tokens[last : last + 3])
    return behind.startswith(_PLACES["until"]) or _WORK.match(behind) is not None


def is_ordinary(short: str) -> bool:
    """Whether a short form is an ordinary word or common name, which means the place only by what stands beside it."""
    return short in word_set("place_ordinary_short_forms")


def _is_doubtful(name: ListedName, around: Surroundings) -> bool:
    """Whether a short form is as likely another word, a lake or hill, or part of a body's name."""
    return is_ordinary(name.name) or name.name.endswith(LANDSCAPE) or names_a_body(around.tokens, name.end)
