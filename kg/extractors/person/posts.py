"""Posts: what stands before a person's name, the role as printed and the body that it is held in."""

from __future__ import annotations

from dataclasses import dataclass

from kg.extractors.engine import PLACES, Scope
from kg.language.bodies.endings import LEVELS
from kg.language.person_words import HAN
from kg.language.wordlists import grammar, word_set
from kg.model import Mention

BODIES = ("Organization", *sorted(PLACES))

LONGEST_MODIFIER = 6
"""Characters between a place and a role; where more stand there, the person works for something else."""

LONGEST_ROLE = 24
"""Characters of a role with its modifiers (党委书记、居民议事会成员)."""

_BODIES = grammar("bodies")
_CUT = _BODIES["committee"] + _BODIES["head"]
"""How a post begins whose first character is the last of its place (徐汇区委书记, 江阴市长)."""

_COUNT = _BODIES.compile("^{one}{person-counter}")

_BETWEEN = _BODIES.set("of", "one", "person-counter", "one-person") | set("、“”")
"""What may stand between a body and a role, besides nouns: 青年路街道的一名社工."""

_PARTY = _BODIES.compile("(?:{party-body}|{level}{committee})$")
_SAID = _BODIES.compile("{is}[^，。；！？]{0," + str(LONGEST_ROLE) + "}?({person_roles})(?=[，。；！？])")
_HONOUR = _BODIES.compile("{nation-wide}?{person_honours}$|{person_honouring}[" + HAN + "]{2,8}$")
_POST = _BODIES.compile("{person_roles|person_titles|person_occupation_endings}$")


@dataclass(frozen=True, slots=True)
class Post:
    """What stands before a name: the role as printed and the body that it is held in."""

    role: str
    body: Mention | None


def post_before(start: int, end: int, scope: Scope) -> Post:
    """The role that ends at a position, with the modifiers before it up to the body that it is held in."""
    text = scope.sentence.text
    bodies = [m for m in scope.found.in_sentence(scope.number, *BODIES) if end - LONGEST_ROLE <= m.end < end]
    body = max(bodies, key=lambda m: (m.end, m.end - m.start), default=None)
    honour = honour_before(end, scope)
    if honour:
        return Post(honour, None)
    if body is None or not _joins(body.end, start, scope):
        return Post(text[_modifier(start, scope) : end].lstrip(_BODIES.word("of") + "“”、"), None)
    role = _own_parts(_COUNT.sub("", text[body.end : end].rpartition(_BODIES.word("of"))[2]).strip("“”、"))
    if role.startswith(_CUT) and text[body.end - 1] in LEVELS:
        role = text[body.end - 1] + role  # 徐汇区 + 区委书记, 江阴市 + 市长
    if body.kind in PLACES and start - body.end > LONGEST_MODIFIER:
        return Post(text[_modifier(start, scope) : end].strip("“”、"), None)
    party = _PARTY.search(body.name)
    if party and role.startswith(_BODIES["party-role"]):
        role = party.group() + role
    return Post(role, body)


def said_after(end: int, scope: Scope) -> Post | None:
    """The post that is said of somebody right behind the name (是白莲街道的一名社工), or None."""
    match = _SAID.match(scope.sentence.text, end)
    return post_before(*match.span(1), scope) if match else None


def honour_before(end: int, scope: Scope) -> str:
    """The honour that ends at a position, or "": it tells of no work for who gives it (省优秀共产党员)."""
    match = _HONOUR.search(scope.sentence.text, 0, end)
    return match.group() if match and match.end() == end else ""


def _own_parts(role: str) -> str:
    """The last posts of a list, without those that have another holder: 副主任 in 主任张伟、副主任."""
    parts = role.split("、")
    first = next((n for n in range(len(parts) - 1, 0, -1) if not _POST.search(parts[n - 1])), 0)
    return "、".join(parts[first:])


def _joins(start: int, end: int, scope: Scope) -> bool:
    """Whether only nouns stand between a body and a role."""
    between = [t for t in scope.tokens if t.start >= start and t.end <= end]
    return all(t.text in _BETWEEN or t.tag.startswith(("n", "b", "j", "vn", "a", "l", "f")) for t in between)


def _modifier(start: int, scope: Scope) -> int:
    """The beginning of the nouns directly before a role (健身 + 达人), two at most."""
    taken = max((m.end for m in scope.found.in_sentence(scope.number, *BODIES) if m.start < start), default=0)
    for token in [t for t in scope.tokens if t.end <= start][-1:-3:-1]:
        if token.end != start or token.start < taken or token.text in word_set("organization_words:boundary"):
            break
        noun = token.tag.startswith(("n", "b", "vn")) or token.text in word_set("organization_words:field")
        if not noun or token.tag.startswith(("nr", "ns", "nt")):
            break
        if token.text.endswith(_BODIES["full-place"]):
            break
        start = token.start
    return start
