import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

import kg
from kg.language.tokens import dictionary_entry, is_common, jieba_tagger, tokenize, tokens_of
from kg.model import Article, Sentence

ROOT = str(Path(kg.__file__).parents[1])
SAMPLE = [
    "成都市武侯区玉林街道今年新建口袋公园12个，覆盖居民3.6万余人。",
    "“有了‘邻里食堂’，老人吃饭就不愁了！”芳草街社区党委书记李晓燕说。",
    "截至2023年底，天津市和平区已有93%以上的小区成立业委会。",
    "福州鼓楼区推出“一线处置”机制，投诉量同比下降31.5%。",
    "AI assistant V2.0 与 5G 网络（试点）一起上线。",
    "甲乙丙𠀀丁 表格：\t列一　列二",
]


def test_sentences_keep_their_tokens_in_order():
    sentences = tuple(Sentence(text, (), i) for i, text in enumerate(SAMPLE))
    text = tokenize(Article("a.txt", "", ()), sentences)
    assert len(text.tokens) == len(sentences)
    for sentence, tokens in zip(sentences, text.tokens, strict=True):
        assert all(sentence.text[token.start : token.end] == token.text for token in tokens)
        assert "".join(token.text for token in tokens) == sentence.text


def test_nothing_gives_nothing():
    assert tokens_of("") == ()


@pytest.mark.parametrize("text", SAMPLE)
def test_rjieba_cuts_as_jieba_does(text):
    rjieba = pytest.importorskip("rjieba")
    assert rjieba.cut(text) == [word for word, _ in jieba_tagger()(text)]
    assert [word for word, _ in rjieba.tag(text)] == rjieba.cut(text)


def test_rjieba_and_jieba_tag_the_words_of_the_dictionary_alike():
    rjieba = pytest.importorskip("rjieba")
    pairs = [(a, b) for text in SAMPLE for a, b in zip(rjieba.tag(text), jieba_tagger()(text), strict=True)]
    known = [(a, b) for a, b in pairs if len(a[0]) > 1 and dictionary_entry(a[0])]
    assert len(known) > 20
    assert [a for a, b in known if a != b] == []


def test_jieba_leaves_no_cache_file(tmp_path):
    code = "from kg.language.tokens import jieba_tagger; print(jieba_tagger()('杭州市推出新政策'))"
    environment = {"TMPDIR": str(tmp_path), "PYTHONPATH": ROOT}
    subprocess.run([sys.executable, "-W", "ignore", "-c", code], check=True, env=environment, capture_output=True)
    assert tempfile.gettempdir() != str(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_the_dictionary_is_read_only_when_asked():
    told = "'jieba' in sys.modules, d._lines.cache_info().currsize"
    code = f"import sys, kg.language.tokens, kg.dictionary as d; print({told})"
    result = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, cwd=ROOT)
    assert result.stdout.split() == ["False", "0"]


def test_common_words_are_told_from_names():
    assert all(is_common(word) for word in ("合作", "街道", "解放", "开发", "大方"))
    assert not any(is_common(word) for word in ("浙江", "桐庐", "拱墅", "中山", "", "C++ "))


def test_dictionary_entries_are_exact():
    assert dictionary_entry("杭") != dictionary_entry("杭州")
    assert dictionary_entry("杭州") == (2806, "ns")
    assert dictionary_entry("不在词典里的词") is None
