"""How far left the name of a body can reach: what words and boundaries stand before a position of a sentence."""

from __future__ import annotations

from bisect import bisect_right

from kg.frozen import frozen
from kg.language.bodies.endings import (
    LONGEST_ENDING,
    NAME_TAGS,
    is_brand,
    suffix_of,
)
from kg.language.bodies.stops import (
    CONJUNCTIONS,
    JOINT_PATTERN,
    NUMBERED_PATTERN,
    blocks,
    blocks_always,
    boundary_pattern,
    ends_companies,
    field_pattern,
    is_glued_level,
    is_level,
    may_be_brand,
)
from kg.language.gazetteer import named
from kg.language.tokens import START, dictionary_entry, is_common
from kg.language.wordlists import grammar, word_set, words
from kg.model import Span, Token

LONGEST_NAME = 28
"""No name in the genre is longer before its ending."""

_BODIES = grammar("bodies")
NEIGHBOURHOODS = _BODIES["neighbourhood"]
"""Levels of two characters, which act without their name in an article on one of them."""

LONGEST_NOUN = 3
"""Characters of a noun that is one word whatever it holds (派出所)."""

LONGEST_COMPANY = 14
"""Characters of a company's name with ordinary words before its ending (…有限公司)."""

LONGEST_INSERTION = 6
"""Characters of a place in brackets inside the name of a company, with its bracket."""

LONGEST_INSERTED_BODY = 16
"""The same of a body: 江苏省（淮河水利委员会）水文研究所."""

SHORTEST_AFTER_VERB = 2
"""What is left of the name of a body that a verb leads to; shorter it is the verb's own (联合 + 党 + 委)."""

LONG_BODY = 4
"""A word that the tagger takes for a body holds a name, not an ending alone, from so many characters on."""

PROPER_TAGS = tuple(tag for tag in NAME_TAGS if tag != "j")
"""How jieba's tags of names begin, without abbreviations."""

CLOSING = frozenset("）)")

LIMITED = _BODIES.word("limited")
"""How the legal forms of companies begin."""

COMPANIES = _BODIES["company-lead"]
"""What makes an unknown word before it the name of a company."""


