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
