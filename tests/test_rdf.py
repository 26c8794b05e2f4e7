import re
from dataclasses import replace
from decimal import Decimal

import pyoxigraph
import pytest
from invented import (
    COMMUNITY,
    DISTRICT,
    DOCUMENT,
    HOSTILE,
    LINES,
    PERSON,
    PROGRAM,
    STREET,
    article,
    facts,
    hostile_facts,
    sentences,
    shuffled,
)
from pyoxigraph import Literal, NamedNode
from samples import quads

from kg.model import ArticleFacts, Claim, Entity, Metric, Observation, Paragraph, Sentence, Span
from kg.rdf import article_iri, code_of, entity_iri, gazetteer_quads, indicator_iri, n_quads
from kg.rdf.text import clean, indicator, label
from kg.vocabulary import GAZETTEER, GOV, ID, OA, PREFIXES, QUDT, RDF, SCHEMA, SKOS, UNITS, XSD


def graph(of: ArticleFacts):
    return set(quads(of))


def values(of, subject, predicate):
    return {quad.object for quad in of if quad.subject == subject and quad.predicate == predicate}


def metric(of, indicator_text):
    return {q.subject for q in of if q.predicate == GOV.indicator and q.object == Literal(indicator_text)}


def with_metric(value: str, unit: str = "个", **changes) -> set:
    of = article()
    found = replace(Metric(Decimal(value), unit, "小区", 0, 0, 1, "counts"), **changes)
    return graph(ArticleFacts(of, sentences(of), observations=(Observation(found, None, None),)))


class TestNames:
    def test_divisions_by_code_and_others_by_scope_and_label(self):
        assert entity_iri(DISTRICT).value == f"{ID}place/330212"
        assert entity_iri(COMMUNITY).value == f"{ID}place/浙江省_宁波市_鄞州区_望湖社区"
        assert entity_iri(PERSON).value == f"{ID}person/浙江省_宁波市_鄞州区_周远"
        assert entity_iri(PROGRAM).value == f"{ID}program/邻里茶话会"
        assert entity_iri(DOCUMENT).value == f"{ID}document/社区协商办法"

    def test_a_program_of_a_place_is_another_than_that_of_the_whole_state(self):
        assert entity_iri(replace(PROGRAM, scope="浙江省/杭州市")).value == f"{ID}program/浙江省_杭州市_邻里茶话会"

    def test_two_districts_bureaus_never_merge(self):
        one, other = Entity("Organization", "民政局", "浙江省/甲区"), Entity("Organization", "民政局", "浙江省/乙区")
        assert entity_iri(one) != entity_iri(other)

    def test_scope_and_label_cannot_be_mistaken_for_each_other(self):
        assert entity_iri(Entity("Site", "乙_丙", "甲")) != entity_iri(Entity("Site", "丙", "甲/乙"))
        assert entity_iri(Entity("Site", "乙/丙", "甲")) != entity_iri(Entity("Site", "丙", "甲/乙"))

    def test_a_place_called_by_a_number_is_no_division(self):
        assert code_of(entity_iri(Entity("Site", "1949"))) is None
        assert code_of(entity_iri(DISTRICT)) == "330212"
        assert code_of(Literal("330212")) is None

    def test_names_are_valid_and_differ_wherever_labels_do(self):
        programs = {label(text): entity_iri(Entity("Program", text)) for text in HOSTILE}
        assert len(set(programs.values())) == len(programs)
        for text, node in programs.items():
            assert node.value.startswith(PREFIXES["program"]), text
            assert not re.search(r"[\s<>\"{}|^`\\]", node.value)

    def test_nothing_left_of_a_label_gives_no_name(self):
        assert entity_iri(Entity("Program", "“”\x00")) is None
        assert indicator_iri("：“” ") is None

    def test_an_articles_name_follows_from_file_and_text(self):
        assert article_iri(article()) == article_iri(article())
        assert article_iri(article()) != article_iri(article(source="page_8.txt"))
        assert article_iri(article()) != article_iri(article(lines=LINES[:1]))
        moved = replace(article(), paragraphs=tuple(replace(p, offsets=p.offsets[::-1]) for p in article().paragraphs))
        assert article_iri(moved) == article_iri(article())


