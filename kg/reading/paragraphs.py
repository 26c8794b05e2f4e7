"""Lines to paragraphs: line breaks and stray spaces taken out, the place of every character kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kg.invisible import INVISIBLE
from kg.model import Paragraph, Role
from kg.reading.lines import Line
from kg.reading.raised import NOTE_IN_TEXT

LONGEST_PARAGRAPH = 3000
"""A longer paragraph is cut behind a sentence, or anywhere, so that what looks back in one is quick on any input."""

_UNREADABLE = "■□"
_SPACED_POINT = re.compile(r"(?<=[0-9]) \. (?=[0-9])")
_ODD = re.compile(rf"[\s{INVISIBLE}{_UNREADABLE}]+|{NOTE_IN_TEXT}")


def paragraph(lines: Iterable[Line], role: Role) -> Paragraph:
    """The lines as one paragraph.

    In the body a space stays only between Latin letters or digits, elsewhere also between phrases. Where another
    line of the page, or something dropped, stands between two characters, the paragraph has a break.
    """
    draft = _Draft(keep_spaces=role is not Role.BODY)
    before: Line | None = None
    for line in lines:
        if before is not None:
            apart = line.first != before.number + 1 or line.led or before.cut
            draft.join(line, interrupted=apart)
        draft.add(line)
        before = line
    return Paragraph("".join(draft.characters), tuple(draft.offsets), role, tuple(draft.breaks))


def parts(whole: Paragraph) -> Iterator[Paragraph]:
    """A paragraph in parts of at most `LONGEST_PARAGRAPH` characters; nearly all paragraphs are one."""
    start = 0
    while len(whole.text) - start > LONGEST_PARAGRAPH:
        limit = start + LONGEST_PARAGRAPH
        end = max(whole.text.rfind(mark, start + LONGEST_PARAGRAPH // 2, limit) for mark in "。！？；") + 1 or limit
        yield _part(whole, start, end)
        start = end
    yield _part(whole, start, len(whole.text)) if start else whole


def _part(whole: Paragraph, start: int, end: int) -> Paragraph:
    breaks = tuple(place - start for place in whole.breaks if start < place < end)
    return Paragraph(whole.text[start:end], whole.offsets[start:end], whole.role, breaks)


class _Draft:
    """A paragraph in the making."""

    def __init__(self, *, keep_spaces: bool) -> None:
        self.keep_spaces = keep_spaces
        self.characters: list[str] = []
        self.offsets: list[int] = []
        self.breaks: list[int] = []

    def join(self, line: Line, *, interrupted: bool) -> None:
        """What stands between two lines: nothing, or a space between Latin words."""
        if interrupted:
            self.breaks.append(len(self.characters))
        if self.keep_spaces or (_is_latin(self.characters[-1]) and _is_latin(line.text[0])):
            self.characters.append(" ")
            self.offsets.append(line.offsets[0] if interrupted else self.offsets[-1] + 1)

    def add(self, line: Line) -> None:
        """Appends a line, its inner spaces put right, marks of notes left out."""
        text, done = line.text, 0
        points = [match.span() for match in _SPACED_POINT.finditer(text)]  # 3 . 6
        for odd in _ODD.finditer(text):
            self._extend(line, done, odd.start())
            done = odd.end()
            if not odd.group().isspace():
                self.breaks.append(len(self.characters))
            elif any(start <= odd.start() < end for start, end in points):
                continue
            elif self.keep_spaces or (_is_word(text[odd.start() - 1]) and _is_word(text[done])):
                self.characters.append(" ")
                self.offsets.append(line.offsets[odd.start()])
        self._extend(line, done, len(text))

    def _extend(self, line: Line, start: int, end: int) -> None:
        self.characters.extend(line.text[start:end])
        self.offsets.extend(line.offsets[start:end])


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalpha()


def _is_word(char: str) -> bool:
    return char.isascii() and not char.isspace()
