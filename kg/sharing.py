"""Shares out the reading of files among processes: whole files, and the articles of large ones."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any

from kg.outcomes import Outcome, outcome_of, seconds_for, text_size
from kg.pipeline import ArticleQuads, Options, Spread
from kg.reading.files import ending_of, is_records
from kg.workers import in_order, worker_pool

BYTES_PER_WORKER = 200_000
"""Input that is worth the start of one more process."""

_SHARES = 2
"""A file of many articles is read by several processes if it is larger than a half of what each would read.

It would keep one of them busy when the others are done.
"""


def outcomes_of(
    paths: Sequence[Path], jobs: int, options: Options, scratch: Path, articles: Callable[[Path, int], None] | None
) -> Generator[Outcome, None, None]:
    """What becomes of each file, in the order of the files, whichever of at most so many processes reads it.

    Facts that are many are put into files in the folder `scratch`; `articles` is called with a file of many articles
    and how many of them are read.

    Raises:
        CannotPack: there is no room for facts.
        UserError: a process was ended.
    """
    sizes = [_text_size(path) for path in paths]
    most = sum(jobs if is_records(ending_of(path)) else 1 for path in paths)
    workers = max(1, min(jobs, most, sum(sizes) // BYTES_PER_WORKER))
    if workers <= 1:
        for path in paths:
            yield outcome_of(path, options, scratch, _counted(map, path, articles))
        return
    large = {
        path
        for path, size in zip(paths, sizes, strict=True)
        if is_records(ending_of(path)) and size > sum(sizes) / (_SHARES * workers)
    }
    work = partial(outcome_of, options=options, scratch=scratch)
    with worker_pool(workers) as pool:
        for is_large, some in groupby(paths, large.__contains__):
            files = list(some)
            if not is_large:
                yield from in_order(pool, work, files, workers=workers, batch=4 if len(files) > 8 * workers else 1)
                continue
            for path in files:
                spread = partial(in_order, pool, workers=workers, seconds=seconds_for(_text_size(path)))
                yield outcome_of(path, options, scratch, _counted(spread, path, articles))


def _counted(spread: Spread, path: Path, articles: Callable[[Path, int], None] | None) -> Spread:
    """The same, telling how many articles of the file are read."""
    if articles is None or not is_records(ending_of(path)):
        return spread
    told = articles

    def counting(work: Callable[[Any], ArticleQuads], items: Iterable[Any]) -> Iterator[ArticleQuads]:
        for number, read in enumerate(spread(work, items), start=1):
            yield read
            told(path, number)

    return counting


def _text_size(path: Path) -> int:
    """The bytes of text of a file; of one that cannot be found none, which whoever reads it tells."""
    with suppress(OSError):
        return text_size(path)
    return 0
