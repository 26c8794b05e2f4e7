"""Facts from elsewhere: anchored by their quotations, refused one by one, and the same graph after a round trip."""

from __future__ import annotations

import json
import random
import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from pyoxigraph import Literal

from kg.build import build
from kg.check import check
from kg.evaluate import evaluate
from kg.export import export
from kg.sidecars import Mode
from kg.store import open_graph, read_manifest
from kg.vocabulary import GOV, RDF, SKOS

PAGES = Path(__file__).parents[1] / "corrections" / "pages"
SIXTY = PAGES.parent / "sixty.toml"
SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.fixture
def pages(tmp_path) -> Path:
    return Path(shutil.copytree(PAGES, tmp_path / "pages"))


def quads(graph: Path) -> bytes:
    export(graph, graph.parent / "all.nq")
    return (graph.parent / "all.nq").read_bytes()


def labels(graph: Path, kind) -> set[str]:
    store = open_graph(graph)
    nodes = {q.subject for q in store.quads_for_pattern(None, RDF.type, kind)}
    return {q.object.value for n in nodes for q in store.quads_for_pattern(n, SKOS.prefLabel, None)}


OFFICE = {
    "headline": "青羊区用好“邻里厨房” 三方办唱主角",
    "programs": [{"name": "邻里厨房"}, {"name": "走访", "quote": "每月走访小区30个"}],
    "places": [{"name": "青羊区", "level": "district", "within": "成都市"}],
    "organizations": [{"name": "青羊区三方办", "aliases": ["三方办"]}],
    "metrics": [
        {
            "value": 30,
            "unit": ["个"],
            "counts": ["走访小区"],
            "of": ["走访"],
            "quote": "每月走访小区30个",
            "year": 2024,
        }
    ],
    "relations": [{"s": "走访", "p": "ledBy", "o": "三方办", "quote": "每月走访小区30个"}],
}


def sidecar(pages: Path, article: dict | None = None, name: str = "office.txt.facts.json", **more) -> Path:
    path = pages / name
    path.write_text(json.dumps({"articles": [article or OFFICE], **more}, ensure_ascii=False), encoding="utf-8")
    return path


# Round trips


@pytest.mark.parametrize("corrections", [[], [SIXTY]])
def test_a_round_trip_gives_the_same_graph(pages, tmp_path, corrections):
    build([pages], tmp_path / "one", corrections=corrections)
    export(tmp_path / "one", tmp_path / "sidecars", "facts")
    for path in (tmp_path / "sidecars").iterdir():
        shutil.copy(path, pages)
    report = build([pages], tmp_path / "two", corrections=[])
    assert report.refused == ()
    assert quads(tmp_path / "one") == quads(tmp_path / "two")
    export(tmp_path / "two", tmp_path / "again", "facts")
    for path in (tmp_path / "again").iterdir():
        assert path.read_bytes() == (tmp_path / "sidecars" / path.name).read_bytes()
    for path in pages.glob("*.json"):
        path.unlink()
    build([pages], tmp_path / "two", corrections=corrections)
    assert quads(tmp_path / "one") == quads(tmp_path / "two")


def test_a_round_trip_of_the_seeds(tmp_path):
    pages = shutil.copytree(SEEDS, tmp_path / "pages", ignore=shutil.ignore_patterns("gold", "pictures"))
    build([pages], tmp_path / "one")
    export(tmp_path / "one", tmp_path / "sidecars", "facts")
    for path in (tmp_path / "sidecars").iterdir():
        shutil.copy(path, pages)
    assert build([pages], tmp_path / "two").refused == ()
    assert quads(tmp_path / "one") == quads(tmp_path / "two")


def test_gold_facts_are_a_sidecar(tmp_path):
    pages = shutil.copytree(SEEDS, tmp_path / "pages", ignore=shutil.ignore_patterns("gold", "pictures"))
    for gold in (SEEDS / "gold").glob("*.json"):
        shutil.copy(gold, pages / f"{gold.stem}.facts.json")
    build([pages], tmp_path / "graph")
    tallies = evaluate(tmp_path / "graph", sorted((SEEDS / "gold").glob("*.json"))).tallies
    for kind in ("places", "organizations", "programs", "metrics full", "relations"):
        assert tallies[kind].f1 > 0.9, kind
    assert check(tmp_path / "graph") == []


# What is taken, and from where it says it comes


