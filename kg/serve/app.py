"""The site as an ASGI application: its addresses, its questions, and what it says when something is wrong."""

from __future__ import annotations

from contextlib import asynccontextmanager
from http import HTTPStatus
from importlib import resources
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from kg.dossier.html import style
from kg.errors import UserError
from kg.queries.answering import bound, with_prefixes
from kg.queries.child import LimitReached, QuerySyntaxError
from kg.queries.saved import Question, saved_questions
from kg.serve import protocol, questions
from kg.serve.around import Around
from kg.serve.asking import Asking
from kg.serve.charting import charts
from kg.serve.negotiation import chosen
from kg.serve.pages import Pages
from kg.serve.security import WITH_SCRIPT, Guard
from kg.serve.snapshot import Snapshots
from kg.serve.turns import Busy
from kg.serve.views import Views
from kg.serve.wording import without_commands
from kg.vocabulary import PREFIXES

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from starlette.requests import Request

    from kg.serve.settings import Settings


def create_app(folder: Path, settings: Settings) -> Guard:
    """The site of the graph in `folder`.

    Raises:
        UserError: there is no graph, or it cannot be read.
    """
    site = _Site(folder, settings)
    views = Views(site.snapshots, site.pages)
    app = Starlette(
        routes=[
            Route("/", views.home),
            Route("/search", views.search),
            Route("/articles", views.articles),
            Route("/compare", views.compare),
            Route("/questions", site.questions),
            Route("/questions/{name}", site.question),
            Route("/sparql", site.sparql, methods=["GET", "POST", "OPTIONS"]),
            Route("/around/{name:path}", site.around.page),
            Route("/style.css", site.style),
            Route("/sparql.js", site.script),
            Route("/id/{name:path}", views.thing),
        ],
        exception_handlers={HTTPException: site.refused, UserError: site.refused, Busy: site.refused},
        lifespan=site.lifespan,
    )
    return Guard(app, settings, site.snapshots.refresh)


