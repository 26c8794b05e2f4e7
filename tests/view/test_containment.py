"""What lies in what on the network page, and that nothing is put where no link leads."""

from __future__ import annotations

import pytest

from kg.network.containment import containment
from kg.network.things import Link, Thing

THINGS = {
    name: Thing(name, kind, name, (name,))
    for kind, names in {
        "Province": "四川省 湖北省",
        "City": "成都市 武汉市",
        "District": "武侯区 青羊区 江汉区",
        "Street": "浆洗街街道 草堂街道",
        "Community": "洗面桥社区",
        "Program": "邻里码 议事亭",
        "Organization": "武侯区民政局 无处协会",
        "Person": "周明",
        "Document": "办法",
    }.items()
    for name in names.split()
}
PLACES = (
    ("成都市", "within", "四川省"), ("武汉市", "within", "湖北省"), ("武侯区", "within", "成都市"),
    ("青羊区", "within", "成都市"), ("江汉区", "within", "武汉市"), ("浆洗街街道", "within", "武侯区"),
    ("草堂街道", "within", "青羊区"), ("洗面桥社区", "within", "浆洗街街道"), ("武侯区民政局", "basedIn", "武侯区"),
)  # fmt: skip


def found(*told):
    return containment(THINGS, [Link(*each) for each in (*PLACES, *told)])


@pytest.mark.parametrize(
    ("told", "thing", "parent"),
    [
        ([("邻里码", "implementedIn", "浆洗街街道")], "邻里码", "浆洗街街道"),
        ([("邻里码", "implementedIn", "武侯区"), ("邻里码", "implementedIn", "青羊区")], "邻里码", "成都市"),
        ([("邻里码", "implementedIn", "武侯区"), ("邻里码", "implementedIn", "浆洗街街道")], "邻里码", "武侯区"),
        ([("邻里码", "implementedIn", "武侯区"), ("邻里码", "implementedIn", "江汉区")], "邻里码", None),
        ([("邻里码", "implementedIn", "武侯区"), ("邻里码", "ledBy", "成都市")], "邻里码", "武侯区"),
        ([("邻里码", "ledBy", "武侯区民政局")], "邻里码", "武侯区"),
        ([("邻里码", "partOf", "议事亭"), ("议事亭", "implementedIn", "草堂街道")], "邻里码", "草堂街道"),
        ([("邻里码", "partOf", "议事亭"), ("议事亭", "partOf", "邻里码")], "邻里码", None),
        ([("邻里码", "implementedIn", "武侯区"), ("邻里码", "involves", "无处协会")], "无处协会", None),
        ([("周明", "worksFor", "武侯区民政局")], "周明", "武侯区"),
        ([("办法", "issuedBy", "成都市")], "办法", "成都市"),
        ([("武侯区", "within", "四川省")], "武侯区", "成都市"),  # both are told: the nearer encloses it
        ([("洗面桥社区", "within", "草堂街道")], "洗面桥社区", "成都市"),  # articles disagree: between the two
        ([("四川省", "within", "武侯区")], "四川省", None),  # never around in a circle
        ([], "湖北省", None),
    ],
)
def test_what_encloses_a_thing(told, thing, parent):
    assert found(*told).parents.get(thing) == parent
    assert found(*reversed(told)).parents.get(thing) == parent


def test_a_program_of_two_districts_belongs_to_both():
    where = found(("邻里码", "implementedIn", "浆洗街街道"), ("邻里码", "implementedIn", "青羊区"))
    assert {"武侯区", "青羊区", "成都市"} <= set(where.places("邻里码"))
    assert where.homes["邻里码"] == ("浆洗街街道", "青羊区")


def test_places_are_contained_by_within_alone():
    where = found(("武侯区", "ledBy", "青羊区"), ("武侯区", "basedIn", "青羊区"))
    assert where.parents["武侯区"] == "成都市"
    assert "青羊区" not in where.places("武侯区")
