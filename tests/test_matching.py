"""Things that may be one: what is linked across articles, and what is not."""

from __future__ import annotations

import random

import pytest
from click.testing import CliRunner
from pyoxigraph import Literal, NamedNode, Quad, Store
from samples import lines

from kg.build import build
from kg.cli import cli
from kg.matching import CONFIDENCE, Thing, keeping, match_quads, matches
from kg.matching.reasons import REASONS
from kg.queries.asking import ask
from kg.queries.saved import find_question
from kg.store import new_generation, open_graph, open_with_union, read_summary
from kg.vocabulary import GOV, ID, MATCHES, RDF, SKOS

GONGSHU = ("浙江省", "杭州市", "拱墅区")
SHANGCHENG = ("浙江省", "杭州市", "上城区")


def thing(kind: str, label: str, scope: tuple[str, ...] = (), *forms: str) -> Thing:
    path = "_".join([*scope, label])
    return Thing(f"{ID}{kind.lower()}/{path}", label, kind, scope, tuple(sorted({label, *forms})))


def reasons(*things: Thing) -> list[str]:
    return [match.reason for match in matches(things)]


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        (
            thing("Person", "林海生", GONGSHU),
            thing("Person", "林海生", (*GONGSHU, "拱墅区民政局")),
            "same-name-wider-place",
        ),
        (thing("Place", "云鹤里", GONGSHU), thing("Place", "云鹤里", (*GONGSHU, "文晖街道")), "same-name-wider-place"),
        (thing("Organization", "拱墅区三方办", GONGSHU), thing("Organization", "三方办", GONGSHU), "name-with-place"),
        (
            thing("Organization", "杭州公共管理学院", (), "公管学院"),
            thing("Organization", "公管学院"),
            "shared-form",
        ),
        (thing("Organization", "临川食品公司"), thing("Organization", "江西省临川食品公司"), "name-with-place"),
        (thing("Program", "141", GONGSHU), thing("Program", "141体系", GONGSHU), "formula-with-head"),
        (thing("Organization", "义警服务队", GONGSHU), thing("Program", "义警服务队"), "other-kind"),
        (thing("Program", "大数据+网格化"), thing("Program", "网格化+大数据"), "same-words"),
        (
            thing("Organization", "港理大未来技术研究院"),
            thing("Organization", "香港理工大学未来技术研究院"),
            "abbreviation",
        ),
        (thing("Organization", "山大", GONGSHU), thing("Organization", "山西大学"), "shared-short-form"),
        (thing("Program", "吹哨报到"), thing("Program", "吹哨报道"), "same-sound"),
    ],
)
def test_what_may_be_one_is_linked_with_its_reason(one, other, reason):
    assert reasons(one, other) == [reason]
    assert reasons(other, one) == [reason]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (thing("Organization", "拱墅区三方办", GONGSHU), thing("Organization", "三方办", SHANGCHENG)),
        (thing("Person", "李伟", (*GONGSHU, "拱墅区民政局")), thing("Person", "李伟", (*GONGSHU, "拱墅区住建局"))),
        (thing("Person", "李伟", GONGSHU), thing("Person", "李伟", SHANGCHENG)),
        (thing("Program", "三个一", GONGSHU), thing("Program", "三个一", SHANGCHENG)),
        (thing("Program", "一网统管"), thing("Program", "一网通办")),
        (thing("Organization", "第一党支部", GONGSHU), thing("Organization", "第二党支部", GONGSHU)),
        (thing("Document", "决定"), thing("Document", "决定", GONGSHU)),
        (thing("Organization", "拱墅区纪律检查委员会", GONGSHU), thing("Organization", "拱墅区监察委员会", GONGSHU)),
    ],
)
def test_what_the_names_tell_apart_is_not_linked(one, other):
    assert reasons(one, other) == []


def test_a_name_that_many_have_links_none_of_them():
    squads = [thing("Organization", "新风实践中心", ("浙江省", f"甲{n}市")) for n in range(3)]
    assert reasons(thing("Program", "新风实践中心"), *squads) == []


