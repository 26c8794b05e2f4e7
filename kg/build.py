"""Composes the way of the data, from files to a committed graph.

Files that have not changed since the graph was built are not read again: a file is known by its path, the digest of
its bytes and the fingerprint of the program that read it. A file that was read from a named folder and is no longer
there leaves the graph; one that is there and cannot be read keeps its former facts; what was built from other inputs
stays, until somebody has it dropped.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from contextlib import closing
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from importlib import metadata
from itertools import chain
from pathlib import Path

from kg.affected import Affected, unfit
from kg.corrections import Corrections, found_files, load
from kg.errors import UserError
from kg.leaving import take_out
from kg.outcomes import Outcome, Skipped, digest_of
from kg.packing import unpacked
from kg.pipeline import Options, read_article, read_file
from kg.reading.files import Listing, is_page_of, listed, real_path
from kg.resources import folder as shared_folder
from kg.sharing import outcomes_of
from kg.sidecars import Beside, Mode
from kg.store import Generation, new_generation, read_manifest, repeats_of

__all__ = ["BuildReport", "Skipped", "build", "fingerprint", "read_article", "read_file"]

READERS = (
    "model.py",
    "frozen.py",
    "invisible.py",
    "confidence.py",
    "decision.py",
    "dictionary.py",
    "grammar",
    "weights",
    "rule_precision.tsv",
    "rdf",
    "vocabulary.py",
    "pipeline.py",
    "corrections",
    "sidecars",
    "linking",
    "matching",
    "reading",
    "language",
    "extractors",
)
"""What decides what is read from a file: its fingerprint tells whether a file is read again."""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did: the files that it read, found unchanged, skipped and let go; the articles that it found.

    `changed` tells whether the graph differs from the one before; `damage` what was wrong with that, if it was damaged
    and all its sources were read anew. `remarks` are the lines to be told of corrections: those that contradict each
    other or fit nothing; `proposed` the number of those that wait for a decision; `refused` the facts of the files'
    sidecars that were not taken, each with its reason, whether the file was read now or before. `repeated` are the
    files read now that hold articles of another file, word by word, with their number and that file: they count once.
    `taken_out` are the sources that were to be dropped, with the number of articles of each; `files` is the number of
    all that the graph is built from now.
    """

    read: tuple[Path, ...]
    unchanged: tuple[Path, ...]
    skipped: tuple[Skipped, ...]
    dropped: tuple[str, ...]
    articles: int
    changed: bool
    damage: str = ""
    remarks: tuple[str, ...] = ()
    proposed: int = 0
    refused: tuple[tuple[Path, tuple[str, ...]], ...] = ()
    repeated: tuple[tuple[Path, int, Path], ...] = ()
    taken_out: tuple[tuple[str, int], ...] = ()
    files: int = 0


