"""Compares what the graph says of a page with the page's gold facts."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from kg.evaluate.figures import Certainty, Figures
from kg.evaluate.found import FoundPage, Surroundings
from kg.evaluate.gold import KINDS, RELATIONS, GoldPage, GoldRelation, GoldThing
from kg.evaluate.matching import align, alike, fold

_LEVELS = {
    "province": "Province", "city": "City", "district": "District", "street": "Street", "community": "Community",
    "site": "Site",
}  # fmt: skip
_CLASSES = {
    "places": tuple(_LEVELS.values()),
    "organizations": ("Organization",),
    "programs": ("Program",),
    "people": ("Person",),
    "documents": ("Document",),
}
_PARTLY = frozenset({"organizations", "programs", "documents"})

Names = Mapping[str, AbstractSet[str]]


@dataclass(frozen=True, slots=True)
class Comparison:
    """One page of the graph beside its gold facts; its methods add to the figures."""

    found: FoundPage
    gold: GoldPage
    places: Surroundings
    figures: Figures

    def tell(self, kind: str, verdict: str, what: object) -> None:
        """Notes a fact of this page that is not right."""
        self.figures.tell(self.gold.name, kind, verdict, what)

    def articles(self) -> None:
        """Articles by headline, and the year that each speaks of."""
        tallies = self.figures.tallies
        left = list(self.found.articles)
        for article in self.gold.articles:
            hit = next((a for a in left if self._titled(a, article.titles)), None)
            tallies["articles"].add(hit is not None, 0, hit is None)
            if hit is None:
                self.tell("articles", "missed", article.headline)
                continue
            left.remove(hit)
            if article.year:
                years = {year[:4] for year in self.found.said(hit, "year")}
                right = str(article.year) in years
                tallies["article year"].add(right, bool(years) and not right, not right)
        tallies["articles"].add(0, len(left), 0)

    def _titled(self, article: str, titles: AbstractSet[str]) -> bool:
        lines = [fold(line) for line in self.found.headlines.get(article, [])]
        return any(title and (title in line or line in title) for line in lines for title in titles)

    def things(self) -> dict[str, AbstractSet[str]]:
        """Named things of every kind; the printings of the gold thing that each found one stands for."""
        matched: dict[str, AbstractSet[str]] = {}
        for kind in KINDS:
            items, nodes = self.gold.things[kind], self.found.of_type(*_CLASSES[kind])
            pairs = align(nodes, self.found.labels, items, partly=kind in _PARTLY, fits=self._level_fits)
            matched |= {node: items[number].names for node, number in pairs.items()}
            hit = set(pairs.values())
            spare = [node for node in nodes if node not in pairs]
            missed = [item for number, item in enumerate(items) if item.core and number not in hit]
            self.figures.tallies[kind].add(sum(items[number].core for number in hit), len(spare), len(missed))
            for node in nodes:
                self._count_rules(kind, set(self.found.said(node, "rule")), right=node in pairs)
                self.figures.sure.append(Certainty(kind, self.found.confidence(node), node in pairs))
            for node in spare:
                self.tell(kind, "wrong", self._shown(node) or node)
            for item in missed:
                self.tell(kind, "missed", item.name)
            if kind == "places":
                self._within(pairs)
        return matched

    def _level_fits(self, node: str, item: GoldThing) -> bool:
        return not item.level or _LEVELS[item.level] in self.found.types[node]

    def _shown(self, node: str) -> str:
        return "/".join(sorted(self.found.labels.get(node, ())))

    def _within(self, pairs: Mapping[str, int]) -> None:
        """Whether the found places lie where the gold facts say, by whichever graph."""
        items = self.gold.things["places"]
        for node, number in pairs.items():
            item = items[number]
            if not item.within:
                continue
            folded = fold(item.within)
            names = next((place.names for place in items if folded in place.names), {folded})
            around = self.places.around(node)
            right = any(self.places.labels.get(place, set()) & names for place in around)
            if not right and not item.core:
                continue
            self.figures.tallies["within"].add(right, bool(around) and not right, not right)
            self._count_enclosing(node, right=right)
            if not right:
                self.tell("within", "missed", f"{item.name} in {item.within}")

    def _count_enclosing(self, node: str, *, right: bool) -> None:
        """Counts what the page itself says of where a place lies."""
        for claim in ((node, "within", place) for place in self.found.said(node, "within")):
            self._count_rules("within", self.found.rules.get(claim, ()), right=right)
            if claim in self.found.confidences:
                self.figures.sure.append(Certainty("within", self.found.confidences[claim], right))

    def relations(self, matched: Names) -> None:
        """Relations among named things; wrong is what no gold relation supports, be it for a wider place."""
        hits: set[int] = set()
        wrong = 0
        enclosing = self.gold.enclosing()
        for subject in sorted(self.found.values):
            for predicate in RELATIONS:
                for target in self.found.said(subject, predicate):
                    ends = (self._names(subject, matched), self._names(target, matched))
                    number = self._supporting(predicate, *ends)
                    rules = self.found.rules.get((subject, predicate, target), ())
                    if number is None and self._wider(predicate, *ends, enclosing):
                        continue
                    self._count_rules("relations", rules, right=number is not None)
                    confidence = self.found.confidences.get((subject, predicate, target), 0.0)
                    self.figures.sure.append(Certainty("relations", confidence, number is not None))
                    if number is not None:
                        hits.add(number)
                    else:
                        wrong += 1
                        self.tell("relations", "wrong", f"{self._shown(subject)} {predicate} {self._shown(target)}")
        core = [number for number, relation in enumerate(self.gold.relations) if relation.core]
        missed = [self.gold.relations[number] for number in core if number not in hits]
        self.figures.tallies["relations"].add(len(core) - len(missed), wrong, len(missed))
        for relation in missed:
            self.tell("relations", "missed", relation.told)

    def _names(self, node: str, matched: Names) -> AbstractSet[str]:
        return matched[node] if node in matched else self.found.labels.get(node, frozenset())

    def _count_rules(self, kind: str, rules: AbstractSet[str] | tuple[()], *, right: bool) -> None:
        self.figures.found(kind, rules, right=right)
        for rule in sorted(rules):
            self.figures.rules[rule].add(right, not right, 0)

    def _supporting(self, predicate: str, subject: AbstractSet[str], target: AbstractSet[str]) -> int | None:
        """The number of the gold relation that says the same, exact names before others, then core ones, the first."""
        fit = [
            (alike(subject, relation.subject, partly=True) + alike(target, relation.object, partly=True), number)
            for number, relation in enumerate(self.gold.relations)
            if _joins(relation, predicate, subject) and alike(target, relation.object, partly=True)
        ]
        core = self.gold.relations
        return max(fit, key=lambda f: (f[0], core[f[1]].core, -f[1]))[1] if fit else None

    def _wider(
        self,
        predicate: str,
        subject: AbstractSet[str],
        target: AbstractSet[str],
        enclosing: Mapping[str, frozenset[str]],
    ) -> bool:
        """Whether a gold relation says so of a place within the target."""
        return any(
            _joins(relation, predicate, subject)
            and any(target & enclosing.get(name, frozenset()) for name in relation.object)
            for relation in self.gold.relations
        )


def _joins(relation: GoldRelation, predicate: str, subject: AbstractSet[str]) -> bool:
    return relation.predicate == predicate and bool(alike(subject, relation.subject, partly=True))
