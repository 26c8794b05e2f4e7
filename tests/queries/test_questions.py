"""What saved questions count and what they leave out: conflicts, leaders, shared bodies; and names as values."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, Store
from samples import SMALL_GRAPH

from kg.errors import UserError
from kg.queries.answering import Asked, rows_of
from kg.queries.names import thing
from kg.queries.saved import find_question, saved_questions
from kg.queries.sparql import bind
from kg.store import open_with_union
from kg.vocabulary import GOV, ID, PREFIXES, XSD


def stated(*graphs: str) -> Store:
    """A store with some named graphs, in Turtle."""
    store = Store()
    prefixes = "".join(f"PREFIX {prefix}: <{iri}>" for prefix, iri in PREFIXES.items())
    for number, triples in enumerate(graphs):
        store.update(f"{prefixes} INSERT DATA {{ GRAPH id:g{number} {{ {triples} }} }}")
    return store


def asked(store: Store, name: str) -> list[dict[str, str]]:
    """The rows that answer a saved question, unbound cells left out."""
    solutions = store.query(find_question(name).query, prefixes=dict(PREFIXES), use_default_graph_as_union=True)
    names = [variable.value for variable in solutions.variables]
    return [{each: row[each].value for each in names if row[each] is not None} for row in solutions]


def told_of(number: int, value: str, article: str, more: str = "") -> str:
    """One number of the program id:s, as an article tells it."""
    return f"""id:m{number} gov:measures id:s ; gov:observes id:i ; gov:unit "人" ; gov:kind "level" ;
        gov:value {value} ; gov:qualifier "exact" ;
        gov:evidence id:p{number} . id:p{number} oa:exact "{value}人" ; oa:hasSource {article} .
        {article} a gov:Article . {more}"""


def test_an_article_does_not_contradict_itself():
    members = told_of(1, "300.0", "id:g0") + told_of(2, "500.0", "id:g0")
    assert asked(stated(members), "conflicts") == []
    assert asked(stated(members, told_of(3, "700.0", "id:g1")), "conflicts") == []
    assert len(asked(stated(told_of(1, "300.0", "id:g0"), told_of(3, "700.0", "id:g1")), "conflicts")) == 1


@pytest.mark.parametrize(
    ("one", "other", "conflicts"),
    [
        ("id:s gov:implementedIn id:x .", "id:s gov:implementedIn id:y .", 0),
        ("id:s gov:implementedIn id:x .", "id:s gov:implementedIn id:x, id:y .", 1),
        ("id:s gov:implementedIn id:x .", "", 1),
        ('id:g0 gov:year "2023"^^xsd:gYear .', 'id:g1 gov:year "2024"^^xsd:gYear .', 0),
        ('id:g0 gov:year "2024"^^xsd:gYear .', 'id:g1 gov:year "2024"^^xsd:gYear .', 1),
        ('id:g0 gov:year "2024"^^xsd:gYear .', "", 1),
        ("id:m1 gov:valueTo 400.0 .", "", 0),
    ],
)
def test_numbers_of_other_places_times_and_ranges_are_no_conflict(one, other, conflicts):
    store = stated(told_of(1, "300.0", "id:g0", one), told_of(2, "500.0", "id:g1", other))
    assert len(asked(store, "conflicts")) == conflicts


PERIOD = 'id:m1 gov:fromYear "2020"^^xsd:gYear ; gov:toYear "2023"^^xsd:gYear ; gov:area id:x ; gov:kind "growth" .'
ONE = 'id:m2 gov:year "2021"^^xsd:gYear ; gov:area id:x ; gov:kind "growth" .'


@pytest.mark.parametrize("name", ["metrics-of-area", "metrics-of-program", "indicator-series", "growth"])
def test_numbers_over_a_period_tell_both_its_years(name):
    headline = 'id:g0 schema:headline "甲" .'
    undated = told_of(3, "100.0", "id:g0", 'id:m3 gov:area id:x ; gov:kind "growth" .')
    places = "id:p1 oa:start 1 . id:p2 oa:start 2 . id:p3 oa:start 3 ."
    both = told_of(1, "300.0", "id:g0", PERIOD) + told_of(2, "200.0", "id:g0", ONE)
    store = stated(headline + both + undated + places)
    query = find_question(name).query
    things = {"?_area": "x", "?_program": "s", "?_indicator": "i"}
    query = bind(query, {each: f"<{PREFIXES['id']}{iri}>" for each, iri in things.items() if each in query})
    rows = store.query(query, prefixes=dict(PREFIXES), use_default_graph_as_union=True)
    told = dict.fromkeys((row["year"].value if row["year"] else "", row["value"].value) for row in rows)
    assert list(told) == [("", "100"), ("2020–2023", "300"), ("2021", "200")]


@pytest.mark.parametrize(
    ("year", "expected"), [(2019, []), (2020, ["300"]), (2021, ["200", "300"]), (2023, ["300"]), (2024, [])]
)
def test_the_numbers_of_a_year_are_those_of_periods_in_which_it_lies_too(year, expected):
    store = stated(
        told_of(1, "300.0", "id:g0", PERIOD)
        + told_of(2, "200.0", "id:g0", ONE)
        + "id:p1 oa:start 1 . id:p2 oa:start 2 ."
    )
    given = {"?_area": f"<{PREFIXES['id']}x>", "?__year_integer": str(year)}
    rows = store.query(
        bind(find_question("metrics-of-area").query, given), prefixes=dict(PREFIXES), use_default_graph_as_union=True
    )
    assert sorted({row["value"].value for row in rows}) == expected


@pytest.mark.parametrize(
    ("other", "years"),
    [
        ('gov:year "2020"^^xsd:gYear', []),
        ('gov:year "2023"^^xsd:gYear', []),
        ('gov:fromYear "2020"^^xsd:gYear ; gov:toYear "2022"^^xsd:gYear', []),
        ('gov:fromYear "2020"^^xsd:gYear ; gov:toYear "2023"^^xsd:gYear', ["2020–2023"]),
    ],
)
def test_a_period_is_compared_with_the_same_period_alone(other, years):
    period = 'id:m1 gov:fromYear "2020"^^xsd:gYear ; gov:toYear "2023"^^xsd:gYear .'
    store = stated(told_of(1, "300.0", "id:g0", period), told_of(2, "500.0", "id:g1", f"id:m2 {other} ."))
    assert [row["year"] for row in asked(store, "conflicts")] == years


def test_leaders_are_those_told_with_the_place():
    divisions = "id:x a gov:District . id:y a gov:District ."
    store = stated(
        divisions,
        'id:s gov:implementedIn id:x ; gov:ledBy id:bureau . id:bureau skos:prefLabel "甲局"@zh .',
        "id:s gov:implementedIn id:y .",
    )
    query = bind(find_question("programs-of-district").query, {"?_district": f"<{PREFIXES['id']}y>"})
    (row,) = store.query(query, prefixes=dict(PREFIXES), use_default_graph_as_union=True)
    assert row["led_by"].value == ""
    query = bind(find_question("programs-of-district").query, {"?_district": f"<{PREFIXES['id']}x>"})
    (row,) = store.query(query, prefixes=dict(PREFIXES), use_default_graph_as_union=True)
    assert row["led_by"].value == "甲局"


def test_an_article_that_tells_no_leader_leaves_no_gap_among_leaders():
    told = 'id:s gov:ledBy id:bureau . id:bureau skos:prefLabel "甲局"@zh .'
    place = "id:x a gov:District . id:s gov:implementedIn id:x ."
    query = bind(find_question("programs-of-district").query, {"?_district": f"<{PREFIXES['id']}x>"})
    for facts in ((place, f"{place} {told}"), (f"{place} {told}", place)):
        (row,) = stated(*facts).query(query, prefixes=dict(PREFIXES), use_default_graph_as_union=True)
        assert (row["led_by"].value, row["articles"].value) == ("甲局", "2")


def test_a_body_with_a_seat_links_districts_only_where_it_is_told_of_with_them():
    facts = (
        "id:x a gov:District . id:y a gov:District . id:o a gov:Organization .",
        "id:s gov:implementedIn id:x ; gov:involves id:o .",
        "id:s gov:implementedIn id:y .",
    )
    assert [row["districts"] for row in asked(stated(*facts), "shared-organizations")] == ["2"]
    seated = asked(stated(*facts, "id:o gov:basedIn id:x ."), "shared-organizations")
    assert seated == []
    both = asked(
        stated(*facts, "id:o gov:basedIn id:x . id:s gov:implementedIn id:y ; gov:involves id:o ."),
        "shared-organizations",
    )
    assert [row["districts"] for row in both] == ["2"]


def test_a_body_without_a_seat_links_districts_by_the_programs_that_are_named_with_it():
    facts = (
        "id:x a gov:District . id:o a gov:Organization ; gov:mentionedIn id:1 .",
        "id:s a gov:Program ; gov:mentionedIn id:1 ; gov:implementedIn id:x .",
        "id:y a gov:District . id:o a gov:Organization ; gov:mentionedIn id:2 .",
        "id:t a gov:Program ; gov:mentionedIn id:2 ; gov:implementedIn id:y .",
    )
    apart = (facts[0], facts[1], facts[2], facts[3].replace("id:2", "id:3"))
    for given, expected in (("\n".join(facts[:2]), "\n".join(facts[2:])), ["0", "2"]), (apart, None):
        rows = asked(stated(*given), "shared-organizations")
        assert [[row["programs"], row["named_with"]] for row in rows] == ([expected] if expected else [])
    seated = asked(
        stated("\n".join(facts[:2]), "\n".join(facts[2:]), "id:o gov:basedIn id:x ."), "shared-organizations"
    )
    assert seated == []


def test_a_named_thing_comes_before_an_indicator_and_a_class_may_be_told():
    store = stated(
        """id:p a gov:Program ; skos:prefLabel "商务社区"@zh . id:i a gov:Indicator ; skos:prefLabel "商务社区"@zh .
        id:t a gov:Program ; skos:prefLabel "三方办"@zh . id:o a gov:Organization ; skos:prefLabel "三方办"@zh ."""
    )
    assert thing(store, "商务社区").iri.value.endswith("/p")
    assert thing(store, "商务社区", "indicator").iri.value.endswith("/i")
    assert thing(store, "Indicator:商务社区").iri.value.endswith("/i")
    assert thing(store, "organization：三方办").iri.value.endswith("/o")
    assert thing(store, "id:t").iri.value.endswith("/t")
    with pytest.raises(UserError, match=r"Organization:三方办"):
        thing(store, "三方办")


HELD = [f"{PREFIXES['id']}p", f"<{PREFIXES['id']}p>", str(GOV.Program), GOV.partOf.value]
STRANGE = [f"{PREFIXES['id']}q", "<javascript:alert(1)>", "https://example.org/", str(GOV.Metric)]


def test_an_iri_that_the_graph_does_not_hold_is_told():
    store = stated("id:p a gov:Program ; gov:partOf id:whole .")
    for name in HELD:
        assert thing(store, name).iri.value == name.strip("<>")
    for name in STRANGE:
        with pytest.raises(UserError, match="holds nothing of the name <"):
            thing(store, name)


@pytest.mark.parametrize("name", ['上城") || STRSTARTS(?name, "', "上城\\", "上\n城", '"@zh } #', "<上城>", "上城区\0"])
def test_signs_of_a_name_say_nothing_to_the_store(name):
    store = stated('id:x a gov:Place, gov:District ; skos:prefLabel "上城区"@zh .')
    assert thing(store, "上城", "district").label == "上城区"
    for kind in ("district", "thing"):
        with pytest.raises(UserError, match="the graph knows no"):
            thing(store, name, kind)


NAMES = [("成都", "City"), ("成都市", "City"), ("四川", "Province"), ("锦江", "District")]


@pytest.mark.parametrize(("name", "kind"), NAMES)
def test_a_wider_place_stands_for_the_districts_below_it(name, kind):
    store = stated(
        """id:p a gov:Place, gov:Province ; skos:prefLabel "四川省"@zh .
        id:d a gov:Place, gov:District ; gov:within id:c ; skos:prefLabel "锦江区"@zh .
        id:c a gov:Place, gov:City ; gov:within id:p ; skos:prefLabel "成都市"@zh .
        id:x a gov:Program ; gov:implementedIn id:d ; skos:prefLabel "银杏夜话"@zh ."""
    )
    found = thing(store, name, "district")
    assert GOV[kind] in found.kinds
    query = bind(find_question("programs-of-district").query, {"?_district": str(found.iri)})
    assert len(list(store.query(query, prefixes=dict(PREFIXES), use_default_graph_as_union=True))) == 1


NAMED = {
    "seeds": {
        "thing": "街事荟", "program": "三方协同", "district": "浙江", "area": "浙江", "indicator": "学员",
    },
    "small": {
        "thing": "邻里议事厅", "program": "邻里议事厅", "district": "成都", "area": "成都", "indicator": "议事会",
    },
}  # fmt: skip
"""What questions are asked about, on each graph."""

TOLD = ("sentence", "start", "end")
"""Columns that tell where a fact stands."""


def answered(graph: Asked, name: str, where: str) -> tuple[tuple[str, ...], list[tuple]]:
    """The columns and rows of a saved question, on a thing of the graph where it needs one."""
    question = find_question(name)
    needed = {p.name: NAMED[where][p.name] for p in question.parameters if not p.optional}
    rows = rows_of(graph, question, needed)
    return rows.columns, list(rows.rows)


def told_twice() -> Store:
    """The small graph, where the sentences before and after each fact's own are evidence of it too."""
    store = Store()
    store.load(SMALL_GRAPH.read_bytes(), format=RdfFormat.TRIG)
    prefixes = "".join(f"PREFIX {prefix}: <{iri}>" for prefix, iri in PREFIXES.items())
    store.update(
        f"""{prefixes} INSERT {{ GRAPH ?article {{ ?fact ?told ?other }} }} WHERE {{ GRAPH ?article {{
            VALUES ?told {{ gov:evidence gov:mentionedIn }}
            ?fact ?told ?passage . ?passage oa:start ?start ; oa:end ?end .
            {{ ?other oa:end ?start }} UNION {{ ?other oa:start ?end }} }} }}"""
    )
    return store


