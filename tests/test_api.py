"""`kg.open`: rows, frames, networks and rdflib on one graph, and the walkthrough of README.md."""

from __future__ import annotations

import dataclasses
import doctest
import re
import shutil
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import networkx as nx
import pytest
import rdflib

import kg
from kg.api import Node, Row
from kg.errors import UserError

ROOT = Path(__file__).parent.parent
HALL = Node("https://w3id.org/govkg/id/hall", "邻里议事厅")


@pytest.fixture
def graph(small_graph):
    return kg.open(str(small_graph))


def test_saved_question_by_name_with_values(graph):
    (row,) = graph.query("programs-of-district", district="锦江")
    assert row.program == HALL
    assert (str(row.place), row["led_by"], row.articles) == ("春熙路街道", "锦江区民政局", 1)
    assert dict(row)["articles"] == 1
    assert list(row) == ["program", "place", "led_by", "articles"]


def test_values_of_all_kinds(graph):
    assert graph.query("metrics-of-area", area="成都市", year=2021) == graph.query(
        "metrics-of-area", area="成都市", year="2021"
    )
    assert graph.query("metrics-of-area", area="成都市", year=1999) == ()
    assert len(graph.query("leaders", program=None)) == 2
    assert len(graph.query("leaders", program=HALL)) == 2
    (row,) = graph.query("SELECT ?_n_decimal ?_t_text ?_t_iri {}", n=Decimal("1.50"), t=HALL.iri)
    assert row.cells == (Decimal("1.5"), HALL.iri, HALL)


def test_cells_are_values_of_python(graph):
    (row,) = [r for r in graph.query("metrics-of-program", program="议事厅") if r.value == 120]
    assert (row.indicator.label, row.year, row.value, row.unit) == ("议事会", 2021, Decimal(120), "场")
    (row,) = [r for r in graph.query("metrics-of-program", program="议事厅") if r.value == 1400]
    assert row.year is None


def test_rows_cannot_be_changed(graph):
    row = graph.query("larger-programs")[0]
    with pytest.raises(dataclasses.FrozenInstanceError):
        row.cells = ()
    with pytest.raises(TypeError):
        row["program"] = HALL
    assert len({row, graph.query("larger-programs")[0]}) == 1
    assert row != Row(row.columns, (None,) * 3)


def test_unknown_column_names_those_there_are(graph):
    row = graph.query("larger-programs")[0]
    with pytest.raises(AttributeError, match="no column 'name'; it has larger, program, sentence"):
        _ = row.name
    with pytest.raises(KeyError):
        row["name"]
    assert "name" not in row


def test_ask_and_construct(graph):
    assert graph.query("ASK { ?x a gov:District }")[0].answer is True
    rows = graph.query("CONSTRUCT WHERE { ?x gov:partOf ?y }")
    assert [(str(r.subject), r.predicate.label, str(r.object)) for r in rows] == [
        ("银杏夜话", "gov:partOf", "邻里议事厅")
    ]


@pytest.mark.parametrize(
    ("question", "values", "message"),
    [
        ("programs-of-distric", {}, "did you mean programs-of-district"),
        ("programs-of-district", {}, "needs a value"),
        ("programs-of-district", {"district": "锦姜区"}, "did you mean 锦江区"),
        ("programs-of-district", {"place": "锦江区"}, "has no parameter 'place'"),
        ("SELECT * { ?s ?? }", {}, "the query is wrong at line 1"),
        ("SELECT * { SERVICE <http://127.0.0.1/> {} }", {}, "are refused"),
        ("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?a > ?i) }", {"timeout": 0.2}, "longer than 0.2 s"),
    ],
)
def test_errors_are_for_the_user(graph, question, values, message):
    with pytest.raises(UserError, match=re.escape(message)):
        graph.query(question, **values)


def test_no_graph(tmp_path):
    with pytest.raises(UserError, match="no graph in"):
        kg.open(tmp_path)


def test_questions_are_listed(graph):
    assert {"diffusion", "conflicts", "coverage"} <= {question.name for question in graph.questions}


def test_dataframe(graph):
    pandas = pytest.importorskip("pandas")
    frame = graph.dataframe("metrics-of-program", program="议事厅")
    assert list(frame.columns)[:5] == ["indicator", "year", "area", "qualifier", "value"]
    assert frame[frame.unit == "场"].groupby("indicator").value.max().to_dict() == {"议事会": 120.0}
    assert sorted(frame.year.dropna().astype(int).unique()) == [2021]
    assert str(frame.year.dtype) == "Int64"
    empty = graph.dataframe("leaders", program="银杏夜话")
    assert (len(empty), list(empty.columns)) == (0, ["program", "leader", "sentence", "headline"])
    assert isinstance(empty, pandas.DataFrame)


@pytest.mark.parametrize(("method", "module"), [("dataframe", "pandas"), ("rdflib", "oxrdflib")])
def test_what_is_not_installed_is_told(graph, method, module, monkeypatch):
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(UserError, match=rf"{method}\(\) needs {module}: pip install '[^\n]+'$"):
        getattr(graph, method)(*["leaders"] * (method == "dataframe"))


def test_rdflib_reads_the_same_store(graph):
    pytest.importorskip("oxrdflib")
    dataset = graph.rdflib()
    gov = rdflib.Namespace("https://w3id.org/govkg/ontology#")
    hall = rdflib.URIRef(HALL.iri)
    assert {str(place).rpartition("/")[2] for place in dataset.objects(hall, gov.implementedIn)} == {
        "chunxilu",
        "caotang",
    }
    assert {str(each.identifier).rpartition("/")[2] for each in dataset.graphs()} >= {"a", "b", "c", "divisions"}
    (row,) = dataset.query("SELECT (COUNT(DISTINCT ?p) AS ?n) { ?p a gov:Program }")
    assert int(row.n) == 2
    with pytest.raises((RuntimeError, OSError), match="read"):
        dataset.add((hall, gov.partOf, hall))


def test_networkx_has_attributes(graph):
    network = graph.networkx()
    assert isinstance(network, nx.MultiDiGraph)
    assert network.nodes[HALL.iri]["label"] == "邻里议事厅"
    assert network.nodes[HALL.iri]["kind"] == "Program"
    assert network.has_edge("https://w3id.org/govkg/id/talks", HALL.iri, key="partOf")


def test_import_loads_no_library():
    script = f"import sys; sys.path.insert(0, {str(ROOT)!r}); import kg; print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-I", "-S", "-c", script], capture_output=True, text=True, check=True)
    assert {"pyoxigraph", "rdflib", "networkx", "pandas", "click", "pathlib", "kg.api"} & set(
        done.stdout.split()
    ) == set()


def test_queries_load_no_slow_library():
    script = "import kg.api, sys; print([m for m in ('rdflib', 'networkx', 'pandas', 'click') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_walkthrough_of_the_readme(seeds_graph, tmp_path, monkeypatch):
    """The Python of README.md runs as it stands, on the graph of seeds/."""
    pytest.importorskip("pandas")
    pytest.importorskip("oxrdflib")
    shutil.copytree(seeds_graph, tmp_path / "graph")
    monkeypatch.chdir(tmp_path)
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```pycon\n(.*?)```", text, re.DOTALL)
    assert blocks
    test = doctest.DocTestParser().get_doctest("\n".join(blocks), {}, "README.md", "README.md", 0)
    told: list[str] = []
    flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    doctest.DocTestRunner(optionflags=flags).run(test, out=told.append)
    assert told == [], "".join(told)
