"""Saved questions against answers checked by hand; binding, lookup, limits and forms of output."""

from __future__ import annotations

import csv
import io
import json
import re
import tomllib
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import NamedNode, QueryResultsFormat, RdfFormat, Store, parse_query_results

from kg.errors import UserError
from kg.queries.answering import bound
from kg.queries.asking import ask, list_questions
from kg.queries.names import term, thing
from kg.queries.output import FORMATS
from kg.queries.running import Rows, run
from kg.queries.saved import find_question, read_question, saved_questions
from kg.queries.sparql import bind, parameter, parameters
from kg.queries.text import width
from kg.store import open_graph
from kg.vocabulary import PREFIXES

SMALL_GRAPH = Path(__file__).parent / "queries" / "graph.trig"
CASES = tomllib.loads((Path(__file__).parent / "queries" / "answers.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda c: " ".join([c["question"], *c["given"].values()]))
def test_answers(case, small_graph):
    text, rows = ask(small_graph, find_question(case["question"]), case["given"], form="csv")
    assert text == case["answer"]
    assert rows == len(list(csv.reader(io.StringIO(case["answer"])))) - 1


def test_every_question_is_described_and_answered():
    questions = saved_questions()
    assert len(questions) >= 20
    assert {q.name for q in questions} == {case["question"] for case in CASES}
    for question in questions:
        assert question.summary, question.name
        assert question.description.endswith("."), question.name
        assert question.tags, question.name
        assert all(question.chinese), question.name
        assert question.chinese[1].endswith("。"), question.name
        assert question.summary in list_questions()


def test_an_article_that_tells_no_year_hides_no_other_years():
    store = Store()
    store.load(path=str(SMALL_GRAPH), format=RdfFormat.TRIG)
    store.update(
        "".join(f"PREFIX {prefix}: <{iri}>" for prefix, iri in PREFIXES.items())
        + """INSERT DATA { GRAPH id:undated {
            id:undated a gov:Article . id:hall gov:implementedIn id:chunxilu, id:wuhou } }"""
    )
    solutions = store.query(find_question("diffusion").query, prefixes=dict(PREFIXES), use_default_graph_as_union=True)
    found = {
        row["district"].value.rsplit("/", 1)[-1]: tuple(
            row[n] and row[n].value for n in ("first_anywhere", "first_here")
        )
        for row in solutions
    }
    assert found == {"jinjiang": ("2021", "2021"), "qingyang": ("2021", "2023"), "wuhou": ("2021", None)}


def disagreeing(*told: tuple[str, ...]) -> list[dict]:
    """The conflicts among reports of one number: value, qualifier, sentence and more of each."""
    store = Store()
    for number, (value, qualifier, sentence, *more) in enumerate(told):
        store.update(
            "".join(f"PREFIX {prefix}: <{iri}>" for prefix, iri in PREFIXES.items())
            + f"""INSERT DATA {{ GRAPH id:g{number} {{
                id:m{number} gov:measures id:s ; gov:observes id:i ; gov:unit "人" ; gov:kind "level" ;
                    gov:value {value} ; gov:qualifier "{qualifier}" ; gov:evidence id:p{number} {"".join(more)} .
                id:p{number} oa:exact "{sentence}" ; oa:hasSource id:g{number} }} }}"""
        )
    solutions = store.query(find_question("conflicts").query, prefixes=dict(PREFIXES), use_default_graph_as_union=True)
    names = [variable.value for variable in solutions.variables]
    return [{name: row[name].value for name in names if row[name] is not None} for row in solutions]


@pytest.mark.parametrize(
    ("verdict", "low", "high"),
    [
        ("rounding", ("139000.0", "exact", "到场13.9万人"), ("140000.0", "about", "近14万人")),
        ("conflict", ("132000.0", "exact", "到场13.2万人"), ("140000.0", "about", "近14万人")),
        ("rounding", ("138960.0", "exact", "138960人"), ("139000.0", "exact", "13.9万人")),
        ("conflict", ("138960.0", "exact", "138960人"), ("139000.0", "exact", "139000人")),
        ("conflict", ("1000000.0", "exact", "100万人"), ("1040000.0", "exact", "104万人")),
        ("rounding", ("300.0", "over", "300余人"), ("345.0", "exact", "345人")),
        ("conflict", ("300.0", "over", "300余人"), ("400.0", "exact", "400人")),
        ("conflict", ("290.0", "exact", "290人"), ("300.0", "over", "300余人")),
        ("rounding", ("290.0", "exact", "290人"), ("300.0", "under", "不到300人")),
        ("conflict", ("300.0", "under", "不到300人"), ("310.0", "exact", "310人")),
        ("rounding", ("93.46", "exact", "93.46%"), ("93.5", "about", "约93.5%")),
        ("conflict", ("93.4", "exact", "93.4%"), ("93.5", "about", "约93.5%")),
        ("rounding", ("130000.0", "over", "13万余人"), ("140000.0", "about", "近14万人")),
        ("conflict", ("100.0", "about", "约100人"), ("120.0", "exact", "120人")),
        ("conflict", ("80.0", "exact", "80人"), ("90.0", "exact", "90人")),
    ],
)
def test_rounding_is_told_apart_from_conflict(verdict, low, high):
    for told in ((low, high), (high, low)):
        (row,) = disagreeing(*told)
        assert row["verdict"] == verdict
        assert (row["sentence"], row["other_sentence"]) == (low[2], high[2])
        assert (row["qualifier"], row["other_qualifier"]) == (low[1], high[1])


def test_conflict_is_one_row_whoever_reports_it():
    low, high = ("80.0", "about", "约80人"), ("90.0", "exact", "90人")
    (row,) = disagreeing(low, high, ("80.0", "exact", "80人"), ("85.0", "exact", "85人"), high)
    assert (row["sentence"], row["verdict"]) == ("80人", "conflict")
    assert row["article"].endswith("g2")


TO_2023 = '; gov:toYear "2023"^^xsd:gYear '


def test_no_conflict_between_years_or_areas_or_equal_values():
    assert disagreeing(("80.0", "exact", "甲"), ("80.0", "about", "乙")) == []
    for same, other in (
        ("; gov:area id:d", "; gov:area id:e"),
        ("; gov:area id:d", ""),
        ('; gov:year "2023"^^xsd:gYear', '; gov:year "2024"^^xsd:gYear'),
        ('; gov:year "2023"^^xsd:gYear', ""),
        (f'{TO_2023}; gov:fromYear "2020"^^xsd:gYear', f'{TO_2023}; gov:fromYear "2021"^^xsd:gYear'),
    ):
        assert disagreeing(("80.0", "exact", "甲", same), ("90.0", "exact", "乙", other)) == []
        assert len(disagreeing(("80.0", "exact", "甲", same), ("90.0", "exact", "乙", same))) == 1


def test_districts_that_are_never_named_are_counted():
    store = Store()
    store.update(
        """PREFIX gov: <https://w3id.org/govkg/ontology#>
        INSERT DATA { GRAPH <a:g> { <a:1> a gov:District ; gov:mentionedIn <a:p> . <a:2> a gov:District .
            <a:3> a gov:District } GRAPH <a:h> { <a:3> a gov:District } }"""
    )
    solutions = store.query(find_question("coverage").query, prefixes=dict(PREFIXES), use_default_graph_as_union=True)
    found = {row["measure"].value: row["count"].value for row in solutions if row["count"]}
    assert (found["districts named"], found["districts never named"]) == ("1", "2")


@pytest.fixture(scope="module")
def other_tool() -> rdflib.Dataset:
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(SMALL_GRAPH)
    return dataset


@pytest.mark.parametrize("case", CASES, ids=lambda c: " ".join([c["question"], *c["given"].values()]))
def test_rdflib_answers_the_same(case, small_graph, other_tool):
    store = open_graph(small_graph)
    text = bound(store, find_question(case["question"]), case["given"])
    solutions = store.query(text, prefixes=dict(PREFIXES), use_default_graph_as_union=True)
    # Decimals keep their written form in one store, and not in the other.
    ours = sorted([re.sub(r"\.0\b", "", str(cell and cell.value)) for cell in row] for row in solutions)
    theirs = other_tool.query(text, initNs=dict(PREFIXES))
    assert sorted([re.sub(r"\.0\b", "", str(cell)) for cell in row] for row in theirs) == ours


# ---- Headers and parameters ----


def test_header():
    question = read_question(
        "q",
        "#+ summary: What: all\n#+ description: One\n#+   and two.\n#+ tags:\n#+   - a\n#+   - b\n"
        "#+ defaults:\n#+   - year: 2024\n\nSELECT * { ?s ?p ?__year_integer }",
    )
    assert (question.summary, question.description) == ("What: all", "One and two.")
    assert question.tags == ("a", "b")
    assert question.defaults == (("year", "2024"),)


@pytest.mark.parametrize(
    ("variable", "name", "kind", "optional"),
    [
        ("?_district", "district", "thing", False),
        ("$_district", "district", "thing", False),
        ("?__year_integer", "year", "integer", True),
        ("?_larger_program", "larger_program", "thing", False),
        ("?_thing_iri", "thing", "iri", False),
    ],
)
def test_parameter(variable, name, kind, optional):
    found = parameter(variable)
    assert (found.name, found.type, found.optional) == (name, kind, optional)


def test_parameters_are_not_sought_in_comments_strings_and_iris():
    assert parameters("SELECT * { # ?_a\n ?s <x?_b> \"?_c\", '''?_d''' . ?s ?p ?_e }") == (parameter("?_e"),)


# ---- Binding ----


def answers(query: str, **values: str) -> list[str]:
    store = Store()
    store.update("INSERT DATA { <a:1> <a:p> 1, 2 . <a:2> <a:p> 2, 3 . <a:3> <a:q> 3 }")
    solutions = store.query(bind(query, {f"?{name}": value for name, value in values.items()}))
    return sorted(" ".join(str(cell) for cell in row) for row in solutions)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?s { ?s <a:p> ?_x }",
        "SELECT ?s WHERE{?s <a:p> ?v FILTER(?v = ?_x)}",
        "SELECT ?s { { ?s <a:p> ?_x } UNION { ?s <a:none> ?_x } }",
        "SELECT ?s { { SELECT ?s { ?s <a:p> ?_x } } }",
        "SELECT ?s { ?s <a:p> ?v FILTER EXISTS { ?s <a:p> ?_x } FILTER(?v = 3) }",
        "SELECT ?s (COUNT(?v) AS ?n) { ?s <a:p> ?v } GROUP BY ?s HAVING(?s = <a:2>)",
        "SELECT ?s { VALUES ?v { 3 } ?s <a:p> ?v FILTER(?v = ?_x) }",
        "SELECT ?s { VALUES (?v ?w) { (3 4) } ?s <a:p> ?v FILTER(?v = ?_x) }",
        "SELECT ?s ?_x { ?s <a:p> ?_x }",
    ],
)
def test_bound_wherever_it_stands(query):
    found = answers(query, _x="3")
    assert len(found) == 1
    assert "<a:2>" in found[0]


