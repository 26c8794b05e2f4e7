"""Checks the gold facts of `seeds/` and of `tests/articles/` against their pages.

Gold with a slip in it measures nothing: a name that the page does not print can never be found. So each file is held
to its format, and each name, alias and quotation to the page's text, white space aside.
"""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

TESTS = Path(__file__).resolve().parent
FOLDERS = (TESTS.parent / "seeds", TESTS / "articles")
GOLD = [path for folder in FOLDERS for path in sorted((folder / "gold").glob("*.json"))]
PAGES = [
    path
    for folder in FOLDERS
    for path in sorted(folder.iterdir())
    if path.suffix in {".txt", ".md", ".html", ".jsonl"} and path.name != "README.md"
]

NAMED = {
    "places": {"name", "level", "within", "aliases", "core"},
    "organizations": {"name", "aliases", "core"},
    "programs": {"name", "aliases", "core"},
    "people": {"name", "role", "at", "core"},
    "documents": {"name", "aliases", "core"},
}
ARTICLE = {"headline", "accept", "opening", "year", *NAMED, "metrics", "relations"}
METRIC = {"value", "unit", "qualifier", "kind", "counts", "of", "year", "quote", "core"}
RELATION = {"s", "p", "o", "core"}
LEVELS = {"province", "city", "district", "street", "community", "site"}
QUALIFIERS = {"exact", "over", "about", "under"}
KINDS = {"level", "growth", "from", "to"}
ENDS = {
    "implementedIn": ({"programs"}, {"places"}),
    "ledBy": ({"programs"}, {"organizations", "places"}),
    "involves": ({"programs"}, {"organizations"}),
    "partOf": ({"programs"}, {"programs"}),
    "basedIn": ({"organizations"}, {"places"}),
}
# 全省, 该区 and the like stand for an administrative place that the page never spells out.
STAND_INS = re.compile(r"[全该我本][省市县区街镇乡村]|自治区")
MARKS = re.compile(r"[“”‘’\"'《》]")


class TextOnly(HTMLParser):
    """Keeps what an HTML page shows."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def flat(text: str) -> str:
    return re.sub(r"\s", "", text)


def text_of(page: Path) -> str:
    text = page.read_text(encoding="utf-8")
    if page.suffix == ".html":
        reader = TextOnly()
        reader.feed(text)
        return flat("".join(reader.parts))
    if page.suffix == ".jsonl":
        return flat("".join(str(value) for line in text.splitlines() for value in json.loads(line).values()))
    return flat(text)


def abbreviates(short: str, full: str) -> bool:
    """Whether the characters of `short` stand in `full` in this order: 区住建局 in 上城区住房和城乡建设局."""
    rest = iter(full)
    return all(character in rest for character in short)


def printed(name: str, text: str) -> bool:
    return flat(name) in text


def number_in(quote: str) -> bool:
    return bool(re.search(r"[0-9０-９〇零一二两三四五六七八九十百千万亿半]", quote))


def name_faults(kind: str, item: dict[str, Any], text: str) -> Iterator[str]:
    if set(item) != NAMED[kind]:
        yield f"fields {sorted(item)}"
        return
    name, aliases = item["name"], item.get("aliases", [])
    if not name or name != name.strip():
        yield "an empty name, or white space around it"
    if name in aliases or len(set(aliases)) < len(aliases):
        yield "an alias twice, or the name as its own alias"
    yield from (f"alias {alias} is not on the page" for alias in aliases if not printed(alias, text))
    spelled_out = any(abbreviates(a, name) or (kind == "places" and STAND_INS.fullmatch(a)) for a in aliases)
    if not printed(name, text) and not spelled_out and flat(MARKS.sub("", name)) not in MARKS.sub("", text):
        yield "neither on the page nor the full form of an alias"


def metric_faults(metric: dict[str, Any], text: str, subjects: set[str]) -> Iterator[str]:
    if set(metric) != METRIC:
        yield f"fields {sorted(metric)}"
        return
    if not isinstance(metric["value"], (int, float)) or isinstance(metric["value"], bool):
        yield "the value is no number"
    if metric["qualifier"] not in QUALIFIERS or metric["kind"] not in KINDS:
        yield "an unknown qualifier or kind"
    if not metric["unit"] or not all(isinstance(unit, str) for unit in metric["unit"]):
        yield "no unit (a number without one has the unit '')"
    if any(re.match(r"[万亿]|[0-9]", unit) for unit in metric["unit"]):
        yield "万, 亿 and digits belong to the value"
    if not metric["counts"] or not all(metric["counts"]):
        yield "nothing is counted"
    if not printed(metric["quote"], text) or not number_in(metric["quote"]):
        yield "the quotation is not on the page, or holds no number"
    if not metric["of"]:
        yield "attached to nothing"
    yield from (f"attached to {name}, which is not listed" for name in metric["of"] if name not in subjects)
    if metric["year"] is not None and not 1980 <= metric["year"] <= 2035:
        yield f"year {metric['year']}"


def relation_faults(relation: dict[str, Any], names: dict[str, set[str]]) -> Iterator[str]:
    if set(relation) != RELATION or relation["p"] not in ENDS:
        yield "unknown fields or predicate"
        return
    for end, kinds in zip(("s", "o"), ENDS[relation["p"]], strict=True):
        if not any(relation[end] in names[kind] for kind in kinds):
            yield f"{relation[end]} is not listed among {sorted(kinds)}"
    if relation["s"] == relation["o"] and relation["p"] == "partOf":
        yield "a part of itself"


def place_faults(place: dict[str, Any], listed: set[str]) -> Iterator[str]:
    if place["level"] not in LEVELS:
        yield f"level {place['level']}"
    if place["within"] is not None and (place["within"] not in listed or place["within"] == place["name"]):
        yield f"within {place['within']}, which is not listed"


def named_faults(article: dict[str, Any], names: dict[str, set[str]], text: str) -> Iterator[str]:
    for kind in NAMED:
        if len(names[kind]) < len(article[kind]):
            yield f"{kind}: a name twice"
        for item in article[kind]:
            found = list(name_faults(kind, item, text))
            if kind == "places" and not found:
                found += place_faults(item, names["places"])
            yield from (f"{kind} {item.get('name')}: {fault}" for fault in found)


def fact_faults(article: dict[str, Any], names: dict[str, set[str]], text: str) -> Iterator[str]:
    subjects = names["places"] | names["organizations"] | names["programs"]
    for person in article["people"]:
        yield from (f"person {person['name']}: at {name}, not listed" for name in person["at"] if name not in subjects)
    for metric in article["metrics"]:
        yield from (f"metric {metric.get('quote')}: {fault}" for fault in metric_faults(metric, text, subjects))
    for relation in article["relations"]:
        yield from (f"relation {relation}: {fault}" for fault in relation_faults(relation, names))
    triples = [(relation.get("s"), relation.get("p"), relation.get("o")) for relation in article["relations"]]
    yield from (f"relation {triple} twice" for triple in sorted({t for t in triples if triples.count(t) > 1}))


def article_faults(article: dict[str, Any], text: str) -> Iterator[str]:
    if set(article) != ARTICLE:
        yield f"fields {sorted(set(article) ^ ARTICLE)}"
        return
    lines = (article["headline"], article["opening"], *article["accept"])
    yield from (f"{line} is not on the page" for line in lines if not line or not printed(line, text))
    names = {kind: {item["name"] for item in article[kind]} for kind in NAMED}
    yield from named_faults(article, names, text)
    yield from fact_faults(article, names, text)
    for kind in (*NAMED, "metrics", "relations"):
        if not all(isinstance(item.get("core"), bool) for item in article[kind]):
            yield f"{kind}: core is true or false"


def faults(gold: dict[str, Any], text: str) -> list[str]:
    """What is wrong with a page's gold facts, one line for each fault."""
    if set(gold) != {"page", "articles"} or not gold["articles"]:
        return ["a page has a name and articles"]
    return [fault for article in gold["articles"] for fault in article_faults(article, text)]


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_gold_agrees_with_its_page(path: Path):
    gold = json.loads(path.read_text(encoding="utf-8"))
    page = path.parent.parent / gold["page"]
    assert page.stem == path.stem
    assert faults(gold, text_of(page)) == []


