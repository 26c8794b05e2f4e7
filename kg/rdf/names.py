"""Names of things (IRIs): each follows from the thing alone, never from the order of articles or the rest of a graph.

place:330105                                  a division by its code
place:浙江省_杭州市_上城区_望湖公园           an unlisted place, an organization, a person by scope and label
program:邻里茶话会                             a program, document or indicator by its label, behind its scope if any
article:page-7.txt-0123456789abcdef           an article by its file's name and a digest of its text
article:page-7.txt-0123456789abcdef#char=3,9  a passage by its span in the file (RFC 5147)
claim:0123456789abcdef                        a claim or metric by a digest of what it says and of its article
"""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from urllib.parse import quote

from pyoxigraph import NamedNode

from kg.model import Article, Entity, Level, Span
from kg.rdf.text import clean, indicator, label
from kg.vocabulary import ID, PREFIXES

LEVELS = frozenset(Level)

# What RFC 3987 lets stand in a path, but for the separator `_`, and for spaces and marks that nobody sees.
_ESCAPED = re.compile(
    "[^A-Za-z0-9.~!$&'()*+,;=:@\\-"
    "\u00a1-\u00ac\u00ae-\u167f\u1681-\u180d\u180f-\u1fff\u2010-\u2027\u2030-\u205e\u2070-\u2fff\u3001-\ud7ff"
    "\uf900-\ufdcf\ufdf0-\ufefe\uff00-\uffef\U00010000-\U0001fffd\U00020000-\U0002fffd\U00030000-\U0003fffd]"
)
_CODE = re.compile(re.escape(PREFIXES["place"]) + r"([0-9]{2,12})")


def digest(*parts: str) -> str:
    """Sixteen hexadecimal digits that stand for some texts in their order."""
    text = "\0".join(part.replace("\0", "") for part in parts)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


@lru_cache(maxsize=10_000)
def segment(text: str) -> str:
    """Text as one segment of an IRI: Chinese stays readable, what RDF forbids is percent-encoded.

    >>> segment("一站式_服务/中心")
    '一站式%5F服务%2F中心'
    """
    escaped = _ESCAPED.sub(lambda match: "%5F" if match[0] == "_" else quote(match[0], safe=""), text)
    return escaped.replace(".", "%2E") if not escaped.strip(".") else escaped


@lru_cache(maxsize=10_000)
def entity_iri(entity: Entity) -> NamedNode | None:
    """The name of an entity, or None where nothing of its label remains."""
    if entity.code:
        return place_iri(entity.code)
    name = segment(label(entity.label))
    if not name:
        return None
    above = [segment(label(part)) for part in entity.scope.split("/")]
    name = "_".join([*filter(None, above), name])
    if name.isascii() and name.isdigit():  # a place called 1949 is not a division's code
        name = f"%{ord(name[0]):02X}{name[1:]}"
    folder = "place" if entity.kind in LEVELS else entity.kind.lower()
    return NamedNode(f"{ID}{folder}/{name}")


def place_iri(code: str) -> NamedNode:
    """The name of a division of the gazetteer."""
    return NamedNode(PREFIXES["place"] + code)


def code_of(place: object) -> str | None:
    """The division code that a name of a place holds; None for anything else.

    >>> code_of(place_iri("330105"))
    '330105'
    """
    match = _CODE.fullmatch(place.value) if isinstance(place, NamedNode) else None
    return match[1] if match else None


def indicator_iri(text: str) -> NamedNode | None:
    """The name of what is counted, or None where nothing of the text remains."""
    name = segment(indicator(text))
    return NamedNode(PREFIXES["indicator"] + name) if name else None


def article_iri(article: Article) -> NamedNode:
    """The name of an article, which is its named graph's too."""
    content = digest(article.headline, *(paragraph.text for paragraph in article.paragraphs))
    name = segment(clean(article.source)).replace("%5F", "_")  # nothing is separated here
    return NamedNode(f"{PREFIXES['article']}{name}-{content}")


def passage_iri(article: NamedNode, piece: Span) -> NamedNode:
    """The name of a passage."""
    return NamedNode(f"{article.value}#char={piece.start},{piece.end}")
