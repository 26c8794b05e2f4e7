"""Every saved question on a made graph, through kg and through plain pyoxigraph on the same query text.

`python -m tests.bench.queries [--quads 1000000] [--graph FOLDER]`. Times of whole processes with the answer as CSV; the
ratio is of processor time, without the start of each (an ASK that looks at nothing), where enough is left to tell;
it compares answers with IRIs, since plain pyoxigraph looks up no labels.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad

from kg.queries.answering import bound, with_prefixes
from kg.queries.saved import Question, saved_questions
from kg.store import new_generation, open_graph
from kg.store.folder import current_generation
from kg.store.reading import STORE
from kg.vocabulary import GOV, ID, OA, RDF, SCHEMA, SKOS, XSD
from tests.samples import lines

DIVISIONS = NamedNode(ID + "divisions")  # not the gazetteer's graph, which builds write themselves
ROOT = Path(__file__).parent.parent.parent
LIMIT_SECONDS, LIMIT_RATIO, SHORTEST = 2.0, 1.3, 0.2
PLAIN = """
import sys
from pyoxigraph import QueryResultsFormat, Store
results = Store.read_only(sys.argv[1]).query(sys.stdin.read(), use_default_graph_as_union=True)
if hasattr(results, "variables"):
    results.serialize(sys.stdout.buffer, format=QueryResultsFormat.CSV)
