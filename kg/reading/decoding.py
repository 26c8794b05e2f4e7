"""Bytes to text: UTF-8, UTF-16, GB18030 and Big5, never with replacement characters."""

from __future__ import annotations

import codecs
import unicodedata

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
_NOT_TEXT = "the file is not text in UTF-8, UTF-16, GB18030 or Big5"
_TEXT_CONTROLS = frozenset("\t\n\v\f\r\x1c\x1d\x1e\x1f\x85")


class Unreadable(UserError):  # noqa: N818 - says what the file is
    """A file that cannot be read as text; the message is one line and names the reason, not the file."""


def decode(data: bytes) -> str:
    """The text of a file's bytes.

    A byte order mark decides; without one, UTF-16 is recognised by its pattern of bytes, then UTF-8 is tried, then
    GB18030, which also covers GBK and GB2312; what is no text in that may be Big5.

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
    guess = _utf16_by_pattern(data)
    if guess is not None:
        return _strict(data, guess)
    if b"\0" in data:
        raise Unreadable("the file is binary, not text")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _chinese(data, error.start)


def _chinese(data: bytes, broken: int) -> str:
    """Text in GB18030, or in Big5 where GB18030 gives characters that no text has; `broken` is where UTF-8 ends."""
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError as error:
        raise Unreadable(f"{_NOT_TEXT} (byte {max(broken, error.start)})") from None
    if _share(text, _PRIVATE) > _MOST_PRIVATE:
        try:
            other = data.decode("big5hkscs")
        except UnicodeDecodeError:
            other = ""
        if not other or _share(other, _PRIVATE):
            raise Unreadable(f"{_NOT_TEXT} (byte {broken})")
        return other
    return text


def _share(text: str, category: str) -> int:
    """How many of a thousand characters are of a category."""
    return sum(unicodedata.category(char) == category for char in text) * 1000 // max(1, len(text))


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Unreadable(f"{_NOT_TEXT} (byte {error.start})") from None


def _utf16_by_pattern(data: bytes) -> str | None:
    """The byte order of UTF-16 without a mark: line ends, digits and spaces have a zero byte on one side only."""
    sample = data[:_SAMPLE]
    if len(data) % 2 or b"\0" not in sample:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd and not even:
        guess = "utf-16-le"
    elif even and not odd:
        guess = "utf-16-be"
    else:
        return None
    try:
        text = sample[: len(sample) // 2 * 2].decode(guess)
    except UnicodeDecodeError:  # a surrogate pair may be cut at the sample's end
        text = sample.decode(guess, errors="ignore")
    return guess if _looks_written(text) else None


def _looks_written(text: str) -> bool:
    """Whether nearly all characters are letters, digits, punctuation or space in Chinese or Latin text."""
    plain = sum(
        char in "\r\n\t" or "\x20" <= char <= "\x7e" or "\u3000" <= char <= "\u9fff" or "\uff00" <= char <= "\uffef"
        for char in text
    )
    return plain * 10 >= len(text) * 9


def _is_binary(text: str) -> bool:
    """Whether control, private-use or unassigned characters are more than one in a hundred."""
    sample = text[: 16 * _SAMPLE]
    odd = sum(unicodedata.category(char) in {"Cc", "Cn"} and char not in _TEXT_CONTROLS for char in sample)
    return odd * 100 > len(sample)
