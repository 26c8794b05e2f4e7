"""Which words are used alike, so that what gold tells of one says something of others.

Usage: python -m scripts.learning.likeness NEWS.jsonl FILE.npz

NEWS.jsonl holds a report a line with `text`; no gold is needed. For each word and character FILE tells, in DIMENSIONS
numbers, how it is used in these texts: the mean of what jieba's network holds at it. Weights of words are learned with
it (`scripts.learning --likeness FILE`): a word weighs what its own gold says and what is said of words used like it.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix

from kg.language.tokens import tokens_of
from scripts.learning.network import WIDTH, Network

DIMENSIONS = 32
"""Average precision of names without marks on 96 reports apart: .666 without, .684 with 24, .683 with 32 or 40, .676
with 100; names in quotation marks .944, .950, .948, .948, .946."""

CLOSENESS = 0.6
"""How far words that are used alike weigh alike, beside what each weighs alone: .5 to .7 give the same."""

TOGETHER = 256
"""So many sentences are read at once."""

_SENTENCE = re.compile("[^。！？!?；;\n]{5,150}")


@dataclass(frozen=True)
class Likeness:
    """How words are used: for each a row of numbers, alike for words that are used alike."""

    of_word: Mapping[str, np.ndarray]

    @classmethod
    def read(cls, file: Path) -> Likeness:
        """What `main` wrote."""
        with np.load(file) as held:
            return cls(dict(zip(held["words"].tolist(), held["rows"], strict=True)))


@dataclass(frozen=True)
class Alike:
    """Features of words (`before=推出`) as sums of how their words are used, by the kind of feature (`before`)."""

    likeness: Likeness
    kinds: tuple[str, ...]

    def columns(self, features: Sequence[Sequence[str]]) -> csr_matrix:
        """For each candidate's features the sum of their words' numbers: candidates × (kinds × DIMENSIONS)."""
        found = np.zeros((len(features), len(self.kinds), DIMENSIONS), dtype=np.float32)
        for n, each in enumerate(features):
            for feature in each:
                if (row := self._row(feature)) is not None:
                    found[n, self._place(feature)] += CLOSENESS * row
        return csr_matrix(found.reshape(len(features), -1))

    def weights(self, features: Iterable[str], learned: np.ndarray) -> dict[str, float]:
        """What features weigh by what was learned for their kind's numbers."""
        of_kind = learned.reshape(len(self.kinds), DIMENSIONS)
        rows = {feature: self._row(feature) for feature in set(features)}
        return {
            feature: CLOSENESS * float(row @ of_kind[self._place(feature)])
            for feature, row in rows.items()
            if row is not None
        }

    def _row(self, feature: str) -> np.ndarray | None:
        kind, _, word = feature.partition("=")
        return self.likeness.of_word.get(word) if kind in self.kinds else None

    def _place(self, feature: str) -> int:
        return self.kinds.index(feature.partition("=")[0])


def uses(sentences: Sequence[str]) -> dict[str, np.ndarray]:
    """The mean of what the network holds at each word and character of some sentences."""
    network = Network()
    total: dict[str, np.ndarray] = defaultdict(lambda: np.zeros(2 * WIDTH, dtype=np.float32))
    times: Counter[str] = Counter()
    by_length = sorted(sentences, key=len)
    for start in range(0, len(by_length), TOGETHER):
        some = by_length[start : start + TOGETHER]
        for sentence, states in zip(some, network.states(some), strict=True):
            for word, begin, end in _parts(sentence):
                total[word] += states[begin:end].mean(axis=0)
                times[word] += 1
    return {word: total[word] / times[word] for word in sorted(total)}


def _parts(sentence: str) -> Iterator[tuple[str, int, int]]:
    """The words of a sentence and the characters of longer ones, with where each begins and ends."""
    for token in tokens_of(sentence):
        yield token.text, token.start, token.end
        if len(token.text) > 1:
            yield from ((c, place, place + 1) for place, c in enumerate(token.text, token.start))


def condensed(rows: np.ndarray, dimensions: int = DIMENSIONS) -> np.ndarray:
    """The rows in their main directions, on average of length one."""
    centred = rows - rows.mean(axis=0)
    _, directions = np.linalg.eigh(centred.T @ centred)
    short = centred @ directions[:, -dimensions:]
    return np.asarray(short / np.linalg.norm(short, axis=1).mean(), dtype=np.float32)


def main(news: Path, file: Path) -> None:
    """The command."""
    texts = (json.loads(line)["text"] for line in news.read_text(encoding="utf-8").splitlines())
    found = uses([sentence for text in texts for sentence in _SENTENCE.findall(text)])
    np.savez(file, words=np.array(list(found)), rows=condensed(np.stack(list(found.values()))))
    sys.stdout.write(f"{file}: {len(found)} words and characters\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
