"""What a model answered, as what is said of an article: the form of `answer.schema.json`, whatever stands around it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from kg.annotate.prompt import schema
from kg.language.anchors import normal
from kg.sidecars import SaidArticle, Source, parsed_article, parsed_json

LISTS = ("places", "organizations", "programs", "people", "documents", "numbers", "relations")
MOST_FACTS = 1_000
"""Facts of one kind that an article may have; a model that repeats itself gives more."""

_END_OF_THOUGHTS = "</think>"
Item = Mapping[str, Any]
Answer = dict[str, list[Item]]
"""The facts of an answer, by the names of `LISTS`."""


class Unusable(Exception):  # noqa: N818 - what the server sent, not what failed
    """Why an answer is of no use, in words that end a line; `sent` and `answered` are the tokens that it took."""

    def __init__(self, reason: str, sent: int = 0, answered: int = 0) -> None:
        super().__init__(reason)
        self.sent = sent
        self.answered = answered


def parsed(content: str) -> Answer:
    r"""The lists of facts of an answer; thoughts before it and words and fences around it are taken off.

    Raises:
        Unusable: it is no JSON object with lists of facts.

    >>> parsed('Here they are:\n```json\n{"programs": [{"name": "三方协同"}]}\n```')["programs"]
    [{'name': '三方协同'}]
    """
    try:
        data = parsed_json(_object_in(content))
    except RecursionError:
        raise Unusable("the answer is nested too deeply") from None
    except ValueError as error:
        raise Unusable(f"the answer is no JSON ({' '.join(str(error).split())[:80]})") from None
    if not isinstance(data, Mapping) or not any(isinstance(data.get(key), list) for key in LISTS):
        raise Unusable(f"the answer has none of the lists {', '.join(LISTS)}")
    found: Answer = {}
    for key in LISTS:
        items = data.get(key) or []
        if not isinstance(items, list):
            raise Unusable(f"the answer's {key} are no list")
        if len(items) > MOST_FACTS:
            raise Unusable(f"the answer has {len(items)} {key}, more than {MOST_FACTS}")
        found[key] = items
    return found


def _object_in(content: str) -> str:
    """The JSON object in what a model wrote, from the first brace behind its thoughts to the last; else all of it."""
    text = content.strip()
    if text[:1] in {"{", "["}:
        return text
    text = text.rpartition(_END_OF_THOUGHTS)[2]
    first, last = text.find("{"), text.rfind("}")
    return text[first : last + 1] if 0 <= first < last else text


def joined(answers: Sequence[Answer]) -> Answer:
    """The answers on the pieces of one article as one: a thing once, with its names of all pieces."""
    if len(answers) == 1:
        return answers[0]
    whole: Answer = {}
    for key in LISTS:
        kept: dict[object, Item] = {}
        for number, item in enumerate(each for answer in answers for each in answer[key]):
            known = _key(item) or number
            kept[known] = _merged(kept[known], item) if known in kept else item
        whole[key] = list(kept.values())
    return whole


def _key(item: Any) -> tuple[str, ...]:
    """What makes a fact that fact; empty for what is none."""
    if not isinstance(item, Mapping):
        return ()
    keys = ("s", "p", "o") if "p" in item else ("quote", "value") if "quote" in item else ("name",)
    return tuple(normal(str(item.get(key, ""))) for key in keys)


def _merged(one: Item, other: Item) -> Item:
    """A thing as two pieces have it: what the first says, and what it leaves open."""
    both = {**other, **{key: value for key, value in one.items() if value not in ("", None, [])}}
    names = [name for item in (one, other) for name in _list(item.get("aliases"))]
    return both | {"aliases": list(dict.fromkeys(map(str, names)))} if names else both


def said_of(answer: Answer, title: str, opening: str, source: Source) -> SaidArticle:
    """What an answer says of the article with that headline and opening.

    Only what the schema knows is taken: no answer tells who stands for a fact, how sure it is, or which thing it is.
    """
    known = {key: [_known(item, key) for item in answer[key]] for key in LISTS}
    item: dict[str, Any] = {"headline": title, "opening": opening}
    item |= {key: known[key] for key in ("places", "organizations", "programs", "people", "documents")}
    item["metrics"] = [_metric(number) for number in known["numbers"]]
    item["relations"] = [*known["relations"], *_of_things(known)]
    return parsed_article(item, source)


def _known(item: Any, key: str) -> Any:
    """What an object says in the fields that the schema has for it, without those that are empty."""
    if not isinstance(item, Mapping):
        return item
    fields = schema()["properties"][key]["items"]["properties"]
    filled = {name: _filled(item.get(name)) for name in fields}
    return {name: value for name, value in filled.items() if value not in ("", None, [])}


def _filled(value: Any) -> Any:
    return [each for each in value if each != ""] if isinstance(value, list) else value


def _metric(number: Any) -> Any:
    """A number in the words of gold facts, which has lists where several may do."""
    if not isinstance(number, Mapping):
        return number
    return {key: [value] if key in {"unit", "counts", "of"} else value for key, value in number.items()}


def _of_things(answer: Answer) -> Iterator[Item]:
    """The relations that stand beside a thing: the seat of a body, where a person works."""
    for key, field, predicate in (("organizations", "seat", "basedIn"), ("people", "at", "worksFor")):
        for thing in _objects(answer[key]):
            name, target = thing.get("name"), thing.get(field)
            if isinstance(name, str) and isinstance(target, str) and name and target and name != target:
                yield {"s": name, "p": predicate, "o": target}


def _objects(items: Iterable[Any]) -> Iterator[Item]:
    return (item for item in items if isinstance(item, Mapping))


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
