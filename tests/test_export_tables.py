"""The tables, read again by pyarrow; its CSV reader is strict on columns, quotes and types."""

import csv
from pathlib import Path

import pyarrow as pa
import pytest
from invented import LINES, PROGRAM
from pyarrow import csv as arrow_csv
from pyarrow import parquet

from kg.errors import UserError
from kg.export import export
from kg.rdf import entity_iri
from kg.store import open_graph
from kg.vocabulary import GOV, RDF, relations

TYPES = {"int": pa.int64(), "double": pa.float64()}


@pytest.fixture(scope="module")
def graph(hostile_graph) -> Path:
    return hostile_graph


@pytest.fixture(scope="module")
def tables(graph, tmp_path_factory) -> dict[str, pa.Table]:
    """The files by name, each column of the type that its header tells neo4j-admin."""
    folder = tmp_path_factory.mktemp("out") / "tables"
    export(graph, folder, "tables")
    found = {}
    for path in folder.iterdir():
        header = next(csv.reader(path.open(encoding="utf-8")))
        kinds = {name: TYPES.get(name.rpartition(":")[2], pa.string()) for name in header}
        found[path.stem] = arrow_csv.read_csv(path, convert_options=arrow_csv.ConvertOptions(column_types=kinds))
    return found


def test_headers_have_what_neo4j_admin_needs(tables):
    assert sorted(tables) == ["edges", "evidence", "metrics", "nodes"]
    for name in ("nodes", "metrics", "evidence"):
        assert {"iri:ID", ":LABEL"} <= set(tables[name].column_names)
    assert tables["edges"].column_names[:3] == [":START_ID", ":END_ID", ":TYPE"]


def test_names_are_unique_and_every_edge_has_its_ends(tables):
    names = [iri for name in ("nodes", "metrics", "evidence") for iri in tables[name]["iri:ID"].to_pylist()]
    assert len(names) == len(set(names))
    edges = tables["edges"]
    assert {*edges[":START_ID"].to_pylist(), *edges[":END_ID"].to_pylist()} <= set(names)


def test_every_relation_is_an_edge_with_its_passages(graph, tables):
    rows = tables["edges"].to_pylist()
    stated = {q.triple for q in open_graph(graph) if q.predicate in relations()}
    found = [row for row in rows if GOV[row[":TYPE"]] in relations()]
    assert len(found) == len(stated)
    (row,) = [r for r in found if r[":START_ID"] == entity_iri(PROGRAM).value and r[":END_ID"].endswith("/330212003")]
    assert row[":TYPE"] == "implementedIn"
    assert row["articles:int"] == 2
    passages = set(tables["evidence"]["iri:ID"].to_pylist())
    assert set(row["evidence:string[]"].split(";")) <= passages
    assert len(row["evidence:string[]"].split(";")) >= 2
    kinds = {row[":TYPE"] for row in rows}
    assert kinds >= {"measures", "observes", "area", "evidence", "mentionedIn"}


def test_nodes_are_things_by_level(tables):
    rows = {row["iri:ID"]: row for row in tables["nodes"].to_pylist()}
    (district,) = [row for iri, row in rows.items() if iri.endswith("/330212")]
    assert (district["label"], district[":LABEL"], district["divisionCode"]) == ("鄞州区", "District;Place", "330212")
    program = rows[entity_iri(PROGRAM).value]
    assert (program["names:string[]"], program[":LABEL"]) == ("邻里茶话会机制", "Program")
    (person,) = [row for row in rows.values() if row["label"] == "周远"]
    assert person["role:string[]"] == "科长"


def test_no_cell_is_a_formula(tables):
    cells = [cell for t in tables.values() for row in t.to_pylist() for cell in row.values() if isinstance(cell, str)]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "@")) or (cell[:1] == "-" and cell[1:2] != "")]


def test_a_folder_of_tables_is_renewed_but_no_other_folder(graph, tmp_path):
    target = tmp_path / "tables"
    export(graph, target, "tables")
    (target / "nodes.csv").write_text("old")
    export(graph, target)  # an existing folder needs no format
    assert (target / "nodes.csv").stat().st_size > 100
    (target / "notes.txt").write_text("mine")
    with pytest.raises(UserError, match=r"holds other files \(notes.txt\)"):
        export(graph, target)
    assert (target / "notes.txt").read_text() == "mine"
    assert [path.name for path in tmp_path.iterdir()] == ["tables"]
    with pytest.raises(UserError, match="standard output"):
        export(graph, Path("-"), "tables")


def test_parquet_holds_every_metric(graph, tmp_path):
    export(graph, tmp_path / "metrics.parquet")
    table = parquet.read_table(tmp_path / "metrics.parquet")
    metrics = {q.subject.value for q in open_graph(graph).quads_for_pattern(None, RDF.type, GOV.Metric)}
    rows = {row["metric"]: row for row in table.to_pylist()}
    assert set(rows) == metrics
    assert table.num_rows == len(metrics)
    (row,) = [r for r in rows.values() if r["indicator"] == "投入" and r["sourceFile"] == "page_7.txt"]
    assert (row["value"], row["decimal"], row["unit"], row["subjectLabel"]) == (
        180000000.0,
        "180000000",
        "元",
        "邻里茶话会",
    )
    assert (row["year"], row["fromYear"], row["toYear"]) == (None, 2020, 2024)
    assert row["texts"] == [LINES[0]]


def test_without_pyarrow_one_line_says_what_to_install(graph, tmp_path, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    with pytest.raises(UserError, match="pip install"):
        export(graph, tmp_path / "metrics.parquet")
    assert not list(tmp_path.iterdir())