def test_matches_do_not_depend_on_the_order_of_things_and_grow_with_their_number_alone():
    things = [thing("Program", f"邻里第{n}号议事厅{n % 7}") for n in range(4_000)]
    things += [thing("Program", "大数据+网格化"), thing("Program", "网格化+大数据")]
    shuffled = random.Random(3).sample(things, len(things))
    assert matches(things) == matches(shuffled)
    assert [match.reason for match in matches(things)] == ["same-words"]


ONE = "杭州市拱墅区推出“吹哨报到”机制，拱墅区民政局牵头。\n\n“吹哨报到”机制服务居民300人。\n"
OTHER = "杭州市上城区推出“吹哨报道”机制，上城区民政局牵头。\n\n“吹哨报道”机制服务居民500人。\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("matching")
    (place / "pages").mkdir()
    (place / "pages" / "one.txt").write_text(f"哨声一响\n\n{ONE}", encoding="utf-8")
    (place / "pages" / "other.txt").write_text(f"哨声再响\n\n{OTHER}", encoding="utf-8")
    build([place / "pages"], place / "graph", jobs=1)
    return place / "graph"


def answer(folder, name, **given):
    return ask(folder, find_question(name), given, form="csv")[0]


def test_matches_stand_in_a_graph_of_their_own_both_ways_with_reason_and_confidence(folder):
    store = open_graph(folder)
    quads = list(store.quads_for_pattern(None, SKOS.closeMatch, None))
    assert {quad.graph_name for quad in quads} == {MATCHES}
    assert {(quad.subject.value, quad.object.value) for quad in quads} == {
        (f"{ID}program/吹哨报到", f"{ID}program/吹哨报道"),
        (f"{ID}program/吹哨报道", f"{ID}program/吹哨报到"),
    }
    (reason,) = store.quads_for_pattern(None, GOV.reason, None)
    (sure,) = store.quads_for_pattern(reason.subject, GOV.confidence, None)
    assert (reason.object.value, sure.object.value) == ("same-sound", str(CONFIDENCE["same-sound"]))


def test_questions_follow_matches_and_say_so_unless_identity_is_strict(folder):
    for name, given in (("about", {"thing": "吹哨报到"}), ("metrics-of-program", {"program": "吹哨报到"})):
        followed, strict = answer(folder, name, **given), answer(folder, name, **given, identity="strict")
        assert "吹哨报道 (same-sound, 0.6)" in followed
        assert "500" in followed
        assert "500" not in strict
        assert "same-sound" not in strict


def test_a_program_is_followed_over_districts_under_both_its_names(folder):
    assert "吹哨报道" in answer(folder, "diffusion")
    assert answer(folder, "diffusion", identity="strict").count("\n") == 1


def test_the_option_of_the_command_line_turns_matches_off(folder):
    asked = ["query", "about", "-p", "thing=吹哨报到", "-f", "csv", "-g", str(folder)]
    assert "same-sound" in CliRunner().invoke(cli, asked).output
    strict = CliRunner().invoke(cli, [*asked, "--strict-identity"]).output
    assert "吹哨报到" in strict
    assert "same-sound" not in strict
    listed = CliRunner().invoke(cli, ["query", "leaders", "-f", "csv", "-g", str(folder), "--strict-identity"])
    assert listed.exit_code == 0


def test_a_match_leaves_with_the_article_that_it_rests_on_and_no_fact_of_the_other_changes(tmp_path):
    def facts(store: Store, file: str):
        articles = [quad.subject for quad in store.quads_for_pattern(None, GOV.sourceFile, None)]
        named = [a for a in articles if f"/{file}-" in a.value]
        return {str(quad) for a in named for quad in store.quads_for_pattern(None, None, None, a)}

    pages, graph = tmp_path / "pages", tmp_path / "graph"
    pages.mkdir()
    (pages / "one.txt").write_text(f"哨声一响\n\n{ONE}", encoding="utf-8")
    build([pages], graph, jobs=1)
    alone = facts(open_graph(graph), "one.txt")
    assert alone
    assert not list(open_graph(graph).quads_for_pattern(None, None, None, MATCHES))
    (pages / "other.txt").write_text(f"哨声再响\n\n{OTHER}", encoding="utf-8")
    build([pages], graph, jobs=1)
    assert list(open_graph(graph).quads_for_pattern(None, None, None, MATCHES))
    assert facts(open_graph(graph), "one.txt") == alone
    (pages / "other.txt").unlink()
    build([pages], graph, jobs=1)
    assert not list(open_graph(graph).quads_for_pattern(None, None, None, MATCHES))
    assert answer(graph, "about", thing="吹哨报到").count("吹哨报道") == 0


