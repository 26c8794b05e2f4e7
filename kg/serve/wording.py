"""The site's words, and the names of what it shows, in the reader's language."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from kg.vocabulary import GOV, OA, QUDT, RDF, SCHEMA, SKOS, label

if TYPE_CHECKING:
    from pyoxigraph import Store

    from kg.queries.saved import Question


_ADVICE = re.compile(r"[;:] (?=[^;:]*\bkg [a-z]).*", re.DOTALL)
"""What a message says of commands: to readers of the site they are no help."""


def without_commands(message: str) -> str:
    """A message to a user of the command line, as a reader of the site is told it.

    >>> without_commands("the graph knows no place named 'x'; `kg info` tells what the graph holds")
    "the graph knows no place named 'x'"
    """
    return _ADVICE.sub("", message)


@cache
def texts(language: str) -> Mapping[str, str]:
    """The site's own texts in a language of `LANGUAGES`."""
    raw = (resources.files("kg.serve") / "text" / f"{language}.json").read_text(encoding="utf-8")
    found: dict[str, str] = json.loads(raw)
    return found


def told(question: Question, language: str) -> tuple[str, str, str]:
    """The summary and description of a question, and the language that they are in."""
    if language == "zh" and all(question.chinese):
        return *question.chinese, "zh-CN"
    return question.summary, question.description, "en"


def heading(name: str, language: str) -> str:
    """A parameter or column in the reader's language, as the ontology or the site's texts call it; else as it is."""
    if language == "en":
        return name
    for term in (name, name.capitalize()):
        if term in GOV:
            return label(GOV[term], language)
    return texts(language).get(f"column:{name}", name)


@dataclass(frozen=True, slots=True)
class Term:
    """A class or property as queries name it (`gov:ledBy`), and what it is called, "" where nothing tells."""

    name: str
    label: str


def terms_of(store: Store, language: str) -> tuple[Term, ...]:
    """The classes and properties of the ontology that a store has statements with, classes first."""
    found = []
    for space in (GOV, RDF, SKOS, SCHEMA, OA, QUDT):
        for name in space:
            term = space[name]
            is_class = name[:1].isupper()
            used = store.quads_for_pattern(None, RDF.type if is_class else term, term if is_class else None)
            if next(used, None) is not None:
                try:
                    called = label(term, language)
                except KeyError:
                    called = ""
                found.append((not is_class, Term(f"{space.prefix}:{name}", called)))
    return tuple(term for _, term in sorted(found, key=lambda pair: (pair[0], pair[1].name.casefold())))
