"""Measures what users wait for, as ratios to a bare Python where that can be said: `make bench`.

Starts of the program, reading of pages, and every saved question on a made graph (`--quads`, a million by default).
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.build import read_article
from kg.queries.names import label
from kg.queries.saved import saved_questions
from kg.queries.sparql import bind
from kg.reading import read_page
from kg.store import new_generation, open_graph
from kg.vocabulary import GOV, ID, OA, PREFIXES, RDF, SCHEMA, SKOS, XSD
from tests.samples import lines

ROOT = Path(__file__).parent.parent.parent
QUADS_AN_ARTICLE = 125


def seconds(work: Callable[[], object], times: int = 5) -> float:
    """The median time that some work takes."""
    taken = []
    for _ in range(times):
        started = time.perf_counter()
        work()
        taken.append(time.perf_counter() - started)
    return statistics.median(taken)


def starts(graph: Path) -> None:
    """Whole processes, against `python -c pass`."""
    commands = {
        "python -c pass": ["-c", "pass"],
        "kg --help": ["-m", "kg", "--help"],
        "kg query": ["-m", "kg", "query"],
        "kg query coverage": ["-m", "kg", "query", "coverage", "-g", str(graph)],
    }
    bare = 0.0
    for name, arguments in commands.items():
        command = [sys.executable, *arguments]
        taken = seconds(lambda c=command: subprocess.run(c, cwd=ROOT, check=True, capture_output=True), 9)
        bare = bare or taken
        print(f"{name:28}{taken * 1000:8.0f} ms  {taken / bare:6.1f} x bare Python")


def reading(folder: Path) -> None:
    """Pages to facts on one core."""
    paths = sorted(path for path in folder.glob("2*") if path.is_file())
    size = sum(path.stat().st_size for path in paths)

    def read() -> None:
        for path in paths:
            for article in read_page(path).articles:
                read_article(article)

    read()
    taken = seconds(read, 5)
    print(f"{'reading ' + folder.name:28}{size / 1000 / taken:8.0f} KB/s of bytes, one core")


def made_graph(articles: int) -> Iterator[Quad]:
    """A graph of so many articles on 200 districts, in the shape that builds give it."""
    base = NamedNode(ID + "divisions")
    for city in range(20):
        yield Quad(thing("city", city), RDF.type, GOV.City, base)
        for district in range(city * 10, city * 10 + 10):
            yield from place("district", district, GOV.District, thing("city", city), base)
            for street in range(district * 15, district * 15 + 15):
                yield from place("street", street, GOV.Street, thing("district", district), base)
    for number in range(articles):
        yield from made_article(number)


def thing(kind: str, number: int) -> NamedNode:
    return NamedNode(f"{ID}{kind}/{number}")


def place(kind: str, number: int, level: NamedNode, above: NamedNode, graph: NamedNode) -> Iterator[Quad]:
    node = thing(kind, number)
    yield Quad(node, RDF.type, GOV.Place, graph)
    yield Quad(node, RDF.type, level, graph)
    yield Quad(node, SKOS.prefLabel, Literal(f"{kind}{number}", language="zh"), graph)
    yield Quad(node, GOV.within, above, graph)


def made_article(number: int) -> Iterator[Quad]:
    """Five passages, five programs, four claims and six metrics."""
    article = thing("article", number)

    def quad(subject: NamedNode, predicate: NamedNode, target: NamedNode | Literal) -> Quad:
        return Quad(subject, predicate, target, article)

    year = Literal(str(2015 + number % 10), datatype=XSD.gYear)
    yield quad(article, RDF.type, GOV.Article)
    yield quad(article, GOV.sourceFile, Literal(f"{number}.txt"))
    yield quad(article, SCHEMA.headline, Literal(f"第{number}篇"))
    yield quad(article, GOV.year, year)
    passages = [thing("passage", number * 5 + each) for each in range(5)]
    for passage in passages:
        yield quad(passage, RDF.type, GOV.Passage)
        yield quad(passage, OA.exact, Literal(f"这是{passage.value}的一句话。"))
        yield quad(passage, OA.hasSource, article)
    street, organization = thing("street", number * 7 % 3000), thing("organization", number % 4000)
    yield quad(street, RDF.type, GOV.Street)
    yield quad(street, GOV.mentionedIn, passages[0])
    yield quad(organization, RDF.type, GOV.Organization)
    yield quad(organization, SKOS.prefLabel, Literal(f"机构{number % 4000}", language="zh"))
    yield quad(organization, GOV.basedIn, street)
    for each in range(4):
        program = thing("program", (number * 4 + each) % 20_000)
        yield quad(program, RDF.type, GOV.Program)
        yield quad(program, SKOS.prefLabel, Literal(f"项目{(number * 4 + each) % 20_000}", language="zh"))
        yield quad(program, GOV.mentionedIn, passages[each])
        yield quad(program, GOV.implementedIn, street)
        yield quad(program, GOV.ledBy, organization)
        claim = thing("claim", number * 4 + each)
        yield quad(claim, RDF.type, GOV.Claim)
        yield quad(claim, RDF.subject, program)
        yield quad(claim, RDF.predicate, GOV.ledBy)
        yield quad(claim, RDF.object, organization)
        yield quad(claim, GOV.rule, Literal("made"))
        yield quad(claim, GOV.evidence, passages[each])
    for each in range(6):
        metric = thing("metric", number * 6 + each)
        yield quad(metric, RDF.type, GOV.Metric)
        yield quad(metric, GOV.value, Literal(str(number * 31 % 997), datatype=XSD.decimal))
        yield quad(metric, GOV.unit, Literal("个"))
        yield quad(metric, GOV.kind, Literal("level"))
        yield quad(metric, GOV.qualifier, Literal("exact"))
        yield quad(metric, GOV.observes, thing("indicator", (number + each) % 500))
        yield quad(metric, GOV.measures, thing("program", (number * 4 + each) % 20_000))
        yield quad(metric, GOV.area, street)
        yield quad(metric, GOV.year, year)
        yield quad(metric, GOV.rule, Literal("made"))
        yield quad(metric, GOV.evidence, passages[each % 5])


VALUES = {
    "district": thing("district", 7), "area": thing("district", 7), "program": thing("program", 11),
    "organization": thing("organization", 3), "thing": thing("program", 11), "indicator": thing("indicator", 5),
}  # fmt: skip


def questions(store: Store) -> None:
    """Every saved question in this process, without the start of a program."""
    print(f"{'saved questions':28}{len(store):>8} quads")
    for question in saved_questions():
        given = {p.variable: str(VALUES[p.name]) for p in question.parameters if not p.optional}
        query = bind(question.query, given)

        def answer(text: str = query) -> int:
            return len(list(store.query(text, prefixes=dict(PREFIXES), use_default_graph_as_union=True)))

        rows = answer()
        print(f"  {question.name:26}{seconds(answer, 3) * 1000:8.0f} ms  {rows:8} rows")


def main() -> None:
    """Prints all figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quads", type=int, default=1_000_000)
    wanted = parser.parse_args().quads
    with tempfile.TemporaryDirectory() as place_:
        graph = Path(place_) / "graph"
        with new_generation(graph, "bench") as generation:
            generation.replace("made", "made", lines(made_graph(max(1, wanted // QUADS_AN_ARTICLE))))
            generation.commit()
        reading(ROOT / "seeds")
        starts(graph)
        store = open_graph(graph)
        print(f"{'label of a thing':28}{seconds(lambda: label(store, VALUES['program'])) * 1e6:8.0f} µs")
        questions(store)


if __name__ == "__main__":
    main()