def test_a_sidecar_is_the_articles_facts(pages, tmp_path):
    sidecar(pages, by="陈一", on="2025-03-01")
    report = build([pages], tmp_path / "graph")
    assert report.refused == ()
    store = open_graph(tmp_path / "graph")
    assert "走访" in labels(tmp_path / "graph", GOV.Program)
    assert "夜话茶馆" not in labels(tmp_path / "graph", GOV.Program)
    assert "商务社区" in labels(tmp_path / "graph", GOV.Program)  # of a page without sidecar
    (number,) = store.quads_for_pattern(None, GOV.indicator, Literal("走访小区"))
    said = {q.predicate: q.object.value for q in store.quads_for_pattern(number.subject, None, None)}
    assert (said[GOV.rule], said[GOV.assertedBy], said[GOV.assertedOn]) == ("annotation", "陈一", "2025-03-01")
    assert (said[GOV.year], said[GOV.confidence]) == ("2024", "1")
    assert {q.object.value for q in store.quads_for_pattern(None, GOV.divisionCode, None)} >= {"510105"}


def test_what_a_model_has_read_says_so(pages, tmp_path):
    sidecar(pages, rule="model:test")
    build([pages / "office.txt"], tmp_path / "graph")
    store = open_graph(tmp_path / "graph")
    nodes = {q.subject for q in store.quads_for_pattern(None, GOV.rule, Literal("model:test"))}
    assert {q.object for n in nodes for q in store.quads_for_pattern(n, RDF.type, None)} >= {GOV.Claim, GOV.Metric}
    assert [q for n in nodes for q in store.quads_for_pattern(n, GOV.confidence, None)] == []
    assert check(tmp_path / "graph") == []


def test_a_number_of_a_model_must_be_printed_in_its_quotation(pages, tmp_path):
    wrong = OFFICE["metrics"][0] | {"value": 300}
    sidecar(pages, OFFICE | {"metrics": [wrong]}, rule="model:test")
    ((_, told),) = build([pages], tmp_path / "graph").refused
    assert told == ("300个: “每月走访小区30个” prints no 300",)


def test_a_relation_of_a_model_needs_a_quotation(pages, tmp_path):
    bare = {"s": "走访", "p": "ledBy", "o": "三方办"}
    for rule, refused in (("model:test", ("走访 ledBy 三方办: it has no quotation",)), ("annotation", ())):
        sidecar(pages, OFFICE | {"relations": [bare]}, rule=rule)
        assert [told for _, told in build([pages], tmp_path / "graph").refused] == [refused] * bool(refused)


def test_modes(pages, tmp_path, run_kg):
    sidecar(pages)
    programs = {}
    for mode in Mode:
        assert run_kg("build", pages / "office.txt", "-g", tmp_path / mode, "--facts", mode).status == 0
        programs[mode] = labels(tmp_path / mode, GOV.Program)
    assert programs[Mode.ONLY] == {"邻里厨房", "走访"}
    assert programs[Mode.RULES] == {"邻里厨房", "夜话茶馆"}
    assert programs[Mode.ADD] == {"邻里厨房", "夜话茶馆", "走访"}
    assert programs[Mode.AGREE] == {"邻里厨房"}
    store = open_graph(tmp_path / "add")
    values = sorted(q.object.value for q in store.quads_for_pattern(None, GOV.value, None))
    assert values == ["20", "30", "500", "8"]
    agreed = open_graph(tmp_path / "agree")
    assert [q.object.value for q in agreed.quads_for_pattern(None, GOV.value, None)] == ["30"]


def test_what_a_sidecar_leaves_open_of_a_number_is_told_by_our_rules(pages, tmp_path):
    store = {}
    for mode in (Mode.RULES, Mode.ADD):
        sidecar(pages, OFFICE | {"metrics": [{"value": 30, "unit": ["个"], "quote": "小区30个", "counts": ["小区"]}]})
        build([pages], tmp_path / mode, facts=mode)
        store[mode] = open_graph(tmp_path / mode)
    for term in (GOV.area, GOV.measures):
        ours, both = (
            {q.object for m in s.quads_for_pattern(None, GOV.value, None) if m.object.value == "30"
             for q in s.quads_for_pattern(m.subject, term, None)}
            for s in store.values()
        )  # fmt: skip
        assert ours == both
        assert ours


def test_what_a_model_found_too_is_not_less_sure_than_what_it_found_alone(pages, tmp_path):
    sidecar(pages, rule="model:test")
    for mode in (Mode.ADD, Mode.AGREE):
        build([pages], tmp_path / mode, facts=mode, min_confidence=Decimal(1))
        assert "邻里厨房" in labels(tmp_path / mode, GOV.Program)
        assert "夜话茶馆" not in labels(tmp_path / mode, GOV.Program)