"""
QUADS_AN_ARTICLE = 330
CITIES, DISTRICTS, STREETS, PROGRAMS, BODIES, INDICATORS = 10, 10, 12, 12_000, 6_000, 800
WORDS = "居民议事协商社区治理服务网格志愿者街道项目平台机制活动工坊驿站培训就业产业共富小区电梯改造"


def thing(kind: str, number: int) -> NamedNode:
    return NamedNode(f"{ID}{kind}/{kind}之{number:06}")


def divisions() -> Iterator[Quad]:
    """Cities, their districts and streets."""
    for city in range(CITIES):
        yield from place("city", city, GOV.City)
        for district in range(city * DISTRICTS, (city + 1) * DISTRICTS):
            yield from place("district", district, GOV.District, thing("city", city))
            for street in range(district * STREETS, (district + 1) * STREETS):
                yield from place("street", street, GOV.Street, thing("district", district))


def place(kind: str, number: int, level: NamedNode, above: NamedNode | None = None) -> Iterator[Quad]:
    node = thing(kind, number)
    yield Quad(node, RDF.type, GOV.Place, DIVISIONS)
    yield Quad(node, RDF.type, level, DIVISIONS)
    yield Quad(node, SKOS.prefLabel, Literal(f"{kind}{number}", language="zh"), DIVISIONS)
    if above:
        yield Quad(node, GOV.within, above, DIVISIONS)


class Article:
    """One article, in the shape and the proportions that builds give those of seeds/."""

    def __init__(self, number: int) -> None:
        self.number, self.chance, self.node = number, random.Random(number), thing("article", number)
        self.year = Literal(str(2014 + number % 11), datatype=XSD.gYear)
        self.passages = [thing("passage", number * 16 + each) for each in range(16)]

    def quads(self) -> Iterator[Quad]:
        for subject, predicate, target in self.triples():
            yield Quad(subject, predicate, target, self.node)

    def triples(self) -> Iterator[tuple[NamedNode, NamedNode, NamedNode | Literal]]:
        yield self.node, RDF.type, GOV.Article
        yield self.node, GOV.sourceFile, Literal(f"page_{self.number // 4:05}.txt")
        yield self.node, SCHEMA.headline, Literal(f"第{self.number}篇 {self.words(8)}")
        yield self.node, SCHEMA.author, Literal(f"记者{self.number % 300}")
        if self.number % 3:
            yield self.node, GOV.year, self.year
        for each, passage in enumerate(self.passages):
            yield passage, RDF.type, GOV.Passage
            yield passage, OA.exact, Literal(self.words(40) + "。")
            yield passage, OA.start, Literal(str(each * 45), datatype=XSD.integer)
            yield passage, OA.end, Literal(str(each * 45 + 41), datatype=XSD.integer)
            yield passage, OA.hasSource, self.node
        street = self.number * 7 % (CITIES * DISTRICTS * STREETS)
        district = thing("district", street // STREETS)
        for node, level in ((thing("street", street), GOV.Street), (district, GOV.District)):
            yield from self.entity(node, level)
            yield node, RDF.type, GOV.Place
        bodies = [thing("organization", (self.number * 3 + each) % BODIES) for each in range(4)]
        programs = [thing("program", self.program(each)) for each in range(6)]
        for body in bodies:
            yield from self.entity(body, GOV.Organization)
            yield from self.claim(body, GOV.basedIn, district)
        for each, program in enumerate(programs):
            yield from self.entity(program, GOV.Program)
            yield from self.claim(program, GOV.implementedIn, thing("street", street) if each % 2 else district)
            if each < 2:
                yield from self.claim(program, GOV.ledBy, bodies[each])
                yield from self.claim(program, GOV.involves, bodies[each + 2])
        yield from self.claim(programs[5], GOV.partOf, programs[0])
        person, document = thing("person", self.number), thing("document", self.number % 2000)
        yield from self.entity(person, GOV.Person)
        yield person, GOV.role, Literal("主任")
        yield from self.claim(person, GOV.worksFor, bodies[0])
        yield from self.entity(document, GOV.Document)
        yield from self.claim(document, GOV.issuedBy, bodies[0])
        for each in range(8):
            yield from self.metric(each, programs[each % 6], district)

    def program(self, each: int) -> int:
        """Some programs are told of everywhere, most in a few articles."""
        return (self.number % 97) if each == 0 else (self.number * 5 + each) % PROGRAMS

    def words(self, length: int) -> str:
        return "".join(self.chance.choices(WORDS, k=length))

    def passage(self) -> NamedNode:
        return self.chance.choice(self.passages)

    def entity(self, node: NamedNode, kind: NamedNode) -> Iterator[tuple[NamedNode, NamedNode, NamedNode | Literal]]:
        yield node, RDF.type, kind
        yield node, SKOS.prefLabel, Literal(node.value.rpartition("/")[2], language="zh")
        yield node, SKOS.altLabel, Literal(node.value.rpartition("/")[2][-6:], language="zh")
        for passage in sorted({self.passage() for _ in range(2)}, key=str):
            yield node, GOV.mentionedIn, passage

    def claim(
        self, subject: NamedNode, predicate: NamedNode, target: NamedNode
    ) -> Iterator[tuple[NamedNode, NamedNode, NamedNode | Literal]]:
        node = NamedNode(f"{ID}claim/{self.chance.getrandbits(64):016x}")
        yield subject, predicate, target
        yield node, RDF.type, GOV.Claim
        yield node, RDF.subject, subject
        yield node, RDF.predicate, predicate
        yield node, RDF.object, target
        yield node, GOV.rule, Literal(f"rule-{self.chance.randrange(30)}")
        yield node, GOV.evidence, self.passage()

    def metric(
        self, each: int, subject: NamedNode, area: NamedNode
    ) -> Iterator[tuple[NamedNode, NamedNode, NamedNode | Literal]]:
        node = NamedNode(f"{ID}metric/{self.chance.getrandbits(64):016x}")
        kind = ("level", "level", "level", "growth", "level", "from", "to", "level")[each]
        value = self.chance.randrange(1, 5000) * 10 ** self.chance.randrange(3)
        yield node, RDF.type, GOV.Metric
        yield node, GOV.value, Literal(str(value), datatype=XSD.decimal)
        yield node, GOV.unit, Literal("件" if kind in {"from", "to"} else "%" if kind == "growth" else "个")
        yield node, GOV.kind, Literal(kind)
        yield node, GOV.qualifier, Literal(self.chance.choice(("exact", "exact", "over", "about")))
        indicator = thing("indicator", self.chance.randrange(INDICATORS) if each < 5 else self.number % INDICATORS)
        yield node, GOV.indicator, Literal(indicator.value[-8:])
        yield node, GOV.observes, indicator
        yield indicator, RDF.type, GOV.Indicator
        yield indicator, SKOS.prefLabel, Literal(indicator.value.rpartition("/")[2], language="zh")
        yield node, GOV.measures, subject
        yield node, GOV.rule, Literal("count")
        yield node, GOV.evidence, self.passages[5] if kind in {"from", "to"} else self.passage()
        if each % 3:
            yield node, GOV.area, area
        if each % 2:
            yield node, GOV.year, self.year


def make(folder: Path, quads: int) -> Path:
    """A graph of about so many quads."""
    with new_generation(folder, "bench") as generation:
        generation.replace("divisions", "made", lines(divisions()))
        for number in range(max(1, quads // QUADS_AN_ARTICLE)):
            generation.replace(f"{number}.txt", "made", lines(Article(number).quads()))
        generation.commit()
    return folder


VALUES = {
    "district": "district7", "area": "city1", "program": "program之000011", "organization": "organization之000003",
    "thing": "program之000011", "indicator": "indicator之000005", "place": "district7",
}  # fmt: skip


@dataclass(frozen=True)
class Taken:
    """Seconds that a whole process took: on the clock, and of the processor, its children's too."""

    wall: float
    cpu: float