def test_bound_value_does_not_change_what_minus_takes_away():
    assert answers("SELECT ?s { ?s <a:p> ?_x MINUS { ?s <a:p> 1 } }", _x="2") == ["<a:2>"]


def test_construct_template_takes_no_values():
    query = bind("CONSTRUCT { ?s <a:r> ?_x } WHERE { ?s <a:p> ?_x }", {"?_x": "3"})
    assert query == "CONSTRUCT { ?s <a:r> ?_x } WHERE { VALUES ?_x { 3 } ?s <a:p> ?_x }"


def test_optional_parameter_left_out_matches_all():
    assert answers("SELECT DISTINCT ?s { ?s <a:p> ?v FILTER(!BOUND(?__x) || ?v = ?__x) }") == ["<a:1>", "<a:2>"]
    assert answers("SELECT DISTINCT ?s { ?s <a:p> ?v FILTER(!BOUND(?__x) || ?v = ?__x) }", __x="3") == ["<a:2>"]


# ---- Values that name things ----


@pytest.fixture
def store(small_graph):
    return open_graph(small_graph)


@pytest.mark.parametrize(
    ("value", "kind", "label"),
    [
        ("锦江区", "district", "锦江区"),
        ("锦江", "district", "锦江区"),
        ("草堂", "place", "草堂街道"),
        ("“邻里议事厅”", "program", "邻里议事厅"),
        ("议事厅", "thing", "邻里议事厅"),
        ("区民政局", "organization", "锦江区民政局"),
        ("议事会", "indicator", "议事会"),
    ],
)
def test_thing_by_any_printed_form(store, value, kind, label):
    assert thing(store, value, kind).label == label


