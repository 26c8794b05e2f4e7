"""Writes ontology/reference.md: classes, properties, shapes and the competency questions with their answers on seeds/.

`python scripts/ontology_reference.py` after a change of the ontology, the questions, the seeds or the rules;
a test compares the page with what this prints.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from itertools import product
from pathlib import Path

import rdflib
from pyoxigraph import Store
from rdflib import OWL, RDF, RDFS, SH
from rdflib.collection import Collection

from kg.build import build
from kg.export import export
from kg.queries.answering import Asked, write
from kg.queries.saved import Question, saved_questions
from kg.store import open_graph

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "ontology" / "reference.md"
GOV = rdflib.Namespace("https://w3id.org/govkg/ontology#")
UNIT = "http://qudt.org/vocab/unit/"
MOST_ROWS, MOST_LINES = 5, 12

VALUES = {
    "area": ["拱墅"],
    "district": ["上城"],
    "indicator": ["学员"],
    "program": ["蜜桃红", "运河领航"],
    "thing": ["街事荟"],
}
"""Values for the parameters of questions; the first with an answer is shown."""

HEAD = """# Reference of the ontology

Written by `scripts/ontology_reference.py` from `governance.ttl`, `shapes.ttl`, `queries/` and `seeds/`; do not edit.

{title} ({chinese}), version {version}: <{iri}>. {description}

Prefixes: {prefixes}.
"""


def page() -> str:
    """The whole page."""
    ontology = rdflib.Graph().parse(ROOT / "ontology" / "governance.ttl")
    shapes = rdflib.Graph().parse(ROOT / "ontology" / "shapes.ttl")
    with tempfile.TemporaryDirectory() as place:
        graph = Path(place) / "graph"
        build([ROOT / "seeds"], graph, jobs=1)
        export(graph, Path(place) / "seeds.ttl")
        blocks = (Path(place) / "seeds.ttl").read_text(encoding="utf-8").split("\n\n")[1:]
        parts = [
            head(ontology),
            "## Classes\n",
            *classes(ontology, shapes, blocks),
            "## Properties\n",
            *properties(ontology),
            "## Units\n",
            *units(ontology),
            "## Shapes\n",
            *constraints(shapes),
            "## Competency questions\n",
            *competency(open_graph(graph)),
        ]
    return "\n".join(parts).rstrip("\n") + "\n"


def head(ontology: rdflib.Graph) -> str:
    """What the ontology says of itself."""
    (iri,) = ontology.subjects(RDF.type, OWL.Ontology)
    prefixes = {
        name: str(space)
        for name, space in ontology.namespaces()
        if name in {"gov", "id", "oa", "qudt", "schema", "skos"}
    }
    return HEAD.format(
        title=text(ontology, iri, rdflib.DCTERMS.title, "en"),
        chinese=text(ontology, iri, rdflib.DCTERMS.title, "zh"),
        version=ontology.value(iri, OWL.versionInfo),
        iri=iri,
        description=text(ontology, iri, rdflib.DCTERMS.description, "en"),
        prefixes=", ".join(f"`{name}:` <{space}>" for name, space in sorted(prefixes.items())),
    )


def classes(ontology: rdflib.Graph, shapes: rdflib.Graph, blocks: list[str]) -> Iterator[str]:
    """Each class with its superclasses, properties and an example."""
    for term in own(ontology, OWL.Class):
        yield f"### {short(ontology, term)}\n"
        yield described(ontology, term)
        above = links(ontology, ontology.objects(term, RDFS.subClassOf))
        yield f"- under {above}" if above else "- at the top"
        having = [
            each
            for each in own(ontology, OWL.DatatypeProperty, OWL.ObjectProperty)
            if term in ends(ontology, each, RDFS.domain)
        ]
        if having:
            yield f"- has {links(ontology, having)}"
        leading = [each for each in own(ontology, OWL.ObjectProperty) if term in ends(ontology, each, RDFS.range)]
        if leading:
            yield f"- value of {links(ontology, leading)}"
        for rule in rules(shapes, term):
            yield f"- {rule}"
        example = typical(blocks, f"gov:{term.removeprefix(GOV)}")
        if example:
            yield f"\n```turtle\n{example}\n```"
        yield ""


def rules(shapes: rdflib.Graph, term: rdflib.term.Node) -> list[str]:
    """What a class's own shape asks of its members, where it says so in words."""
    of_class = shapes.subjects(SH.targetClass, term)
    messages = {
        str(message)
        for shape in of_class
        for part in [shape, *shapes.objects(shape, SH.property)]
        for message in shapes.objects(part, SH.message)
    }
    return sorted(messages)


def typical(blocks: list[str], kind: str) -> str:
    """The block of a class with the most properties and, among those, the fewest letters."""
    fitting = [
        block for block in blocks if f" {kind} " in block.replace(",", " ").replace(";", " ; ").split("\n")[0] + " "
    ]
    if not fitting:
        return ""
    lines = max(fitting, key=lambda block: (block.count("\n"), -len(block), block)).strip().split("\n")
    return "\n".join(line if len(line) <= 150 else line[:149] + "…" for line in lines[:MOST_LINES])