QUESTIONS = [question.name for question in saved_questions()]


@pytest.mark.parametrize("name", [name for name in QUESTIONS if name != "mentions"])
def test_no_two_rows_differ_by_their_sentence_alone(name, seeds_graph):
    columns, rows = answered(Asked(*open_with_union(seeds_graph)), name, "seeds")
    facts = Counter(
        tuple(cell for column, cell in zip(columns, row, strict=True) if column not in TOLD) for row in rows
    )
    assert [fact for fact, number in facts.items() if number > 1] == []


@pytest.mark.parametrize("name", [name for name in QUESTIONS if name != "mentions"])
def test_a_fact_that_two_sentences_tell_is_one_row(name):
    once = Store()
    once.load(SMALL_GRAPH.read_bytes(), format=RdfFormat.TRIG)
    columns, rows = answered(Asked(once), name, "small")
    _, twice = answered(Asked(told_twice()), name, "small")
    assert len(twice) == len(rows)
    if "sentence" in columns and "other_sentence" not in columns:
        at = columns.index("sentence")
        assert sum(row[at].value.count("。") for row in twice) > len(rows)


def test_its_sentences_stand_in_the_order_of_the_text():
    columns, rows = answered(Asked(told_twice()), "participants", "small")
    (told,) = (row[columns.index("sentence")].value for row in rows)
    before, own, after = told.split(" ")
    assert before == "2021年，锦江区民政局在春熙路街道设立邻里议事厅。"
    assert own == "蜀光社工中心参与，全年办议事会120场，参与率增长15%。"
    assert after == "街道主任林静介绍，志愿者约1400人。"


