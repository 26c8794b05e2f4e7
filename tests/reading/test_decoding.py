from __future__ import annotations

import codecs

import pytest

from kg.reading.decoding import Unreadable, decode

TEXT = "东湖区建成小院议事会24个。\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "gbk"])
def test_encodings(encoding):
    assert decode(TEXT.encode(encoding)) == TEXT


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [(codecs.BOM_UTF16_BE, "utf-16-be"), (codecs.BOM_UTF16_LE, "utf-16-le"), (b"", "utf-16-be"), (b"", "utf-16-le")],
)
def test_utf16_with_and_without_mark(mark, encoding):
    assert decode(mark + (TEXT * 3).encode(encoding)) == TEXT * 3


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n\t", "empty"),
        (codecs.BOM_UTF8, "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "binary"),
        ("东湖\0区".encode(), "binary"),
        (b"PK\x03\x04" + bytes(range(256)), "binary"),
        (codecs.BOM_UTF8 + "东湖".encode()[:-1], "not text"),
        ("东湖".encode() + b"\xff\xff", "not text"),
    ],
)
def test_refused_with_a_reason_of_one_line(data, reason):
    with pytest.raises(Unreadable, match=reason) as caught:
        decode(data)
    assert "\n" not in str(caught.value)


def test_characters_are_never_replaced():
    text = "东湖区𠮷祥社区"
    assert decode(text.encode("gb18030")) == text


def test_big5_is_read_where_gb18030_gives_no_text():
    text = "東湖區推動社區服務，建成小站8個，服務居民1.2萬餘人次。"
    assert decode(text.encode("big5")) == text


def test_the_place_where_text_breaks_is_named():
    data = TEXT.encode() * 3
    with pytest.raises(Unreadable, match=rf"byte {len(data)}"):
        decode(data + b"\xe2\x80")


SHORT = ["东湖区推出。", "一丁不识，一一看过。", "一刻钟服务、覆盖社区", "2024年建成12个。\n", "<p>东湖区</p>\n"]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", SHORT)
def test_utf16_without_mark_is_known_by_what_comes_out(text, encoding):
    assert decode(text.encode(encoding)) == text


MARKUP = '<html><head><meta charset="{}"><title>a</title></head><body class="main text">{}</body></html>'
TRADITIONAL = [
    "東湖區推出「一刻鐘」服務。",
    "今年以來，社區共辦理居民來電三百餘件。",
    "區",
    "老舊小區改造，惠及居民1.2萬戶。",
]


@pytest.mark.parametrize("text", TRADITIONAL)
def test_big5_and_gb18030_are_told_apart_in_short_texts(text):
    for whole in (text, MARKUP.format("big5", text)):
        assert decode(whole.encode("gb18030")) == whole
        if len(text) > 1:
            assert decode(whole.encode("big5hkscs")) == whole


@pytest.mark.parametrize("text", ["东湖区", "好。", "镕铚圳喆祎翀", TEXT, MARKUP.format("gbk", "东湖区建成书房")])
def test_gb18030_is_never_taken_for_another(text):
    assert decode(text.encode("gb18030")) == text