@frozen
class Line:
    """A sentence's text, tokens and the spans of its places, which are in order and do not overlap."""

    text: str
    tokens: tuple[Token, ...]
    places: tuple[Span, ...]

    def limit(self, position: int, conjunctions: int = 2) -> int:
        """The leftmost position that a name before `position` can reach to, over so many conjunctions at most."""
        limit = position
        index = self.token_at(position - 1)
        while index >= 0 and position - self.tokens[index].start <= LONGEST_NAME:
            token = self.tokens[index]
            place = self._place_before(token, position)
            if place is not None:
                limit = self.places[place].start
            elif token.text in CLOSING and self._opening(token.start) is not None:
                limit = self._opening(token.start) or 0
            elif token.text in CONJUNCTIONS and not self._in_field_word(token):
                if conjunctions:
                    limit = self._past_conjunction(limit, index, conjunctions - 1)
                break
            elif is_glued_level(token):
                limit = token.end - 1
                break
            elif self._is_glued(token):
                limit = token.start + 1
                break
            elif self._stops(token, position):
                break
            else:
                limit = token.start
            before = self.token_at(limit - 1) if limit else -1
            if before >= index:  # a word that a place begins within: no name reaches over it
                break
            index = before
        return max(limit, self._last_boundary(limit, position))

    def reach(self, position: int) -> int:
        """How far left a company's name can reach that holds ordinary words: to its place or the clause's boundary."""
        limit = position
        index = self.token_at(position - 1)
        while index >= 0 and position - self.tokens[index].start <= LONGEST_COMPANY:
            token = self.tokens[index]
            if ends_companies(token):
                return max(limit, self._last_boundary(limit, position))
            limit = token.start
            if token.tag == "ns" or self.place_over(token.start) is not None:
                return max(limit, self._last_boundary(limit, position))
            index -= 1
        return limit if index < 0 else position

    def seat_at(self, position: int) -> bool:
        """Whether a place begins at a position, one of the article's or one that the tagger sees."""
        token = self.tokens[self.token_at(position)]
        return self.place_over(position) is not None or (token.start == position and token.tag == "ns")

    def parts(self, start: int, end: int) -> list[tuple[str, str]]:
        """The words between two positions, those cut through included, with their tags; quotation marks left out."""
        parts = []
        index = max(0, self.token_at(start))
        while index < len(self.tokens) and self.tokens[index].start < end:
            token = self.tokens[index]
            word = self.text[max(start, token.start) : min(end, token.end)]
            if word.strip("“”\"'"):
                parts.append((word, token.tag if len(word) == len(token.text) else "n"))
            index += 1
        return parts

    def words(self, start: int, end: int) -> list[str]:
        """The words between two positions."""
        return [word for word, _ in self.parts(start, end)]

    def token_at(self, position: int) -> int:
        """The index of the token over a position."""
        return bisect_right(self.tokens, position, key=START) - 1

    def cuts_verb(self, position: int) -> bool:
        """Whether a position lies inside a verb."""
        token = self.tokens[self.token_at(position)]
        return token.start < position and token.tag == "v" and is_common(token.text)

    def cuts_words(self, start: int, end: int) -> bool:
        """Whether a stretch begins inside one ordinary word and ends inside another."""
        first, last = self.tokens[self.token_at(start)], self.tokens[self.token_at(end - 1)]
        cut = first.start < start and last.start < end < last.end
        return cut and is_common(first.text) and is_common(last.text)

    def is_graduation(self, start: int, end: int) -> bool:
        """Whether a school is one with the word that somebody left it (大学毕业 + 后), so that none is named."""
        token = self.tokens[self.token_at(start)]
        return token.start == start and self.text.startswith(_BODIES["graduated"], end) and token.end > end

    def place_over(self, position: int) -> int | None:
        """The index of the place over a position."""
        index = bisect_right(self.places, position, key=START) - 1
        return index if index >= 0 and self.places[index].end > position else None

    def _place_before(self, token: Token, position: int) -> int | None:
        """The place that a word before a position is part of, if it ends before the position too."""
        place = self.place_over(token.start)
        if place is None and token.end <= position:
            place = self.place_over(token.end - 1)
        return place if place is not None and self.places[place].end <= position else None

    def _past_conjunction(self, limit: int, index: int, conjunctions: int) -> int:
        """The limit past a conjunction inside a name (住房和城乡建设局), else the limit as it is."""
        conjunction, after = self.tokens[index], self.tokens[index + 1]
        left = self.limit(conjunction.start, conjunctions)
        before = self.text[left : conjunction.start]
        whole = (
            bool(before)
            and (not suffix_of(before) or JOINT_PATTERN.match(self.text, conjunction.end) is not None)
            and not before.endswith(tuple(sorted(word_set("organization_words:group"))))
            and not before.endswith(words("person_roles"))
            and self.place_over(conjunction.start - 1) is None
            and self.place_over(conjunction.end) is None
            and (
                not after.tag.startswith(PROPER_TAGS)
                or after.text in word_set("organization_words:field")
                or suffix_of(after.text) == after.text
            )
            and not is_level(after)
        )
        return left if whole else limit

    def _ends_names(self, token: Token) -> bool:
        """Whether no name reaches over a word: a function word or verb, or what a body before it does."""
        if token.text in word_set("organization_words:deed") and self.ending_before(token.start):
            return True
        return blocks(token) and not self._in_field_word(token)

    def ending_before(self, position: int) -> str:
        """The ending of a body's name that stands directly before a position, or ""."""
        return suffix_of(self.text[max(0, position - LONGEST_ENDING) : position])

    def _stops(self, token: Token, position: int) -> bool:
        """Whether the name that ends at a position begins after a word."""
        ends = token.end <= position and self._ends_names(token) and not self._is_part(token, position)
        return ends or self._leads(token, position) or self._is_apposed(token)

    def _is_apposed(self, token: Token) -> bool:
        """Whether a word says what the body is whose name begins behind it: 成员单位 + 中国记协."""
        after = self.tokens[self.token_at(token.end)]
        kind = token.text in word_set("organization_words:group") and not suffix_of(token.text) and not is_level(token)
        named = after.tag == "ns" or (after.tag == "nt" and len(after.text) >= LONG_BODY)
        return kind and named and after.start == token.end

    def _leads(self, token: Token, position: int) -> bool:
        """Whether a verb right after a place tells who acts with the body named then (上城区 + 联合 + 恒远银行)."""
        leading = token.text in word_set("organization_words:partner") and position - token.end >= SHORTEST_AFTER_VERB
        if not leading or not token.start:
            return False
        return self.place_over(token.start - 1) is not None or self.text.endswith(NEIGHBOURHOODS, 0, token.start)

    def _is_part(self, token: Token, position: int) -> bool:
        """Whether a word that ends names elsewhere is part of the one that ends at a position."""
        if self._is_brand(token):
            return True
        if token.end == position and self.ending_before(token.start):
            return bool(named(token.text))  # the seat of a branch: … + 集团 + 江北 + 分公司
        if token.tag == "m" and NUMBERED_PATTERN.match(self.text, token.start):
            return self.text.endswith(words("organization_words:builder"), 0, token.start)
        if token.tag != "v":
            return False
        unknown = dictionary_entry(token.text) is None
        if self.text.startswith(COMPANIES, token.end):
            begins = not token.start or not self.text[token.start - 1].isalnum()
            return is_brand(token.text) and (begins or unknown)
        own = unknown and len(token.text) > 1 and token.text[0] not in word_set("organization_words:boundary")
        return own and self._begins_name(token.start) and self.text.startswith((*COMPANIES, LIMITED), position)

    def _is_brand(self, token: Token) -> bool:
        """Whether a character that counts or directs elsewhere stands in a name after its place (浙江 + 上 + 禾).

        A brand of two such characters is one too (重庆 + 渝 + 跃).
        """
        if not token.start or not may_be_brand(token):
            return False
        before = self.tokens[self.token_at(token.start - 1)]
        unknown = len(before.text) > 1 and before.tag.startswith("n") and dictionary_entry(before.text) is None
        if unknown and self._begins_name(before.start):
            return True  # (青岛 +) 宇力 + 达
        if len(before.text) == 1 and before.start and not blocks_always(before):
            before = self.tokens[self.token_at(before.start - 1)]
        return before.tag in ("ns", "nr") or self.place_over(before.end - 1) is not None

    def _begins_name(self, position: int) -> bool:
        """Whether a name may begin at a position: a clause does, or a place or a function word ends there."""
        if not position or self.place_over(position - 1) is not None:
            return True
        before = self.tokens[self.token_at(position - 1)]
        return before.tag == "ns" or blocks_always(before)

    def _is_glued(self, token: Token) -> bool:
        """Whether the segmentation glued the beginning of a name to what is before it: 由 + 皖, 3 + 个 + 共富."""
        first = token.text[0]
        if token.start and self.text[token.start - 1].isdigit():
            return first in word_set("measure_words")
        unknown = len(token.text) > 1 and dictionary_entry(token.text) is None
        return unknown and first in word_set("organization_words:clitic")

    def _opening(self, closing: int) -> int | None:
        """The bracket that opens an insertion, a short one (云上（杭州）科技有限公司) or a body's name, or None."""
        opening = max(self.text.rfind(mark, max(0, closing - LONGEST_INSERTED_BODY), closing) for mark in "（(")
        inside = self.text[opening + 1 : closing]
        told = closing - opening <= LONGEST_INSERTION or bool(suffix_of(inside))
        return opening if opening > 0 and told and inside.isalnum() else None  # not 县（市、区）

    def _in_field_word(self, token: Token) -> bool:
        """Whether a word is a piece of a field that the segmentation took apart (碳中和)."""
        return any(
            m.start() <= token.start and token.end <= m.end()
            for m in field_pattern().finditer(self.text, max(0, token.start - 3), token.end + 3)
        )

    def _last_boundary(self, start: int, end: int) -> int:
        """The end of the last word in a stretch that no name holds; places and nouns (派出所) are not looked into."""
        last = start
        for match in boundary_pattern().finditer(self.text, start, end):
            free = self.place_over(match.start()) is None and self.place_over(match.end() - 1) is None
            if free and not self._is_in_noun(*match.span()):
                last = match.end()
        return last

    def _is_in_noun(self, start: int, end: int) -> bool:
        """Whether a stretch is part of a noun of the dictionary; longer ones hold such words as words (今天 + 下午)."""
        token = self.tokens[self.token_at(start)]
        longer = token.start <= start and end <= token.end and end - start < len(token.text) <= LONGEST_NOUN
        return longer and token.tag.startswith("n") and dictionary_entry(token.text) is not None
