"""What is told of a build: what was skipped, refused, repeated and dropped, and the line that sums it up."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING

from kg.commands.common import remark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.build import BuildReport
    from kg.outcomes import Skipped

MOST_REFUSED = 50
"""So many refused facts of a page are listed."""
MOST_REPEATED = 10
"""So many files that repeat others are told."""
MOST_SKIPPED = 20
"""So many skipped files are told where a file lists them all."""


def tell(report: BuildReport, graph: Path, listed: Path | None) -> None:
    """Remark on what a build did; `listed` is the file that lists what was skipped, if there is one."""
    from kg.reading.files import readable

    if report.damage:
        remark(f"the graph in {graph} was damaged ({report.damage}): all that it was built from was read anew")
    tell_skipped(report.skipped, listed)
    tell_dropped(report.taken_out, "dropped")
    for path, facts in report.refused:
        remark(f"{readable(path.name)}: {len(facts)} facts of its sidecar were refused")
        for fact in facts[:MOST_REFUSED]:
            remark(f"  {' '.join(fact.split())}")
        if len(facts) > MOST_REFUSED:
            remark(f"  and {len(facts) - MOST_REFUSED} more")
    _tell_repeated(report.repeated)
    for text in report.remarks:
        remark(text)
    if report.proposed:
        remark(f'{report.proposed} proposed corrections wait for your word: accept = "yes" or "no"')
    if not (report.read or report.unchanged or report.skipped) and report.taken_out:
        remark(f"{graph}: {len(report.taken_out)} files dropped, {report.files} left")
        return
    parts = [f"{len(report.read)} files read ({report.articles} articles)", f"{len(report.unchanged)} unchanged"]
    whole = sum(not skipped.partly for skipped in report.skipped)
    parts += [f"{whole} skipped"] * bool(whole)
    parts += [f"{len(report.dropped)} gone"] * bool(report.dropped)
    parts += [f"{len(report.taken_out)} dropped"] * bool(report.taken_out)
    remark(f"{graph}: {', '.join(parts)}")


def tell_dropped(dropped: Sequence[tuple[str, int]], how: str) -> None:
    """Remark on what leaves the graph as it was told to, or would."""
    from kg.reading.files import readable

    for name, number in dropped:
        remark(f"{how}: {readable(name)} ({number} article{'s' * (number != 1)})")


def _tell_repeated(repeated: Sequence[tuple[Path, int, Path]]) -> None:
    """Remark on articles that another file gives word by word: nobody is to wonder where they are."""
    from kg.reading.files import readable

    for path, number, other in repeated[:MOST_REPEATED]:
        told = "its article stands" if number == 1 else f"{number} of its articles stand"
        remark(f"{readable(str(path))}: {told} in {readable(str(other))} too, word by word; each counts once")
    if len(repeated) > MOST_REPEATED:
        remark(f"and {len(repeated) - MOST_REPEATED} files more repeat others; kg info lists all")


def tell_skipped(skipped: Sequence[Skipped], listed: Path | None = None) -> None:
    """Remark on what was skipped; on the first few where a file lists all."""
    from kg.reading.files import readable

    for each in skipped[: MOST_SKIPPED if listed else None]:
        how = "read in part" if each.partly else "skipped"
        kept = "; what the graph held from it stays" * each.kept
        remark(f"{how} {readable(str(each.path))}: {each.reason}{kept}")
    if listed and len(skipped) > MOST_SKIPPED:
        remark(f"and {len(skipped) - MOST_SKIPPED} files more, all listed in {listed}")


def list_skipped(skipped: Sequence[Skipped], target: Path) -> None:
    """Write the table of what was not read; it is written also where nothing was skipped."""
    from kg.outputs import write_whole
    from kg.reading.files import readable

    text = io.StringIO()
    table = csv.writer(text, delimiter="\t", lineterminator="\n")
    table.writerow(("file", "how", "kept", "reason"))
    for each in skipped:
        how, kept = "in part" if each.partly else "skipped", "yes" if each.kept else "no"
        table.writerow((readable(str(each.path)), how, kept, each.reason))
    write_whole(target, lambda file: file.write(text.getvalue().encode("utf-8", "backslashreplace")))
