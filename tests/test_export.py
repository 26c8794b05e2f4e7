import csv
import io
import json
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import networkx as nx
import pyoxigraph
import pytest
import rdflib
from invented import LINES, PROGRAM
from rdflib.compare import isomorphic

from kg.displays import inert
from kg.errors import UserError
from kg.export import FORMATS, export
from kg.rdf import entity_iri
from kg.store import open_graph

TRIPLES = {"ttl": "turtle", "nt": "nt", "rdf": "xml", "jsonld": "json-ld"}
QUADS = {"nq": "nquads", "trig": "trig"}
ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def graph(hostile_graph) -> Path:
    return hostile_graph


@pytest.fixture(scope="module")
def triples(graph) -> set:
    return {quad.triple for quad in open_graph(graph)}


def as_rdflib(statements) -> rdflib.Graph:
    text = pyoxigraph.serialize(statements, format=pyoxigraph.RdfFormat.N_TRIPLES)
    return rdflib.Graph().parse(data=text, format="nt")


@pytest.mark.parametrize("ending", TRIPLES)
def test_two_libraries_read_the_same_triples(graph, triples, tmp_path, ending):
    target = tmp_path / f"graph.{ending}"
    export(graph, target)
    form = pyoxigraph.RdfFormat.from_extension(ending)
    assert {quad.triple for quad in pyoxigraph.parse(path=str(target), format=form)} == triples
    read = rdflib.Graph().parse(target, format=TRIPLES[ending])
    assert len(read) == len(triples)
    assert isomorphic(read, as_rdflib(triples))


@pytest.mark.parametrize("ending", QUADS)
def test_two_libraries_read_the_same_quads(graph, tmp_path, ending):
    target = tmp_path / f"graph.{ending}"
    export(graph, target)
    expected = set(open_graph(graph))
    form = pyoxigraph.RdfFormat.from_extension(ending)
    assert set(pyoxigraph.parse(path=str(target), format=form)) == expected
    read = rdflib.Dataset()
    read.parse(target, format=QUADS[ending])
    for name in {quad.graph_name.value for quad in expected}:
        triples = as_rdflib(quad.triple for quad in expected if quad.graph_name.value == name)
        assert set(read.graph(rdflib.URIRef(name))) == set(triples)
    assert len(list(read.quads())) == len(expected)


def test_the_same_bytes_on_every_run_and_in_every_process(graph, tmp_path):
    code = "import sys; from pathlib import Path; from kg.export import export, FORMATS\n"
    code += "for ending in sys.argv[3:]: export(Path(sys.argv[1]), Path(sys.argv[2] + '.' + ending))\n"
    code += "for name in 'tables', 'facts': export(Path(sys.argv[1]), Path(sys.argv[2] + name), name)"
    endings = [ending for ending in FORMATS if ending != "facts.json"]  # which is of one page
    for seed in "12":
        environment = {"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT), "PATH": ""}
        subprocess.run([sys.executable, "-c", code, graph, tmp_path / seed, *endings], check=True, env=environment)
    for ending in endings:
        assert (tmp_path / f"1.{ending}").read_bytes() == (tmp_path / f"2.{ending}").read_bytes(), ending
    for name in ("tables", "facts"):
        for path in (tmp_path / f"1{name}").iterdir():
            assert path.read_bytes() == (tmp_path / f"2{name}" / path.name).read_bytes(), path.name


def test_turtle_is_readable(graph, tmp_path):
    export(graph, tmp_path / "graph.ttl")
    lines = (tmp_path / "graph.ttl").read_text(encoding="utf-8").splitlines()
    assert "program:邻里茶话会 a gov:Program ;" in lines
    assert any(line.startswith("place:330212 a gov:District, gov:Place ;") for line in lines)
    assert [line for line in lines if line.startswith("@prefix")] == sorted(x for x in lines if x.startswith("@prefix"))
    subjects = [line.split(" ")[0] for line in lines if " a gov:" in line and not line.startswith(" ")]
    assert len(subjects) == len(set(subjects))


def test_json_ld_is_plain_json(graph, tmp_path):
    export(graph, tmp_path / "graph.jsonld")
    data = json.loads((tmp_path / "graph.jsonld").read_text(encoding="utf-8"))
    (program,) = [node for node in data["@graph"] if node["@id"] == "program:邻里茶话会"]
    assert program["prefLabel"] == "邻里茶话会"
    assert program["@type"] == ["Program"]
    assert "place:330212003" in program["implementedIn"]
    assert not [key for node in data["@graph"] for key in node if ":" in key]


@pytest.mark.parametrize(("ending", "read"), [("graphml", nx.read_graphml), ("gexf", nx.read_gexf)])
def test_networks_hold_the_named_things_and_their_relations(graph, tmp_path, ending, read):
    target = tmp_path / f"graph.{ending}"
    export(graph, target)
    network = read(target)
    node = network.nodes[entity_iri(PROGRAM).value]
    assert (node["label"], node["kind"]) == ("邻里茶话会", "Program")
    edges = [
        data for _, to, data in network.out_edges(entity_iri(PROGRAM).value, data=True) if to.endswith("330212003")
    ]
    assert [(edge["label"], edge["articles"]) for edge in edges] == [("implementedIn", 2)]
    assert not [name for name in network if "/metric/" in name or "/article/" in name]


def test_the_table_has_a_row_for_each_metric_and_runs_no_formula(graph, tmp_path):
    export(graph, tmp_path / "graph.csv")
    text = (tmp_path / "graph.csv").read_bytes()
    assert text.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(text.decode("utf-8-sig"), newline="")))
    metrics = {quad.subject for quad in open_graph(graph) if "/metric/" in str(quad.subject)}
    assert len(rows) == len(metrics)
    (row,) = [r for r in rows if r["indicator"] == "投入" and r["sourceFile"] == "page_7.txt"]
    assert (row["value"], row["unit"], row["subject"]) == ("180000000", "元", "邻里茶话会")
    assert (row["fromYear"], row["toYear"], row["text"]) == ("2020", "2024", LINES[0])
    assert not [c for r in rows for c in r.values() if c.startswith(("=", "+", "@", "-l"))]