class _Site:
    """The parts of a site that ask queries, and what it says of faults."""

    def __init__(self, folder: Path, settings: Settings) -> None:
        folder = folder.absolute()  # so that no word of a message is taken for it
        self.snapshots = Snapshots(folder)
        self.pages = Pages(settings)
        self._asking = Asking(folder, settings)
        self.around = Around(self.snapshots, self.pages, self._asking)
        self._folder, self._settings = folder, settings
        self._questions = {question.name: question for question in saved_questions()}
        self._style, self._script = style() + _read("site.css"), _read("sparql.js")

    @asynccontextmanager
    async def lifespan(self, _app: Starlette) -> AsyncIterator[None]:
        """While the site runs it follows the builds of its graph."""
        self.snapshots.follow()
        yield
        self.snapshots.end()
        self._asking.end()

    def style(self, _request: Request) -> Response:
        """The style of all pages."""
        return Response(self._style, media_type="text/css", headers={"Cache-Control": "max-age=3600"})

    def script(self, _request: Request) -> Response:
        """The script that completes names on the page for queries."""
        return Response(self._script, media_type="text/javascript", headers={"Cache-Control": "max-age=3600"})

    def questions(self, request: Request) -> Response:
        """The saved questions."""
        return self.pages.show(request, "questions.html", questions=tuple(self._questions.values()))

    async def question(self, request: Request) -> Response:
        """A saved question: its form, and its answer as a page or a file."""
        question = self._questions.get(request.path_params["name"])
        if question is None:
            raise HTTPException(404, "there is no question of that name")
        asked = dict(request.query_params)
        given = questions.given_of(question, asked)
        form = asked.get("format", "")
        evidence = bool(asked.get("evidence"))
        if form:
            return await self._download(request, question, given, form, evidence=evidence)
        snapshot, language = self.snapshots.now, self.pages.language(request)
        fields = questions.fields(snapshot, question, given)
        answer, fault, query = None, "", with_prefixes(question.query)
        if given or "run" in asked:
            try:
                query = with_prefixes(bound(snapshot.store, question, given))
                text = await self._asking.saved(request, question, given, form="json", evidence=evidence)
                answer = questions.answer_of(snapshot, text, language)
            except UserError as error:
                fault = self._told(error)[1].replace("add -p ", "").replace("=...", "")
        drawn, more = charts(answer, language) if answer else ([], 0)
        return self.pages.show(
            request, "question.html", status=400 if fault else 200, question=question, fields=fields, answer=answer,
            fault=fault, query_text=query, charts=drawn, more_charts=more,
            evidence=evidence, formats=questions.FORMATS, most=questions.MOST_SHOWN,
            given=[*given.items(), *([("evidence", "1")] if evidence else [])],
        )  # fmt: skip

    async def _download(
        self, request: Request, question: Question, given: dict[str, str], form: str, *, evidence: bool
    ) -> Response:
        if form not in questions.FORMATS:
            raise HTTPException(400, f"no format {form[:20]!r}: take one of {', '.join(questions.FORMATS)}")
        text = await self._asking.saved(request, question, given, form=form, evidence=evidence)
        name = f"{question.name}.{questions.ENDINGS.get(form, form)}"
        mark = "\ufeff" if form == "csv" else ""  # so that Excel reads it as UTF-8
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return Response(mark + text, media_type=questions.TYPES[form], headers=headers)

    async def sparql(self, request: Request) -> Response:
        """SPARQL 1.1 Protocol, and a page to ask by hand."""
        if request.method == "OPTIONS":
            return Response(status_code=204, headers={"Allow": "GET, HEAD, POST, OPTIONS"})
        query = await protocol.query_of(request)
        accept = request.headers.get("accept", "*/*")
        machine = [protocol.RESULTS["json"], "application/json", *protocol.RESULTS.values(), *protocol.TRIPLES.values()]
        if "format" not in request.query_params and chosen(accept, [*machine, "text/html"]) == "text/html":
            return await self._by_hand(request, query)
        address = self.pages.absolute(request, "/sparql")
        if query is None:
            return Response(protocol.description(address), media_type="text/turtle", headers={"Vary": "Accept"})
        wanted = protocol.wanted(request)
        media, answer = await self._asking.protocol(request, query, wanted.results, wanted.triples, address)
        if not media:
            raise HTTPException(406, "this query gives an answer of another kind than Accept allows")
        return Response(answer, media_type=media, headers={"Vary": "Accept"})

    async def _by_hand(self, request: Request, query: str | None) -> Response:
        """The page on which a query is written, with its answer."""
        snapshot, language = self.snapshots.now, self.pages.language(request)
        answer, triples, fault = None, "", ""
        if query and query.strip():
            try:
                kinds = protocol.RESULTS["json"], protocol.TRIPLES["ttl"]
                media, raw = await self._asking.protocol(
                    request, query, *kinds, self.pages.absolute(request, "/sparql")
                )
                if media == kinds[0]:
                    answer = questions.answer_of(snapshot, raw.decode(), language)
                else:
                    triples = raw.decode()
            except UserError as error:
                fault = self._told(error)[1]
        forms = protocol.TRIPLES if triples else protocol.RESULTS
        return self.pages.show(
            request,
            "sparql.html",
            status=400 if fault else 200,
            query_text=query or request.query_params.get("edit", ""),
            answer=answer,
            triples=triples,
            fault=fault,
            formats=tuple(forms),
            prefixes=sorted(PREFIXES.items()),
            terms=snapshot.terms(language),
            most=questions.MOST_SHOWN,
            canonical="/sparql",
            policy=WITH_SCRIPT,
        )

    async def refused(self, request: Request, error: Exception) -> Response:
        """What is said instead of an answer: a page for people, a line for programs; never a path of this machine."""
        status, text = self._told(error)
        headers = {"Retry-After": "5"} if status == HTTPStatus.SERVICE_UNAVAILABLE else {}
        if isinstance(error, HTTPException) and HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST:
            return RedirectResponse((error.headers or {}).get("location", "/"), status)
        if chosen(request.headers.get("accept", "*/*"), ["text/plain", "text/html"]) == "text/html":
            page = self.pages.show(request, "error.html", status=status, fault=text, canonical="/")
            page.headers.update(headers)
            return page
        return PlainTextResponse(text + "\n", status, headers)

    def _told(self, error: Exception) -> tuple[int, str]:
        """The status and text of a fault."""
        match error:
            case HTTPException():
                return error.status_code, error.detail
            case Busy():
                return 503, "too many queries wait; try again in a moment"
            case LimitReached():
                return 503, str(error).partition(";")[0] + "; narrow it"
            case QuerySyntaxError():
                return 400, "\n".join(filter(None, (str(error), error.excerpt)))
        if str(self._folder) in str(error):
            return 503, "the graph cannot be read now"
        return 400, without_commands(str(error))


def _read(name: str) -> str:
    return (resources.files("kg.serve") / "static" / name).read_text(encoding="utf-8").replace("\r\n", "\n")
