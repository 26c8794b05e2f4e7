"""The small network for cutting and tagging Chinese words that jieba brings along, read without its framework.

jieba ships the parameters of Baidu's LAC (Jiao, Sun and Sun, 2018: “Chinese Lexical Analysis with Deep Bi-GRU-CRF
Network”, arXiv:1807.01882) for its mode `use_paddle`. What its second layer holds at a character tells how the
character is used there, learned from far more text than there is here with gold.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import jieba
import numpy as np

FOLDER = Path(jieba.__file__).parent / "lac_small"

WIDTH = 128
"""So many numbers a direction holds at a character."""

UNKNOWN = "OOV"
_DIMENSION = 0x10
"""The tag of a dimension in a tensor's description."""


@dataclass(frozen=True)
class Direction:
    """A recurrent layer in one direction: parameters as LAC has them, the reset gate applied before the product."""

    inward: np.ndarray
    bias: np.ndarray
    gates: np.ndarray
    state: np.ndarray
    backwards: bool

    @classmethod
    def read(cls, number: int) -> Direction:
        """The layer of a number: 0 and 1 the first's two directions, 2 and 3 the second's."""
        flat = parameters(f"gru_{number}.w_0").ravel()
        gates, state = np.split(flat, [2 * WIDTH * WIDTH])
        bias = parameters(f"fc_{number}.b_0").ravel() + parameters(f"gru_{number}.b_0").ravel()
        inward = parameters(f"fc_{number}.w_0")
        return cls(inward, bias, gates.reshape(WIDTH, -1), state.reshape(WIDTH, -1), number % 2 == 1)

    def states(self, given: np.ndarray, counted: np.ndarray) -> np.ndarray:
        """What it holds at each place: places × sentences × WIDTH, of places × sentences × inputs."""
        inward = given @ self.inward + self.bias
        held = np.zeros((given.shape[1], WIDTH), dtype=np.float32)
        found = np.empty((*given.shape[:2], WIDTH), dtype=np.float32)
        places = range(len(given))
        for place in reversed(places) if self.backwards else places:
            gates = _sigmoid(inward[place, :, : 2 * WIDTH] + held @ self.gates)
            renewed, kept = gates[:, :WIDTH], gates[:, WIDTH:]
            new = np.tanh(inward[place, :, 2 * WIDTH :] + (kept * held) @ self.state)
            held = held + counted[place] * renewed * (new - held)
            found[place] = held
        return found


class Network:
    """Tells of each character of a sentence how it is used there."""

    def __init__(self) -> None:
        lines = (FOLDER / "word.dic").read_text(encoding="utf-8").splitlines()
        rows = (line.split("\t") for line in lines)
        self._numbers = {character: int(number) for number, character in (row for row in rows if len(row) == len("ab"))}
        self._characters = parameters("word_emb")
        self._layers = [(Direction.read(n), Direction.read(n + 1)) for n in (0, 2)]

    def states(self, sentences: Sequence[str]) -> list[np.ndarray]:
        """For each sentence what the second layer holds: characters × 2 WIDTH."""
        longest = max(map(len, sentences))
        numbers = np.zeros((longest, len(sentences)), dtype=int)
        counted = np.zeros((longest, len(sentences), 1), dtype=np.float32)
        for n, sentence in enumerate(sentences):
            numbers[: len(sentence), n] = [self._numbers.get(c, self._numbers[UNKNOWN]) for c in sentence]
            counted[: len(sentence), n] = 1
        held = self._characters[numbers]
        for forwards, backwards in self._layers:
            held = np.concatenate([forwards.states(held, counted), backwards.states(held, counted)], axis=-1)
        return [held[: len(sentence), n] for n, sentence in enumerate(sentences)]


def parameters(name: str) -> np.ndarray:
    """The tensor of a file: two versions and levels of detail, its description (type, dimensions), then numbers."""
    data = (FOLDER / "model_baseline" / name).read_bytes()
    (levels,) = struct.unpack_from("<Q", data, 4)
    if levels:
        raise ValueError(f"{name}: a tensor without levels of detail is expected, this has {levels}")
    (size,) = struct.unpack_from("<i", data, 16)
    described, numbers = data[20 : 20 + size], np.frombuffer(data, dtype="<f4", offset=20 + size)
    return numbers.reshape(_dimensions(described))


def _dimensions(described: bytes) -> list[int]:
    """The dimensions in a description: fields of a tag and a number, seven bits a byte, the lowest first."""
    found, place = [], 0
    while place < len(described):
        tag, number, shift = described[place], 0, 0
        place += 1
        while True:
            byte = described[place]
            place += 1
            number |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                break
        if tag == _DIMENSION:
            found.append(number)
    return found


def _sigmoid(values: np.ndarray) -> np.ndarray:
    return np.asarray(1 / (1 + np.exp(-values)))