def process(command: list[str], text: str = "", times: int = 2) -> tuple[Taken, bytes]:
    """The least that a whole process takes, and what it writes."""
    taken = []
    for _ in range(times):
        started, before = time.perf_counter(), processor()
        done = subprocess.run(command, input=text.encode(), cwd=ROOT, check=True, capture_output=True)
        taken.append((time.perf_counter() - started, processor() - before))
    return Taken(min(wall for wall, _ in taken), min(cpu for _, cpu in taken)), done.stdout


def processor() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def compared(folder: Path, told: Mapping[str, str] = VALUES) -> list[dict[str, float | str]]:
    """Each question's times, asked with the values `told`: by plain pyoxigraph in a process, and by kg."""
    store = open_graph(folder)
    stored = str(current_generation(folder) / STORE)
    plain, ours = [sys.executable, "-c", PLAIN, stored], [sys.executable, "-m", "kg", "query", "-g", str(folder)]
    bare, _ = process([sys.executable, "-c", "pass"], times=7)
    plain_start, _ = process(plain, "ASK {}", 7)
    start, _ = process([*ours, "-q", "ASK {}"], times=7)
    starts = f"ASK {{}} by kg {start.wall / bare.wall:.1f} x, by pyoxigraph {plain_start.wall / bare.wall:.1f} x"
    print(f"python -c pass {bare.wall * 1000:.0f} ms; {starts}")
    print(f"{'question':28}{'plain':>9}{'kg':>9}{'rows':>8}   ratio without starts")
    found = []
    for question in saved_questions():
        values = given(question, told)
        text = with_prefixes(bound(store, question, values))
        theirs, _ = process(plain, text)
        pairs = [argument for name, value in values.items() for argument in ("-p", f"{name}={value}")]
        taken, written = process([*ours, question.name, *pairs, "-f", "csv"])
        same, _ = process([*ours, question.name, *pairs, "-f", "csv", "--iris"])
        long_enough = theirs.cpu - plain_start.cpu > SHORTEST
        ratio = (same.cpu - start.cpu) / (theirs.cpu - plain_start.cpu) if long_enough else 0.0
        rows = written.count(b"\n") - 1
        fault = "  <- falls short" if taken.wall > LIMIT_SECONDS or ratio > LIMIT_RATIO else ""
        shown = f"{ratio:7.2f}" if long_enough else "      -"
        print(
            f"  {question.name:26}{theirs.wall * 1000:6.0f} ms{taken.wall * 1000:6.0f} ms{rows:8} {shown}{fault}",
            flush=True,
        )
        found.append({"question": question.name, "plain": theirs.wall, "kg": taken.wall, "rows": rows, "ratio": ratio})
        found[-1] |= {"plain_cpu": theirs.cpu, "kg_cpu": taken.cpu}
    return found


def given(question: Question, told: Mapping[str, str]) -> dict[str, str]:
    return {p.name: told[p.name] for p in question.parameters if not p.optional}


def main() -> None:
    """Prints a line a question."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quads", type=int, default=1_000_000)
    parser.add_argument("--graph", type=Path, help="Ask this graph, made here if it is not there.")
    parser.add_argument("--json", type=Path, help="Write the figures here too.")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place_:
        folder = options.graph or Path(place_) / "graph"
        if not folder.exists():
            make(folder, options.quads)
        print(f"{len(open_graph(folder))} quads")
        found = compared(folder)
    if options.json:
        options.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
