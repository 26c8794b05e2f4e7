"""Names that people marked in doccano or Label Studio, from the files that these export."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kg.language import gazetteer
from kg.language.anchors import normal
from kg.language.wordlists import table
from kg.model import Level
from kg.sidecars.said import Refused, SaidArticle, SaidPage, SaidThing

PLACE = "Place"


def named_page(data: Any) -> SaidPage | None:
    """The names that an export marks, for all articles of a page; None for what is no such export."""
    if isinstance(data, Mapping) and "articles" not in data and isinstance(data.get("text"), str):
        data = [data]  # an export of one text
    if not isinstance(data, list) or not data or not all(isinstance(task, Mapping) for task in data):
        return None
    if any("annotations" in task or "completions" in task for task in data):
        marked = [mark for task in data for mark in _label_studio(task)]
    elif any(isinstance(task.get("text"), str) for task in data):
        marked = [mark for task in data for mark in _doccano(task)]
    else:
        return None
    kinds = {row[0].lower(): row[1] for row in table("annotation_labels")}
    things: dict[tuple[str, str], SaidThing] = {}
    refused: dict[tuple[str, str], Refused] = {}
    for name, label in marked:
        kind = kinds.get(label.lower())
        if kind is None:
            reason = f"the label {label[:40]!r} is unknown; use one of {', '.join(sorted(set(kinds.values())))}"
            refused[name, label] = Refused(name[:40], reason)
        elif not normal(name):
            refused["", label] = Refused(label[:40], "marks no name")
        else:
            kind = level_of(name) if kind == PLACE else kind
            things[kind, normal(name)] = SaidThing(kind, name)
    article = SaidArticle((), things=tuple(things.values()), refused=tuple(refused.values()))
    return SaidPage((article,), whole=True)


def level_of(place: str) -> str:
    """The kind of a place by its name: that of the divisions so called, or of those whose names end alike.

    >>> level_of("拱墅区"), level_of("云边街道"), level_of("望湖公园")
    ('District', 'Street', 'Site')
    """
    levels = {division.level for division in gazetteer.named(place) if division.name == place}
    if len(levels) == 1:
        return levels.pop().value
    endings = sorted(table("division_endings"), key=lambda row: -len(row[0]))
    return next((row[1] for row in endings if place.endswith(row[0]) and len(place) > len(row[0])), Level.SITE.value)


def _label_studio(task: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    data = task.get("data")
    texts = [text for text in data.values() if isinstance(text, str)] if isinstance(data, Mapping) else []
    for annotation in _objects(task.get("annotations") or task.get("completions")):
        if annotation.get("was_cancelled"):
            continue
        for result in _objects(annotation.get("result")):
            value = result.get("value")
            if not isinstance(value, Mapping):
                continue
            name = value.get("text") or _cut(texts[0] if texts else "", value.get("start"), value.get("end"))
            labels = value.get("labels") or value.get("hypertextlabels")
            if isinstance(name, str) and isinstance(labels, list):
                yield from ((name, label) for label in labels if isinstance(label, str))


def _doccano(task: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    text = task.get("text")
    for mark in task.get("label") or task.get("labels") or () if isinstance(text, str) else ():
        if isinstance(mark, list) and len(mark) == 3 and isinstance(mark[2], str):
            yield _cut(str(text), mark[0], mark[1]), mark[2]
    for mark in _objects(task.get("entities")):
        if isinstance(text, str) and isinstance(mark.get("label"), str):
            yield _cut(text, mark.get("start_offset"), mark.get("end_offset")), mark["label"]


def _cut(text: str, start: Any, end: Any) -> str:
    whole = isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(text)
    return text[start:end] if whole else ""


def _objects(value: Any) -> list[Mapping[str, Any]]:
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []
