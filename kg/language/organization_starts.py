"""Where the name of a body begins, given where its ending stands: the left boundary.

Chinese prints no spaces, so 与区民政局和杭州社会福利院 has to be cut by what can stand inside a name (places, fields,
nouns) and what cannot (prepositions, verbs that found or invite, counts).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache

from kg.language.organization_names import (
    NAME_TAGS,
    Ending,
    Tail,
    bare_level,
    is_distinct,
    is_generic,
    level_at,
    suffix_of,
)
from kg.language.wordlists import word_set, words
from kg.model import Span, Token

LONGEST = 28
"""No name in the genre is longer before its ending."""

LONGEST_SUFFIX = 14
"""No ending of the lists is longer."""

LONGEST_TOWN = 3
"""How many characters of an unlisted place may stand between a body and its part (… + 中心 + 拱墅 + 基地)."""

BLOCKING_TAGS = ("x", "p", "c", "u", "r", "d", "t", "y", "m", "q", "v", "f", "s", "e", "o")
"""How jieba's tags begin of words that do not stand inside names: function words, verbs, counts, directions."""

CONJUNCTIONS = frozenset("和与及")

ENCLOSING_WORDS = frozenset("小社园片街城地辖景校山库老商全各该我本市县镇乡州都超股楼菜古家集")
"""What makes of 区, 市, 镇 … another word (小区, 全市, 古镇), so that it is no bare level."""

UNIVERSITY = re.compile(r"[一-龥]{1,3}大$|[一-龥]{2}理工$")
"""An abbreviated university (浙大, 西交大) before the place of its branch."""

UNLISTED_PLACE = re.compile(r"(?:新城|新区|开发区|高新区|园区|度假区|景区|示范区|街区|村|社区|街道|镇)$")
"""How places end that the gazetteer may not know, before their department."""

ROAD = re.compile(r"[一-龥]{2}[路街巷弄桥]$")
"""A road before an ending: many schools and branches are named after theirs."""


@dataclass(frozen=True, slots=True)
class Start:
    """The beginning of a name: its place in the text and the jurisdiction there, if one is named.

    `place` is the index of the place in the given spans; `level` the bare level (区) in its stead.
    """

    start: int
    place: int | None = None
    level: str = ""


