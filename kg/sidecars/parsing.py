"""The JSON of a sidecar to what it says: what is no fact is refused by itself, and does not cost the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import PurePath
from typing import Any, NamedTuple, TypeVar

from kg.corrections.fields import LONGEST_NAME, Fault, Fields
from kg.corrections.parsing import PREDICATES
from kg.errors import UserError
from kg.language.anchors import normal
from kg.model import Article, Level, Measure, Qualifier, Word
from kg.sidecars.annotations import named_page
from kg.sidecars.edits import reference
from kg.sidecars.said import (
    Quote,
    Refused,
    SaidArticle,
    SaidNumber,
    SaidPage,
    SaidRelation,
    SaidThing,
    Source,
)

KINDS = {
    "places": "",
    "organizations": "Organization",
    "programs": "Program",
    "people": "Person",
    "documents": "Document",
}
"""The lists of things, and the kind of each; that of places is their level."""

LEVELS = {level.lower(): level.value for level in Level}
MOST_FACTS = 20_000
Said = TypeVar("Said")


def parsed_page(data: Any, page: str, name: str) -> SaidPage | None:
    """What a sidecar called `name` says of a page; None where it is another page's.

    Raises:
        UserError: it is none of the known forms.
    """
    if (names := named_page(data)) is not None:
        return names
    if not isinstance(data, Mapping) or not isinstance(data.get("articles"), list):
        raise UserError(f'its facts in {name} have no list of "articles"; see kg export FILE.facts.json for the form')
    told = data.get("page")
    if isinstance(told, str) and told and PurePath(told).name != page:
        return None
    try:
        source = _source(Fields(data), Source())
    except Fault as fault:
        raise UserError(f"its facts in {name}: {fault}") from None
    refused = []
    articles = []
    for number, item in enumerate(data["articles"], start=1):
        if isinstance(item, Mapping):
            articles.append(parsed_article(item, source))
        else:
            refused.append(Refused(f"article {number}", "it is no object"))
    return SaidPage(tuple(articles), refused=tuple(refused))


def matched(page: SaidPage, articles: Sequence[Article]) -> list[SaidArticle | None]:
    """What is said of each article of a page: that with its headline, else with part of it or with its opening."""
    if page.whole:
        return [page.articles[0]] * len(articles)
    texts = [_Text(normal(a.headline), normal("".join(p.text for p in a.paragraphs))) for a in articles]
    left = [(said, [normal(t) for t in said.titles], normal(said.opening)) for said in page.articles]
    found: list[SaidArticle | None] = [None] * len(articles)
    for fits in (_is_titled, _is_like):
        for number, text in enumerate(texts):
            place = next((n for n, (_, titles, opening) in enumerate(left) if fits(text, titles, opening)), None)
            if found[number] is None and place is not None:
                found[number] = left.pop(place)[0]
    return found


class _Text(NamedTuple):
    """An article's headline and text, as they are compared."""

    title: str
    body: str


def _is_titled(text: _Text, titles: list[str], opening: str) -> bool:
    return bool(text.title) and text.title in titles and opening in text.body


def _is_like(text: _Text, titles: list[str], opening: str) -> bool:
    like = any(len(t) > 1 and (t in text.title or text.title in t) for t in titles) if text.title else False
    return like or (bool(opening) and opening in text.body)


def parsed_article(item: Mapping[str, Any], source: Source) -> SaidArticle:
    """What a sidecar says of one article, its facts from `source` where they name no other."""
    refused: list[Refused] = []

    def each(key: str, read: Callable[[Fields], Said]) -> tuple[Said, ...]:
        items = item.get(key) or []
        if not isinstance(items, list) or len(items) > MOST_FACTS:
            refused.append(Refused(key, "no list of facts" if not isinstance(items, list) else "too many facts"))
            return ()
        return tuple(_read(items, key, read, refused))

    def whole(read: Callable[[], Said], otherwise: Said) -> Said:
        try:
            return read()
        except Fault as fault:
            refused.append(Refused("the article", str(fault)))
            return otherwise

    fields = Fields(item)
    own = whole(lambda: _source(fields, source), source)
    titles = [text for text in (item.get("headline"), *_list(item.get("accept"))) if isinstance(text, str)]
    opening = item.get("opening")
    return SaidArticle(
        tuple(titles),
        opening if isinstance(opening, str) else "",
        whole(lambda: fields.year("year"), None),
        whole(lambda: fields.text("year_rule", LONGEST_NAME), ""),
        whole(lambda: tuple(_quotes(item.get("year_quotes"))), ()),
        whole(lambda: fields.day("published"), ""),
        whole(lambda: fields.text("paper", LONGEST_NAME), ""),
        tuple(t for key, kind in KINDS.items() for t in each(key, lambda f, k=kind: _thing(f, k, source))),  # type: ignore[misc]
        each("relations", lambda f: _relation(f, source)),
        each("metrics", lambda f: _number(f, source)),
        tuple(refused),
        own,
    )


