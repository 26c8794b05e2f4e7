"""What a dossier holds: the same as the saved questions, numbers apart by what they are, and what is not known."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store

import kg
from kg.dossier import written
from kg.dossier.blocks import Table
from kg.dossier.comparing import comparison_of
from kg.dossier.contents import document_of
from kg.dossier.reading import dossier_of
from kg.errors import UserError
from kg.language.number_stages import Stage, Tally
from kg.queries.answering import Asked, rows_of
from kg.queries.saved import find_question
from kg.vocabulary import PREFIXES


@pytest.fixture(scope="module")
def canteen(asked):
    return dossier_of(asked, "银杏树下幸福食堂")


def rows(asked, question, **values):
    """The answer to a saved question, as texts."""
    answer = rows_of(asked, find_question(question), {name: f"<{iri}>" for name, iri in values.items()})
    return [tuple(getattr(cell, "value", None) for cell in row) for row in answer.rows]


def told(series):
    return [(str(n.value), n.year, n.area.label if n.area else None) for n in series.numbers]


def series_of(dossier, indicator, tally=Tally.PLAIN, stage=Stage.RESULT):
    (found,) = [s for s in dossier.series if (s.indicator, s.tally, s.stage) == (indicator, tally, stage)]
    return found


def test_who_reported_it_first_and_when(canteen):
    first = canteen.sources[canteen.articles[0]]
    assert (first.headline, first.year, first.authors) == ("锦江办起银杏树下幸福食堂", 2021, ("吴亮", "周明"))
    assert [canteen.passages[iri].start for iri in canteen.first] == [10]
    assert canteen.articles == tuple(f"https://w3id.org/govkg/id/{name}" for name in "abcd")
    assert (canteen.names, canteen.thing.kind) == (("食堂",), "Program")


def test_who_leads_it_is_told_with_the_place(canteen):
    found = [(run.place.label, run.first_year, [led.object.label for led in run.leaders]) for run in canteen.runs]
    assert found == [
        ("春熙路街道", 2021, ["锦江区民政局"]),
        ("锦江区", 2023, ["青羊区"]),  # article b tells both, and does not tell them apart
        ("青羊区", 2023, ["青羊区"]),
        ("青羊区", None, []),
    ]
    assert [run.program.label for run in canteen.runs] == ["银杏树下幸福食堂"] * 3 + ["银杏树下幸福大食堂"]


def test_it_spread_as_the_saved_question_says(asked, canteen, small_graph):
    found = [(s.district.iri, str(s.first_year) if s.first_year else None) for s in canteen.spread]
    assert found == [(row[2], row[3]) for row in rows(asked, "diffusion") if row[0] == canteen.thing.iri]
    assert len(found) == 2
    other = kg.open(str(small_graph))
    spread = other.dossier("邻里议事厅").spread
    answered = [(row.district.iri, row.first_here) for row in other.query("diffusion")]
    assert [(s.district.iri, s.first_year) for s in spread] == answered


def test_conflicts_are_those_of_the_saved_question(asked, canteen, small_graph):
    (found,) = canteen.conflicts
    ((verdict, subject, *_, sentence, other, article, other_article),) = rows(asked, "conflicts")
    assert (found.verdict, found.subject.iri) == (verdict, subject)
    assert [canteen.passages[iri].text for iri in found.passages + found.other_passages] == [sentence, other]
    assert [canteen.passages[iri].article for iri in found.passages + found.other_passages] == [article, other_article]
    graph = kg.open(str(small_graph))
    conflicts = graph.dossier("邻里议事厅").conflicts
    assert [(c.lowest, c.highest) for c in conflicts] == [(row.lowest, row.highest) for row in graph.query("conflicts")]


def test_numbers_are_those_of_the_saved_question(asked, canteen):
    answered = rows(asked, "metrics-of-program", program=canteen.thing.iri)
    assert sum(len(series.numbers) for series in canteen.series) == len(answered) == 13


def test_targets_running_totals_and_additions_stand_apart(canteen):
    assert told(series_of(canteen, "银杏树下幸福食堂", stage=Stage.TARGET)) == [("50", 2025, "青羊区")]
    assert told(series_of(canteen, "银杏树下幸福食堂", Tally.NEW)) == [("3", 2023, "青羊区")]
    assert told(series_of(canteen, "就餐", Tally.CUMULATIVE)) == [("300", 2021, "锦江区"), ("900", 2023, "锦江区")]
    plain = told(series_of(canteen, "银杏树下幸福食堂"))
    assert plain == [("12", 2021, "锦江区"), ("20", 2023, "锦江区"), ("24", 2023, "锦江区"), ("5", 2023, "青羊区")]


def test_changes_are_computed_between_comparable_numbers_alone(canteen):
    (change,) = series_of(canteen, "就餐", Tally.CUMULATIVE).changes
    assert (change.difference, change.percent, change.about) == (Decimal(600), Decimal(200), True)
    # Of 2023 two values are told; the residents of two reports may be those of two estates; shares end one change.
    for indicator in ("银杏树下幸福食堂", "居民", "满意率"):
        assert series_of(canteen, indicator).changes == ()


def test_a_change_of_what_a_program_counts(asked):
    numbers = series_of(dossier_of(asked, "银杏树下幸福食堂"), "银杏树下幸福食堂").numbers
    assert all(number.counts_program for number in numbers)


def test_what_is_not_known(asked, canteen):
    assert canteen.gaps.silent_years == (2022,)
    assert [canteen.sources[iri].file for iri in canteen.gaps.undated_articles] == ["d.txt"]
    assert (canteen.gaps.undated_numbers, canteen.gaps.untold) == (1, ())
    assert dossier_of(asked, "幸福家园").gaps.untold == ("numbers", "where", "leader")


def test_close_matches_are_followed_and_said_unless_strict(asked, canteen):
    assert [(m.thing.label, m.reason, m.confidence, m.first_year) for m in canteen.matches] == [
        ("银杏树下幸福大食堂", "abbreviation", Decimal("0.65"), None)
    ]
    assert dossier_of(asked, "银杏树下幸福大食堂").first == ("https://w3id.org/govkg/id/d1",)
    strict = dossier_of(asked, "银杏树下幸福食堂", strict_identity=True)
    assert (strict.matches, len(strict.articles)) == ((), 3)
    assert sum(len(series.numbers) for series in strict.series) == 12


def test_what_is_told_of_a_match_is_told_with_its_name(asked):
    """The body of that name too: what `about` and `metrics-of-program` follow, a dossier follows."""
    other = dossier_of(asked, "银杏树下幸福大食堂")
    text = written(other)
    assert "| 锦江区民政局 | 2021           | 银杏树下幸福食堂 | [1]       |" in text
    assert sum(len(series.numbers) for series in other.series) == 13


def test_numbers_that_count_a_program_are_its_own_whoever_they_are_about():
    text = (Path(__file__).parent / "graph.trig").read_text(encoding="utf-8")
    text = text.replace(
        "id:mb4 a gov:Metric ; gov:measures id:canteen", "id:mb4 a gov:Metric ; gov:measures id:qingyang"
    )
    store = Store()
    store.load(text.encode(), format=RdfFormat.TRIG)
    told = dossier_of(Asked(store), "银杏树下幸福食堂", strict_identity=True)
    counted = next(section for section in document_of(told).sections if section.key == "counted")
    assert counted.title == "How many there are"
    tables = [block for part in counted.parts for block in part.blocks if isinstance(block, Table)]
    shown = [cell.text for table in tables for row in table.rows for cell in row]
    assert "5 个" in shown
    assert "20 个" in shown  # told of the program itself: a reader looks for both in one place
    numbers = next(section for section in document_of(told).sections if section.key == "numbers")
    assert not [part.title for part in numbers.parts if "幸福食堂" in part.title]


def test_a_year_with_a_number_that_counts_a_program_is_not_silent():
    fact = """{0} a gov:Article ; gov:year "{1}"^^xsd:gYear ; gov:sourceFile "{1}.txt" .
        {0}p oa:exact "{1}" ; oa:hasSource {0} ."""
    named = "id:canteen gov:mentionedIn {0}p ."
    count = "{0}m gov:measures id:place ; gov:observes id:kind ; gov:value 5.0 ; gov:unit '个' ; gov:evidence {0}p ."
    store = Store()
    reports = [("id:a", 2021, named), ("id:b", 2023, count), ("id:c", 2024, named)]
    told = "".join((fact + more).format(iri, year) for iri, year, more in reports)
    told += "id:canteen a gov:Program ; skos:prefLabel '食堂'@zh . id:kind a gov:Indicator ; skos:prefLabel '食堂'@zh ."
    update = "".join(f"PREFIX {prefix}: <{iri}>" for prefix, iri in PREFIXES.items())
    store.update(f"{update} INSERT DATA {{ {told} id:place a gov:Place ; skos:prefLabel '石桥区'@zh }}")
    assert dossier_of(Asked(store), "食堂").gaps.silent_years == (2022,)


def test_of_a_place_programs_bodies_people_and_numbers(asked):
    place = dossier_of(asked, "锦江")
    assert [each.label for each in place.within] == ["成都市"]
    answered = {(row[0], row[1]) for row in rows(asked, "programs-of-district", district=place.thing.iri)}
    assert {(run.program.iri, run.place.iri) for run in place.runs} == answered != set()
    bodies = {(row[0], row[1]) for row in rows(asked, "organizations-of-district", district=place.thing.iri)}
    assert {(body.subject.iri, body.object.iri) for body in place.bodies} == bodies != set()
    assert [(p.person.label, p.roles, p.serves.label) for p in place.people] == [("林静", ("局长",), "锦江区民政局")]
    numbers = rows(asked, "metrics-of-area", area=place.thing.iri)
    assert sum(len(series.numbers) for series in place.series) == len(numbers)


def test_of_a_body_what_it_leads_and_who_serves_it(asked):
    body = dossier_of(asked, "锦江区民政局")
    assert {(each.says, each.subject.label) for each in body.relations} == {
        ("ledBy", "银杏树下幸福食堂"), ("basedIn", "锦江区民政局"), ("worksFor", "林静"),
    }  # fmt: skip
    assert [each.person.label for each in body.people] == ["林静"]
    assert dossier_of(asked, "林静").roles == ("局长",)


def test_every_statement_has_its_passages(asked):
    for name in ("银杏树下幸福食堂", "锦江区", "成都市", "锦江区民政局", "林静", "幸福家园"):
        dossier = dossier_of(asked, name)
        statements = (*dossier.relations, *dossier.runs, *dossier.spread, *dossier.bodies, *dossier.people)
        numbers = tuple(number for series in dossier.series for number in series.numbers)
        for each in (*statements, *numbers):
            assert each.passages, each
            assert set(each.passages) <= set(dossier.passages), each
        assert {passage.article for passage in dossier.passages.values()} <= set(dossier.sources)


def test_places_side_by_side(asked):
    comparison = comparison_of(asked, ["锦江", "青羊"])
    (shared,) = comparison.shared
    assert (shared.program.label, [p.label for p in shared.matches]) == ("银杏树下幸福食堂", ["银杏树下幸福大食堂"])
    assert {place: len(runs) for place, runs in shared.runs.items()} == {
        "https://w3id.org/govkg/id/jinjiang": 2,
        "https://w3id.org/govkg/id/qingyang": 2,
    }
    assert all(runs == () for runs in comparison.own.values())
    strict = comparison_of(asked, ["锦江", "青羊"], strict_identity=True)
    assert [run.program.label for run in strict.own["https://w3id.org/govkg/id/qingyang"]] == ["银杏树下幸福大食堂"]
    (beside,) = comparison.indicators
    assert (beside.indicator, beside.unit, beside.tally) == ("银杏树下幸福食堂", "个", Tally.PLAIN)
    assert [str(n.value) for n in beside.numbers["https://w3id.org/govkg/id/jinjiang"]] == ["12", "20", "24"]
    assert comparison_of(asked, ["锦江", "成都"]).enclosing[0][1].label == "成都市"


def test_from_python(canteens):
    graph = kg.open(str(canteens))
    assert graph.dossier("银杏树下幸福食堂") == graph.dossier("https://w3id.org/govkg/id/canteen")
    assert graph.compare("锦江", "青羊").places == graph.compare("锦江区", "青羊区").places
    with pytest.raises(UserError, match="did you mean 银杏树下幸福食堂"):
        graph.dossier("银杏树下幸福饭堂")
