"""Where a query stops being SPARQL: its line, column and what was expected there.

The store's parser tells how far it looked, which is past the fault: it compares whole keywords with what lies ahead,
up to fourteen characters (ENCODE_FOR_URI). So the query is parsed again with its tokens set far apart, and the token
before which the parser stopped is the one at fault.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches

from pyoxigraph import Store

from kg.queries.sparql import Token, all_tokens
from kg.queries.text import pointed_at
from kg.vocabulary import PREFIXES

_GAP = " " * 32
_APART = frozenset("{}()[];,")
_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_LONGEST = 300
_FORMS = ("SELECT", "ASK", "DESCRIBE", "CONSTRUCT")


class SyntaxFault(Exception):  # noqa: N818 - it ends here, as an error for the user
    """A query that is no SPARQL: what is wrong, and its line with a caret."""

    def __init__(self, message: str, excerpt: str) -> None:
        """Keep both."""
        super().__init__(message)
        self.message, self.excerpt = message, excerpt


def syntax_fault(asked: str, query: str, error: SyntaxError, base: str | None = None) -> SyntaxFault:
    """What is wrong with `query`, placed in `asked`, the text that the user wrote, if that is wrong without values too.

    `base` is the address that relative names are of, where they are allowed.

    >>> text = "SELECT * { ?s ?p ? }"
    >>> print(syntax_fault(text, text, SyntaxError()).excerpt)
    SELECT * { ?s ?p ? }
                     ^
    """
    own = _error(asked, base)
    if own is not None:
        query, error = asked, own
    where, expected = _fault(query, error, base)
    line = query.count("\n", 0, where) + 1
    column = where - (query.rfind("\n", 0, where) + 1) + 1
    if not query.strip():
        return SyntaxFault("the query is empty", "")
    found = re.match(r"\w+|\S|", query[where:])
    what = f"unexpected {found[0]!r}" if found and found[0] else "the query ends too soon"
    if expected == _FORMS[-1]:  # the parser tells only the last that it has tried
        near = get_close_matches(found[0].upper(), _FORMS, 1) if found else []
        expected = near[0] if near else " or ".join(_FORMS)
    if expected == _NO_PREFIX:
        what, expected = f"the prefix {found[0] if found else ''}: is declared nowhere", ""
    text = f"the query is wrong at line {line}, column {column}: {what}{f', expected {expected}' if expected else ''}"
    short = text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
    return SyntaxFault(short, pointed_at(query, line, column))


_NO_PREFIX = "Prefix not found"
"""What the parser expects where a name has a prefix that it does not know."""


def _error(query: str, base: str | None) -> SyntaxError | None:
    try:
        Store().query(query, base_iri=base, prefixes=dict(PREFIXES))
    except SyntaxError as error:
        return error
    return None


def _fault(query: str, error: SyntaxError, base: str | None) -> tuple[int, str]:
    """The place of the fault in the query, and what was expected there."""
    pieces: list[str] = []
    starts: list[tuple[int, int]] = []  # of each token, set apart and in the query
    length = 0
    for gap, token in _with_gaps(query):
        piece = (_GAP if gap else "") + token.text
        pieces.append(piece)
        length += len(piece)
        starts.append((length - len(token.text), token.end - len(token.text)))
    apart = _error("".join(pieces) + _GAP, base)
    told = _PLACE.match(str(apart)) if apart else None
    if told is None or "\n" in "".join(pieces):  # long strings with line ends: only the parser's word is left
        return _as_told(query, error)
    stopped = int(told[2]) - 1
    last = query.rstrip()
    ended = not starts or stopped > length
    at = len(last) if ended else max(place for apart_at, place in starts if apart_at <= stopped)
    return at, _expected(told[3])


def _as_told(query: str, error: SyntaxError) -> tuple[int, str]:
    told = _PLACE.match(str(error))
    if told is None:
        return 0, " ".join(str(error).split())
    lines = query.splitlines(keepends=True)
    before = sum(map(len, lines[: int(told[1]) - 1]))
    return min(before + int(told[2]) - 1, len(query)), _expected(told[3])


def _with_gaps(query: str) -> Iterator[tuple[bool, Token]]:
    """The tokens, and whether each may be set apart from the one before: numbers and operators stay whole."""
    gap = True
    for token in all_tokens(query):
        if token.kind == "space":
            gap = True
            continue
        yield gap or token.text in _APART, token
        gap = token.text in _APART


def _expected(told: str) -> str:
    """What the parser would have taken, without its classes of characters."""
    wanted = re.findall(r'"[^"\\]+"|[A-Z][A-Za-z0-9_ ]+', re.sub(r"\[[^\]]*\]", "", " ".join(told.split())))
    return " or ".join(dict.fromkeys(word.strip() for word in wanted))
