"""The gold of the reports agrees with itself: what a slip of an annotator or of a mending script would break."""

from __future__ import annotations

import json
import re
from collections import Counter

from scripts.learning.corpus import APART, GOLD

ARTICLES = {
    path.stem: json.loads(path.read_text(encoding="utf-8"))["articles"][0] for path in sorted(GOLD.glob("*.json"))
}
NAMED = ("places", "organizations", "programs", "documents")
OBJECTS = {
    "implementedIn": {"places"},
    "basedIn": {"places"},
    "partOf": {"programs"},
    "ledBy": {"places", "organizations"},
    "involves": {"places", "organizations"},
}


def plain(text: str) -> str:
    """A name without the marks that its printings differ in."""
    return re.sub(r"[\s\"“”‘’'《》（）()、，,。：:；;！!？?·—–\-]", "", text)


def kinds_of(article: dict[str, list[dict]]) -> dict[str, set[str]]:
    """The kinds in which each name or alias of the report stands."""
    kinds: dict[str, set[str]] = {}
    for kind in NAMED:
        for item in article[kind]:
            for name in (item["name"], *item.get("aliases", ())):
                kinds.setdefault(plain(name), set()).add(kind)
    return kinds


def test_what_is_referred_to_is_listed():
    for report, article in ARTICLES.items():
        kinds = kinds_of(article)
        for place in article["places"]:
            assert place["within"] is None or "places" in kinds.get(plain(place["within"]), ()), (report, place)
        for metric in article["metrics"]:
            assert all(plain(name) in kinds for name in metric["of"]), (report, metric)
        for person in article["people"]:
            assert all(plain(name) in kinds for name in person["at"]), (report, person)
        for relation in article["relations"]:
            subject = "organizations" if relation["p"] == "basedIn" else "programs"
            assert subject in kinds.get(plain(relation["s"]), ()), (report, relation)
            assert kinds.get(plain(relation["o"]), set()) & OBJECTS[relation["p"]], (report, relation)


def test_a_thing_stands_once_and_is_core_in_one_kind():
    for report, article in ARTICLES.items():
        core: Counter[str] = Counter()
        for kind in NAMED:
            names = Counter(plain(item["name"]) for item in article[kind])
            assert not names or max(names.values()) == 1, (report, kind, names)
            core.update({plain(item["name"]) for item in article[kind] if item["core"]})
            for item in article[kind]:
                printed = [item["name"], *item.get("aliases", ())]
                assert len(set(printed)) == len(printed), (report, item)
                assert all(len(plain(name)) < 24 for name in printed), (report, item)
        assert not core or max(core.values()) == 1, (report, core.most_common(3))


def test_the_four_municipalities_are_provinces():
    for report, article in ARTICLES.items():
        for place in article["places"]:
            if place["name"] in {"北京市", "上海市", "天津市", "重庆市"}:
                assert place["level"] == "province", (report, place)


def test_metrics_say_what_the_format_knows():
    for report, article in ARTICLES.items():
        for metric in article["metrics"]:
            assert isinstance(metric["value"], int | float), (report, metric)
            assert metric["unit"], (report, metric)
            assert metric["qualifier"] in {"exact", "over", "about", "under"}, (report, metric)
            assert metric["kind"] in {"level", "growth", "from", "to"}, (report, metric)


def test_reports_that_are_kept_aside_have_gold_and_stand_in_one_list():
    names = [name for part in APART for name in (GOLD / f"{part}.txt").read_text(encoding="utf-8").split()]
    assert set(names) <= ARTICLES.keys()
    assert len(set(names)) == len(names)