def test_what_changes_is_read_again(pages, tmp_path):
    graph = tmp_path / "graph"
    build([pages], graph)
    plain = quads(graph)
    path = sidecar(pages)
    assert [p.name for p in build([pages], graph).read] == ["office.txt"]
    assert build([pages], graph).read == ()
    assert [p.name for p in build([pages], graph, facts=Mode.ADD).read] == ["office.txt"]
    path.unlink()
    build([pages], graph)
    assert quads(graph) == plain


def test_two_sidecars_of_a_page_are_told_and_neither_is_taken(pages, tmp_path, run_kg):
    graph = tmp_path / "graph"
    sidecar(pages)
    build([pages], graph)
    second = sidecar(pages, name="office.facts.json")
    done = run_kg("build", pages, "-g", graph)
    assert "office.txt.facts.json and office.facts.json" in done.err
    second.unlink()
    assert "keep one" not in run_kg("build", pages, "-g", graph).err


def test_corrections_come_after_sidecars(pages, tmp_path):
    sidecar(pages)
    own = tmp_path / "own.toml"
    own.write_text('[[wrong]]\nthing = "走访"\n', encoding="utf-8")
    assert build([pages], tmp_path / "graph", corrections=[own]).remarks == ()
    assert "走访" not in labels(tmp_path / "graph", GOV.Program)


# What is refused, fact by fact

REFUSED = [
    ("programs", {"name": "云上议事"}, "云上议事: none of its names stands in the text"),
    ("programs", {"name": "邻里厨房", "quote": "邻里厨房停办了"}, "“邻里厨房停办了” stands nowhere in the text"),
    ("programs", {"name": 5}, "is no text"),
    ("programs", "邻里厨房", "it is no object"),
    ("programs", {}, "it needs name"),
    ("places", {"name": "青羊区", "level": "county"}, "is one of province, city"),
    ("metrics", {"value": 31, "unit": ["个"], "quote": "走访小区31个"}, "stands nowhere in the text"),
    ("metrics", {"value": "many", "quote": "走访小区30个"}, "is no number"),
    ("metrics", {"value": 30}, "it needs a quote"),
    ("metrics", {"value": 30, "quote": "走访小区30个", "kind": "sum"}, "is one of level, growth"),
    ("relations", {"s": "邻里厨房", "p": "ledBy", "o": "锦江区民政局"}, "nothing is called 锦江区民政局"),
    ("relations", {"s": "青羊区", "p": "ledBy", "o": "三方办"}, "青羊区 is a District there, which cannot stand here"),
    ("relations", {"s": "邻里厨房", "p": "hates", "o": "三方办"}, "is one of basedIn"),
    ("programs", {"name": "邻里厨房", "id": "http://example.org/x", "quote": "邻里厨房"}, "is no IRI of a thing"),
    ("programs", {"name": "邻里厨房", "id": "program:邻里厨房"}, "it needs a quote"),
    ("programs", {"name": "邻里厨房", "confidence": 7}, "not between 0 and 1"),
    ("programs", {"name": "邻里厨房", "on": "yesterday"}, "is no date"),
]


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case[2])
def test_a_fact_that_stands_nowhere_is_refused_and_told(case, pages, tmp_path, run_kg):
    key, fact, reason = case
    sidecar(pages, OFFICE | {key: [*OFFICE[key], fact]})
    done = run_kg("build", pages, "-g", tmp_path / "graph")
    assert done.status == 0
    assert "office.txt: 1 facts of its sidecar were refused\n" in done.err
    (line,) = [line for line in done.err.splitlines() if line.startswith("  ")]
    assert reason in line
    assert "走访" in labels(tmp_path / "graph", GOV.Program)  # the others stand
    assert run_kg("build", pages, "-g", tmp_path / "other", "--strict").status == 1


def test_facts_of_an_article_that_the_page_lacks(pages, tmp_path):
    sidecar(pages, OFFICE | {"headline": "另一篇报道", "opening": "春天来了"})
    ((path, told),) = build([pages], tmp_path / "graph").refused
    assert path.name == "office.txt"
    assert told == ("6 facts of “另一篇报道”: no article of the page has this headline or opening",)
    assert "夜话茶馆" in labels(tmp_path / "graph", GOV.Program)  # read by rules


