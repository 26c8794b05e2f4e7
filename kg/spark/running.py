"""Composes a build on Spark: lists, plans, has each batch read and written, and notes in the manifest what is whole."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from kg import __version__
from kg.build import fingerprint
from kg.errors import UserError
from kg.outcomes import Skipped
from kg.pipeline import Options
from kg.shards import MANIFEST, Batch, Manifest, Plan, dump_line, parse_manifest
from kg.sidecars import Mode
from kg.spark.batches import Sizes, Work, is_cut, refusal, works
from kg.spark.inputs import File, files_at, literal, name_of
from kg.spark.places import Places, lines_of, places_of
from kg.spark.session import is_missing, set_for_a_while, spark_session

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

    from kg.spark.executor import Reading

_ALWAYS = {
    "spark.sql.maxConcurrentOutputFileWriters": "4",  # facts and notes at once, without a sort
    "spark.sql.sources.partitionOverwriteMode": "static",
    "spark.sql.session.timeZone": "UTC",
}
_RECORDS = "spark.sql.execution.arrow.maxRecordsPerBatch"
_TASK, _OPENING = "spark.sql.files.maxPartitionBytes", "spark.sql.files.openCostInBytes"


@dataclass(frozen=True, slots=True)
class SparkReport:
    """What a run did: batches read now and before, files and articles of all of them, what was skipped now."""

    read: int
    unchanged: int
    files: int
    articles: int
    skipped: tuple[Skipped, ...]


def write_shards(
    inputs: Sequence[str],
    folder: str,
    *,
    options: Options | None = None,
    settings: Mapping[str, str] | None = None,
    sizes: Sizes | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> SparkReport:
    """Read files on a cluster and write their facts as shards of N-Quads into `folder`, each article in its own graph.

    `inputs` and `folder` are paths as Spark reads and writes them. Batches that are there are not read again.
    `settings` are Spark's, for a session that is started here; `progress` is called with the number of batches done and
    of all.
    The shards hold what `kg build` of the same files reads by its rules, without corrections.

    Raises:
        UserError: Spark cannot be started, a path does not exist or cannot be written, or the executors lack kg or have
            another version of it. What was whole until then stays; the same call goes on from there.
    """
    options = options or Options(facts=Mode.RULES)
    with spark_session(settings or {}) as spark, set_for_a_while(spark, _ALWAYS):
        how = fingerprint(options.min_confidence)
        return _Run(spark, folder.rstrip("/"), options, how, sizes or Sizes()).all_of(inputs, progress)


@dataclass(frozen=True, slots=True)
class _Run:
    spark: SparkSession
    folder: str
    options: Options
    program: str
    sizes: Sizes

    def all_of(self, inputs: Sequence[str], progress: Callable[[int, int], None] | None) -> SparkReport:
        """Read what the folder has not, and tell of all."""
        files = files_at(self.spark, inputs, by_rules=self.options.facts is Mode.RULES)
        refused = {file: reason for file in files if (reason := refusal(file))}
        places = self._places([file for file in files if is_cut(file, self.sizes) and file not in refused])
        whole = [file for file in files if file not in refused and file not in places.cut]
        todo = {work.name(self._how): work for work in works(whole, sorted(places.cut), self.sizes.batch)}
        plan, done = self._planned(tuple(todo), tuple((name_of(file.path), why) for file, why in refused.items()))
        skipped = [Skipped(Path(name), reason) for name, reason in plan.skipped]
        new = [name for name in todo if name not in done]
        for name in new:
            done[name] = self._batch(name, plan.number, todo[name], places, skipped)
            if progress:
                progress(len(done), len(todo))
        return SparkReport(
            len(new),
            len(todo) - len(new),
            len({file for work in todo.values() for file in work.files}),
            sum(batch.articles for batch in done.values()),
            tuple(skipped),
        )

    def _planned(self, names: tuple[str, ...], skipped: tuple[tuple[str, str], ...]) -> tuple[Plan, dict[str, Batch]]:
        """The plan for so many batches, noted if it is a new one or there is work to do; and those that are whole."""
        manifest = self._manifest()
        there = self._there()
        known = ((name, manifest.batches[name]) for name in names if name in manifest.batches)
        done = {name: batch for name, batch in known if there.items() >= dict(batch.shards).items()}
        last = manifest.plan
        number = last.number + 1 if last else 1
        plan = Plan(number, __version__, self.program, str(self.options.min_confidence), names, skipped)
        if last == replace(plan, number=number - 1) and len(done) == len(names):
            return last, done
        self._note(plan)
        return plan, done

    @property
    def _whole(self) -> Mapping[str, str]:
        """So that a task reads several files, and holds one at a time."""
        return {_TASK: str(self.sizes.piece), _OPENING: "4096", _RECORDS: "1"}

    @property
    def _cut(self) -> Mapping[str, str]:
        """So that a piece is where it is, whatever else is read and on however many machines: a task reads one."""
        return {_TASK: str(self.sizes.piece), _OPENING: str(self.sizes.piece), _RECORDS: "64"}

    @property
    def _how(self) -> str:
        """All that decides on what is read, beside the files; the program tells the least confidence."""
        return f"{self.program} {self.options.published} {self.sizes.piece}"

    def _places(self, cut: list[File]) -> Places:
        """Where the pieces of large files begin in their texts; and those that are not UTF-8, to be read whole."""
        if not cut:
            return Places()
        with set_for_a_while(self.spark, self._cut):
            return places_of(self.spark, cut)

    def _batch(self, name: str, plan: int, work: Work, places: Places, skipped: list[Skipped]) -> Batch:
        """Have a batch read and written, and note that it is whole."""
        from kg.spark.executor import ROWS, read_files, read_pieces  # noqa: PLC0415 - takes pyarrow

        target = f"{self.folder}/batch={name}"
        with set_for_a_while(self.spark, self._cut if work.pieces else self._whole):
            read = partial(read_pieces if work.pieces else read_files, reading=self._reading(work, places))
            rows = self._rows_of(work).mapInArrow(read, ROWS)
            rows.write.partitionBy("kind").option("compression", "gzip").mode("overwrite").text(target)
        batch = self._written(name, plan, target, skipped)
        self._note(batch)
        return batch

    def _reading(self, work: Work, places: Places) -> Reading:
        from kg.spark.executor import Reading  # noqa: PLC0415 - takes pyarrow

        if not work.pieces:
            return Reading(self.options, self.program, {file.path: name_of(file.path) for file in work.files})
        (file,) = work.files
        address, pieces = places.of(file)
        return Reading(self.options, self.program, {address: name_of(file.path)}, _digest(file, self.options), pieces)

    def _rows_of(self, work: Work) -> DataFrame:
        if work.pieces:
            return lines_of(self.spark, work.files, work.start, work.end)
        paths = [literal(file.path) for file in work.files]
        return self.spark.read.format("binaryFile").load(paths).select("path", "content")

    def _written(self, name: str, plan: int, target: str, skipped: list[Skipped]) -> Batch:
        """What stands in a batch that was just written, as its notes tell."""
        told = self.spark.read.text(literal(f"{target}/kind=notes"))
        keys = ("source", "number", "reason", "partly", "fault", "unread")
        rows = told.selectExpr(*(f"get_json_object(value, '$.{key}') AS {key}" for key in keys))
        sources: set[str] = set()
        articles = 0
        for row in rows.collect():
            sources.add(row["source"])
            articles += int(row["number"] or 0)
            if row["reason"]:
                flags = {key: row[key] == "true" for key in ("partly", "fault", "unread")}
                skipped.append(Skipped(Path(row["source"]), row["reason"], **flags))
        found = self._shards(literal(target))
        return Batch(name, plan, tuple(sorted(found.items())), len(sources), articles)

    def _there(self) -> dict[str, int]:
        """All shards in the folder, with their bytes."""
        try:
            return self._shards(f"{literal(self.folder)}/batch=*")
        except Exception as error:
            if is_missing(error):
                return {}
            raise

    def _shards(self, path: str) -> dict[str, int]:
        """The shards below a path, by their paths in the folder, with their bytes."""
        files = self.spark.read.format("binaryFile").option("recursiveFileLookup", "true").load(path)
        rows = files.select("path", "length").collect()
        return {f"batch={row['path'].rpartition('/batch=')[2]}": row["length"] for row in rows}

    def _manifest(self) -> Manifest:
        try:
            rows = self.spark.read.text(literal(f"{self.folder}/{MANIFEST}")).collect()
        except Exception as error:
            if is_missing(error):
                return Manifest()
            raise
        try:
            return parse_manifest(row["value"] for row in rows)
        except ValueError as error:
            raise UserError(f"{self.folder} cannot be gone on from: {error}; name another folder") from None

    def _note(self, told: Plan | Batch) -> None:
        """Add a line to the manifest."""
        from pyspark.sql.functions import lit  # noqa: PLC0415 - an extra

        line = self.spark.range(0, 1, 1, 1).select(lit(dump_line(told)).alias("value"))  # without a Python process
        line.write.mode("append").option("compression", "none").text(f"{self.folder}/{MANIFEST}")


def _digest(file: File, options: Options) -> str:
    """By what a file is known that no process reads whole."""
    told = f"{file.path} {file.size} {file.changed} {options.published}"
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()
