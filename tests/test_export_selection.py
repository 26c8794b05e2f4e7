"""Parts of the graph, on the small graph written by hand."""

import networkx as nx
import pytest
import rdflib
from invented import LINES, facts
from pyoxigraph import RdfFormat, parse
from samples import lines, quads

from kg.check import check
from kg.errors import UserError
from kg.export import Selection, export
from kg.store import new_generation, open_graph
from kg.vocabulary import GOV

GOVERNANCE = rdflib.Namespace("https://w3id.org/govkg/ontology#")
VOID = rdflib.Namespace("http://rdfs.org/ns/void#")
DCAT = rdflib.Namespace("http://www.w3.org/ns/dcat#")


@pytest.fixture
def written(small_graph, tmp_path):
    """The quads of a part."""

    def write(**choices) -> set:
        export(small_graph, tmp_path / "part.nq", selection=Selection(**choices))
        return set(parse(path=str(tmp_path / "part.nq"), format=RdfFormat.N_QUADS))

    return write


def test_facts_and_provenance_are_the_whole(small_graph, written):
    facts, provenance = written(only="facts"), written(only="provenance")
    assert facts | provenance == set(open_graph(small_graph))
    assert not facts & provenance
    assert not [quad for quad in facts if quad.predicate in {GOV.mentionedIn, GOV.evidence, GOV.rule}]
    assert [quad for quad in facts if quad.predicate == GOV.value]
    assert [quad for quad in provenance if quad.predicate == GOV.evidence]


def labels(quads) -> set[str]:
    return {quad.object.value for quad in quads if quad.predicate.value.endswith("prefLabel")}


def test_an_article_is_its_graph_and_where_its_places_lie(small_graph, written):
    part = written(articles=("b.txt",))
    whole = set(open_graph(small_graph))
    (graph,) = {quad.subject for quad in whole if quad.predicate == GOV.sourceFile and quad.object.value == "b.txt"}
    assert {quad for quad in part if quad.graph_name == graph} == {q for q in whole if q.graph_name == graph}
    assert {quad.graph_name for quad in part} - {graph} <= {
        q.graph_name for q in whole if "gazetteer" in str(q.graph_name)
    }
    assert written(articles=("青羊夜话",)) == part  # part of its headline
    assert written(articles=(graph.value,)) == part


def test_a_district_has_its_programs_and_not_those_of_others(written):
    found = labels(written(districts=("青羊",)))
    assert {"青羊区", "草堂街道", "银杏夜话"} <= found
    assert "武侯区" not in found


@pytest.mark.parametrize("choices", [{"districts": ("鄞州",)}, {"articles": ("page_7.txt",)}])
def test_parts_conform_where_the_whole_does(tmp_path, choices):
    with new_generation(tmp_path / "whole", "v1") as generation:
        for of in (facts(), facts("other.txt", LINES[:1] * 2)):
            generation.replace(of.article.source, "d", lines(quads(of)))
        generation.commit()
    assert not check(tmp_path / "whole")
    export(tmp_path / "whole", tmp_path / "part.nq", selection=Selection(**choices))
    with new_generation(tmp_path / "part", "v1") as generation:
        generation.replace("part", "d", lines(parse(path=str(tmp_path / "part.nq"), format=RdfFormat.N_QUADS)))
        generation.commit()
    assert len(open_graph(tmp_path / "part")) > 100
    assert check(tmp_path / "part") == []


@pytest.mark.parametrize(
    ("choices", "message"),
    [
        ({"districts": ("青",)}, "no District named"),
        ({"districts": ("草堂街道",)}, "no District named"),
        ({"articles": ("d.txt",)}, "no article 'd.txt'.*did you mean"),
    ],
)
def test_unknown_names_are_one_line(small_graph, tmp_path, choices, message):
    with pytest.raises(UserError, match=message):
        export(small_graph, tmp_path / "part.nq", selection=Selection(**choices))
    assert not list(tmp_path.iterdir())


def test_gexf_has_years_as_intervals(small_graph, tmp_path):
    export(small_graph, tmp_path / "graph.gexf")
    network = nx.read_gexf(tmp_path / "graph.gexf")
    spells = {data["label"]: data.get("spells") for _, data in network.nodes(data=True)}
    assert spells["邻里议事厅"] == [("2021-01-01", "2021-12-31"), ("2023-01-01", "2023-12-31")]
    assert spells["武侯区"] is None  # told of in an article without a year
    edges = {(data["label"], network.nodes[to]["label"]): data for _, to, data in network.edges(data=True)}
    assert edges["implementedIn", "草堂街道"]["spells"] == [("2023-01-01", "2023-12-31")]


def test_the_description_counts_what_is_there(small_graph, tmp_path):
    export(small_graph, tmp_path / "graph.void.ttl")
    read = rdflib.Graph().parse(tmp_path / "graph.void.ttl")
    (data,) = read.subjects(rdflib.RDF.type, DCAT.Dataset)
    triples = {quad.triple for quad in open_graph(small_graph)}
    assert int(read.value(data, VOID.triples)) == len(triples)
    assert int(read.value(data, VOID.entities)) == len({triple.subject for triple in triples})
    parts = {
        read.value(part, VOID["class"]): int(read.value(part, VOID.entities))
        for part in read.objects(data, VOID.classPartition)
    }
    assert parts[GOVERNANCE.Article] == 3
    period = read.value(data, rdflib.DCTERMS.temporal)
    assert (str(read.value(period, DCAT.startDate)), str(read.value(period, DCAT.endDate))) == ("2021", "2023")
    sums = sum(int(read.value(part, VOID.triples)) for part in read.objects(data, VOID.propertyPartition))
    assert sums == len(triples)


def test_the_command_takes_a_folder_and_parts(run_kg, small_graph, tmp_path):
    assert run_kg("export", f"{tmp_path}/tables/", "-g", small_graph, "--district", "青羊").status == 0
    assert min(path.name for path in (tmp_path / "tables").iterdir()) == "edges.csv"
    done = run_kg("export", tmp_path / "a.nt", "-g", small_graph, "--only", "facts", "--article", "zzz")
    assert (done.status, len(done.err.splitlines())) == (1, 1)
    assert run_kg("export", tmp_path / "a.nt", "-g", small_graph, "--only", "nothing").status == 2
