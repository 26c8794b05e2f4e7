"""SPARQL 1.1 Protocol, for queries: by GET, by a form, or as the body of a request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from starlette.exceptions import HTTPException

from kg.serve.negotiation import chosen
from kg.serve.settings import LARGEST_BODY

if TYPE_CHECKING:
    from starlette.requests import Request

RESULTS = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
}
TRIPLES = {
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
    "jsonld": "application/ld+json",
}
_ALSO = {"application/json": RESULTS["json"], "application/xml": RESULTS["xml"], "text/xml": RESULTS["xml"]}
FORM, QUERY, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
_MOST_FIELDS = 50
_DATASET = ("default-graph-uri", "named-graph-uri", "using-graph-uri", "using-named-graph-uri")

_DESCRIPTION = """\
@prefix sd: <http://www.w3.org/ns/sparql-service-description#> .

<{address}> a sd:Service ;
    sd:endpoint <{address}> ;
    sd:supportedLanguage sd:SPARQL11Query ;
    sd:feature sd:UnionDefaultGraph ;
    sd:resultFormat {formats} ;
    sd:defaultDataset [ a sd:Dataset ; sd:defaultGraph [ a sd:Graph ] ] .
"""
_FORMATS = "http://www.w3.org/ns/formats/"
_NAMES = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV", "Turtle",
          "N-Triples", "RDF_XML", "JSON-LD")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wanted:
    """The media types that a client takes, "" for none: of rows and truth, and of triples."""

    results: str
    triples: str


def description(address: str) -> str:
    """What the endpoint at an address is, in Turtle."""
    formats = " , ".join(f"<{_FORMATS}{name}>" for name in _NAMES)
    return _DESCRIPTION.format(address=address, formats=formats)


def wanted(request: Request) -> Wanted:
    """What a client takes: by its Accept header, and by the parameter `format` where that is one of ours.

    Clients send other values of it, which other servers know, and tell the same by Accept.

    Raises:
        HTTPException: it takes nothing that there is.
    """
    form = request.query_params.get("format", "")
    accept = request.headers.get("accept", "*/*")
    results = chosen(accept, [*RESULTS.values(), *_ALSO]) or ""
    triples = chosen(accept, list(TRIPLES.values())) or ""
    found = Wanted(RESULTS.get(form) or _ALSO.get(results, results), TRIPLES.get(form) or triples)
    if not found.results and not found.triples:
        raise HTTPException(406, f"there are {', '.join([*RESULTS.values(), *TRIPLES.values()])}")
    return found


async def query_of(request: Request) -> str | None:
    """The query of a request; None where a GET holds none.

    Raises:
        HTTPException: it holds an update, several queries, a dataset of its own, or nothing that can be read.
    """
    fields = {name: request.query_params.getlist(name) for name in request.query_params}
    if request.method == "POST":
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind == UPDATE:
            raise HTTPException(403, "this graph is read-only: updates are refused")
        if kind not in {FORM, QUERY}:
            raise HTTPException(415, f"send a query as {FORM} or as {QUERY}")
        text = await _body(request)
        if kind == QUERY:
            fields["query"] = [*fields.get("query", []), text]
        else:
            for name, values in _fields(text).items():
                fields[name] = [*fields.get(name, []), *values]
    if "update" in fields:
        raise HTTPException(403, "this graph is read-only: updates are refused")
    if any(fields.get(name) for name in _DATASET):
        raise HTTPException(400, "the dataset is the graph's own: leave out default-graph-uri and named-graph-uri")
    queries = fields.get("query", [])
    if len(queries) > 1:
        raise HTTPException(400, "give one query")
    if not queries and request.method == "POST":
        raise HTTPException(400, "the request holds no query")
    return queries[0] if queries else None


def _fields(text: str) -> dict[str, list[str]]:
    try:
        return parse_qs(text, keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
    except ValueError:
        raise HTTPException(400, "the form cannot be read; write it in UTF-8, with few fields") from None


async def _body(request: Request) -> str:
    data = bytearray()
    async for chunk in request.stream():
        data += chunk
        if len(data) > LARGEST_BODY:
            raise HTTPException(413, f"a request has at most {LARGEST_BODY:,} bytes")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise HTTPException(400, "the request is not in UTF-8") from None
