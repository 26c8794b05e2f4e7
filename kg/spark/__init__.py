"""Reads on a cluster: `kg build --engine spark` runs the reading of `kg build` on the executors of Spark.

The name of a thing depends on the thing alone, and an article's facts on the article alone. So articles are read where
they lie and their facts written where they were read: nothing is shuffled, and the driver sees names and counts, never
texts or facts. Spark lists, reads and writes the files, whatever holds them; what a file gives is the matter of
`kg.outcomes`, as in any build.

    session     Spark, started or found, its settings for the while, and its errors in one line
    inputs      which files are read
    batches     how they are cut into jobs, so that a run that was stopped goes on
    places      where the pieces of a large file of JSON Lines begin in its text
    executor    what runs on the cluster
    running     composes these
"""

from __future__ import annotations

from kg.spark.running import SparkReport, write_shards

__all__ = ["SparkReport", "write_shards"]