def test_thing_by_iri(store):
    assert thing(store, "<https://w3id.org/govkg/id/hall>").iri == NamedNode("https://w3id.org/govkg/id/hall")


def test_several_things_are_listed():
    store = Store()
    store.update(
        """PREFIX gov: <https://w3id.org/govkg/ontology#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
        INSERT DATA { GRAPH <a:g> {
            <a:1> a gov:Street ; skos:prefLabel "城关镇"@zh ; gov:within <a:3> .
            <a:2> a gov:Street ; skos:prefLabel "城关镇"@zh ; gov:within <a:4> .
            <a:3> skos:prefLabel "太湖县"@zh .
            <a:4> skos:prefLabel "谷城县"@zh . } }"""
    )
    with pytest.raises(UserError, match=r"太湖县\) <a:1>; .*谷城县\) <a:2>"):
        thing(store, "城关镇", "street")


@pytest.mark.parametrize("value", ["锦姜区", "民政局"])
def test_unknown_thing_is_answered_with_near_ones(store, value):
    with pytest.raises(UserError, match=r"did you mean .*锦江区"):
        thing(store, value)


@pytest.mark.parametrize(
    ("variable", "value"),
    [("?_y_integer", "20x"), ("?_y_integer", "١"), ("?_y_gYear", "24"), ("?_y_decimal", "NaN"), ("?_y_iri", "<a b>")],
)
def test_value_of_the_wrong_type(variable, value):
    with pytest.raises(UserError, match="does not fit: give"):
        term(Store(), parameter(variable), value)