def test_a_sidecar_of_another_page_is_none(pages, tmp_path):
    sidecar(pages, name="office.facts.json", page="office.html")
    shutil.copy(pages / "towers.txt", pages / "office.html")
    report = build([pages / "office.txt"], tmp_path / "graph")
    assert (report.skipped, report.refused) == ((), ())
    assert "夜话茶馆" in labels(tmp_path / "graph", GOV.Program)


@pytest.mark.parametrize("name", ["office.facts.json", "office.txt.facts.json"])
@pytest.mark.parametrize("other", ["towers.txt", "gone.txt", "../x/office.md", "/", "a\0b"])
def test_a_sidecar_that_names_a_page_it_is_not_beside_is_told(other, name, pages, tmp_path, run_kg):
    sidecar(pages, name=name, page=other)
    for _ in range(2):
        done = run_kg("build", pages, "-g", tmp_path / "graph")
        assert done.status == 1
        (line,) = [line for line in done.err.splitlines() if "office.txt: " in line]
        assert f"its facts in {name} are of another page (" in line
    assert "夜话茶馆" in labels(tmp_path / "graph", GOV.Program)  # by our rules


NO_SIDECARS = [
    ("{", "no JSON"),
    ("[]", 'have no list of "articles"'),
    ("null", 'have no list of "articles"'),
    ('{"articles": {}}', 'have no list of "articles"'),
    ('{"articles": NaN}', "no JSON"),
    ('{"articles": [' + "[" * 100_000, "too deeply nested"),
    ('{"articles": [], "by": 3}', "is no text"),
    ('{"articles": ' + "9" * 5_000 + "}", "too many digits"),
]


@pytest.mark.parametrize(("text", "reason"), NO_SIDECARS)
def test_what_is_no_sidecar_costs_no_more_than_its_page(text, reason, pages, tmp_path, run_kg):
    graph = tmp_path / "graph"
    build([pages], graph)
    plain = quads(graph)
    (pages / "office.txt.facts.json").write_text(text, encoding="utf-8")
    done = run_kg("build", pages, "-g", graph)
    assert done.status == 1
    (line,) = [line for line in done.err.splitlines() if "skipped " in line and "office.txt: " in line]
    assert reason in line
    assert quads(graph) == plain


def test_a_broken_sidecar_leaves_a_new_page_to_the_rules_and_is_told_until_it_is_mended(pages, tmp_path, run_kg):
    graph = tmp_path / "graph"
    build([pages], tmp_path / "plain")
    (pages / "office.txt.facts.json").write_text('{"articles": [', encoding="utf-8")
    for _ in range(2):
        done = run_kg("build", pages, "-g", graph)
        assert done.status == 1
        (line,) = [line for line in done.err.splitlines() if "office.txt: " in line]
        assert line.startswith("read in part ")
        assert "no JSON" in line
        assert quads(graph) == quads(tmp_path / "plain")
    sidecar(pages)
    assert build([pages], graph).skipped == ()
    assert "走访" in labels(graph, GOV.Program)


def test_a_sidecar_out_of_reach_leaves_a_new_page_to_the_rules(pages, tmp_path):
    (pages / "office.txt.facts.json").symlink_to(tmp_path / "away")
    (tmp_path / "away").mkdir()
    assert build([pages], tmp_path / "graph").skipped == ()  # a folder is no sidecar
    (tmp_path / "away").rmdir()
    (tmp_path / "away").write_bytes(b"\xff\xfe{")
    (skipped,) = build([pages], tmp_path / "other").skipped
    assert skipped.partly
    assert "not in UTF-8" in skipped.reason
    assert quads(tmp_path / "graph") == quads(tmp_path / "other")


def test_refused_facts_are_told_at_each_build(pages, tmp_path, run_kg):
    sidecar(pages, OFFICE | {"programs": [*OFFICE["programs"], {"name": "春风行动", "quote": "春风送岗位"}]})
    first, again = (run_kg("build", pages, "-g", tmp_path / "graph", "--strict") for _ in range(2))
    assert first.status == again.status == 1
    assert "0 files read" in again.err
    told = first.err.splitlines()[:-1]
    assert len(told) == 2
    assert again.err.splitlines()[:-1] == told
    sidecar(pages)
    assert run_kg("build", pages, "-g", tmp_path / "graph", "--strict").status == 0


def values(chance: random.Random):
    return chance.choice(
        [
            None,
            True,
            -1,
            1.5,
            10**17,
            10**40,
            "",
            "邻里厨房",
            "\ud800",
            "\u0000",
            "=1+1",
            [],
            {},
            [None],
            {"a": []},
            "x" * 9000,
        ]
    )


