"""Composes the way of the data, from files to a committed graph; the only place that works in parallel.

Files that have not changed since the graph was built are not read again: a file is known by its path, the digest of
its bytes and the fingerprint of the program that read it. A file that was read from a named folder and is no longer
there leaves the graph; what was built from other inputs stays.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from importlib import metadata
from itertools import chain
from multiprocessing import get_context
from pathlib import Path

from pyoxigraph import Quad, RdfFormat, parse, serialize

from kg.confidence import sure
from kg.errors import UserError
from kg.extractors import extract_all
from kg.language.tokens import tokenize
from kg.linking import link
from kg.model import Article, ArticleFacts
from kg.rdf import quads
from kg.reading import input_files, read_page
from kg.reading.sentences import sentences
from kg.resources import folder as shared_folder
from kg.store import Generation, new_generation

BYTES_PER_WORKER = 200_000
"""Input that is worth the start of one more process."""

_READERS = (
    "model.py",
    "confidence.py",
    "decision.py",
    "weights",
    "rule_precision.tsv",
    "rdf",
    "vocabulary.py",
    "linking",
    "reading",
    "language",
    "extractors",
)


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that was not read, and why; `fault` is set where the program failed rather than the file."""

    path: Path
    reason: str
    fault: bool = False


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did: the files that it read, found unchanged, skipped and let go; the articles that it found.

    `changed` tells whether the graph differs from the one before.
    """

    read: tuple[Path, ...]
    unchanged: tuple[Path, ...]
    skipped: tuple[Skipped, ...]
    dropped: tuple[str, ...]
    articles: int
    changed: bool


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What a worker made of a file: its facts in N-Quads, or why there are none."""

    path: Path
    digest: str
    facts: bytes = b""
    articles: int = 0
    skipped: Skipped | None = None


def read_article(article: Article, min_confidence: Decimal = Decimal(0)) -> ArticleFacts:
    """The facts of one article: sentences, tokens, mentions and relations, linked; those that are sure enough."""
    text = tokenize(article, sentences(article))
    facts = link(text, extract_all(text))
    return sure(facts, min_confidence) if min_confidence else facts


def build(
    inputs: Sequence[Path],
    folder: Path,
    *,
    jobs: int | None = None,
    min_confidence: Decimal = Decimal(0),
    progress: Callable[[int, int], None] | None = None,
) -> BuildReport:
    """Reads files and folders into the graph in `folder`.

    The graph is the same for any number of `jobs` (processes; by default one a core) and any order of inputs.
    Facts of rules that were right less often than `min_confidence` (0 to 1) are left out. `progress` is called with
    the number of files done and of all that are to be read.

    Raises:
        UserError: an input does not exist, or the graph cannot be written; the old graph stands.
    """
    paths = sorted({path.resolve() for path in input_files(inputs)})
    with new_generation(folder, fingerprint(min_confidence)) as generation:
        dropped = tuple(_gone({*generation.previous.sources, *generation.previous.skipped}, inputs, paths))
        for source in dropped:
            generation.drop(source)
        unchanged, changed = _sorted_out(generation, paths)
        outcomes = []
        for done, outcome in enumerate(_read_all(changed, jobs or os.cpu_count() or 1, min_confidence), start=1):
            outcomes.append((outcome.path, outcome.articles, outcome.skipped))
            _store(generation, outcome)
            if progress:
                progress(done, len(changed))
        changed_graph = generation.commit()
    return BuildReport(
        tuple(path for path, _, skipped in outcomes if skipped is None),
        tuple(unchanged),
        tuple(skipped for _, _, skipped in outcomes if skipped is not None),
        dropped,
        sum(articles for _, articles, _ in outcomes),
        changed_graph,
    )


