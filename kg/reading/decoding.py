"""Bytes to text: UTF-8, UTF-16, GB18030 and Big5, never with replacement characters."""

from __future__ import annotations

import codecs
import unicodedata
from collections import Counter

from kg.errors import UserError

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark begins it
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 4096
_PRIVATE, _MOST_PRIVATE = "Co", 20
_COMMON = 70
_LAST_COMMON_OF_GB, _LAST_COMMON_OF_BIG5 = 0xD7, 0xC6
_PUNCTUATION = frozenset("，。、：\n")
_NOT_TEXT = "the file is not text in UTF-8, UTF-16, GB18030 or Big5"
_TEXT_CONTROLS = frozenset("\t\n\v\f\r\x1c\x1d\x1e\x1f\x85")


class Unreadable(UserError):  # noqa: N818 - says what the file is
    """A file that cannot be read as text; the message is one line and names the reason, not the file."""


def decode(data: bytes) -> str:
    """The text of a file's bytes.

    A byte order mark decides; without one, UTF-8 is tried, then UTF-16 if Chinese or Latin text comes out, then
    GB18030, which also covers GBK and GB2312, and Big5, whichever gives common characters.

    Raises:
        Unreadable: the bytes are none of these, or binary.

    >>> decode("杭州".encode("gb18030"))
    '杭州'
    """
    if not data.strip(b"\0 \t\r\n"):
        raise Unreadable("the file is empty")
    text = _decoded(data)
    if not text.strip():
        raise Unreadable("the file is empty")
    if "\0" in text or _is_binary(text):
        raise Unreadable("the file is binary, not text")
    return text


def _decoded(data: bytes) -> str:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _strict(data, encoding)
    if b"\0" in data:
        guess = _utf16(data)
        if guess is None:
            raise Unreadable("the file is binary, not text")
        return _strict(data, guess)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        guess = _utf16(data)
        return _strict(data, guess) if guess else _chinese(data, error.start)


def _chinese(data: bytes, broken: int) -> str:
    """Text in GB18030 or Big5, whichever makes it common characters; `broken` is where UTF-8 ends."""
    places, texts = [broken], []
    for encoding, last in (("gb18030", _LAST_COMMON_OF_GB), ("big5hkscs", _LAST_COMMON_OF_BIG5)):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError as error:
            places.append(error.start if encoding == "gb18030" else 0)
        else:
            texts.append((_common(text, encoding, last), encoding == "gb18030", text))
    if texts:
        share, is_gb, text = max(texts)
        if share >= _COMMON or (is_gb and _share(text, _PRIVATE) <= _MOST_PRIVATE):
            return text
    raise Unreadable(f"{_NOT_TEXT} (byte {max(places)})")


def _common(text: str, encoding: str, last: int) -> int:
    """How many of a hundred Chinese characters an encoding has among its common ones, which stand before the rare."""
    codes = [char.encode(encoding) for char in text[: 16 * _SAMPLE] if "\u3400" <= char <= "\u9fff"]
    first = 0xB0 if encoding == "gb18030" else 0xA4
    least = 0xA1 if encoding == "gb18030" else 0x40
    return (
        sum(len(code) == 2 and first <= code[0] <= last and code[1] >= least for code in codes)
        * 100
        // (len(codes) or 1)
    )


def _share(text: str, category: str) -> int:
    """How many of a thousand characters are of a category."""
    return sum(unicodedata.category(char) == category for char in text) * 1000 // max(1, len(text))


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Unreadable(f"{_NOT_TEXT} (byte {error.start})") from None


def _utf16(data: bytes) -> str | None:
    """The byte order of UTF-16 without a mark: the one that makes Chinese or Latin text of it."""
    if len(data) % 2:
        return None
    for guess in ("utf-16-le", "utf-16-be"):
        text = data[:_SAMPLE].decode(guess, errors="ignore")  # a surrogate pair may be cut at the sample's end
        if _looks_written(text) and (b"\0" in data or _PUNCTUATION.intersection(text)):
            return guess
    return None


def _looks_written(text: str) -> bool:
    """Whether nearly all characters are letters, digits, punctuation or space in Chinese or Latin text."""
    plain = sum(
        char in "\r\n\t" or " " <= char <= "~" or "\u3000" <= char <= "\u303f" or "\u4e00" <= char <= "\u9fff"
        or "\uff00" <= char <= "\uffef" or "\u2010" <= char <= "\u2026"
        for char in text
    )  # fmt: skip
    return plain * 20 >= len(text) * 19


def _is_binary(text: str) -> bool:
    """Whether control, private-use or unassigned characters are more than one in a hundred."""
    sample = text[: 16 * _SAMPLE]
    signs = Counter(sample).items()
    odd = sum(
        often for sign, often in signs if unicodedata.category(sign) in {"Cc", "Cn"} and sign not in _TEXT_CONTROLS
    )
    return odd * 100 > len(sample)
