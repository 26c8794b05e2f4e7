"""Refuses queries that could reach the network or a file, or crash the store's parser."""

from __future__ import annotations

import re
import sys

from kg.errors import UserError
from kg.queries.sparql import Token, tokens
from kg.vocabulary import PREFIXES

MAX_LENGTH = 100_000
"""Characters in a query; longer ones are refused."""

MAX_NESTING = 100
"""Groups inside groups; thousands would overflow the parser's stack."""

_HALF = re.compile("[\ud800-\udfff]")
_WORD = re.compile(r"service|from|^load$", re.IGNORECASE)
_GLUED = re.compile(r"(?:service(?:silent)?|from(?:named)?|load)(?P<prefix>[^:]*)$", re.IGNORECASE)
_CODE_POINT = re.compile(r"\\\\|\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


def refuse_unsafe(query: str) -> None:
    r"""Refuses SERVICE, FROM and LOAD, and what is too long or too deep.

    Keywords are told from text: a literal, a comment, a variable or a name may hold any word. The store's parser needs
    no space between words (`trueSERVICE<...>` calls a service), so a bare word that holds a refused one is refused;
    no other keyword does. Other parsers read escapes (`\u0053ERVICE`) before anything else, so both readings count.

    Raises:
        UserError: the query has one of them, or is too long or nested too deeply.
    """
    refuse_half_characters(query)
    if len(query) > MAX_LENGTH:
        raise UserError(f"the query is longer than {MAX_LENGTH} characters; shorten it")
    for reading in {query: None, _unescaped(query): None}:
        found = list(tokens(reading))
        _refuse_words(found)
        _refuse_depth(found)


def refuse_half_characters(text: str) -> None:
    """Refuses lone surrogates: what a command line holds that is not in its encoding, or a careless program made.

    Raises:
        UserError: the text holds one.
    """
    if _HALF.search(text):
        raise UserError("the query or a value holds half a character, which no graph holds; write it in UTF-8")


def _unescaped(query: str) -> str:
    """The query with its code point escapes read, where they are well-formed."""

    def character(escape: re.Match[str]) -> str:
        code = int(escape[1] or escape[2] or "0", 16)
        return chr(code) if 0 < code <= sys.maxunicode else escape[0]

    return _CODE_POINT.sub(character, query)


def _refuse_words(found: list[Token]) -> None:
    # `PREFIX:` without a space declares the empty prefix, so what stands before the colon may be cut anywhere.
    declared = {*PREFIXES, *(t.text[:-1] for t in found if t.kind == "name" and t.text.endswith(":"))}
    if "PREFIX" in {name.upper()[-len("PREFIX") :] for name in declared}:
        declared.add("")
    for token in found:
        word = token.kind == "word" and _WORD.search(token.text)
        if word or (token.kind == "name" and _calls(token.text.partition(":")[0], declared)):
            raise UserError(
                f"the query uses {token.text!r}: SERVICE, FROM and LOAD are refused; a query reads this graph alone"
            )


def _calls(prefix: str, declared: set[str]) -> bool:
    """Whether a name could be read as keyword and name: `SERVICEgov:x`, or `SERVICE:x` where `:` is declared."""
    tails = (_GLUED.match(prefix, start) for start in range(len(prefix)))
    return any(tail is not None and tail["prefix"] in declared for tail in tails)


def _refuse_depth(found: list[Token]) -> None:
    depth = 0
    for token in found:
        depth += {"{": 1, "(": 1, "[": 1, "}": -1, ")": -1, "]": -1}.get(token.text, 0)
        if depth > MAX_NESTING:
            raise UserError(f"the query is nested deeper than {MAX_NESTING} levels; simplify it")
