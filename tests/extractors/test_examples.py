"""Runs the examples that stand beside every extractor.

An example file holds `[[yields]]` tables (`value`: fields of the fact that must come out; `from`: phrasings that give
it) and `[[nothing]]` tables (`kind`, optional: what must not come out; `from`: phrasings).
"""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

import kg.extractors
from kg.extractors import extractors, facts_by_extractor
from kg.language.tokens import tokenize
from kg.model import Article, Mention, Metric, Paragraph, Relation
from kg.reading.sentences import sentences

FOLDER = Path(kg.extractors.__file__).parent


def facts_of(phrasing: str, module: str):
    lines = phrasing.split("\n")
    article = Article("example.txt", "", tuple(Paragraph(line, tuple(range(len(line)))) for line in lines))
    text = tokenize(article, sentences(article))
    return facts_by_extractor(text)[module]


def fields_of(fact) -> dict[str, str]:
    match fact:
        case Mention():
            return {"kind": str(fact.kind), "name": fact.name, **{p.term: p.value for p in fact.properties}}
        case Relation():
            return {"subject": fact.subject.name, "predicate": fact.predicate, "object": fact.object.name}
        case Metric():
            return {
                "value": str(fact.value.normalize().__format__("f")),
                "unit": fact.unit,
                "qualifier": str(fact.qualifier),
                "kind": str(fact.kind),
                "indicator": fact.indicator,
                "subject": fact.subject.name if fact.subject else "",
                "area": fact.area.name if fact.area else "",
                "year": str(fact.year or ""),
                "years": "-".join(map(str, fact.years or ())),
                "upper": str(fact.upper or ""),
            }


def examples():
    for path in sorted(FOLDER.glob("*.toml")):
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        for case in data.get("yields", []):
            for phrasing in case["from"]:
                yield pytest.param(path.stem, case["value"], phrasing, id=f"{path.stem}:{phrasing[:20]}")


def negatives():
    for path in sorted(FOLDER.glob("*.toml")):
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        for case in data.get("nothing", []):
            for phrasing in case["from"]:
                yield pytest.param(path.stem, case.get("value", {}), phrasing, id=f"{path.stem}:{phrasing[:20]}")


@pytest.mark.parametrize(("module", "value", "phrasing"), list(examples()))
def test_yields(module, value, phrasing):
    found = [fields_of(f) for f in facts_of(phrasing, module)]
    wanted = {k: str(v) for k, v in value.items()}
    assert any(wanted.items() <= f.items() for f in found), f"wanted {wanted}, found {found}"


@pytest.mark.parametrize(("module", "value", "phrasing"), list(negatives()))
def test_nothing(module, value, phrasing):
    found = [fields_of(f) for f in facts_of(phrasing, module)]
    unwanted = {k: str(v) for k, v in value.items()}
    assert not [f for f in found if unwanted.items() <= f.items()], f"found {found}"


def test_every_extractor_has_examples_and_every_rule_a_distinct_name():
    names = [rule.name for module in extractors().values() for rule in module.RULES]
    assert len(names) == len(set(names))
    for module in extractors():
        data = tomllib.loads((FOLDER / f"{module}.toml").read_text(encoding="utf-8"))
        assert data.get("yields"), module
        assert data.get("nothing"), module