def properties(ontology: rdflib.Graph) -> Iterator[str]:
    """The ontology's own properties, and those of other vocabularies that it uses."""
    yield "| property | from | to | meaning | under |"
    yield "|---|---|---|---|---|"
    for term in own(ontology, OWL.DatatypeProperty, OWL.ObjectProperty):
        here, there = (links(ontology, ends(ontology, term, each)) or "any" for each in (RDFS.domain, RDFS.range))
        above = links(ontology, ontology.objects(term, RDFS.subPropertyOf))
        meaning = f"{text(ontology, term, RDFS.label, 'zh')}. {text(ontology, term, RDFS.comment, 'en')}"
        yield f"| `{short(ontology, term)}` | {here} | {there} | {meaning} | {above} |"
    kinds = (OWL.DatatypeProperty, OWL.ObjectProperty, OWL.AnnotationProperty, RDF.Property)
    others = {term for kind in kinds for term in ontology.subjects(RDF.type, kind)} - set(own(ontology, *kinds))
    yield f"\nOf other vocabularies: {links(ontology, others)}.\n"


def units(ontology: rdflib.Graph) -> Iterator[str]:
    """Units of QUDT with the words that stand for them."""
    yield "| unit | in print |\n|---|---|"
    for term in sorted({term for term in ontology.subjects() if str(term).startswith(UNIT)}, key=str):
        words = sorted(map(str, ontology.objects(term, rdflib.SKOS.altLabel)))
        yield f"| `{short(ontology, term)}` | {', '.join(words)} |"
    yield "\nOther measure words have no unit in QUDT and stand in `gov:unit` alone.\n"


def constraints(shapes: rdflib.Graph) -> Iterator[str]:
    """All that the shapes say in words."""
    yield "`kg check` holds a graph to these.\n"
    for message in sorted({str(message) for message in shapes.objects(None, SH.message)}):
        yield f"- {message}"
    yield ""


def competency(store: Store) -> Iterator[str]:
    """The saved questions, which the ontology must be able to answer, with the first rows of their answers."""
    yield "What the ontology must be able to answer: `kg query NAME`, here on the graph of `seeds/`.\n"
    for question in saved_questions():
        yield from answered(store, question)


def answered(store: Store, question: Question) -> Iterator[str]:
    """A question with its answer."""
    given, lines = {}, []
    needed = [p.name for p in question.parameters if not p.optional]
    for values in product(*(VALUES[name] for name in needed)):
        given = dict(zip(needed, values, strict=True))
        _, answer = write(
            Asked(store), question, given, {"form": "markdown", "iris": False, "evidence": False, "dry_run": False}
        )
        lines = answer.decode().splitlines()
        if lines[2:]:
            break
    command = " ".join(["kg query", question.name, *(f"-p {name}={value}" for name, value in given.items())])
    yield f"### {question.name}\n\n{question.summary}. {question.description}\n\n```\n{command}\n```\n"
    yield from lines[: 2 + MOST_ROWS]
    left = len(lines) - 2 - MOST_ROWS
    yield f"\n… and {left} more.\n" if left > 0 else "" if lines[2:] else "\nNothing in the seeds.\n"


def own(ontology: rdflib.Graph, *kinds: rdflib.term.Node) -> list[rdflib.URIRef]:
    """The ontology's own terms of some kinds, in the order of their names."""
    found = {term for kind in kinds for term in ontology.subjects(RDF.type, kind)}
    return sorted(term for term in found if isinstance(term, rdflib.URIRef) and term.startswith(GOV))


def ends(ontology: rdflib.Graph, term: rdflib.term.Node, which: rdflib.term.Node) -> list[rdflib.term.Node]:
    """The classes that a property leads from or to."""
    found: list[rdflib.term.Node] = []
    for node in ontology.objects(term, which):
        several = ontology.value(node, OWL.unionOf) or ontology.value(node, OWL.oneOf)
        found += list(Collection(ontology, several)) if several else [node]
    return found


def links(ontology: rdflib.Graph, terms: Iterable[rdflib.term.Node]) -> str:
    """Terms by their short names, sorted."""
    return ", ".join(sorted(f"`{short(ontology, term)}`" for term in terms if not isinstance(term, rdflib.BNode)))


def short(ontology: rdflib.Graph, term: rdflib.term.Node) -> str:
    """A term with its prefix; a value as it is."""
    return str(term) if isinstance(term, rdflib.Literal) else ontology.namespace_manager.normalizeUri(str(term))


def described(ontology: rdflib.Graph, term: rdflib.term.Node) -> str:
    """The label and meaning of a term in both languages."""
    english, chinese = (f"{text(ontology, term, RDFS.comment, language)}" for language in ("en", "zh"))
    return (
        f"**{text(ontology, term, RDFS.label, 'en')}**, {text(ontology, term, RDFS.label, 'zh')}. {english} {chinese}\n"
    )


def text(ontology: rdflib.Graph, term: rdflib.term.Node, which: rdflib.term.Node, language: str) -> str:
    """A text in one language."""
    return next((str(each) for each in ontology.objects(term, which) if getattr(each, "language", "") == language), "")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