def _read(items: Iterable[Any], key: str, read: Callable[[Fields], Said], refused: list[Refused]) -> Iterator[Said]:
    for number, item in enumerate(items, start=1):
        told = _told(item) or f"number {number} of {key}"
        if not isinstance(item, Mapping):
            refused.append(Refused(told, "it is no object"))
            continue
        try:
            yield read(Fields(_present(item)))
        except Fault as fault:
            refused.append(Refused(told, str(fault)))


def _present(item: Mapping[str, Any]) -> dict[str, Any]:
    """What an object says: null is said of nothing, but of a year that is not known."""
    return {key: value for key, value in item.items() if value is not None or key == "year"}


def _told(item: Any) -> str:
    """A fact in words, as far as it can be read."""
    if not isinstance(item, Mapping):
        return ""
    keys = ("s", "p", "o") if "p" in item else ("name",) if "name" in item else ("quote",)
    return " ".join(str(item.get(key, "?"))[:40] for key in keys) if any(key in item for key in keys) else ""


def _source(fields: Fields, above: Source) -> Source:
    rules = fields.texts("rules") or fields.texts("rule") or above.rules
    sure = fields.number("confidence")
    if sure is not None and not 0 <= sure <= 1:
        raise Fault(f"confidence = {sure} is not between 0 and 1")
    by, on = fields.text("by", LONGEST_NAME), fields.day("on")
    word = Word(by, on) if by or on else above.word
    return Source(rules, above.sure if sure is None else sure, word)


def _thing(fields: Fields, kind: str, above: Source) -> SaidThing:
    role = fields.texts("role")
    return SaidThing(
        kind or fields.one_of("level", LEVELS, needed=True),
        fields.needed("name"),
        fields.texts("aliases", most=MOST_FACTS),
        fields.text("within"),
        role if kind == "Person" else (),
        fields.text("id"),
        tuple(_quotes_of(fields)),
        _source(fields, above),
    )


def _relation(fields: Fields, above: Source) -> SaidRelation:
    subject, target = (
        reference(fields.text(key) if fields.has(f"{key}_id") else fields.needed(key), fields.text(f"{key}_id"))
        for key in ("s", "o")
    )
    predicate = fields.one_of("p", PREDICATES, needed=True)
    return SaidRelation(subject, predicate, target, tuple(_quotes_of(fields)), _source(fields, above))


def _number(fields: Fields, above: Source) -> SaidNumber:
    value = fields.number("value", needed=True)
    assert value is not None
    units = fields.words("unit")
    counts = fields.words("counts")
    quotes = list(_quotes_of(fields))
    if not quotes:
        raise Fault("it needs a quote")
    dated = fields.has("year", "fromYear")
    first, last = fields.year("fromYear"), fields.year("toYear")
    return SaidNumber(
        value,
        units[0] if units else "",
        fields.text("indicator", LONGEST_NAME) or (counts[0] if counts else ""),
        quotes[0],
        fields.one_of("qualifier", {q.value: q.value for q in Qualifier}) or "exact",
        fields.one_of("kind", {m.value: m.value for m in Measure}) or "level",
        _subject(fields),
        fields.text("area"),
        fields.number("valueTo"),
        fields.year("year"),
        (first, last) if first and last else None,
        dated,
        _source(fields, above),
    )


def _subject(fields: Fields) -> tuple[str, ...]:
    """What a number may be about: its IRI, unless the names beside it tell of others."""
    iri, names = fields.text("subject"), fields.texts("of")
    return (iri,) if iri and (not names or any(reference(name, iri) == iri for name in names)) else names


def _quotes_of(fields: Fields) -> Iterator[Quote]:
    text, start = fields.text("quote"), fields.number("start")
    if text:
        yield Quote(text, None if start is None else int(start))
    yield from _quotes(fields.given("quotes"))


def _quotes(items: Any) -> Iterator[Quote]:
    """Quotations: texts, or objects with a text and where it begins."""
    for item in _list(items):
        fields = Fields({"quote": item} if isinstance(item, str) else item if isinstance(item, Mapping) else {})
        start = fields.number("start")
        yield Quote(fields.needed("quote"), None if start is None else int(start))


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