def test_what_a_person_has_told_apart_is_no_match(tmp_path):
    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / "one.txt").write_text(f"哨声一响\n\n{ONE}", encoding="utf-8")
    (pages / "other.txt").write_text(f"哨声再响\n\n{OTHER}", encoding="utf-8")
    corrections = tmp_path / "corrections.toml"
    build([pages], tmp_path / "graph", jobs=1)
    assert list(open_graph(tmp_path / "graph").quads_for_pattern(None, None, None, MATCHES))
    corrections.write_text('[[different]]\nnames = ["吹哨报到", "吹哨报道"]\n', encoding="utf-8")
    build([pages], tmp_path / "graph", jobs=1, corrections=[corrections])
    assert not list(open_graph(tmp_path / "graph").quads_for_pattern(None, None, None, MATCHES))
    corrections.write_text("", encoding="utf-8")
    build([pages], tmp_path / "graph", jobs=1, corrections=[corrections])
    assert list(open_graph(tmp_path / "graph").quads_for_pattern(None, None, None, MATCHES))


NAMES = (
    "晨光邻里议事",
    "晨光邻里议事厅",
    "辰光邻里议事",
    "邻里晨光议事",
    "三方办",
    "1+6工作法",
    "1+6",
    "夜话行动",
    "夜话行动计划",
)


def invented(number: int, chance: random.Random) -> list[Quad]:
    """What an article might state of some things: names that are alike, alone or within one of two places."""
    graph = NamedNode(f"{ID}article/{number}")
    found = []
    for _ in range(chance.randint(1, 9)):
        name, kind = chance.choice(NAMES), chance.choice(("Program", "Organization"))
        thing = NamedNode(f"{ID}{kind.lower()}/{chance.choice(('', '北川市_', '北川市_东湖区_'))}{name}")
        found += [
            Quad(thing, RDF.type, GOV[kind], graph),
            Quad(thing, SKOS.prefLabel, Literal(name, language="zh"), graph),
        ]
        if chance.random() < 0.3:
            found.append(Quad(thing, SKOS.altLabel, Literal(chance.choice(NAMES), language="zh"), graph))
    return found


@pytest.mark.parametrize("seed", range(6))
def test_matches_that_follow_changes_are_those_of_all_things_compared_anew(tmp_path, seed, monkeypatch):
    """Articles come, change and go, some names are told apart, blocks fill up and run over."""
    chance = random.Random(seed)
    monkeypatch.setattr(keeping, "_MOST", dict.fromkeys(keeping._MOST, 3))  # noqa: SLF001 - so that few things run over
    monkeypatch.setattr("kg.matching.graph.REASONS", tuple((reason, 3, *how) for reason, _, *how in REASONS))
    wholly = []
    monkeypatch.setattr("kg.matching.match_quads", lambda *given: wholly.append(1) or match_quads(*given))
    apart: tuple[frozenset[str], ...] = ()
    seen = set()
    for step in range(8):
        apart = apart if step % 4 else ((frozenset(chance.sample(NAMES, 2)),) if step else ())
        with new_generation(tmp_path, "v1") as generation:
            generation.drop(str(chance.randrange(5)))
            for number in chance.sample(range(5), 1 if step else 4):
                generation.replace(str(number), f"{step}", lines(invented(number, chance)))
            generation.commit(apart)
        store, union = open_with_union(tmp_path)
        there = set(store.quads_for_pattern(None, None, None, MATCHES))
        assert there == set(match_quads(store, apart))
        assert {q.triple for q in there} <= {q.triple for q in union}
        assert {q.triple for q in store} == {q.triple for q in union}
        assert read_summary(tmp_path).quads == len(store)
        seen |= there
    assert seen
    assert len(wholly) == 2  # the first, and where other names were told apart