def hostile(chance: random.Random, data):
    """A sidecar with some of its values exchanged, taken out or repeated, at any depth."""
    if isinstance(data, dict):
        items = {}
        for key, value in data.items():
            match chance.randrange(30):
                case 0:
                    items[key] = values(chance)
                case 1:
                    pass
                case 2:
                    items[str(values(chance))] = value
                case _:
                    items[key] = hostile(chance, value)
        return items
    if isinstance(data, list):
        found = [hostile(chance, each) if chance.randrange(25) else values(chance) for each in data]
        return found * (2 if not chance.randrange(20) else 1)
    return data if chance.randrange(40) else values(chance)


def test_hostile_sidecars_give_facts_or_clear_lines(pages, tmp_path):
    from kg.pipeline import read_file

    build([pages], tmp_path / "graph")
    export(tmp_path / "graph", tmp_path / "office.facts.json")
    data = [json.loads((tmp_path / "office.facts.json").read_text(encoding="utf-8")), {"articles": [OFFICE]}]
    chance = random.Random(5)
    page = pages / "office.txt"
    plain = read_file(page)
    strange, refused = [], 0
    for number in range(500):
        text = json.dumps(hostile(chance, data[number % 2]), ensure_ascii=True)
        if number % 10 == 0:
            text = text[: chance.randrange(len(text))]
        (pages / "office.txt.facts.json").write_text(text, encoding="utf-8")
        found = read_file(page)
        if found.faults:
            strange += [found.faults] * (not found.faults.startswith("its facts in office.txt.facts.json"))
            strange += ["facts of the rules are lost"] * (found.facts != plain.facts)
            continue
        refused += bool(found.refused)
        strange += [line for line in found.refused if len(line) > 500]
    assert strange == []
    assert refused > 100


# Names from elsewhere

TEXT = (PAGES / "office.txt").read_text(encoding="utf-8")


def marked(*names: tuple[str, str]) -> list:
    return [[TEXT.index(name), TEXT.index(name) + len(name), label] for name, label in names]


NAMES = (("三方办", "ORG"), ("夜话茶馆", "项目"), ("望湖公园", "LOC"), ("青羊区", "GPE"), ("李伟", "per"))
DOCCANO = json.dumps({"id": 1, "text": TEXT, "label": marked(*NAMES)}, ensure_ascii=False)
ENTITIES = json.dumps(
    {"text": TEXT, "entities": [{"label": k, "start_offset": s, "end_offset": e} for s, e, k in marked(*NAMES)]}
)
STUDIO = json.dumps(
    [
        {
            "data": {"text": TEXT},
            "annotations": [
                {
                    "result": [
                        {"type": "labels", "value": {"start": s, "end": e, "text": TEXT[s:e], "labels": [k]}}
                        for s, e, k in marked(*NAMES)
                    ]
                }
            ],
        }
    ]
)


@pytest.mark.parametrize(
    "text", [DOCCANO + "\n" + DOCCANO, ENTITIES + "\n", STUDIO], ids=["doccano", "entities", "studio"]
)
def test_names_marked_in_doccano_and_label_studio(text, pages, tmp_path):
    (pages / "office.txt.facts.json").write_text(text, encoding="utf-8")
    report = build([pages / "office.txt"], tmp_path / "graph")
    assert report.refused == ()
    kinds = {kind: labels(tmp_path / "graph", GOV[kind]) for kind in ("Organization", "Program", "Site", "Person")}
    assert kinds["Program"] == {"夜话茶馆"}
    assert kinds["Site"] == {"望湖公园"}
    assert kinds["Person"] == {"李伟"}
    assert len(kinds["Organization"]) == 1
    assert "青羊区" in labels(tmp_path / "graph", GOV.District)


def test_labels_that_nobody_knows_are_refused(pages, tmp_path):
    text = json.dumps({"text": TEXT, "label": marked(("三方办", "MISC"), ("夜话茶馆", "项目"))}, ensure_ascii=False)
    (pages / "office.txt.facts.json").write_text(f"{text}\n{text}", encoding="utf-8")
    ((_, told),) = build([pages / "office.txt"], tmp_path / "graph").refused
    assert len(told) == 1
    assert "'MISC' is unknown" in told[0]
    assert read_manifest(tmp_path / "graph").sources


