"""Which facts came and which went between two graphs, by article and by the rule that found them.

Articles are matched by file and headline, and facts compared by what they say, so that an edited page shows the facts
that changed and no others. A fact that another rule found came under the one and went under the other, unless rules are
left aside, as when the readings of a model and of our rules are compared.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from itertools import groupby
from pathlib import Path
from types import MappingProxyType

from pyoxigraph import NamedNode, RdfFormat, Store

from kg.errors import UserError, WrongUsage, reason_of
from kg.store import open_graph, while_reading
from kg.vocabulary import GOV, OA, PREFIXES, RDF, SCHEMA, SKOS, THINGS, subclasses

_GRAPHS = MappingProxyType({".nq": RdfFormat.N_QUADS, ".trig": RdfFormat.TRIG})
_RULED = ("year", "paper")
"""What is said of an article by a rule, or by a person."""

_LEVELS = frozenset(subclasses(GOV.Place))


@dataclass(frozen=True, slots=True, order=True)
class Fact:
    """What an article says, in words: a thing, one of its names, a relation, a metric, or of the article itself.

    `rule` is empty where the graph does not tell which rule found it. `sentence` is the first that says so.
    """

    file: str
    headline: str
    rule: str
    kind: str
    text: str
    sentence: str = field(default="", compare=False)

    @property
    def said(self) -> tuple[str, str, str, str]:
        """What it says and where, whichever rule found it."""
        return self.file, self.headline, self.kind, self.text


@dataclass(frozen=True, slots=True)
class Change:
    """A fact that came, or went."""

    fact: Fact
    came: bool


def diff(before: Path, after: Path, *, any_rule: bool = False) -> Iterator[Change]:
    """The changes from one graph to another, by article and rule; each is a graph's folder, or a .nq or .trig file.

    With `any_rule` a fact that both have is no change, whichever rules found it in either.

    Raises:
        WrongUsage: a file has the ending of no form that is read.
        UserError: there is no graph, or a file cannot be read.
    """
    with while_reading(before):
        old = _opened(before)
        old_articles = _articles(old)
    with while_reading(after):
        new = _opened(after)
        new_articles = _articles(new)
    for article in sorted(old_articles.keys() | new_articles.keys()):
        with while_reading(before):
            went = _facts(old, article, old_articles.get(article, ()))
        with while_reading(after):
            came = _facts(new, article, new_articles.get(article, ()))
        alone = went ^ came
        if any_rule:
            both = {fact.said for fact in went} & {fact.said for fact in came}
            alone = {fact for fact in alone if fact.said not in both}
        for fact in sorted(alone):
            yield Change(fact, fact in came)


def table(changes: Iterable[Change], *, evidence: bool = False) -> str:
    """Changes as lines to be read: under each article its rules, under each rule what went (-) and came (+).

    With `evidence` the sentence that says so stands under each.
    """
    lines: list[str] = []
    counts = {True: 0, False: 0}
    for (file, headline), of_article in groupby(changes, key=lambda change: (change.fact.file, change.fact.headline)):
        lines.append(f"{file}  {headline}".rstrip())
        for rule, of_rule in groupby(of_article, key=lambda change: change.fact.rule):
            lines.append(f"  {rule or '(no rule)'}")
            for change in of_rule:
                counts[change.came] += 1
                lines.append(f"    {'+' if change.came else '-'} {change.fact.kind}: {change.fact.text}")
                lines += [f"        {change.fact.sentence}"] * (evidence and bool(change.fact.sentence))
    lines.append(f"{counts[True]} facts came, {counts[False]} went")
    return "\n".join(lines) + "\n"


def as_json(changes: Iterable[Change]) -> str:
    """Changes as a list of JSON objects: `change` is came or went, the rest as `Fact` has it, its sentence included."""
    rows = [{"change": "came" if change.came else "went", **asdict(change.fact)} for change in changes]
    lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    return f"[\n{lines}\n]\n" if rows else "[]\n"


def _opened(path: Path) -> Store:
    form = _GRAPHS.get(path.suffix.lower())
    if (form is None and path.is_file()) or (path.exists() and not (path.is_file() or path.is_dir())):
        raise WrongUsage(f"{path} is no graph: name its folder, or what kg export wrote as {' or '.join(_GRAPHS)}")
    if form is None or path.is_dir():
        return open_graph(path)
    store = Store()
    try:
        store.bulk_load(path=str(path), format=form)
    except OSError as error:
        raise UserError(f"cannot read {path}: {reason_of(error)}") from None
    except (SyntaxError, ValueError) as error:
        raise UserError(f"{path} is not well-formed: {error}") from None
    return store


def _articles(store: Store) -> dict[tuple[str, str], list[NamedNode]]:
    """The graphs of articles by file and headline."""
    found: dict[tuple[str, str], list[NamedNode]] = defaultdict(list)
    for quad in store.quads_for_pattern(None, GOV.sourceFile, None):
        assert isinstance(quad.graph_name, NamedNode)
        headlines = store.quads_for_pattern(quad.subject, SCHEMA.headline, None, quad.graph_name)
        headline = min((each.object.value for each in headlines), default="")  # type: ignore[union-attr]
        found[quad.object.value, " ".join(headline.split())].append(quad.graph_name)  # type: ignore[union-attr]
    return found


def _facts(store: Store, article: tuple[str, str], graphs: Iterable[NamedNode]) -> set[Fact]:
    return {Fact(*article, *statement) for graph in graphs for statement in _Article(store, graph).facts()}


Statement = tuple[str, str, str, str]
"""The rule, kind, text and first sentence of a fact."""


class _Article:
    """What one article's graph says, by subject and property."""

    def __init__(self, store: Store, graph: NamedNode) -> None:
        self._said: dict[str, dict[NamedNode, set[str]]] = defaultdict(lambda: defaultdict(set))
        for quad in store.quads_for_pattern(None, None, None, graph):
            self._said[quad.subject.value][quad.predicate].add(quad.object.value)  # type: ignore[union-attr]

    def facts(self) -> Iterator[Statement]:
        """All of it, once for each rule that found it."""
        for subject, said in list(self._said.items()):
            kinds = said[RDF.type]
            of = self._of_kind(kinds)
            if of:
                sentence = self._sentence(said)
                for kind, text in of(subject, said):
                    ruled = kind != "article" or text.startswith(_RULED)
                    for rule in (said[GOV.rule] if ruled else ()) or {""}:
                        yield rule, kind, text, sentence

    def _sentence(self, said: Mapping[NamedNode, set[str]]) -> str:
        """The first sentence that says a fact or names a thing."""
        passages = [self._said[each] for term in (GOV.evidence, GOV.mentionedIn) for each in said.get(term, ())]
        found = [(int(min(each[OA.start], default="0")), min(each[OA.exact], default="")) for each in passages]
        return " ".join(min(found, default=(0, ""))[1].split())

    def _of_kind(
        self, kinds: set[str]
    ) -> Callable[[str, Mapping[NamedNode, set[str]]], Iterator[tuple[str, str]]] | None:
        if GOV.Claim.value in kinds:
            return self._relation
        if GOV.Metric.value in kinds:
            return self._metric
        if GOV.Article.value in kinds:
            return self._article
        if not kinds.isdisjoint(each.value for each in THINGS):
            return self._thing
        return None

    def _relation(self, _: str, said: Mapping[NamedNode, set[str]]) -> Iterator[tuple[str, str]]:
        subject, predicate, target = (self._names(said[term]) for term in (RDF.subject, RDF.predicate, RDF.object))
        yield "relation", f"{subject} {predicate} {target}"

    def _metric(self, _: str, said: Mapping[NamedNode, set[str]]) -> Iterator[tuple[str, str]]:
        def one(term: NamedNode) -> str:
            return self._names(said[term])

        about = [f"of {one(GOV.measures)}"] if said[GOV.measures] else []
        about += [f"in {one(GOV.area)}"] if said[GOV.area] else []
        about += [f"for {one(GOV.year)}"] if said[GOV.year] else []
        about += [f"for {one(GOV.fromYear)} to {one(GOV.toYear)}"] if said[GOV.fromYear] else []
        number = f"{one(GOV.indicator)} {one(GOV.value)} {one(GOV.unit)}".strip()
        yield "metric", " ".join([f"{number} ({one(GOV.qualifier)} {one(GOV.kind)})", *about])

    def _article(self, _: str, said: Mapping[NamedNode, set[str]]) -> Iterator[tuple[str, str]]:
        terms = {"year": GOV.year, "author": SCHEMA.author, "published": SCHEMA.datePublished, "paper": GOV.paper}
        for name, term in terms.items():
            for value in said[term]:
                yield "article", f"{name} {value}"

    def _thing(self, subject: str, said: Mapping[NamedNode, set[str]]) -> Iterator[tuple[str, str]]:
        levels = {level.value for level in _LEVELS} & said[RDF.type]
        kind = self._names(levels or said[RDF.type])
        name = self._names({subject})
        yield "thing", f"{kind} {name}"
        for alias in said[SKOS.altLabel]:
            yield "name", f"{kind} {name}, also {alias}"
        for role in said[GOV.role]:
            yield "role", f"{name}, {role}"

    def _names(self, values: set[str]) -> str:
        """Values to be read: labels of things, local names of terms, texts and numbers as they are."""
        return ", ".join(sorted(self._name(value) for value in values))

    def _name(self, value: str) -> str:
        if value in self._said and self._said[value][SKOS.prefLabel]:
            return min(self._said[value][SKOS.prefLabel])
        return value.removeprefix(PREFIXES["gov"])
