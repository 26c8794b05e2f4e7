"""The pages that are read out of the snapshot: home, search, things, articles, places side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.responses import Response

from kg.dossier.comparing import MOST, comparison_of
from kg.dossier.html import fragment
from kg.dossier.side_by_side import comparison_document
from kg.errors import UserError
from kg.network import KINDS, PLACES
from kg.queries.saved import saved_questions
from kg.serve import things
from kg.serve.addresses import iri_of, path_of
from kg.serve.around import around
from kg.serve.negotiation import chosen
from kg.serve.search import Entry
from kg.serve.sentences import MOST_FOUND, Sentence, marked
from kg.serve.wording import without_commands

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.requests import Request

    from kg.dossier.asking import Reader
    from kg.dossier.model import Article
    from kg.network import Passage
    from kg.serve.pages import Pages
    from kg.serve.snapshot import Snapshot, Snapshots

FORMS = {"html": "text/html", "ttl": "text/turtle", "jsonld": "application/ld+json"}
"""In what a thing is given, by the value of `format` and by media type."""

A_PAGE = 50
"""Entries of a list on one page."""

_MOST_ON_HOME = 12
_MOST_SUGGESTED = 300
_LONGEST_SEARCH = 200
_SENTENCES_BESIDE = 5
_MOST_PLACES = 3

SENTENCES = "Passage"
"""The kind of a search that lists sentences."""


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence that was found: its passage, its article, and its text in runs, words of the search marked."""

    passage: Passage
    article: Article
    runs: list[tuple[str, bool]]


def said_of(reader: Reader, iri: str, searched: str) -> Said:
    """The sentence of that IRI, as a search shows it."""
    passage = reader.passage(iri)
    return Said(passage, reader.article(passage.article), marked(passage.text, searched.split()))