def test_every_page_has_gold_and_every_gold_its_page():
    assert [path.stem for path in PAGES] == [path.stem for path in GOLD]


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_openings_follow_their_headlines(path: Path):
    """Each article's headline stands once on its page, and the openings are all different."""
    gold = json.loads(path.read_text(encoding="utf-8"))
    text = text_of(path.parent.parent / gold["page"])
    openings = [flat(article["opening"]) for article in gold["articles"]]
    assert len(set(openings)) == len(openings)
    assert all(text.index(flat(a["headline"])) < text.index(flat(a["opening"])) for a in gold["articles"])


def test_held_out_articles_are_named():
    """The list of held-out articles in the README names the even-numbered ones, all of which exist."""
    readme = (TESTS / "articles" / "README.md").read_text(encoding="utf-8")
    held_out = re.search(r"heldout: (.*)", readme)
    assert held_out
    stems = {path.stem for path in (TESTS / "articles").iterdir()}
    named = held_out.group(1).split()
    assert named == sorted(stem for stem in stems if re.fullmatch(r"a\d*[02468]", stem))


TEXT = "上城区街事荟在紫阳街道试行，区住建局牵头，共10家商户。"


def small_gold(**changes: Any) -> dict[str, Any]:
    article: dict[str, Any] = {
        "headline": "上城区街事荟",
        "accept": [],
        "opening": "在紫阳街道试行",
        "year": None,
        "places": [{"name": "上城区", "level": "district", "within": None, "aliases": ["上城"], "core": True}],
        "organizations": [{"name": "上城区住房和城乡建设局", "aliases": ["区住建局"], "core": True}],
        "programs": [{"name": "街事荟", "aliases": [], "core": True}],
        "people": [],
        "documents": [],
        "metrics": [
            {
                "value": 10,
                "unit": ["家"],
                "qualifier": "exact",
                "kind": "level",
                "counts": ["商户"],
                "of": ["街事荟"],
                "year": None,
                "quote": "10家商户",
                "core": True,
            }
        ],
        "relations": [{"s": "街事荟", "p": "implementedIn", "o": "上城区", "core": True}],
    }
    for field, change in changes.items():
        article[field] = [{**article[field][0], **change}] if isinstance(change, dict) else change
    return {"page": "page.txt", "articles": [article]}


def test_sound_gold_has_no_faults():
    assert faults(small_gold(), TEXT) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"headline": "下城区街事荟"},
        {"places": {"name": "拱墅区", "aliases": []}},
        {"places": {"within": "杭州市"}},
        {"places": {"level": "county"}},
        {"organizations": {"name": "上城区民政局"}},
        {"programs": {"aliases": ["街事会"]}},
        {"programs": {"core": "yes"}},
        {"metrics": {"quote": "十家商户"}},
        {"metrics": {"of": ["紫阳街道"]}},
        {"metrics": {"unit": ["万家"]}},
        {"metrics": {"qualifier": "多"}},
        {"relations": {"o": "上城区住房和城乡建设局"}},
        {"relations": {"s": "街事"}},
    ],
    ids=str,
)
def test_slips_in_gold_are_told(changes: dict[str, Any]):
    assert len(faults(small_gold(**changes), TEXT)) >= 1