def test_missing_and_strange_parameters(store):
    question = find_question("programs-of-district")
    with pytest.raises(UserError, match=r"needs a value: add -p district="):
        bound(store, question, {})
    with pytest.raises(UserError, match=r"has no parameter 'distrct'; it takes district"):
        bound(store, question, {"distrct": "锦江区"})
    with pytest.raises(UserError, match="did you mean programs-of-district"):
        find_question("program-of-district")


def test_defaults_fill_in(small_graph):
    text = "#+ defaults:\n#+   - district: 锦江\n\nSELECT ?p { ?p gov:basedIn ?_district }"
    assert "锦江区民政局" in ask(small_graph, read_question("q", text), {})[0]
    assert "锦江区民政局" not in ask(small_graph, read_question("q", text), {"district": "青羊"})[0]


# ---- Forms of output ----

STREETS = "SELECT DISTINCT ?street ?n { ?street a gov:Street . BIND(12.50 AS ?n) } ORDER BY ?street"


def written(folder, form, query=STREETS, **options):
    return ask(folder, read_question("q", query), {}, form=form, **options)[0]


def test_table_is_aligned_by_wide_characters(small_graph):
    lines = written(small_graph, "table").splitlines()
    assert lines[2:4] == ["草堂街道    12.5", "春熙路街道  12.5"]
    assert lines[-1] == "(2 rows)"
    assert {width(line) for line in lines[:-1]} == {16}


def test_iris_in_place_of_labels(small_graph):
    assert written(small_graph, "csv", iris=True).splitlines()[1] == "https://w3id.org/govkg/id/caotang,12.5"


def test_table_hides_control_characters(small_graph):
    query = 'SELECT ?x { BIND("a\\u001b[31m\\nb" AS ?x) }'
    assert "a[31m b" in written(small_graph, "table", query)


def test_csv_keeps_formulas_inert_and_numbers_as_they_are(small_graph):
    query = 'SELECT ?x { VALUES ?x { "=1+1" "@SUM(A1)" "-2+3" -5 "+7" "好,\\"的\\"" } }'
    rows = [row[0] for row in csv.reader(io.StringIO(written(small_graph, "csv", query)))]
    assert rows == ["x", "'=1+1", "'@SUM(A1)", "'-2+3", "-5", "+7", '好,"的"']


@pytest.mark.parametrize(
    ("form", "reader"),
    [("json", QueryResultsFormat.JSON), ("xml", QueryResultsFormat.XML), ("tsv", QueryResultsFormat.TSV)],
)
def test_sparql_formats_hold_the_terms(small_graph, form, reader):
    solutions = parse_query_results(written(small_graph, form).encode(), format=reader)
    assert [row["street"].value.rpartition("/")[2] for row in solutions] == ["caotang", "chunxilu"]


def test_json_is_what_rdflib_reads(small_graph):
    result = rdflib.query.Result.parse(io.BytesIO(written(small_graph, "json").encode()), format="json")
    assert len(result) == 2


def test_markdown_escapes_bars(small_graph):
    assert written(small_graph, "markdown", 'SELECT ?x { BIND("a|b" AS ?x) }') == "| x |\n| --- |\n| a\\|b |\n"


def test_ask_and_construct(small_graph):
    assert written(small_graph, "table", "ASK { ?x a gov:Street }") == "true\n"
    assert json.loads(written(small_graph, "json", "ASK { ?x a gov:Street }"))["boolean"] is True
    construct = "CONSTRUCT { ?x a gov:Street } WHERE { ?x a gov:Street }"
    graph = rdflib.Graph().parse(data=written(small_graph, "table", construct), format="turtle")
    assert len(graph) == 2
    with pytest.raises(UserError, match="use ttl, nt, jsonld or rdf"):
        written(small_graph, "csv", construct)
    with pytest.raises(UserError, match="is for CONSTRUCT"):
        written(small_graph, "ttl")


def test_command_line_offers_all_formats():
    from kg.commands.asking import QUERY_FORMATS

    assert QUERY_FORMATS == FORMATS


def test_dry_run_is_a_query_that_any_tool_runs(small_graph):
    text, _ = ask(small_graph, find_question("programs-of-district"), {"district": "锦江"}, dry_run=True)
    assert "VALUES ?_district { <https://w3id.org/govkg/id/jinjiang> }" in text
    found = open_graph(small_graph).query(text, use_default_graph_as_union=True)
    assert len(list(found)) == 1


def test_rows_hold_terms(small_graph):
    answer = run(small_graph, STREETS)
    assert isinstance(answer, Rows)
    assert answer.columns == ("street", "n")
    assert answer.rows[0][0] == NamedNode("https://w3id.org/govkg/id/caotang")
