"""Two invented pages, and what a model that reads well answers on them."""

from __future__ import annotations

from chat import EMPTY, Asked, Play

LANES = """临河县：“巷长制”管到家门口

2024年，临河县在青石镇推行“巷长制”，由县民政局牵头。目前已聘巷长近60名，办结小事1.2万件，满意率从81%升至96%。
县委书记许长风说，明年要让所有的村都有巷长。
"""

STALLS = """望江街道的“夜市公约”

望江街道办事处请摊主订下“夜市公约”。摊主孔小满说，现在收摊都带走垃圾。公约订下后，投诉少了三成。
"""

LANES_READ = EMPTY | {
    "places": [
        {"name": "临河县", "level": "district", "within": "", "aliases": []},
        {"name": "青石镇", "level": "street", "within": "临河县", "aliases": []},
    ],
    "organizations": [{"name": "县民政局", "aliases": [], "seat": "临河县"}],
    "programs": [{"name": "巷长制", "aliases": []}],
    "people": [{"name": "许长风", "role": "县委书记", "at": "临河县"}],
    "numbers": [
        {"quote": "已聘巷长近60名", "value": 60, "unit": "名", "kind": "level", "counts": "巷长", "of": "巷长制",
         "area": "临河县", "year": 2024},
        {"quote": "办结小事1.2万件", "value": 12000, "unit": "件", "kind": "level", "counts": "小事", "of": "巷长制",
         "area": "", "year": None},
        {"quote": "满意率从81%升至96%", "value": 81, "unit": "%", "kind": "from", "counts": "满意率", "of": "巷长制",
         "area": "", "year": None},
        {"quote": "满意率从81%升至96%", "value": 96, "unit": "%", "kind": "to", "counts": "满意率", "of": "巷长制",
         "area": "", "year": None},
    ],
    "relations": [
        {"s": "巷长制", "p": "implementedIn", "o": "青石镇", "quote": "在青石镇推行“巷长制”"},
        {"s": "巷长制", "p": "ledBy", "o": "县民政局", "quote": "由县民政局牵头"},
    ],
}  # fmt: skip

STALLS_READ = EMPTY | {
    "places": [{"name": "望江街道", "level": "street", "within": "", "aliases": []}],
    "programs": [{"name": "夜市公约", "aliases": ["公约"]}],
    "relations": [{"s": "夜市公约", "p": "implementedIn", "o": "望江街道", "quote": "请摊主订下“夜市公约”"}],
}


def good(asked: Asked) -> Play:
    """The answer of a model that reads well."""
    return Play(LANES_READ if "巷长" in asked.report else STALLS_READ)