def fingerprint(min_confidence: Decimal = Decimal(0)) -> str:
    """A digest of all code and data that decide what is read from a file.

    Word lists and tables count as much as code, and so do the ontology, the version of the tokenizer and the least
    confidence.
    """
    package = Path(__file__).parent
    parts = [package / name for name in _READERS]
    parts = [part if part.exists() else part.with_suffix(".py") for part in parts]
    files = chain.from_iterable(part.rglob("*") if part.is_dir() else [part] for part in parts)
    digest = hashlib.sha256()
    for path in sorted(path for path in files if path.is_file() and "__pycache__" not in path.parts):
        digest.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    digest.update((shared_folder("ontology") / "governance.ttl").read_bytes())
    for name in ("rjieba", "jieba"):
        try:
            digest.update(f"{name} {metadata.version(name)}\0".encode())
        except metadata.PackageNotFoundError:
            digest.update(f"{name} absent\0".encode())
    digest.update(f"{min_confidence}\0".encode())
    return digest.hexdigest()


def _gone(known: Iterable[str], inputs: Sequence[Path], paths: Sequence[Path]) -> Iterator[str]:
    """Sources of the graph that lay in a folder named now, and are there no more."""
    folders = [path.resolve() for path in inputs if path.is_dir()]
    present = {str(path) for path in paths}
    for source in sorted(known):
        if source not in present and any(Path(source).is_relative_to(folder) for folder in folders):
            yield source


def _sorted_out(generation: Generation, paths: Sequence[Path]) -> tuple[list[Path], list[Path]]:
    """The files that the graph already holds as they are, and those to be read."""
    unchanged: list[Path] = []
    changed: list[Path] = []
    for path in paths:
        try:
            known = generation.unchanged(str(path), _digest(path))
        except OSError:
            known = False  # the worker tells why it cannot be read
        (unchanged if known else changed).append(path)
    return unchanged, changed


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _read_all(paths: Sequence[Path], jobs: int, min_confidence: Decimal) -> Iterator[_Outcome]:
    """What becomes of each file, in the order of the files, whichever process reads it."""
    workers = min(jobs, _worth(paths))
    if workers <= 1:
        yield from map(partial(_read, min_confidence=min_confidence), paths)
        return
    # Processes start afresh: a fork would copy the store's threads in the middle of their work.
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        try:
            work = partial(_read, min_confidence=min_confidence)
            yield from pool.map(work, paths, chunksize=4 if len(paths) > 8 * workers else 1)
        except BrokenProcessPool:
            raise UserError("a worker process was ended, perhaps for lack of memory; try again with --jobs 1") from None
        finally:
            pool.shutdown(cancel_futures=True)


def _worth(paths: Sequence[Path]) -> int:
    """The number of processes that so much input is worth."""
    size = sum(path.stat().st_size for path in paths if path.exists())
    return max(1, min(len(paths), size // BYTES_PER_WORKER))


def _read(path: Path, min_confidence: Decimal) -> _Outcome:
    """The facts of a file, or why it was skipped."""
    try:
        digest = _digest(path)
        page = read_page(path)
        facts = [quad for article in page.articles for quad in quads(read_article(article, min_confidence))]
    except UserError as error:
        return _Outcome(path, "", skipped=Skipped(path, str(error)))
    except OSError as error:
        return _Outcome(path, "", skipped=Skipped(path, error.strerror or str(error)))
    except Exception as error:  # noqa: BLE001 - one odd page must not lose the work on all others
        reason = f"kg failed on it ({type(error).__name__}: {error}); please report this"
        return _Outcome(path, "", skipped=Skipped(path, reason, fault=True))
    return _Outcome(path, digest, serialize(facts, format=RdfFormat.N_QUADS) or b"", len(page.articles))


def _store(generation: Generation, outcome: _Outcome) -> None:
    if outcome.skipped:
        generation.skip(str(outcome.path), outcome.skipped.reason)
    else:
        generation.replace(str(outcome.path), outcome.digest, _parsed(outcome.facts))


def _parsed(facts: bytes) -> Iterator[Quad]:
    return iter(parse(facts, format=RdfFormat.N_QUADS))