def build(
    inputs: Sequence[Path],
    folder: Path,
    *,
    jobs: int | None = None,
    min_confidence: Decimal = Decimal(0),
    corrections: Sequence[Path] | None = None,
    facts: Mode = Mode.ONLY,
    published: str = "",
    drop: Sequence[str] = (),
    progress: Callable[[int, int], None] | None = None,
    articles: Callable[[Path, int], None] | None = None,
) -> BuildReport:
    """Reads files and folders into the graph in `folder`.

    The graph is the same for any number of `jobs` (processes; by default one a core) and any order of inputs.
    Facts of rules that were right less often than `min_confidence` (0 to 1) are left out. `corrections` are files of
    a person's own word; where none is named, those in the graph's folder and beside the inputs. `facts` tells what a
    page's facts are that has a sidecar PAGE.facts.json, and `published` the date of pages that tell none (2024-03-31,
    2024-03 or 2024). What came from files, folders and patterns to `drop` leaves the graph in the same step; with
    these there may be no inputs. `progress` is called with the number of files done and of all
    that are to be read, `articles` with a file of many articles and how many of them are read.

    Raises:
        UserError: an input does not exist, corrections cannot be read, nothing came from what is to be dropped, or the
            graph cannot be written; the old graph stands.
    """
    if not inputs:
        return _dropping(folder, drop)
    listing = listed(inputs)
    loaded = load(found_files(folder, inputs) if corrections is None else corrections)
    options = Options(min_confidence, loaded.corrections, facts, published)
    paths: Sequence[Path] = listing.real
    with new_generation(folder, fingerprint(min_confidence)) as generation:
        taken_out = take_out(generation, drop, paths)
        paths, lost = _with_former(paths, generation, inputs, {name for name, _ in taken_out})
        dropped = tuple(_gone({*generation.previous.sources, *generation.previous.skipped}, inputs, paths))
        for source in dropped:
            generation.drop(source)
        dropped = tuple(source for source in dropped if source in generation.previous.sources)
        unchanged, changed = _sorted_out(generation, paths, options)
        outcomes = []
        refused = list(_still_refused(unchanged, generation))
        with closing(outcomes_of(changed, jobs or os.cpu_count() or 1, options, generation.scratch, articles)) as found:
            for done, outcome in enumerate(found, start=1):
                stored = _store(generation, outcome, loaded.corrections, listing.links.get(outcome.path))
                outcomes.append((outcome.path, outcome.articles, stored))
                refused += [(outcome.path, outcome.refused)] * bool(outcome.refused)
                if progress:
                    progress(done, len(changed))
        changed_graph = generation.commit(loaded.corrections.apart)
        read = [name for path, *_ in outcomes if (name := str(path)) in generation.sources]
        repeated = tuple(repeats_of({name: generation.sources[name] for name in read}))
    return BuildReport(
        tuple(path for path, _, skipped in outcomes if skipped is None or skipped.partly),
        tuple(unchanged),
        (
            *_folders(listing, generation),
            *lost,
            *_still_partly(unchanged, generation),
            *(skipped for _, _, skipped in outcomes if skipped is not None),
        ),
        dropped,
        sum(articles for _, articles, skipped in outcomes if skipped is None or skipped.partly),
        changed_graph,
        generation.damage,
        (*loaded.remarks, *unfit(folder, loaded.corrections)),
        loaded.corrections.proposed,
        tuple(sorted(refused)),
        tuple((Path(name), number, Path(other)) for name, number, other in repeated),
        taken_out,
        len(generation.sources),
    )


def _dropping(folder: Path, drop: Sequence[str]) -> BuildReport:
    """A build of nothing but what is to be dropped; names that were told apart stay so."""
    read_manifest(folder)  # where there is no graph, none is to be begun
    with new_generation(folder, fingerprint()) as generation:
        if generation.damage:
            raise UserError(f"the graph in {folder} is damaged ({generation.damage}); kg build INPUT... reads all anew")
        taken_out = take_out(generation, drop)
        changed = generation.commit(None)
    return BuildReport((), (), (), (), 0, changed, taken_out=taken_out, files=len(generation.sources))


def fingerprint(min_confidence: Decimal = Decimal(0)) -> str:
    """A digest of all code and data that decide what is read from a file.

    Word lists and tables count as much as code, and so do the ontology, the version of the tokenizer and the least
    confidence.
    """
    digest = digest_of_program(Path(__file__).parent).copy()
    digest.update(f"{min_confidence.normalize()}\0".encode())  # 0 and 0.0 are one
    return digest.hexdigest()


@cache
def digest_of_program(package: Path) -> hashlib._Hash:
    """The digest of what reads; a process reads by what it has loaded, whatever becomes of the files meanwhile."""
    parts = [package / name for name in READERS]
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
    return digest


def _gone(known: Iterable[str], inputs: Sequence[Path], paths: Sequence[Path]) -> Iterator[str]:
    """Sources of the graph that lay in a folder named now, and are there no more."""
    folders = [real_path(path) for path in inputs if path.is_dir()]
    present = {str(path) for path in paths}
    for source in sorted(set(known) - present):
        holding = [folder for folder in folders if Path(source).is_relative_to(folder)]
        hidden = not any(is_page_of(Path(source), folder) for folder in holding)
        if holding and (hidden or _is_away(Path(source))):
            yield source