class Views:
    """Pages of a graph's snapshot; each takes a request and gives an answer, in a thread."""

    def __init__(self, snapshots: Snapshots, pages: Pages) -> None:
        self._snapshots, self._pages = snapshots, pages

    def home(self, request: Request) -> Response:
        """What is in the graph."""
        snapshot = self._snapshots.now
        held = [(kind, count) for kind, count in snapshot.holdings.things if count]
        often = [(kind, snapshot.index.most_named([kind], _MOST_ON_HOME)) for kind in ("Program", "District")]
        return self._pages.show(
            request, "home.html", held=held, often=often, holdings=snapshot.holdings, questions=saved_questions(),
            searched=(*KINDS, "Indicator", "Article"),
        )  # fmt: skip

    def search(self, request: Request) -> Response:
        """What fits a search."""
        text = request.query_params.get("q", "")[:_LONGEST_SEARCH]
        kind = request.query_params.get("kind", "")
        snapshot, reader = self._snapshots.now, self._snapshots.now.reader()
        found, said = snapshot.index.search(text, kind), snapshot.sentences.find(text)
        number = _number(request.query_params.get("page", ""))
        listed: Sequence[Entry | Sentence] = said if kind == SENTENCES else found.entries
        last = max(1, -(-len(listed) // A_PAGE))
        shown = listed[(number - 1) * A_PAGE : number * A_PAGE]
        some = shown if kind == SENTENCES else said[:_SENTENCES_BESIDE] if not kind and number == 1 else ()
        sentences = [said_of(reader, each.iri, text) for each in some if isinstance(each, Sentence)]
        entries = [] if kind == SENTENCES else [each for each in shown if isinstance(each, Entry)]
        return self._pages.show(
            request, "search.html", q=text, kind=kind, counts=found.counts, entries=entries,
            sentences=sentences, said=len(said), most=MOST_FOUND, page=number, last=last, total=len(listed),
            where={each.iri: reader.where(reader.thing(each.iri)) for each in entries}, most_places=_MOST_PLACES,
        )  # fmt: skip

    def articles(self, request: Request) -> Response:
        """The articles by file."""
        snapshot = self._snapshots.now
        reader = snapshot.reader()
        text = request.query_params.get("q", "")[:_LONGEST_SEARCH]
        found = [reader.article(iri) for iri in snapshot.files]
        found = [each for each in found if text in each.headline or text in each.file]
        number = _number(request.query_params.get("page", ""))
        last = max(1, -(-len(found) // A_PAGE))
        found.sort(key=lambda article: (article.file, article.headline, article.iri))
        shown = found[(number - 1) * A_PAGE : number * A_PAGE]
        return self._pages.show(
            request, "articles.html", articles=shown, page=number, last=last, total=len(found), filter=text
        )

    def compare(self, request: Request) -> Response:
        """Places side by side."""
        snapshot, language = self._snapshots.now, self._pages.language(request)
        places = [name.strip() for name in request.query_params.getlist("place") if name.strip()]
        known = [entry.label for entry in snapshot.index.most_named(PLACES, _MOST_SUGGESTED)]
        body = title = fault = ""
        if places:
            try:
                document = comparison_document(comparison_of(snapshot.graph, places), language)
                body, title = fragment(document, self._pages.link), document.title
            except UserError as error:
                fault = without_commands(str(error))
        return self._pages.show(
            request, "compare.html", status=400 if fault else 200, places=places[:MOST], known=known, body=body,
            title=title, fault=fault,
        )  # fmt: skip

    def thing(self, request: Request) -> Response:
        """What an IRI of the graph names, in the form that the client wants."""
        snapshot = self._snapshots.now
        raw = request.scope["raw_path"].partition(b"?")[0].decode("ascii", "replace")
        iri = iri_of(snapshot.pool, raw.removeprefix("/id/"))
        if iri is None:
            raise HTTPException(404, "the graph knows nothing of that name")
        form = _form(request)
        path = path_of(iri)
        if form != "html":
            headers = {"Vary": "Accept", "Link": f'<{self._pages.absolute(request, path)}>; rel="canonical"'}
            return Response(things.as_rdf(snapshot, iri, form), media_type=FORMS[form], headers=headers)
        kind = snapshot.reader().thing(iri).kind
        alternates: list[tuple[str, str]] = [
            (FORMS[name], self._pages.link(f"{path}?format={name}")) for name in ("ttl", "jsonld")
        ]
        shared: dict[str, Any] = {"iri": iri, "kind": kind, "canonical": path, "alternates": alternates}
        if iri in snapshot.files:
            return self._article(request, snapshot, iri, shared)
        if kind:
            document = snapshot.dossier(iri, self._pages.language(request))
            body = fragment(document, self._pages.link)
            drawn = self._pages.link(around(iri))
            return self._pages.show(request, "thing.html", title=document.title, body=body, drawn=drawn, **shared)
        return self._plain(request, snapshot, iri, shared)

    def _article(self, request: Request, snapshot: Snapshot, iri: str, shared: dict[str, Any]) -> Response:
        told = snapshot.article(iri, self._pages.language(request))
        return self._pages.show(request, "article.html", told=told, title=told.article.headline, **shared)

    def _plain(self, request: Request, snapshot: Snapshot, iri: str, shared: dict[str, Any]) -> Response:
        language = self._pages.language(request)
        properties = things.properties(snapshot, iri, language)
        references, more = things.references(snapshot, iri, language)
        series = f"/questions/indicator-series?indicator={quote(iri)}" if "/indicator/" in iri else ""
        return self._pages.show(
            request, "plain.html", title=things.title(snapshot, iri), properties=properties, references=references,
            more=more, series=series, **shared,
        )  # fmt: skip


def _form(request: Request) -> str:
    """The form that a client wants a thing in.

    Raises:
        HTTPException: there is none that it takes.
    """
    asked = request.query_params.get("format", "")
    if asked:
        if asked not in FORMS:
            raise HTTPException(400, f"no format {asked[:20]!r}: take one of {', '.join(FORMS)}")
        return asked
    media = chosen(request.headers.get("accept", "*/*"), list(FORMS.values()))
    if media is None:
        raise HTTPException(406, f"there are {', '.join(FORMS.values())}")
    return next(form for form, each in FORMS.items() if each == media)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and 0 < len(text) < 8 and int(text) else 1
