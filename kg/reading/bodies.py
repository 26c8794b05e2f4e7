"""The lines below a headline block to the parts of an article: body, headings, captions; bylines and credits go."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.model import Role
from kg.reading import signs
from kg.reading.blocks import LEAD_DASH, Head, is_picture_line
from kg.reading.bylines import closing_credit, names_after_roles, names_alone, opening_credit
from kg.reading.furniture import furniture
from kg.reading.joins import joint
from kg.reading.lines import Line, Mark
from kg.reading.openings import is_byline_amid
from kg.reading.sheet import Kind, Sheet, begins_sentence, leads_in
from kg.reading.words import PAGES

_ROLES = {Kind.CAPTION: Role.CAPTION, Kind.TITLE: Role.HEADING, Kind.HEADING: Role.HEADING}
_MOST_AUTHORS = 30


@dataclass(slots=True)
class Part:
    """A paragraph in the making: its role and lines."""

    role: Role
    lines: list[Line]

    @property
    def is_open(self) -> bool:
        """Whether it breaks off in mid-sentence."""
        return signs.is_open(self.lines[-1].text)


@dataclass(slots=True)
class Draft:
    """An article in the making."""

    titles: list[Line] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    authors: dict[str, None] = field(default_factory=dict)
    published: str | None = None
    last_text: Part | None = None
    """The last part that is no caption."""
    has_body: bool = False

    def sign(self, names: tuple[str, ...]) -> None:
        """Adds authors, each once."""
        self.authors.update(dict.fromkeys(names))

    def add(self, part: Part) -> None:
        """Adds a part at the end."""
        self.parts.append(part)
        if part.role is not Role.CAPTION:
            self.last_text = part
        self.has_body = self.has_body or part.role is Role.BODY


def draft(page: Sheet, head: Head, stop: int) -> Draft:
    """The article with the given headline block, whose body ends before line `stop`."""
    made = Draft()
    for number in range(head.start, head.stop):
        _read_head_line(made, page, number)
    for number in range(head.stop, stop):
        _read_body_line(made, page, number, stop)
    return made


def _read_head_line(made: Draft, page: Sheet, number: int) -> None:
    line, kind = page.lines[number], page.kinds[number]
    if kind is Kind.BYLINE:
        made.sign(names_after_roles(line.text))
    elif kind is Kind.NAMES:
        made.sign(names_alone(line.text))
    elif kind is Kind.FURNITURE:
        _read_furniture(made, line)
    else:
        made.titles.append(line)


def _read_furniture(made: Draft, line: Line) -> None:
    told = furniture(line.text)
    if told:
        made.sign(told.authors)
        made.published = made.published or told.published


def _read_body_line(made: Draft, page: Sheet, number: int, stop: int) -> None:
    line, kind = page.lines[number], page.kinds[number]
    if kind is Kind.FURNITURE:
        _read_furniture(made, line)
    elif kind is Kind.BYLINE:
        if not line.text.endswith(PAGES["photographed"]):
            made.sign(names_after_roles(line.text))
    elif kind is Kind.NAMES and (is_byline_amid(page, number) or _signs_the_article(made, number, stop)):
        made.sign(names_alone(line.text))
    elif kind is Kind.SHORT and not made.parts and made.titles and LEAD_DASH.match(line.text):
        made.titles.append(line)
    elif kind is not Kind.CREDIT:
        role = _role(made, page, number, stop)
        if role is Role.BODY:
            _add_body(made, page, number)
        else:
            made.add(Part(role, [line]))


def _signs_the_article(made: Draft, number: int, stop: int) -> bool:
    """Names alone on a line are authors before the body, or after its end."""
    last = made.last_text
    if last is None or last.role is Role.HEADING:
        return not made.has_body and len(made.authors) < _MOST_AUTHORS
    return number + 1 == stop and not last.is_open


def _role(made: Draft, page: Sheet, number: int, stop: int) -> Role:
    line, kind = page.lines[number], page.kinds[number]
    if kind in _ROLES:
        return _ROLES[kind]
    if kind not in {Kind.SHORT, Kind.NAMES}:
        return Role.CAPTION if _is_dated_picture_line(page, number) and made.parts else Role.BODY
    if line.text.startswith(("—", "--")):  # who speaks, where a quotation is set apart
        return Role.BODY
    if signs.has_phrases(line.text) or (signs.is_numbered(line.text) and not signs.is_closed(line.text)):
        return Role.HEADING
    if (made.parts or page.kind(number + 1) is Kind.CREDIT) and is_picture_line(page, number):
        return Role.CAPTION
    last = made.last_text
    breaks_off = last is not None and last.role is Role.BODY and last.is_open
    following = page.lines[number + 1] if number + 1 < stop else None
    return _role_after_open(line, following) if breaks_off else _role_after_closed(line, following, broken=page.broken)


def _role_after_open(line: Line, following: Line | None) -> Role:
    """A short line where a sentence is broken off: a caption, unless it goes on with the sentence itself."""
    goes_on = (
        signs.starts_in_mid_sentence(line.text)
        or signs.is_closed(line.text)
        or signs.ends_like_a_broken_line(line.text)
        or "，" in line.text
        or "," in line.text
        or following is None
    )
    return Role.BODY if goes_on else Role.CAPTION


def _role_after_closed(line: Line, following: Line | None, *, broken: bool) -> Role:
    """A short line after a whole sentence: a heading, unless it begins a sentence that goes on in the next line.

    Only pages whose lines are broken elsewhere too are suspected of that.
    """
    text = line.text
    if following is None or signs.is_closed(text):
        return Role.BODY
    goes_on = (broken or leads_in(text)) and (joint(text, following.text) > 0 or begins_sentence(text))
    return Role.BODY if goes_on else Role.HEADING


def _is_dated_picture_line(page: Sheet, number: int) -> bool:
    """A short sentence that begins with a date where a picture stood."""
    line = page.lines[number]
    return (
        line.gap >= page.gap + 2
        and len(line.text) <= 70
        and signs.sentence_count(line.text) == 1
        and signs.tells_a_date_first(line.text)
        and signs.is_closed(line.text)
    )


def _add_body(made: Draft, page: Sheet, number: int) -> None:
    """Adds a line of the body, to the last paragraph where that goes on in it; bylines and credits in it are cut."""
    line = page.lines[number]
    last = made.last_text
    if not made.has_body:
        length, names = opening_credit(line.text)
        if 0 < length < len(line.text):
            made.sign(names)
            line = line.part(length, len(line.text))
    end = signs.credit_at_end(line.text)
    end, names = closing_credit(line.text[:end])
    made.sign(names)
    if end < len(line.text):
        line = line.part(0, len(line.text[:end].rstrip()))
    if not line.text:
        return
    if last is not None and last.role is Role.BODY and _goes_on(last, line, page.widths[number]):
        last.lines.append(line)
    else:
        made.add(Part(Role.BODY, [line]))


def _goes_on(last: Part, line: Line, width: int) -> bool:
    """Whether a line continues a paragraph: it breaks off, or is a full line of text wrapped to a width."""
    before = last.lines[-1]
    if line.bullet or line.mark is not Mark.TEXT or (before.mark is Mark.ITEM and line.gap):
        return False
    if line.text[0] in signs.CLOSING_MARKS:
        return True
    if last.is_open:
        return not signs.is_numbered(line.text)
    full = width and len(before.text) >= width - 2
    return bool(full) and line.gap == 0 and not line.indented and line.first == before.number + 1