@dataclass(frozen=True)
class Line:
    """A sentence's text, tokens and the spans of its places, in order."""

    text: str
    tokens: tuple[Token, ...]
    places: tuple[Span, ...]

    def start_of(self, tail: Tail) -> Start | None:
        """Where the name with this ending begins, or None where it names nothing."""
        return self._bare(tail) or self._named(tail)

    def _bare(self, tail: Tail) -> Start | None:
        """A known department directly after a bare level: 区住建局, 市委组织部."""
        if tail.kind is not Ending.DEPARTMENT:
            return None
        level = bare_level(self.text[max(0, tail.start - 4) : tail.start])
        start = tail.start - len(level)
        return Start(start, level=level) if level and self._is_bare(start) else None

    def _is_bare(self, position: int) -> bool:
        """Whether the level at a position is a word, not the end of a place's name or of another word."""
        if self._place_over(position) is not None:
            return False
        return position == 0 or (self.text[position - 1] not in ENCLOSING_WORDS and self._begins_word(position))

    def _begins_word(self, position: int) -> bool:
        token = self.tokens[self._token_at(position)]
        return (
            token.start == position
            or not ("一" <= self.text[position - 1] <= "龥")
            or self.text[position - 1] in CONJUNCTIONS
            or self.text[:position].endswith(_boundaries())
        )

    def _named(self, tail: Tail) -> Start | None:
        if len(tail.text) == 1 and suffix_of(self.text[max(0, tail.start - LONGEST_SUFFIX) : tail.start]):
            return None  # 商务局 + 办起
        limit = self.limit(tail.start)
        found = self._within(limit, tail)
        if found is not None:
            return found
        return self._of_level(limit, tail) or self._national(limit, tail) or self._own_name(limit, tail)

    def _of_level(self, limit: int, tail: Tail) -> Start | None:
        """A field after a bare level: 区 + 数字治理 + 局. Companies and 部门 are too general for that."""
        level = level_at(self.text, limit)
        if not level or tail.kind is Ending.COMPANY or tail.text == "部门" or not self._is_bare(limit):
            return None
        begin = limit + len(level)
        if tail.start - begin < 2 or is_generic([word for word, _ in self.parts(begin, tail.start)]):
            return None
        return Start(limit, level=level)

    def _within(self, limit: int, tail: Tail) -> Start | None:
        """A name that holds a place: it begins with the innermost, or with the body whose branch it is."""
        index = bisect_right(self.places, Span(tail.start, 0)) - 1
        if index < 0 or self.places[index].end > tail.start or self.places[index].start < limit:
            return None
        place = self.places[index]
        parent = self.text[limit : place.start]
        if suffix_of(parent) and tail.kind is not Ending.COMPANY:
            return Start(self._parent_start(limit, place.start), index)
        field = [w for w, _ in self.parts(place.end, tail.start)]
        if field and field[0] in ("委", "级", "区", "市", "县"):
            field = field[1:]
        if not fits(tail, field):
            return None
        if tail.kind is Ending.INSTITUTION and UNIVERSITY.search(parent):
            return Start(limit, index)
        return Start(place.start, index)

    def _parent_start(self, limit: int, end: int) -> int:
        suffix = suffix_of(self.text[limit:end])
        if not suffix:
            return limit
        parent = self.start_of(Tail(suffix, end - len(suffix), end, Ending.INSTITUTION))
        return parent.start if parent else limit

    def _national(self, limit: int, tail: Tail) -> Start | None:
        for prefix in words("organization_national"):
            if self.text.startswith(prefix, limit) and tail.start >= limit + len(prefix):
                field = [w for w, _ in self.parts(limit + len(prefix), tail.start)]
                if tail.kind is Ending.DEPARTMENT or (field and not is_generic(field)):
                    return Start(limit)
        return None

    def _own_name(self, limit: int, tail: Tail) -> Start | None:
        """A name without a place: 红杉养老服务有限公司, 能源与碳中和学院, 钱江新城 + 管委会."""
        start = self._after_appositions(limit, tail.start)
        parts = self.parts(start, tail.start)
        if not parts or is_generic([w for w, _ in parts]):
            return None
        if tail.kind in (Ending.PART, Ending.BRANCH) and any(
            suffix_of(self.text[start:end]) for end in range(max(start, tail.start - LONGEST_TOWN), tail.start + 1)
        ):
            return Start(start)
        if tail.kind is Ending.PART:
            return None
        if tail.kind in (Ending.DEPARTMENT, Ending.OFFICE):
            first, tag = parts[0]
            unlisted = tag.startswith(("ns", "nz")) or UNLISTED_PLACE.search(self.text[start : tail.start])
            return Start(start) if len(first) > 1 and unlisted and fits(tail, [w for w, _ in parts[1:]]) else None
        if len(tail.text) >= 4 and tail.kind is Ending.COMPANY and tail.start - start >= 2:
            return Start(start)
        named = is_distinct(parts) or ROAD.search(self.text[start : tail.start])
        joined = any(word in CONJUNCTIONS for word, _ in parts) and tail.start - start >= 6
        return Start(start) if named or (tail.kind is Ending.INSTITUTION and joined) else None

    def _after_appositions(self, start: int, end: int) -> int:
        """Past nouns that say what kind of body follows: 龙头企业 + 恒远科技公司."""
        for word, _ in self.parts(start, end):
            if word not in word_set("organization_groups"):
                break
            start += len(word)
        return min(start, end)

    def parts(self, start: int, end: int) -> list[tuple[str, str]]:
        """The words between two positions, those cut through included, with their tags."""
        parts = []
        index = self._token_at(start)
        while index < len(self.tokens) and self.tokens[index].start < end:
            token = self.tokens[index]
            word = self.text[max(start, token.start) : min(end, token.end)]
            if word.strip("“”\"'"):
                parts.append((word, token.tag if len(word) == len(token.text) else "n"))
            index += 1
        return parts

    def limit(self, position: int) -> int:
        """The leftmost position that a name before `position` can reach to."""
        limit = position
        index = self._token_at(position - 1)
        while index >= 0 and position - self.tokens[index].start <= LONGEST:
            token = self.tokens[index]
            place = self._place_over(token.start) if token.start < position else None
            if place is None and token.end <= position:
                place = self._place_over(token.end - 1)
            if place is not None and self.places[place].end <= position:
                limit = self.places[place].start
            elif token.text in CONJUNCTIONS and not self._in_field_word(token):
                limit, index = self._past_conjunction(limit, index, position)
                break
            elif token.end <= position and self._ends_names(token):
                break
            else:
                limit = token.start
            index = self._token_at(limit - 1) if limit else -1
        return max(limit, self._last_boundary(limit, position))

    def _past_conjunction(self, limit: int, index: int, position: int) -> tuple[int, int]:
        """A conjunction inside a name (住房和城乡建设局) where a place or level leads it, else its end."""
        conjunction, after = self.tokens[index], self.tokens[min(index + 1, len(self.tokens) - 1)]
        left = self.limit(conjunction.start)
        before = self.text[left : conjunction.start]
        parts = [w for w, _ in self.parts(left, conjunction.start)]
        whole = (
            bool(parts)
            and position > limit
            and not suffix_of(before)
            and not before.endswith(tuple(word_set("organization_groups")))
            and parts[-1] not in word_set("organization_groups")
            and self._place_over(conjunction.start - 1) is None
            and self._place_over(conjunction.end) is None
            and not after.tag.startswith(NAME_TAGS)
            and not level_at(self.text, conjunction.end)
        )
        return (left if whole else limit), -1

    def _ends_names(self, token: Token) -> bool:
        """Whether no name reaches over a word: a function word or verb, or what a body before it does."""
        if token.text in word_set("organization_deeds") and suffix_of(
            self.text[max(0, token.start - LONGEST_SUFFIX) : token.start]
        ):
            return True
        return blocks(token) and not self._in_field_word(token)

    def _in_field_word(self, token: Token) -> bool:
        """Whether a word is a piece of a field that the segmentation took apart (碳中和)."""
        first = max(0, token.start - 3)
        return any(
            m.start() <= token.start and token.end <= m.end()
            for m in _field_pattern().finditer(self.text, first, token.end + 3)
        )

    def _last_boundary(self, start: int, end: int) -> int:
        """The end of the last word in a stretch that no name holds; places are not looked into."""
        last = start
        for match in _boundary_pattern().finditer(self.text, start, end):
            if self._place_over(match.start()) is None and self._place_over(match.end() - 1) is None:
                last = match.end()
        return last

    def _token_at(self, position: int) -> int:
        return bisect_right(self.tokens, position, key=lambda token: token.start) - 1

    def _place_over(self, position: int) -> int | None:
        index = bisect_right(self.places, position, key=lambda span: span.start) - 1
        return index if index >= 0 and self.places[index].end > position else None


def fits(tail: Tail, field: list[str]) -> bool:
    """Whether an ending may follow a place with these words between."""
    if tail.kind is Ending.DEPARTMENT:
        return not field or not is_generic(field)
    if tail.kind is Ending.PART:
        return False
    if tail.kind is Ending.OFFICE:
        return len("".join(field)) >= 2 and not is_generic(field)
    if tail.text in word_set("organization_common_endings"):
        return bool(field) and not is_generic(field)
    return True


def blocks(token: Token) -> bool:
    """Whether a word ends what can stand inside a name."""
    if token.text in word_set("organization_field_words") or token.text == "·":
        return False
    if token.text in word_set("organization_boundaries"):
        return True
    return token.tag.startswith(BLOCKING_TAGS) and token.tag not in ("vn", "eng")


@cache
def _boundaries() -> tuple[str, ...]:
    return tuple(sorted(word_set("organization_boundaries")))


@cache
def _field_pattern() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(w) for w in sorted(word_set("organization_field_words")) if len(w) > 2))


@cache
def _boundary_pattern() -> re.Pattern[str]:
    long = sorted((w for w in word_set("organization_boundaries") if len(w) > 1), key=lambda w: (-len(w), w))
    return re.compile("|".join(map(re.escape, long)))