class TestText:
    def test_one_spelling(self):
        assert label("「１＋６」《议事会》 ＡＢ") == "1+6议事会 AB"
        assert label("é") == label("e\u0301")
        assert label("\u202e甲\u200b乙") == "甲乙"
        assert indicator("“满意度”：") == indicator("满 意 度") == "满意度"

    @pytest.mark.parametrize("text", HOSTILE)
    def test_nothing_that_xml_forbids(self, text):
        for function in (clean, label, indicator):
            assert not re.search("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", function(text))


class TestArticle:
    def test_all_facts_stand_in_the_articles_graph(self):
        assert {quad.graph_name for quad in graph(facts())} == {article_iri(facts().article)}

    def test_what_is_said_of_the_article(self):
        of, node = graph(facts()), article_iri(facts().article)
        assert values(of, node, GOV.sourceFile) == {Literal("page_7.txt")}
        assert values(of, node, SCHEMA.headline) == {Literal("茶话会开进小区")}
        assert values(of, node, SCHEMA.author) == {Literal("陈一"), Literal("李二")}
        assert values(of, node, SCHEMA.datePublished) == {Literal("2024-05-01", datatype=XSD.date)}
        assert values(of, node, GOV.year) == {Literal("2024", datatype=XSD.gYear)}
        assert values(of, node, GOV.evidence) == {NamedNode(f"{node.value}#char=0,{len(LINES[0])}")}

    def test_labels_have_no_quotation_marks_and_one_is_preferred(self):
        of, node = graph(facts()), entity_iri(PROGRAM)
        assert values(of, node, SKOS.prefLabel) == {Literal("邻里茶话会", language="zh")}
        assert values(of, node, SKOS.altLabel) == {Literal("邻里茶话会机制", language="zh")}

    def test_divisions_bear_the_gazetteers_name(self):
        named = replace(DISTRICT, label="宁波市鄞州区")
        of = graph(ArticleFacts(article(), sentences(article()), (named,)))
        assert values(of, entity_iri(named), SKOS.prefLabel) == {Literal("鄞州区", language="zh")}
        assert Literal("宁波市鄞州区", language="zh") in values(of, entity_iri(named), SKOS.altLabel)

    def test_places_have_their_level_and_the_class_of_all_places(self):
        assert values(graph(facts()), entity_iri(STREET), RDF.type) == {GOV.Place, GOV.Street}

    def test_an_unlisted_place_lies_in_the_place_of_its_scope(self):
        assert values(graph(facts()), entity_iri(COMMUNITY), GOV.within) == {NamedNode(f"{ID}place/330212")}

    def test_but_not_where_a_claim_knows_better(self):
        claim = Claim(COMMUNITY, "within", STREET, (1,), "enclosed")
        of = graph(replace(facts(), claims=(claim,)))
        assert values(of, entity_iri(COMMUNITY), GOV.within) == {entity_iri(STREET)}

    def test_a_site_lies_in_the_unlisted_community_of_its_scope(self):
        site = Entity("Site", "望湖公园", "浙江省/宁波市/鄞州区/望湖社区", sentences=(1,))
        of = graph(ArticleFacts(article(), sentences(article()), (site, COMMUNITY)))
        assert values(of, entity_iri(site), GOV.within) == {entity_iri(COMMUNITY)}

    def test_a_claim_asserts_its_triple_and_leads_to_its_sentence(self):
        of, (subject, target) = graph(facts()), (entity_iri(PROGRAM), entity_iri(STREET))
        assert target in values(of, subject, GOV.implementedIn)
        (claim,) = {q.subject for q in of if q.predicate == RDF.predicate and q.object == GOV.implementedIn}
        assert values(of, claim, RDF.subject) == {subject}
        assert values(of, claim, RDF.object) == {target}
        assert values(of, claim, GOV.rule) == {Literal("tries-out")}
        (passage,) = values(of, claim, GOV.evidence)
        assert values(of, passage, OA.exact) == {Literal(LINES[0])}
        assert values(of, passage, OA.start) == {Literal("0", datatype=XSD.integer)}
        assert values(of, passage, OA.end) == {Literal(str(len(LINES[0])), datatype=XSD.integer)}
        assert values(of, passage, OA.hasSource) == {article_iri(facts().article)}

    def test_the_same_relation_from_two_sentences_is_one_claim(self):
        claims = [Claim(PROGRAM, "ledBy", DISTRICT, (n,), f"rule-{n}") for n in (0, 1)]
        of = graph(replace(facts(), claims=tuple(claims)))
        (claim,) = {q.subject for q in of if q.object == GOV.Claim}
        assert len(values(of, claim, GOV.evidence)) == 2
        assert values(of, claim, GOV.rule) == {Literal("rule-0"), Literal("rule-1")}

    @pytest.mark.parametrize(
        ("subject", "predicate", "target"),
        [
            (DOCUMENT, "implementedIn", STREET),
            (PROGRAM, "involves", STREET),
            (PROGRAM, "partOf", PROGRAM),
            (PROGRAM, "measures", STREET),
            (replace(PROGRAM, label="“”"), "implementedIn", STREET),
        ],
    )
    def test_a_claim_that_the_ontology_forbids_is_left_out(self, subject, predicate, target):
        of = graph(replace(facts(), claims=(Claim(subject, predicate, target, (0,), "r"),)))
        assert not [q for q in of if q.object == GOV.Claim]

    def test_an_unknown_predicate_is_an_error(self):
        with pytest.raises(KeyError, match="gov:runsIn"):
            graph(replace(facts(), claims=(Claim(PROGRAM, "runsIn", STREET, (0,), "r"),)))

    def test_a_thing_that_no_sentence_names_leads_to_the_facts_that_need_it(self):
        unnamed = replace(STREET, sentences=())
        of = graph(replace(facts(), entities=(), claims=(Claim(PROGRAM, "implementedIn", unnamed, (1,), "r"),)))
        (passage,) = values(of, entity_iri(unnamed), GOV.mentionedIn)
        assert values(of, passage, OA.exact) == {Literal(LINES[1])}

    def test_passages_that_nothing_needs_are_not_written(self):
        of = graph(replace(facts(), entities=(), claims=(), observations=()))
        assert {q.object for q in of if q.predicate == OA.exact} == {Literal(LINES[0])}

    def test_a_sentence_in_two_pieces_is_two_passages(self):
        text = "甲社区办了食堂。"
        of = replace(article(), paragraphs=(Paragraph(text, (0, 1, 2, 3, 20, 21, 22, 23)),))
        pieces = (Sentence(text, (Span(0, 4), Span(20, 24)), 0),)
        of = graph(ArticleFacts(of, pieces, (replace(PROGRAM, sentences=(0,)),)))
        passages = values(of, entity_iri(PROGRAM), GOV.mentionedIn)
        texts = {
            (*(v.value for v in values(of, p, OA.start)), *(v.value for v in values(of, p, OA.exact))) for p in passages
        }
        assert texts == {("0", "甲社区办"), ("20", "了食堂。")}


