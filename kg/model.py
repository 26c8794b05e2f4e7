"""What flows through the program, from the bytes of a page to the facts of an article.

Frozen dataclasses without behaviour that needs a library. All positions are code points from 0, ends exclusive.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from kg.frozen import frozen


class Role(StrEnum):
    """What a paragraph is on its page."""

    HEADLINE = "headline"
    HEADING = "heading"
    BODY = "body"
    CAPTION = "caption"


class Level(StrEnum):
    """Kinds of place, by the ontology's class names, widest first."""

    PROVINCE = "Province"
    CITY = "City"
    DISTRICT = "District"
    STREET = "Street"
    COMMUNITY = "Community"
    SITE = "Site"


DIVISIONS = frozenset({Level.PROVINCE, Level.CITY, Level.DISTRICT})
"""Divisions from the county up; the committees of their party have names of their own (区委)."""


class Qualifier(StrEnum):
    """How exactly a number is meant."""

    EXACT = "exact"
    OVER = "over"
    ABOUT = "about"
    UNDER = "under"


class Measure(StrEnum):
    """What a number states: a state or count, a change by, or the two ends of a change."""

    LEVEL = "level"
    GROWTH = "growth"
    FROM = "from"
    TO = "to"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A run of code points of the decoded source file."""

    start: int
    end: int


CORRECTION = "correction"
"""The rule of what a person has corrected."""

ANNOTATION = "annotation"
"""The rule of what a person has annotated."""

MODEL = "model:"
"""How the rules begin of what a language model has read."""


def is_said(rule: str) -> bool:
    """Whether a fact with this rule is the word of a person or a model, not found by our own rules.

    >>> is_said("model:reader-1"), is_said("correction"), is_said("quoted-name")
    (True, True, False)
    """
    return rule in {ANNOTATION, CORRECTION} or rule.startswith(MODEL)


@dataclass(frozen=True, slots=True)
class Word:
    """Who stands for a fact that no rule read: a person or another program, and the day (2025-03-01), if told."""

    by: str = ""
    on: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of an article in reading order, its line breaks taken out.

    `offsets[i]` is the place of `text[i]` in the decoded source file; where white space, markup, a caption or another
    article stands between on the page, the offsets jump. `breaks` are the positions in `text` before which something
    else than white space or markup interrupts.
    """

    text: str
    offsets: tuple[int, ...]
    role: Role = Role.BODY
    breaks: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """One article of a page, with its paragraphs in reading order.

    `source` is the file's name; `published` an ISO date (2024-12-31) or its beginning (2024-12, 2024) where one is
    known, and `dated` the name of what told it. `paragraphs` begin with the headline block (role HEADLINE), then
    headings, body and captions as they stand. `paper` and `word` are what a person said of the article.
    """

    source: str
    headline: str
    paragraphs: tuple[Paragraph, ...]
    authors: tuple[str, ...] = ()
    published: str | None = None
    dated: str = ""
    paper: str = ""
    word: Word | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A decoded source file and the articles found in it; `text` is what all spans refer to."""

    name: str
    text: str
    articles: tuple[Article, ...]


@frozen
class Sentence:
    """A sentence, quotations kept whole.

    `pieces` are the spans in the source that it stands in, more than one only where something that is not part of
    it interrupts it. White space aside, the joined pieces of the source equal `text`.
    """

    text: str
    pieces: tuple[Span, ...]
    paragraph: int
    role: Role = Role.BODY


@frozen
class Token:
    """A word with jieba's part-of-speech tag and its span in the sentence's text."""

    text: str
    tag: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Text:
    """An article cut into sentences, and those into tokens: `tokens[i]` are the tokens of `sentences[i]`.

    `sentences` have one form of punctuation, so that rules need to know one; `printed` has them as the page does,
    with the same spans.
    """

    article: Article
    sentences: tuple[Sentence, ...]
    tokens: tuple[tuple[Token, ...], ...]
    printed: tuple[Sentence, ...] = ()


@dataclass(frozen=True, slots=True)
class Property:
    """A literal said of a thing: a term of the ontology (`role`) and its text."""

    term: str
    value: str


@frozen
class Mention:
    """A printed name of a thing: `text.sentences[sentence].text[start:end]`.

    `kind` is a class of the ontology (a `Level`'s value for places, else Organization, Program, Person, Document).
    `name` is the printed name without quotation marks; `rule` the rule that found it. `probability` (0 to 1) tells how
    often candidates like it were right, where a learned decision took it; None where a rule did.
    """

    kind: str
    name: str
    sentence: int
    start: int
    end: int
    rule: str = field(hash=False)  # kind, name and span tell mentions apart
    properties: tuple[Property, ...] = field(default=(), hash=False)
    probability: Decimal | None = field(default=None, hash=False)


@frozen
class Relation:
    """A relation that a sentence states between two mentions; `predicate` is a property of the ontology.

    The mentions may stand in other sentences than the one that is the evidence. `probability` as on mentions.
    """

    subject: Mention
    predicate: str
    object: Mention
    sentence: int
    rule: str
    probability: Decimal | None = None


@frozen
class Metric:
    """One number that measures something: `text.sentences[sentence].text[start:end]` is the printed quantity.

    `value` is in plain units (14万个 is 140000 个), of a range (3至5家) the lower end and `upper` the higher.
    `indicator` is a label of at most 20 characters without the number; `subject` what the number is about, `area` the
    administrative place it covers; `year` the year it holds for, or `years` the first and last of a period.
    `probability` tells how often such numbers were right, their indicators and subjects with them.
    """

    value: Decimal
    unit: str
    indicator: str
    sentence: int
    start: int
    end: int
    rule: str
    qualifier: Qualifier = Qualifier.EXACT
    kind: Measure = Measure.LEVEL
    subject: Mention | None = None
    area: Mention | None = None
    year: int | None = None
    years: tuple[int, int] | None = None
    probability: Decimal | None = None
    upper: Decimal | None = None
    word: Word | None = None


Fact = Mention | Relation | Metric
"""What an extractor finds."""


@frozen
class Entity:
    """A thing as one article knows it: its mentions' printed forms under one preferred label.

    `scope` is the name of the enclosing administrative place that belongs to the identity of organizations, people
    and unlisted places (浙江省/杭州市/上城区), or "" for things whose label alone identifies them; `code` the
    division code where the gazetteer knows the place. `rules` are the names of the rules that found it; `probability`
    that of its surest mention.
    """

    kind: str
    label: str
    scope: str = ""
    code: str | None = None
    aliases: tuple[str, ...] = field(default=(), hash=False)  # as what follows: label and scope tell things apart
    sentences: tuple[int, ...] = field(default=(), hash=False)
    properties: tuple[Property, ...] = field(default=(), hash=False)
    rules: tuple[str, ...] = field(default=(), hash=False)
    probability: Decimal | None = field(default=None, hash=False)
    word: Word | None = field(default=None, hash=False)


@frozen
class Claim:
    """A relation between two entities with the sentences that say so."""

    subject: Entity
    predicate: str
    object: Entity
    sentences: tuple[int, ...]
    rule: str
    probability: Decimal | None = None
    word: Word | None = None


@dataclass(frozen=True, slots=True)
class Observation:
    """A metric whose subject and area are entities."""

    metric: Metric
    subject: Entity | None
    area: Entity | None


@dataclass(frozen=True, slots=True)
class ArticleFacts:
    """All that one article says. `year` is the year it speaks of where one is known, `year_rule` what told it."""

    article: Article
    sentences: tuple[Sentence, ...]
    entities: tuple[Entity, ...] = ()
    claims: tuple[Claim, ...] = ()
    observations: tuple[Observation, ...] = ()
    year: int | None = None
    year_sentences: tuple[int, ...] = field(default=())
    year_rule: str = ""
