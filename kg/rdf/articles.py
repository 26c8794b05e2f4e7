"""The facts of one article as quads in the named graph that bears the article's name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode

from kg.confidence import of_claim, of_entity, of_metric
from kg.model import CORRECTION, Article, ArticleFacts, Claim, Entity, Level, Observation, Sentence, Span, Word
from kg.rdf import literals
from kg.rdf.divisions import division_of
from kg.rdf.names import article_iri, digest, entity_iri, indicator_iri, passage_iri, place_iri
from kg.rdf.text import clean, indicator, label
from kg.rdf.written import gov, oa, qudt, rdf, schema, skos
from kg.vocabulary import GOV, PREFIXES, UNITS, XSD, domain, range_

PLACES = frozenset(Level)
YEARS = frozenset(range(1, 10_000))  # what xsd:gYear writes in four digits


def n_quads(facts: ArticleFacts) -> bytes:
    """All that an article says, each quad once, in the article's named graph, as N-Quads.

    The set of quads does not depend on the order of entities, claims or observations. It conforms to the shapes
    whatever the facts: a claim that the ontology does not allow (a document `implementedIn` a person) is left out, and
    so is a thing without a name. They are written as text from the start: making quads only to serialize them takes
    several times as long.

    Raises:
        KeyError: a kind, predicate or property is no term of the ontology.
    """
    graph = article_iri(facts.article)
    end = f" {graph} .\n"
    return (end.join(dict.fromkeys(_Writer(facts, graph).triples())) + end).encode()


class _Writer:
    """Writes one article's triples as N-Triples do, but for the stop.

    It keeps what several parts of the article share: the passages and the entities' sentences.
    """

    def __init__(self, facts: ArticleFacts, graph: NamedNode) -> None:
        self._facts, self._article_iri, self._graph = facts, graph, str(graph)
        self._characters: dict[int, dict[int, str]] = {}
        self._written: dict[int, list[str]] = {}  # the passages of sentences
        self._printed = [bool(_pieces(sentence)) for sentence in facts.sentences]
        self._sentences = _sentences_by_entity(facts)
        self._nodes: dict[Entity, str] = {}
        self._kinds: dict[str, set[NamedNode]] = {}
        self._unlisted: dict[str, str] = {}  # places that the gazetteer lacks, by their path
        self._enclosed = {str(entity_iri(claim.subject)) for claim in facts.claims if claim.predicate == "within"}
        for entity in self._sentences:
            if iri := entity_iri(entity):
                node = self._nodes[entity] = str(iri)
                self._kinds.setdefault(node, set()).update(_types(entity))
                if entity.kind in PLACES and not entity.code and self._sentences[entity]:
                    self._unlisted[f"{entity.scope}/{entity.label}"] = node

    def triples(self) -> Iterator[str]:
        """All triples, those that several facts share more than once."""
        yield from self._article(self._facts.article)
        for entity in self._sentences:
            yield from self._entity(entity)
        for claim in self._facts.claims:
            yield from self._claim(claim)
        for observation in self._facts.observations:
            yield from self._metric(observation)

    def _word(self, node: str, word: Word | None) -> Iterator[str]:
        """Who stands for a fact, and since when."""
        if word and (by := label(word.by)):
            yield f"{node} {gov.assertedBy} {Literal(by)}"
        if word and (on := literals.day(word.on)):
            yield f"{node} {gov.assertedOn} {on}"

    def _article(self, article: Article) -> Iterator[str]:
        node = self._graph
        yield f"{node} {rdf.type} {gov.Article}"
        yield f"{node} {gov.sourceFile} {Literal(clean(article.source))}"
        if headline := clean(article.headline).strip():
            yield f"{node} {schema.headline} {Literal(headline)}"
        for author in filter(None, map(label, article.authors)):
            yield f"{node} {schema.author} {Literal(author)}"
        if published := literals.day(article.published):
            yield f"{node} {schema.datePublished} {published}"
        if paper := label(article.paper):
            yield f"{node} {gov.paper} {Literal(paper)}"
        if article.paper:
            yield f"{node} {gov.rule} {literals.rule(CORRECTION)}"
        yield from self._word(node, article.word)
        if self._facts.year in YEARS:
            yield f"{node} {gov.year} {literals.year(self._facts.year)}"
            if self._facts.year_rule:
                yield f"{node} {gov.rule} {literals.rule(self._facts.year_rule)}"
            yield from self._passages(node, gov.evidence, self._facts.year_sentences)

    def _entity(self, entity: Entity) -> Iterator[str]:
        node = self._nodes.get(entity)
        if node is None or not self._sentences[entity]:
            return
        for kind in _types(entity):
            yield f"{node} {rdf.type} {kind}"
        name = _preferred_label(entity)
        yield f"{node} {skos.prefLabel} {literals.chinese(name)}"
        for alias in sorted({label(alias) for alias in (entity.label, *entity.aliases)} - {name, ""}):
            yield f"{node} {skos.altLabel} {literals.chinese(alias)}"
        for said in entity.properties:
            term, text = GOV[said.term], clean(said.value).strip()
            if text and _fits(self._kinds[node], domain(term)):
                yield f"{node} {term} {Literal(text)}"
        for rule in entity.rules:
            yield f"{node} {gov.rule} {literals.rule(rule)}"
        if (sureness := of_entity(entity)) is not None:
            yield f"{node} {gov.confidence} {literals.confidence(sureness)}"
        yield from self._word(node, entity.word)
        yield from self._passages(node, gov.mentionedIn, self._sentences[entity])
        if entity.scope and entity.kind in PLACES and not entity.code and node not in self._enclosed:
            yield from self._enclosing(node, entity.scope)

    def _enclosing(self, node: str, scope: str) -> Iterator[str]:
        """An unlisted place of which no claim tells where it lies is within the place that its name is made from."""
        above = self._unlisted.get(scope)
        if above is None and (code := division_of(tuple(scope.split("/")))):
            above = str(place_iri(code))
        if above and above != node:
            yield f"{node} {gov.within} {above}"

    def _claim(self, claim: Claim) -> Iterator[str]:
        subject, predicate, target = self._nodes.get(claim.subject), GOV[claim.predicate], self._nodes.get(claim.object)
        if subject is None or target is None or subject == target or not self._passable(claim.sentences):
            return
        if not (_fits(self._kinds[subject], domain(predicate)) and _fits(self._kinds[target], range_(predicate))):
            return
        yield f"{subject} {predicate} {target}"
        name = digest(self._article_iri.value, subject[1:-1], predicate.value, target[1:-1])
        node = f"<{PREFIXES['claim']}{name}>"
        yield f"{node} {rdf.type} {gov.Claim}"
        yield f"{node} {rdf.subject} {subject}"
        yield f"{node} {rdf.predicate} {predicate}"
        yield f"{node} {rdf.object} {target}"
        yield f"{node} {gov.rule} {literals.rule(claim.rule)}"
        if (sureness := of_claim(claim)) is not None:
            yield f"{node} {gov.confidence} {literals.confidence(sureness)}"
        yield from self._word(node, claim.word)
        yield from self._passages(node, gov.evidence, claim.sentences)

    def _metric(self, observation: Observation) -> Iterator[str]:
        metric = observation.metric
        if not metric.value.is_finite() or not self._passable((metric.sentence,)):
            return
        said = list(self._said(observation))
        node = f"<{PREFIXES['metric']}{digest(self._article_iri.value, *sorted(said))}>"
        yield f"{node} {rdf.type} {gov.Metric}"
        for each in said:
            yield f"{node} {each}"
        if (observes := indicator_iri(metric.indicator)) is not None:
            yield f"{node} {gov.observes} {observes}"
            yield f"{observes} {rdf.type} {gov.Indicator}"
            yield f"{observes} {skos.prefLabel} {literals.chinese(indicator(metric.indicator))}"
        yield f"{node} {gov.rule} {literals.rule(metric.rule)}"
        if (sureness := of_metric(metric)) is not None:
            yield f"{node} {gov.confidence} {literals.confidence(sureness)}"
        yield from self._word(node, metric.word)
        yield from self._passages(node, gov.evidence, (metric.sentence,))

    def _said(self, observation: Observation) -> Iterator[str]:
        """What a metric says, whatever rule found it and wherever it stands: its name is made from this."""
        metric = observation.metric
        unit = label(metric.unit)
        yield f"{gov.value} {literals.decimal(metric.value)}"
        if metric.upper is not None:
            yield f"{gov.valueTo} {literals.decimal(metric.upper)}"
        yield f"{gov.unit} {Literal(unit)}"
        if unit in UNITS:
            yield f"{qudt.hasUnit} {UNITS[unit]}"
        if printed := label(metric.indicator):
            yield f"{gov.indicator} {Literal(printed)}"
        yield f"{gov.qualifier} {Literal(str(metric.qualifier))}"
        yield f"{gov.kind} {Literal(str(metric.kind))}"
        if metric.year in YEARS:
            yield f"{gov.year} {literals.year(metric.year)}"
        if metric.years and YEARS.issuperset(metric.years):
            yield f"{gov.fromYear} {literals.year(min(metric.years))}"
            yield f"{gov.toYear} {literals.year(max(metric.years))}"
        for predicate, entity in ((GOV.measures, observation.subject), (GOV.area, observation.area)):
            node = self._nodes.get(entity) if entity else None
            if node and _fits(self._kinds[node], range_(predicate)):
                yield f"{predicate} {node}"

    def _passable(self, numbers: Iterable[int]) -> bool:
        return any(self._printed[number] for number in numbers)

    def _passages(self, node: str, predicate: str, numbers: Iterable[int]) -> Iterator[str]:
        """Tie a thing to the passages of some sentences, and write those."""
        for number in sorted(set(numbers)):
            if number in self._written:
                yield from [f"{node} {predicate} {passage}" for passage in self._written[number]]
                continue
            sentence = self._facts.sentences[number]
            self._written[number] = []
            for piece in _pieces(sentence):
                passage = str(passage_iri(self._article_iri, piece))
                self._written[number].append(passage)
                yield f"{node} {predicate} {passage}"
                yield from self._passage(passage, sentence, piece)

    def _passage(self, passage: str, sentence: Sentence, piece: Span) -> Iterator[str]:
        yield f"{passage} {rdf.type} {gov.Passage}"
        yield f"{passage} {oa.exact} {Literal(clean(self._exact(sentence, piece.start, piece.end)))}"
        yield f'{passage} {oa.start} "{piece.start}"^^{XSD.integer}'
        yield f'{passage} {oa.end} "{piece.end}"^^{XSD.integer}'
        yield f"{passage} {oa.hasSource} {self._graph}"

    def _exact(self, sentence: Sentence, start: int, end: int) -> str:
        """The text of a piece: the sentence, or where it is interrupted, the paragraph's characters in the span."""
        if len(sentence.pieces) == 1:
            return sentence.text
        if sentence.paragraph not in self._characters:
            paragraph = self._facts.article.paragraphs[sentence.paragraph]
            self._characters[sentence.paragraph] = dict(zip(paragraph.offsets, paragraph.text, strict=True))
        characters = self._characters[sentence.paragraph]
        return "".join(characters.get(place, "") for place in range(start, end))