class TestMetrics:
    def test_all_properties(self):
        of = graph(facts())
        (node,) = metric(of, "小区")
        assert values(of, node, GOV.value) == {Literal("12", datatype=XSD.decimal)}
        assert values(of, node, GOV.unit) == {Literal("个")}
        assert values(of, node, QUDT.hasUnit) == set()
        assert values(of, node, GOV.qualifier) == {Literal("about")}
        assert values(of, node, GOV.kind) == {Literal("level")}
        assert values(of, node, GOV.year) == {Literal("2024", datatype=XSD.gYear)}
        assert values(of, node, GOV.measures) == {entity_iri(PROGRAM)}
        assert values(of, node, GOV.area) == {entity_iri(DISTRICT)}
        assert values(of, node, GOV.rule) == {Literal("counts")}
        (observed,) = values(of, node, GOV.observes)
        assert values(of, observed, SKOS.prefLabel) == {Literal("小区", language="zh")}

    def test_a_period_and_a_unit_of_qudt(self):
        of = graph(facts())
        (node,) = metric(of, "投入")
        assert values(of, node, GOV.value) == {Literal("180000000", datatype=XSD.decimal)}
        assert values(of, node, QUDT.hasUnit) == {UNITS["元"]}
        assert values(of, node, GOV.fromYear) == {Literal("2020", datatype=XSD.gYear)}
        assert values(of, node, GOV.toYear) == {Literal("2024", datatype=XSD.gYear)}

    def test_both_ends_of_a_change_observe_one_indicator(self):
        of = graph(facts())
        nodes = metric(of, "满意度")
        assert {v.value for node in nodes for v in values(of, node, GOV.value)} == {"80", "93.5"}
        assert len({v for node in nodes for v in values(of, node, GOV.observes)}) == 1

    @pytest.mark.parametrize(
        ("value", "written"),
        [
            ("0.0", "0"),
            ("-0", "0"),
            ("100", "100"),
            ("1E+3", "1000"),
            ("0.50", "0.5"),
            ("-3.10", "-3.1"),
            ("1E-7", "0.0000001"),
        ],
    )
    def test_decimals_have_one_form(self, value, written):
        assert Literal(written, datatype=XSD.decimal) in {q.object for q in with_metric(value)}

    def test_what_is_no_number_is_left_out(self):
        assert not [q for q in with_metric("NaN") if q.object == GOV.Metric]

    def test_years_that_are_none_are_left_out(self):
        assert not [q for q in with_metric("1", year=0) if q.predicate == GOV.year]

    def test_a_number_told_twice_is_one_metric_with_two_passages(self):
        of = article()
        found = [Metric(Decimal(5), "个", "驿站", n, 0, 1, "counts") for n in (0, 1)]
        of = graph(ArticleFacts(of, sentences(of), observations=tuple(Observation(m, None, None) for m in found)))
        (node,) = metric(of, "驿站")
        assert len(values(of, node, GOV.evidence)) == 2


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_facts_does_not_matter(seed):
    assert graph(shuffled(facts(), seed)) == graph(facts())