def test_graphml_declares_its_keys_for_nodes_and_edges_apart(graph, tmp_path):
    """Older Gephi reads a key for all as a node's, and drops the labels and years of edges."""
    export(graph, tmp_path / "a.graphml")
    space = "{http://graphml.graphdrawing.org/xmlns}"
    root = ET.parse(tmp_path / "a.graphml").getroot()
    keys = {key.get("id"): (key.get("for"), key.get("attr.name")) for key in root.iter(f"{space}key")}
    assert {("node", "label"), ("edge", "label"), ("node", "lastYear"), ("edge", "lastYear")} <= set(keys.values())
    assert {side for side, _ in keys.values()} == {"node", "edge"}
    for side in ("node", "edge"):
        used = {data.get("key") for each in root.iter(f"{space}{side}") for data in each}
        assert {keys[key][0] for key in used} == {side}


@pytest.mark.parametrize("start", "=+-@＝＋－＠\t\r\n")
def test_no_cell_begins_like_a_formula(start):
    assert inert(f"{start}1+1行动") == f"'{start}1+1行动"
    assert inert(f"邻里{start}1") == f"邻里{start}1"


@pytest.mark.parametrize("number", ["-3.5", "+3", "140000", "0.5"])
def test_numbers_stay_numbers(number):
    assert inert(number) == number


def test_format_by_option_and_standard_output(graph, tmp_path, capfdbinary):
    export(graph, tmp_path / "a.nt")
    export(graph, tmp_path / "b.txt", "nt")
    export(graph, Path("-"), ".NT")
    assert (tmp_path / "a.nt").read_bytes() == (tmp_path / "b.txt").read_bytes() == capfdbinary.readouterr().out


@pytest.mark.parametrize(
    ("target", "form", "message"),
    [
        ("graph.docx", None, r"unknown format \.docx; known are \.ttl .*\.csv"),
        ("graph.ttl", "doc", "unknown format doc"),
        ("graph", None, "--format"),
        ("-", None, "--format"),
        ("folder.ttl", None, "is a folder"),
        ("folder.ttl/../" + "x" * 300 + ".ttl", None, "cannot write .*File name too long"),
    ],
)
def test_what_cannot_be_written_is_one_line(graph, tmp_path, target, form, message):
    (tmp_path / "folder.ttl").mkdir()
    with pytest.raises(UserError, match=message) as caught:
        export(graph, Path(target) if target == "-" else tmp_path / target, form)
    assert "\n" not in str(caught.value)
    assert [path.name for path in tmp_path.iterdir()] == ["folder.ttl"]


def test_an_export_that_fails_leaves_the_file_that_was_there(graph, tmp_path, monkeypatch):
    target = tmp_path / "graph.nq"
    target.write_text("before")

    def fail(_, file):
        file.write(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("kg.export.FORMATS", {**FORMATS, "nq": fail})
    with pytest.raises(UserError, match="No space left"):
        export(graph, target)
    assert target.read_text() == "before"
    assert [path.name for path in tmp_path.iterdir()] == ["graph.nq"]
    with pytest.raises(UserError, match="no graph"):
        export(tmp_path, target)
    assert target.read_text() == "before"


def test_a_link_stays_a_link(graph, tmp_path):
    (tmp_path / "real.nt").write_text("before")
    (tmp_path / "link.nt").symlink_to(tmp_path / "real.nt")
    export(graph, tmp_path / "link.nt")
    assert (tmp_path / "link.nt").is_symlink()
    assert (tmp_path / "real.nt").stat().st_size > 1000