def _sentences_by_entity(facts: ArticleFacts) -> dict[Entity, tuple[int, ...]]:
    """The sentences that mention each entity; for one that none mentions, those of the facts that need it."""
    found: dict[Entity, set[int]] = {entity: set(entity.sentences) for entity in facts.entities}
    needed: dict[Entity, set[int]] = {}
    for claim in facts.claims:
        for entity in (claim.subject, claim.object):
            needed.setdefault(entity, set()).update(claim.sentences)
    for observation in facts.observations:
        for thing in (observation.subject, observation.area):
            if thing:
                needed.setdefault(thing, set()).add(observation.metric.sentence)
    for entity, sentences in needed.items():
        if not found.get(entity):
            found[entity] = set(entity.sentences) or sentences
    return {
        entity: tuple(number for number in sorted(numbers) if _pieces(facts.sentences[number]))
        for entity, numbers in found.items()
    }


def _pieces(sentence: Sentence) -> list[Span]:
    return [piece for piece in sentence.pieces if 0 <= piece.start < piece.end]


def _types(entity: Entity) -> tuple[NamedNode, ...]:
    return (GOV.Place, GOV[entity.kind]) if entity.kind in PLACES else (GOV[entity.kind],)


def _fits(kinds: set[NamedNode], allowed: frozenset[NamedNode]) -> bool:
    return not allowed or not allowed.isdisjoint(kinds)


def _preferred_label(entity: Entity) -> str:
    """The gazetteer's name of a division, so that all articles agree on it; the entity's own of anything else."""
    from kg.language import gazetteer  # noqa: PLC0415 - readers of the store come by here without need of its tables

    division = gazetteer.by_code(entity.code) if entity.code else None
    return label(division.name if division else entity.label)
