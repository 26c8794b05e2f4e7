"""Facts of invented articles, for the tests of what lies behind the extractors."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal

from kg.model import (
    Article,
    ArticleFacts,
    Claim,
    Entity,
    Measure,
    Metric,
    Observation,
    Paragraph,
    Property,
    Qualifier,
    Sentence,
    Span,
)

HOSTILE = (
    '"quoted" “marks”',
    "line\nbreak\r\nand\ttab",
    "<b>&amp;</b>",
    "null\x00 bell\x07 \ufffe\uffff",
    "lone\ud800surrogate",
    "😀👩‍👩‍👧 emoji",
    "\u202eright to left\u202c مرحبا",
    "back\\slash {brace} | pipe ^ `tick` %41 %zz",
    "a/b#c?d e_f",
    ".",
    "..",
    "1949",
    "-leading.dot.",
    "private\ue000use \U000f0000",
    "javascript:alert(1)",
    "]]> -->",
)
"""Strings that break a careless writer of IRIs, Turtle, XML or JSON."""

DISTRICT = Entity("District", "鄞州区", code="330212", aliases=("鄞州", "全区"), sentences=(0, 1))
STREET = Entity("Street", "东柳街道", code="330212003", sentences=(0,))
COMMUNITY = Entity("Community", "望湖社区", "浙江省/宁波市/鄞州区", aliases=("“望湖”社区",), sentences=(1,))
BUREAU = Entity("Organization", "鄞州区民政局", "浙江省/宁波市/鄞州区", aliases=("区民政局",), sentences=(0,))
PROGRAM = Entity("Program", "“邻里茶话会”", aliases=("邻里茶话会机制", "邻里茶话会"), sentences=(0, 1))
LARGER = Entity("Program", "同心圆", sentences=(1,))
PERSON = Entity("Person", "周远", "浙江省/宁波市/鄞州区", sentences=(1,), properties=(Property("role", "科长"),))
DOCUMENT = Entity("Document", "《社区协商办法》", sentences=(1,))

LINES = (
    "鄞州区民政局在东柳街道试行“邻里茶话会”，覆盖近12个小区，投入1.8亿元。",
    "望湖社区的周远说，办法印发后，满意度从80%升至93.50%。",
)


def article(lines: tuple[str, ...] = LINES, source: str = "page_7.txt", headline: str = "茶话会开进小区") -> Article:
    """An article whose paragraphs stand one after another in the file."""
    paragraphs, start = [], 0
    for line in lines:
        paragraphs.append(Paragraph(line, tuple(range(start, start + len(line)))))
        start += len(line) + 1
    return Article(source, headline, tuple(paragraphs), ("陈一", "李二"), "2024-05-01")


def sentences(of: Article) -> tuple[Sentence, ...]:
    """Each paragraph as a sentence."""
    return tuple(
        Sentence(p.text, (Span(p.offsets[0], p.offsets[-1] + 1),), number) for number, p in enumerate(of.paragraphs)
    )


def facts(source: str = "page_7.txt", lines: tuple[str, ...] = LINES) -> ArticleFacts:
    """All kinds of facts at once."""
    of = article(lines, source)
    homes = Metric(Decimal(12), "个", "小区", 0, 0, 1, "counts", Qualifier.ABOUT, year=2024)
    money = Metric(Decimal("1.8E+8"), "元", "投入", 0, 0, 1, "counts", years=(2020, 2024))
    before = Metric(Decimal(80), "%", "满意度", 1, 0, 1, "change", kind=Measure.FROM)
    after = Metric(Decimal("93.50"), "%", "“满意度”", 1, 0, 1, "change", kind=Measure.TO)
    return ArticleFacts(
        of,
        sentences(of),
        (DISTRICT, STREET, COMMUNITY, BUREAU, PROGRAM, LARGER, PERSON, DOCUMENT),
        (
            Claim(PROGRAM, "implementedIn", STREET, (0,), "tries-out"),
            Claim(PROGRAM, "ledBy", BUREAU, (0,), "tries-out"),
            Claim(PROGRAM, "ledBy", DISTRICT, (1,), "tries-out"),
            Claim(PROGRAM, "partOf", LARGER, (1,), "belongs"),
            Claim(BUREAU, "basedIn", DISTRICT, (0,), "name"),
            Claim(PERSON, "worksFor", COMMUNITY, (1,), "person"),
            Claim(DOCUMENT, "issuedBy", BUREAU, (1,), "issued"),
        ),
        (
            Observation(homes, PROGRAM, DISTRICT),
            Observation(money, PROGRAM, None),
            Observation(before, COMMUNITY, COMMUNITY),
            Observation(after, COMMUNITY, COMMUNITY),
        ),
        2024,
        (0,),
    )


def shuffled(of: ArticleFacts, seed: int) -> ArticleFacts:
    """The same facts in another order."""
    chance = random.Random(seed)

    def mixed(items):
        return tuple(chance.sample(items, len(items)))

    entities = tuple(replace(e, aliases=mixed(e.aliases), sentences=mixed(e.sentences)) for e in mixed(of.entities))
    by_name = {(e.kind, e.label): e for e in entities}

    def same(entity):
        return by_name[entity.kind, entity.label] if entity else None

    claims = tuple(replace(c, subject=same(c.subject), object=same(c.object)) for c in mixed(of.claims))
    seen = tuple(replace(o, subject=same(o.subject), area=same(o.area)) for o in mixed(of.observations))
    return replace(of, entities=entities, claims=claims, observations=seen)


def hostile_facts() -> ArticleFacts:
    """Every hostile string as each kind of thing, as text, unit, indicator, rule, role, author, headline and file."""
    lines = tuple(text for text in HOSTILE if text)
    of = article(lines, "pa/ge <7>\x00.txt", HOSTILE[0])
    of = replace(of, authors=lines, published="not a date")
    kinds = ("Site", "Organization", "Person", "Program", "Document")
    entities = {
        (kind, n): Entity(
            kind, text, "浙江省/宁波市", aliases=lines, sentences=(n,), properties=(Property("role", text),)
        )
        for kind in kinds
        for n, text in enumerate(lines)
    }
    claims = tuple(
        Claim(entities["Program", n], "implementedIn", entities["Site", n], (n,), text) for n, text in enumerate(lines)
    )
    seen = tuple(
        Observation(Metric(Decimal(n), text, text, n, 0, 1, text), entities["Organization", n], entities["Site", n])
        for n, text in enumerate(lines)
    )
    return ArticleFacts(of, sentences(of), tuple(entities.values()), claims, seen)
