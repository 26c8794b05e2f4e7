from __future__ import annotations

import json

import pytest

from kg.pipeline import read_article
from kg.reading import read_page
from kg.reading.script import is_traditional, simplified

HEADLINE = "東湖區推出「一刻鐘」服務"
BODY = [
    "本報訊（記者 陳國慶）2024年，杭州市上城區推出「鄰里匯」服務，建成社區食堂12個，服務居民3.5萬人次。",
    "上城區民政局局長李衛國說，今年還將辦理實事300件。責任編輯、美術編輯都來了。",
    "小營街道與紫陽街道共建書房8處，印發《社區助餐辦法》。",
]
FORMS = {
    ".txt": "杭州晨報\n" + "\n\n".join([HEADLINE, *BODY]) + "\n",
    ".md": f"# {HEADLINE}\n\n" + "\n\n".join(BODY) + "\n",
    ".html": f"<div>字號：</div><h1>{HEADLINE}</h1>" + "".join(f"<p>{text}</p>" for text in BODY),
    ".jsonl": json.dumps({"title": HEADLINE, "text": "\n".join(BODY)}, ensure_ascii=False) + "\n",
    ".JSONL": json.dumps({"title": HEADLINE, "text": "\n".join(BODY)}) + "\n",
}


def read(text, suffix, folder):
    path = folder / f"page{suffix}"
    path.write_text(text, encoding="utf-8")
    page = read_page(path)
    (article,) = page.articles
    return page, article, read_article(article)


@pytest.mark.parametrize("suffix", FORMS)
def test_traditional_script_gives_the_facts_of_simplified_and_stays_as_printed(suffix, tmp_path):
    page, article, facts = read(FORMS[suffix], suffix, tmp_path)
    lower = suffix.lower()
    _, _, plain = read(simplified(FORMS[lower]), lower, tmp_path)
    assert [e.label for e in facts.entities] == [e.label for e in plain.entities]
    assert {"上城区民政局", "邻里汇", "李卫国"} <= {e.label for e in facts.entities}
    assert [(o.metric.value, o.metric.unit) for o in facts.observations] == [
        (o.metric.value, o.metric.unit) for o in plain.observations
    ]
    assert (article.headline, article.authors) == (HEADLINE, ("陈国庆",))
    assert BODY[2] in [sentence.text for sentence in facts.sentences]
    if suffix != ".JSONL":
        for sentence in facts.sentences:
            source = "".join(page.text[piece.start : piece.end] for piece in sentence.pieces)
            assert "".join(source.split()) == "".join(sentence.text.split())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "abc",
        "“”「」",
        "乾县、著名、瞭望塔",
        "东湖区书房开张，馆员引《後漢書》一句",
        "杭州市后山里干部",
        "他說：一二三人大中小这那区们对",
    ],
)
def test_simplified_text_with_single_traditional_characters_is_left_alone(text):
    assert not is_traditional(text)


@pytest.mark.parametrize("text", ["東", "臺北市政府", "皇后里的幹部說這裡是區公所"])
def test_traditional_text_with_characters_of_both_scripts_is_known(text):
    assert is_traditional(text)


def test_folding_keeps_every_place_and_is_done_once():
    for text in FORMS.values():
        assert len(simplified(text)) == len(text)
        assert simplified(simplified(text)) == simplified(text)
