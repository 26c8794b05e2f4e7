"""The ontology's reference page and context hold what the ontology does."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import pytest
import rdflib

from kg.vocabulary import GOV, PREFIXES

ROOT = Path(__file__).parent.parent
ONTOLOGY = ROOT / "ontology"


@pytest.fixture(scope="module")
def script():
    spec = importlib.util.spec_from_file_location("ontology_reference", ROOT / "scripts" / "ontology_reference.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_reference_page_is_not_stale(script):
    """It shows examples and answers from the seeds, so a change of rules makes it stale too."""
    there, today = script.PAGE.read_text(encoding="utf-8").splitlines(), script.page().splitlines()
    changed = [f"{old}\n{new}" for old, new in zip(there, today, strict=False) if old != new]
    assert not changed, f"run `python scripts/ontology_reference.py`; first of {len(changed)} lines:\n{changed[0]}"
    assert len(there) == len(today), "run `python scripts/ontology_reference.py`"


def test_the_reference_page_tells_of_every_term_and_question(script):
    page = script.PAGE.read_text(encoding="utf-8")
    assert [name for name in GOV if f"gov:{name}" not in page] == []
    questions = [path.stem for path in (ROOT / "queries").glob("*.rq")]
    assert [name for name in questions if f"\n### {name}\n" not in page] == []


def test_the_context_has_a_key_for_every_term():
    context = json.loads((ONTOLOGY / "context.jsonld").read_text(encoding="utf-8"))["@context"]
    known = {said["@id"] if isinstance(said, dict) else said for said in context.values()}
    assert [name for name in GOV if f"gov:{name}" not in known] == []
    strays = [iri for key, iri in context.items() if isinstance(iri, str) and iri.endswith(("/", "#")) and key != "gov"]
    assert set(strays) <= set(PREFIXES.values())


def test_what_describes_data_sets_is_well_formed():
    described = rdflib.Graph().parse(ONTOLOGY / "dataset.ttl")
    (data,) = set(described.subjects())
    assert str(data) == PREFIXES["id"] + "dataset"
    assert rdflib.URIRef("https://w3id.org/govkg/ontology") in described.objects(data, rdflib.DCTERMS.conformsTo)