def test_no_quad_comes_twice():
    written = list(quads(hostile_facts()))
    assert len(written) == len(set(written))


@pytest.mark.parametrize("of", [facts(), hostile_facts()], ids=["plain", "hostile"])
def test_n_quads_are_the_quads_as_they_are_serialized(of):
    assert n_quads(of) == pyoxigraph.serialize(quads(of), format=pyoxigraph.RdfFormat.N_QUADS)


def test_hostile_text_is_written_and_read_again():
    of = graph(hostile_facts())
    text = pyoxigraph.serialize(of, format=pyoxigraph.RdfFormat.N_QUADS)
    assert set(pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.N_QUADS)) == of


class TestGazetteer:
    def test_a_division_brings_all_that_enclose_it(self):
        of = set(gazetteer_quads(["330212"]))
        assert {q.graph_name for q in of} == {GAZETTEER}
        assert {q.object.value for q in of if q.predicate == GOV.divisionCode} == {"330212", "3302", "33"}
        assert values(of, NamedNode(f"{ID}place/330212"), GOV.within) == {NamedNode(f"{ID}place/3302")}
        assert values(of, NamedNode(f"{ID}place/33"), GOV.within) == set()
        assert values(of, NamedNode(f"{ID}place/33"), SKOS.prefLabel) == {Literal("浙江省", language="zh")}
        assert values(of, NamedNode(f"{ID}place/3302"), RDF.type) == {GOV.Place, GOV.City}

    def test_unknown_codes_give_nothing_and_order_does_not_matter(self):
        assert list(gazetteer_quads(["999999"])) == []
        assert list(gazetteer_quads(["330212", "3301"])) == list(gazetteer_quads(["3301", "330212", "3301"]))