def test_lines_of_doccano_beside_a_page_are_its_facts_and_no_page(pages, tmp_path):
    text = json.dumps({"text": TEXT, "label": marked(("夜话茶馆", "项目"))}, ensure_ascii=False)
    (pages / "office.txt.facts.jsonl").write_text(f"{text}\n", encoding="utf-8")
    build([pages], tmp_path / "graph")
    read = {Path(name).name for name in read_manifest(tmp_path / "graph").sources}
    assert read == {path.name for path in PAGES.iterdir()}
    (pages / "office.txt").rename(tmp_path / "office.txt")
    (pages / "office.txt.facts.jsonl").rename(tmp_path / "office.txt.facts.jsonl")
    build([tmp_path / "office.txt"], tmp_path / "one")
    assert labels(tmp_path / "one", GOV.Program) == {"夜话茶馆"}


# Export


def test_the_name_of_the_file_or_the_selection_tells_the_page(pages, tmp_path, run_kg):
    build([pages], tmp_path / "graph")
    for name in ("office.facts.json", "office.txt.facts.json"):
        assert run_kg("export", tmp_path / name, "-g", tmp_path / "graph").status == 0
        assert json.loads((tmp_path / name).read_text(encoding="utf-8"))["page"] == "office.txt"
    done = run_kg("export", tmp_path / "x.facts.json", "-g", tmp_path / "graph")
    assert (done.status, "name one with --article" in done.err) == (1, True)
    done = run_kg("export", tmp_path / "x.facts.json", "-g", tmp_path / "graph", "--article", "towers.txt")
    assert done.status == 0
    done = run_kg("export", "-", "--format", "facts.json", "--article", "towers.txt", "-g", tmp_path / "graph")
    assert json.loads(done.out)["page"] == "towers.txt"


# What a person changes in a sidecar of ours, whose IRIs still tell what stood there before


def exported(tmp_path: Path) -> tuple[Path, dict]:
    """The folder of one page, and what the sidecar that kg writes of it says."""
    folder = tmp_path / "one"
    folder.mkdir()
    (folder / "page.txt").write_text(
        "青羊区推出新办法\n\n青羊区推出“邻里厨房”，少城街道办起“银杏夜话”。\n\n“邻里厨房”由少城街道牵头，"
        "青羊区民政局参与。\n",
        encoding="utf-8",
    )
    build([folder], tmp_path / "first")
    export(tmp_path / "first", folder / "page.facts.json")
    return folder, json.loads((folder / "page.facts.json").read_text(encoding="utf-8"))


def rebuilt(folder: Path, said: dict, tmp_path: Path) -> Path:
    (folder / "page.facts.json").write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")
    build([folder], tmp_path / "second")
    return tmp_path / "second"


def test_a_name_that_was_changed_is_the_name(tmp_path):
    folder, said = exported(tmp_path)
    (kitchen,) = (p for p in said["articles"][0]["programs"] if p["name"] == "邻里厨房")
    kitchen["name"] = "厨房"
    graph = rebuilt(folder, said, tmp_path)
    assert "厨房" in labels(graph, GOV.Program)
    assert "邻里厨房" not in labels(graph, GOV.Program)


def test_a_thing_put_into_another_list_is_of_that_kind(tmp_path):
    folder, said = exported(tmp_path)
    article = said["articles"][0]
    (kitchen,) = (p for p in article["programs"] if p["name"] == "邻里厨房")
    article["programs"].remove(kitchen)
    article["organizations"].append(kitchen)
    graph = rebuilt(folder, said, tmp_path)
    assert "邻里厨房" not in labels(graph, GOV.Program)
    assert any("邻里厨房" in label for label in labels(graph, GOV.Organization))


def test_an_end_of_a_relation_that_was_changed(tmp_path):
    folder, said = exported(tmp_path)
    relations = said["articles"][0]["relations"]
    led = [r for r in relations if r["p"] == "ledBy"]
    assert led
    for relation in led:
        relation["o"] = "青羊区民政局"
    store = open_graph(rebuilt(folder, said, tmp_path))
    (leader,) = {q.object for q in store.quads_for_pattern(None, GOV.ledBy, None)}
    assert [q.object.value for q in store.quads_for_pattern(leader, SKOS.prefLabel, None)] == ["青羊区民政局"]


def test_a_number_out_of_all_measure_costs_its_page_alone(pages, tmp_path, run_kg):
    sidecar(pages).write_text('{"articles": [{"metrics": [{"value": 1e999999999, "quote": "走访"}]}]}')
    done = run_kg("build", pages, "--graph", tmp_path / "graph")
    assert "a number of too many digits" in done.err
    assert "please report" not in done.err