def _with_former(
    paths: Sequence[Path], generation: Generation, inputs: Sequence[Path], taken_out: AbstractSet[str]
) -> tuple[list[Path], tuple[Skipped, ...]]:
    """The files with those that a damaged graph was built from, and those of them that are there no more."""
    if not generation.lost:
        return list(paths), ()
    folders = [real_path(path) for path in inputs if path.is_dir()]
    others = {Path(source) for source in generation.lost if source not in taken_out} - set(paths)
    others = {path for path in others if not any(path.is_relative_to(folder) for folder in folders)}
    away = {path for path in others if _is_away(path)}
    reason = "the graph was damaged, and the file is there no more: its facts are lost"
    return sorted({*paths, *(others - away)}), tuple(Skipped(path, reason, unread=True) for path in sorted(away))


def _is_away(path: Path) -> bool:
    """Whether a file is surely there no more, not just out of reach, as what a link leads to may be.

    Sources are known by what links lead to: one that is itself a link by now has its page under another name.
    """
    try:
        mode = path.lstat().st_mode
        return stat.S_ISDIR(mode) or (stat.S_ISLNK(mode) and bool(path.stat()))
    except (FileNotFoundError, NotADirectoryError):
        return not path.is_symlink()
    except OSError:
        return False


def _folders(listing: Listing, generation: Generation) -> Iterator[Skipped]:
    """What is to be told of folders: those that could not be listed, and those without a page."""
    for path, reason in listing.unreadable:
        held = any(Path(source).is_relative_to(real_path(path)) for source in generation.previous.sources)
        yield Skipped(path, reason, unread=True, kept=held)
    for path, reason in listing.empty:
        yield Skipped(path, reason)


def _still_partly(unchanged: Iterable[Path], generation: Generation) -> Iterator[Skipped]:
    """What is to be told again of files of which the graph has all but some records."""
    for path in unchanged:
        if generation.previous.sources[str(path)].partly:
            reason = generation.previous.skipped.get(str(path), "")
            yield Skipped(path, reason, unread=True, partly=True)


def _still_refused(unchanged: Iterable[Path], generation: Generation) -> Iterator[tuple[Path, tuple[str, ...]]]:
    """The facts of sidecars that were not taken when files were read that have not changed since."""
    for path in unchanged:
        if lines := generation.previous.sources[str(path)].refused:
            yield path, lines


def _sorted_out(generation: Generation, paths: Sequence[Path], options: Options) -> tuple[list[Path], list[Path]]:
    """The files that the graph already holds as they are, and those to be read."""
    unchanged: list[Path] = []
    changed: list[Path] = []
    affected, beside = Affected(generation, options.corrections), Beside()
    for path in paths:
        try:
            known = generation.unchanged(str(path), digest_of(path, options, beside)) and affected.is_as_corrected(path)
        except (OSError, UserError):
            known = False  # the worker tells why it cannot be read
        if known:
            generation.confirm(str(path))
        (unchanged if known else changed).append(path)
    return unchanged, changed


def _store(generation: Generation, outcome: Outcome, corrections: Corrections, link: Path | None) -> Skipped | None:
    """Put what was read of a file into the graph; else what is to be told of it, by the link that leads to it."""
    name, skipped = str(outcome.path), outcome.skipped
    known = generation.previous.sources.get(name)
    if skipped is None or (skipped.partly and (known is None or known.partly)):
        facts = unpacked(outcome.facts)
        generation.replace(
            name, outcome.digest, facts, partly=skipped is not None, refused=outcome.refused, said=outcome.said
        )
        generation.note_corrections(name, corrections.key, outcome.verdicts)
    if skipped is None:
        return None
    generation.skip(name, f"{skipped.reason}; the link {link} leads to it" if link else skipped.reason)
    partly = skipped.partly and (known is None or known.partly)
    told = replace(skipped, kept=known is not None and not partly, partly=partly)
    return replace(told, path=link, reason=f"{told.reason}; it is a link to {name}") if link else told
