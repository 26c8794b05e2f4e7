"""How sure a fact is, and leaving out what is not sure enough."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kg import confidence as module
from kg.build import build
from kg.confidence import confidence, of_claim, of_entity, of_metric, sure
from kg.extractors import extractors
from kg.linking.article import BASED_RULE, WITHIN_RULE
from kg.model import Article, ArticleFacts, Claim, Entity, Metric, Observation
from kg.store import open_graph


@pytest.fixture
def counts(monkeypatch):
    monkeypatch.setattr(module, "_counts", lambda: {"good": (96, 0), "poor": (0, 4)})
    confidence.cache_clear()
    yield
    confidence.cache_clear()


@pytest.mark.usefixtures("counts")
def test_a_share_with_a_prior_for_rules_seldom_compared():
    assert confidence("good") == Decimal("0.99")
    assert confidence("poor") == Decimal("0.37")
    assert confidence("never") == Decimal("0.75")


@pytest.mark.usefixtures("counts")
def test_of_several_rules_the_surest_counts():
    assert of_entity(Entity("Program", "石榴籽", rules=("poor", "good"))) == confidence("good")
    assert of_entity(Entity("Program", "石榴籽")) is None


@pytest.mark.usefixtures("counts")
def test_what_a_decision_took_is_as_sure_as_the_decision():
    sure_one, street = (
        Entity("Program", "石榴籽", rules=("poor",), probability=Decimal("0.9")),
        Entity("Street", "玉林街道"),
    )
    assert of_entity(sure_one) == Decimal("0.9")
    assert of_claim(Claim(sure_one, "implementedIn", street, (0,), "poor", Decimal("0.8"))) == Decimal("0.8")
    number = Metric(Decimal(3), "个", "站点", 0, 0, 2, "good", probability=Decimal("0.5"))
    assert of_metric(number) == Decimal("0.5")


@pytest.mark.usefixtures("counts")
def test_what_is_not_sure_goes_with_all_that_is_said_of_it():
    street = Entity("Street", "玉林街道", rules=("good",))
    program = Entity("Program", "石榴籽", rules=("poor",))
    claim = Claim(program, "implementedIn", street, (0,), "good")
    number = Observation(Metric(Decimal(3), "个", "站点", 0, 0, 2, "good"), program, street)
    doubtful = Observation(Metric(Decimal(4), "个", "站点", 0, 0, 2, "poor"), street, street)
    facts = ArticleFacts(Article("a.txt", "", ()), (), (street, program), (claim,), (number, doubtful))
    kept = sure(facts, Decimal("0.5"))
    assert kept.entities == (street,)
    assert kept.claims == ()
    assert [(o.metric.value, o.subject, o.area) for o in kept.observations] == [(Decimal(3), None, street)]


def test_every_rule_has_its_line_in_the_shipped_table():
    rules = {rule.name for extractor in extractors().values() for rule in extractor.RULES} | {BASED_RULE, WITHIN_RULE}
    assert rules <= module._counts().keys(), "run scripts/rule_precision.py"  # noqa: SLF001


def test_every_fact_of_a_graph_tells_its_confidence_and_the_least_is_kept(tmp_path):
    page = tmp_path / "page.txt"
    page.write_text("玉林街道的新事\n\n成都市武侯区玉林街道推出“石榴籽”行动，服务居民1200人次。\n", encoding="utf-8")
    build([page], tmp_path / "all")
    build([page], tmp_path / "surest", min_confidence=Decimal(1))
    query = """PREFIX gov: <https://w3id.org/govkg/ontology#>
        SELECT ?fact ?confidence
        WHERE { GRAPH ?g { ?fact gov:rule ?rule OPTIONAL { ?fact gov:confidence ?confidence } } }"""
    rows = list(open_graph(tmp_path / "all").query(query))
    assert rows
    assert all(row["confidence"] is not None and 0 < float(row["confidence"].value) <= 1 for row in rows)
    assert not list(open_graph(tmp_path / "surest").query(query))
