"""The text of a SPARQL query, as tokens: its parameters, and values bound to them.

Values enter a query as RDF terms in `VALUES` blocks at the head of every group that uses the parameter; the query's
own text stays as it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

_TOKEN = re.compile(
    r"""
    (?P<space>\s+|\#[^\n\r]*)
  | (?P<iri><[^<>"{}|^`\x00-\x20]*>)
  | (?P<string>\"\"\"(?:[^"\\]|\\.|\"(?!\"\"))*\"\"\"|'''(?:[^'\\]|\\.|'(?!''))*'''
      |"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*')
  | (?P<variable>[?$]\w+)
  | (?P<tag>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
  | (?P<name>(?:[^\W\d_][\w.\-]*)?:(?:[\w.:%\-]|\\.)*)
  | (?P<word>[^\W\d]\w*)
  | (?P<sign>.)
    """,
    re.VERBOSE | re.DOTALL,
)

_PARAMETER = re.compile(r"\?(?P<marks>_{1,2})(?P<name>[^\W_]\w*?)(?:_(?P<type>integer|decimal|gYear|date|text|iri))?")


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of query text: its kind (space, iri, string, variable, tag, name, word, sign), text and end."""

    kind: str
    text: str
    end: int


@dataclass(frozen=True, slots=True, order=True)
class Parameter:
    """A variable that stands for a value given by the user.

    `?_district` names a thing; `?_year_integer` has a type as suffix (integer, decimal, gYear, date, text, iri);
    two underscores (`?__year_integer`) make it optional.
    """

    name: str
    type: str
    optional: bool
    variable: str


@dataclass(slots=True)
class _Group:
    """A brace and what stands directly in it."""

    kind: str
    start: int
    variables: set[str] = field(default_factory=set)
    where: _Group | None = None
    empty: bool = True


def tokens(query: str) -> Iterator[Token]:
    """The tokens of a query without white space and comments."""
    return (token for token in all_tokens(query) if token.kind != "space")


def all_tokens(query: str) -> Iterator[Token]:
    """All of a query as tokens, white space and comments too."""
    for match in _TOKEN.finditer(query):
        assert match.lastgroup
        yield Token(match.lastgroup, match.group(), match.end())


def parameter(variable: str) -> Parameter | None:
    """What a variable says as a parameter, or None where it is none.

    >>> parameter("?__year_integer")
    Parameter(name='year', type='integer', optional=True, variable='?__year_integer')
    >>> parameter("?place") is None
    True
    """
    match = _PARAMETER.fullmatch("?" + variable[1:])
    if match is None:
        return None
    return Parameter(match["name"], match["type"] or "thing", len(match["marks"]) == 2, variable)


def parameters(query: str) -> tuple[Parameter, ...]:
    """The parameters of a query by name, those that must be given first."""
    found = {parameter(token.text) for token in tokens(query) if token.kind == "variable"}
    return tuple(sorted((p for p in found if p is not None), key=lambda p: (p.optional, p.name)))


def bind(query: str, values: Mapping[str, str]) -> str:
    """The query with parameters bound: `values` maps variables to RDF terms as SPARQL writes them.

    >>> bind("SELECT ?p { ?p gov:implementedIn ?_district }", {"?_district": "<https://example.org/1>"})
    'SELECT ?p { VALUES ?_district { <https://example.org/1> } ?p gov:implementedIn ?_district }'
    """
    pieces, at = [], 0
    for group in _groups(query):
        bound = "".join(f" VALUES {name} {{ {values[name]} }}" for name in sorted(group.variables & set(values)))
        pieces += [query[at : group.start], bound]
        at = group.start
    return "".join([*pieces, query[at:]])


def _groups(query: str) -> list[_Group]:
    """The group graph patterns of a query in the order of the text, each with the parameters that it uses."""
    found: list[_Group] = []
    stack = [_Group("query", 0)]
    before: list[str] = []
    for token in tokens(query):
        inner = stack[-1]
        if token.text == "{":
            stack.append(_open(inner, token.end, before))
            found.append(stack[-1])
        elif token.text == "}" and len(stack) > 1:
            stack.pop()
        elif token.kind == "word" and token.text.upper() == "SELECT" and inner.empty:
            inner.kind = "query"
        elif token.kind == "variable" and parameter(token.text):
            inner.variables.add(token.text)
        inner.empty = False
        before.append(token.text.upper())
    for group in (stack[0], *found):
        if group.kind == "query" and group.where:
            group.where.variables |= group.variables
    return [group for group in found if group.kind == "group"]


def _open(inner: _Group, start: int, before: list[str]) -> _Group:
    """The group that a brace opens, after the tokens `before`."""
    last = before[-1] if before else ""
    if inner.kind in {"values", "template"}:
        return _Group(inner.kind, start)
    if last == "CONSTRUCT":
        return _Group("template", start)
    if _after_values(before):
        return _Group("values", start)
    group = _Group("group", start)
    if inner.kind == "query":
        inner.where = group
    return group


def _after_values(before: list[str]) -> bool:
    """Whether the next brace holds the data of VALUES: `VALUES ?x {` or `VALUES (?x ?y) {`."""
    if len(before) > 1 and before[-2] == "VALUES":
        return True
    if not before or before[-1] != ")":
        return False
    for text in reversed(before[:-1]):
        if text == "(":
            break
        if not text.startswith(("?", "$")):
            return False
    opening = len(before) - 1 - before[::-1].index("(") if "(" in before else 0
    return opening > 0 and before[opening - 1] == "VALUES"
