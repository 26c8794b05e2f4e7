import json
import subprocess
import sys
from pathlib import Path

import pyoxigraph
import pytest
import rdflib
from rdflib.namespace import OWL, RDF, RDFS

from kg.export.jsonld import _terms
from kg.resources import folder
from kg.vocabulary import GOV, OA, PREFIXES, SKOS, UNITS, Namespace, domain, label, range_, relations

ONTOLOGY = folder("ontology")


@pytest.fixture(scope="module")
def ontology():
    return rdflib.Graph().parse(ONTOLOGY / "governance.ttl")


def test_an_unknown_term_fails_where_it_is_named():
    with pytest.raises(AttributeError, match="gov:Programme"):
        _ = GOV.Programme
    with pytest.raises(KeyError, match="gov:runsIn"):
        GOV["runsIn"]
    with pytest.raises(AttributeError, match="skos:label"):
        _ = SKOS.label
    with pytest.raises(KeyError):
        Namespace("nowhere")


def test_terms_are_where_the_contract_says():
    assert GOV.implementedIn == pyoxigraph.NamedNode("https://w3id.org/govkg/ontology#implementedIn")
    assert GOV["District"].value.endswith("#District")
    assert OA.exact.value == "http://www.w3.org/ns/oa#exact"
    assert PREFIXES["schema"] == "https://schema.org/"
    assert "Program" in GOV
    assert "Programme" not in GOV


def test_every_term_is_labelled_and_explained_in_both_languages(ontology):
    for name in GOV:
        term = rdflib.URIRef(GOV[name].value)
        for predicate in (RDFS.label, RDFS.comment):
            assert {text.language for text in ontology.objects(term, predicate)} == {"en", "zh"}, (name, predicate)
        assert label(GOV[name], "zh")
        assert (term, RDF.type, OWL.Class) in ontology or next(ontology.objects(term, RDFS.range), None), name


def test_no_two_terms_share_a_label():
    for language in ("en", "zh"):
        labels = [label(GOV[name], language) for name in GOV]
        assert len(labels) == len(set(labels))


def test_domains_and_ranges_know_unions():
    assert domain(GOV.ledBy) == {GOV.Program}
    assert range_(GOV.ledBy) == {GOV.Organization, GOV.Place}
    assert domain(GOV.year) == frozenset()


def test_the_shapes_allow_just_the_relations_of_the_ontology():
    shapes = rdflib.Graph().parse(ONTOLOGY / "shapes.ttl")
    query = """
        SELECT ?allowed WHERE {
            ?shape sh:targetClass gov:Claim ; sh:property ?property .
            ?property sh:path rdf:predicate ; sh:in/rdf:rest*/rdf:first ?allowed
        }"""
    assert {str(row.allowed) for row in shapes.query(query)} == {term.value for term in relations()}


def test_shapes_name_no_term_that_the_ontology_lacks():
    shapes = rdflib.Graph().parse(ONTOLOGY / "shapes.ttl")
    named = {str(node) for triple in shapes for node in triple if str(node).startswith(PREFIXES["gov"])}
    assert named <= {GOV[name].value for name in GOV}


def test_the_context_knows_every_term_and_only_those():
    own = {iri for iri in _terms() if iri.startswith(PREFIXES["gov"])}
    assert own == {GOV[name].value for name in GOV}
    context = json.loads((ONTOLOGY / "context.jsonld").read_text(encoding="utf-8"))["@context"]
    for prefix in PREFIXES.keys() & context.keys():
        if isinstance(context[prefix], str) and context[prefix].endswith(("/", "#")):
            assert context[prefix] == PREFIXES[prefix]


def test_percent_is_no_percentage_point():
    assert UNITS["%"].value == "http://qudt.org/vocab/unit/PERCENT"
    assert UNITS["元"] != UNITS["美元"]
    assert "个百分点" not in UNITS
    assert "个" not in UNITS


def test_nothing_slow_is_imported():
    code = (
        "import sys, kg.vocabulary; print([m for m in ('rdflib', 'networkx', 'pyshacl', 'jieba') if m in sys.modules])"
    )
    root = Path(__file__).parents[1]
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root)
    assert answer.stdout.strip() == "[]"
