from pathlib import Path

import pyshacl
import pytest
import rdflib
from invented import BUREAU, DISTRICT, LINES, PERSON, PROGRAM, STREET, facts, hostile_facts
from pyoxigraph import Literal, NamedNode, Quad
from samples import lines, quads

from kg.check import check
from kg.errors import UserError
from kg.rdf import article_iri, entity_iri
from kg.resources import folder
from kg.store import new_generation
from kg.vocabulary import GAZETTEER, GOV, OA, RDF, SKOS, XSD

GRAPH = article_iri(facts().article)
SOUND = list(quads(facts()))


def build(place: Path, *sources) -> None:
    with new_generation(place, "v1") as generation:
        for number, found in enumerate(sources):
            generation.replace(f"{number}.txt", str(number), lines(found))
        generation.commit()


def of_type(kind) -> NamedNode:
    return min((q.subject for q in SOUND if q.predicate == RDF.type and q.object == kind), key=str)


def without(*predicates):
    return [q for q in SOUND if q.predicate not in predicates]


def with_(subject, predicate, value):
    return [*SOUND, Quad(subject, predicate, value, GRAPH)]


def test_what_is_written_conforms(tmp_path):
    build(tmp_path, SOUND, list(quads(hostile_facts())), list(quads(facts("other.txt", LINES[:1] * 2))))
    assert check(tmp_path) == []


def test_the_shapes_are_valid_shacl():
    conforms, _, text = pyshacl.validate(
        rdflib.Graph(), shacl_graph=str(folder("ontology") / "shapes.ttl"), meta_shacl=True
    )
    assert conforms, text


PROGRAM_IRI, STREET_IRI, PERSON_IRI = map(entity_iri, (PROGRAM, STREET, PERSON))
METRIC, CLAIM, PASSAGE = of_type(GOV.Metric), of_type(GOV.Claim), of_type(GOV.Passage)


@pytest.mark.parametrize(
    ("planted", "focus", "path"),
    [
        (without(SKOS.prefLabel), PROGRAM_IRI, "skos:prefLabel"),
        (with_(PROGRAM_IRI, SKOS.prefLabel, Literal("另一个", language="zh")), PROGRAM_IRI, "skos:prefLabel"),
        (with_(PROGRAM_IRI, SKOS.altLabel, Literal("“茶话会”", language="zh")), PROGRAM_IRI, "skos:altLabel"),
        (with_(PROGRAM_IRI, SKOS.altLabel, Literal("tea party", language="en")), PROGRAM_IRI, "skos:altLabel"),
        (without(GOV.mentionedIn), entity_iri(BUREAU), "gov:mentionedIn"),
        (with_(PROGRAM_IRI, GOV.implementedIn, PERSON_IRI), PROGRAM_IRI, "gov:implementedIn"),
        (with_(PROGRAM_IRI, GOV.involves, STREET_IRI), PROGRAM_IRI, "gov:involves"),
        (with_(STREET_IRI, GOV.implementedIn, STREET_IRI), STREET_IRI, ""),
        (with_(STREET_IRI, GOV.role, Literal("书记")), STREET_IRI, ""),
        (without(GOV.value), METRIC, "gov:value"),
        (with_(METRIC, GOV.value, Literal("3.5", datatype=XSD.decimal)), METRIC, "gov:value"),
        (without(GOV.unit), METRIC, "gov:unit"),
        (with_(METRIC, GOV.qualifier, Literal("roughly")), METRIC, "gov:qualifier"),
        (without(GOV.kind), METRIC, "gov:kind"),
        (with_(METRIC, GOV.year, Literal("2024")), METRIC, "gov:year"),
        (with_(METRIC, GOV.measures, PERSON_IRI), METRIC, "gov:measures"),
        (without(GOV.evidence), METRIC, "gov:evidence"),
        (without(GOV.evidence), CLAIM, "gov:evidence"),
        (without(GOV.rule), CLAIM, "gov:rule"),
        (with_(CLAIM, RDF.predicate, GOV.value), CLAIM, "rdf:predicate"),
        (without(OA.exact), PASSAGE, "oa:exact"),
        (without(OA.hasSource), PASSAGE, "oa:hasSource"),
        (with_(PASSAGE, OA.start, Literal("-4", datatype=XSD.integer)), PASSAGE, "oa:start"),
        (without(GOV.sourceFile), GRAPH, "gov:sourceFile"),
    ],
)
def test_a_planted_fault_is_found(tmp_path, planted, focus, path):
    build(tmp_path, planted)
    found = [v for v in check(tmp_path) if v.focus == focus.value and v.path == path]
    assert GRAPH.value in {v.article for v in found}
    assert all(v.message for v in found)


def test_a_passage_that_ends_before_it_starts(tmp_path):
    start = Literal("99999", datatype=XSD.integer)
    build(tmp_path, [Quad(q.subject, q.predicate, start, GRAPH) if q.predicate == OA.start else q for q in SOUND])
    assert {v.path for v in check(tmp_path)} == {"oa:start"}


def test_a_period_that_ends_before_it_begins(tmp_path):
    year = Literal("1999", datatype=XSD.gYear)
    build(tmp_path, [Quad(q.subject, q.predicate, year, GRAPH) if q.predicate == GOV.toYear else q for q in SOUND])
    assert {v.path for v in check(tmp_path)} == {"gov:toYear"}


def test_articles_that_disagree_on_a_label(tmp_path):
    other = list(quads(facts("other.txt", (*LINES, "另一篇。"))))
    for n, quad in enumerate(other):
        if quad.subject == PROGRAM_IRI and quad.predicate == SKOS.prefLabel:
            other[n] = Quad(quad.subject, quad.predicate, Literal("茶话会", language="zh"), quad.graph_name)
    build(tmp_path, SOUND, other)
    (found,) = check(tmp_path)
    assert (found.article, found.focus, found.value) == ("", PROGRAM_IRI.value, "茶话会 / 邻里茶话会")


def test_the_gazetteers_graph_is_checked_too(tmp_path):
    build(tmp_path, [*SOUND, Quad(entity_iri(DISTRICT), GOV.divisionCode, Literal("33021"), GRAPH)])
    assert {v.path for v in check(tmp_path)} == {"gov:divisionCode"}
    assert GAZETTEER.value not in {v.article for v in check(tmp_path)}


def test_no_graph_is_one_line(tmp_path):
    with pytest.raises(UserError, match="no graph"):
        check(tmp_path)


def test_faults_are_the_same_in_one_process_and_in_several(tmp_path, monkeypatch):
    sources = [list(quads(facts(f"{n}.txt", (*LINES, f"第{n}篇。")))) for n in range(4)]
    sources[2] = [q for q in sources[2] if q.predicate != GOV.value]
    build(tmp_path, *sources)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    seen = []
    alone = check(tmp_path, lambda done, total: seen.append((done, total)))
    monkeypatch.setattr("kg.check.ARTICLES_PER_WORKER", 1)
    assert check(tmp_path) == alone
    assert {fault.path for fault in alone} == {"gov:value"}
    assert seen[-1] == (5, 5)  # the gazetteer's graph too