def relation(article: str, program: str, places: str = "id:x") -> str:
    """A program that runs somewhere, as an article tells it."""
    told = f"id:claim-{article}-{program}"
    return f"""{told} rdf:subject id:{program} ; rdf:predicate gov:implementedIn ; rdf:object {places} ;
        gov:evidence id:p{article} .
        id:p{article} oa:exact "{article}说。" ; oa:start 3 ; oa:hasSource id:{article} ."""


def test_what_another_article_tells_too_has_no_single_source():
    store = stated(relation("a", "s") + relation("a", "t"), relation("b", "s"), relation("c", "s", "id:y"))
    rows = [(row["subject"], row["object"], row["sentence"]) for row in asked(store, "single-source")]
    assert rows == [(f"{ID}s", f"{ID}y", "c说。"), (f"{ID}t", f"{ID}x", "a说。")]


ORDER = {
    "about": ("close_match", "says", "subject"), "growth": ("subject", "indicator", "year", "value"),
    "indicator-series": ("subject", "area", "year", "value"), "larger-programs": ("larger", "program"),
    "leaders": ("program", "leader", "sentence"), "people": ("person", "role", "works_for", "headline", "sentence"),
    "metrics-of-area": ("area", "subject", "indicator", "year", "value"),
    "single-source": ("says", "subject", "object"),
}  # fmt: skip
"""The columns that rows are sorted by."""


