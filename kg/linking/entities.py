"""Groups of mentions to entities."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kg.model import Entity, Mention

Linked = Mapping[Mention, Entity]
"""Which thing each mention names."""


def entity(
    kind: str,
    label: str,
    mentions: Iterable[Mention],
    *,
    scope: str = "",
    code: str | None = None,
    also: Iterable[str] = (),
) -> Entity:
    """The thing that mentions name, the printed forms other than its label as aliases.

    `also` are further names of it that are not printed by themselves.
    """
    mentions = list(mentions)
    names = {m.name for m in mentions} | set(also)
    properties = {p for mention in mentions for p in mention.properties}
    return Entity(
        kind,
        label,
        scope,
        code,
        aliases=tuple(sorted(names - {label})),
        sentences=tuple(sorted({m.sentence for m in mentions})),
        properties=tuple(sorted(properties, key=lambda p: (p.term, p.value))),
        rules=tuple(sorted({m.rule for m in mentions})),
        probability=max((m.probability for m in mentions if m.probability is not None), default=None),
    )


def merged(linked: Linked) -> tuple[Entity, ...]:
    """The distinct entities, sorted."""
    return tuple(sorted(set(linked.values()), key=lambda e: (e.kind, e.label, e.scope, e.code or "")))