@pytest.mark.parametrize("name", ORDER)
def test_rows_stand_in_the_order_of_names(name, seeds_graph):
    columns, rows = answered(Asked(*open_with_union(seeds_graph)), name, "seeds")
    assert rows
    cells = [[row[columns.index(column)] for column in ORDER[name]] for row in rows]
    keys = [[(cell is not None, isinstance(cell, Literal), _comparable(cell)) for cell in row] for row in cells]
    assert keys == sorted(keys)


def _comparable(cell: NamedNode | Literal | None) -> str | Decimal:
    number = isinstance(cell, Literal) and cell.datatype in {XSD.decimal, XSD.integer}
    return "" if cell is None else Decimal(cell.value) if number else cell.value


def change(number: int, subject: str, start: int, end: int, more: str = "") -> str:
    """Two ends of a change, as one sentence tells them with others."""
    return "".join(
        f"""id:{kind}{number} gov:kind "{kind}" ; gov:value {value}.0 ; gov:unit "件" ; gov:observes id:i ;
            gov:measures {subject} ; gov:evidence id:p {more} ."""
        for kind, value in (("from", start), ("to", end))
    )


def test_a_change_joins_the_ends_of_one_subject_and_area():
    passage = 'id:p oa:exact "甲从120件降至30件，乙从90件降至20件。" ; oa:start 5 ; oa:hasSource id:g0 .'
    both = change(1, "id:a", 120, 30) + change(2, "id:b", 90, 20)
    areas = change(1, "id:a", 120, 30, "; gov:area id:x") + change(2, "id:a", 90, 20, "; gov:area id:y")
    for facts in (both, areas):
        rows = asked(stated(passage + facts), "changes")
        assert sorted((Decimal(row["from"]), Decimal(row["to"])) for row in rows) == [(90, 20), (120, 30)]


def test_changes_are_answered_from_a_page(run_kg, tmp_path):
    page = "2024年，成都市锦江区噪音投诉从300件降至80件。\n\n青羊区居民满意率由81%提高到95%。\n"
    (tmp_path / "a.txt").write_text(page, encoding="utf-8")
    assert run_kg("build", tmp_path / "a.txt", "-g", tmp_path / "graph").status == 0
    told = run_kg("query", "changes", "-f", "csv", "-g", tmp_path / "graph").out.splitlines()
    assert [line.split(",")[:5] for line in told[1:]] == [
        ["锦江区", "噪音投诉", "300", "80", "件"], ["青羊区", "居民满意率", "81", "95", "%"],
    ]  # fmt: skip
