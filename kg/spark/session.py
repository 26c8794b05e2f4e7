"""Spark: the session at hand or a new one, settings for a while, and its errors in one line."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import UserError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

JAVA = "Spark needs Java 17: install it (apt-get install openjdk-17-jre-headless) or set JAVA_HOME"
PYSPARK = "--engine spark needs PySpark: pip install 'kg-governance[spark]'"
_QUIET = {"spark.ui.showConsoleProgress": "false", "spark.log.level": "ERROR"}
_CALL = re.compile(r"^An error occurred while calling .*\n: ")
_CLASS = re.compile(r"^(?:[a-z_0-9]+\.)+([\w$]*?)(?:Error|Exception): ")
_MISSING = re.compile("ModuleNotFoundError: No module named '(kg|pyoxigraph|r?jieba|ahocorasick_rs|pyarrow|pandas)")
_TOLD = re.compile(r"kg\.errors\.UserError: (.+)")


@contextmanager
def spark_session(settings: Mapping[str, str]) -> Iterator[SparkSession]:
    """The session that is at hand, as in a notebook, or one that begins with these settings and ends with the block.

    Raises:
        UserError: PySpark or Java is missing, or Spark cannot be started or fails within the block.
    """
    try:
        from pyspark.sql import SparkSession  # noqa: PLC0415 - an extra
    except ImportError:
        raise UserError(PYSPARK) from None
    found = SparkSession.getActiveSession()
    session = found or _started(settings)
    try:
        yield session
    except Exception as error:
        if type(error).__module__.startswith(("pyspark", "py4j")):
            raise UserError(told(error)) from None
        raise
    finally:
        if not found:
            session.stop()


def _started(settings: Mapping[str, str]) -> SparkSession:
    from pyspark import SparkConf, SparkContext  # noqa: PLC0415 - as above
    from pyspark.sql import SparkSession  # noqa: PLC0415

    java = os.environ.get("JAVA_HOME")
    if not (shutil.which("java") or (java and (Path(java) / "bin" / "java").exists())):
        raise UserError(JAVA)
    if settings.get("spark.master", "").startswith("local"):
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    try:
        chosen = SparkConf(loadDefaults=False).setAll([*(_QUIET | dict(settings)).items()])
        SparkContext._ensure_initialized(conf=chosen)  # noqa: SLF001 - only then is known what spark-defaults.conf says
        conf = SparkConf().setAll(chosen.getAll()).setIfMissing("spark.master", "local[*]")
        here = (conf.get("spark.master") or "").startswith("local")
        if here and "PYSPARK_PYTHON" not in os.environ and not conf.contains("spark.pyspark.python"):
            os.environ["PYSPARK_PYTHON"] = sys.executable  # else whatever python3 is on the path
        return SparkSession.builder.appName("kg build").config(conf=conf).getOrCreate()
    except Exception as error:  # noqa: BLE001 - of whatever keeps it
        raise UserError(f"Spark cannot be started: {told(error)}") from None


@contextmanager
def set_for_a_while(spark: SparkSession, settings: Mapping[str, str]) -> Iterator[None]:
    """Within the block the session has these settings of SQL."""
    before = {name: spark.conf.get(name, None) for name in settings}
    for name, value in settings.items():
        spark.conf.set(name, value)
    try:
        yield
    finally:
        for name, former in before.items():
            if former is None:
                spark.conf.unset(name)
            else:
                spark.conf.set(name, former)


def is_missing(error: Exception) -> bool:
    """Whether Spark says that a path does not exist."""
    return "PATH_NOT_FOUND" in str(error) or "Path does not exist" in str(error)


def told(error: Exception) -> str:
    r"""What to tell the user of an error of Spark: what the executors said of themselves, or else its cause.

    >>> told(ValueError("[UNABLE_TO_INFER_SCHEMA] Unable to infer schema. SQLSTATE: 42K03"))
    'unable to infer schema'
    >>> told(ValueError('An error occurred while calling o3.load.\n: java.io.IOException: No disk "a"\n\tat A.b'))
    'no disk "a"'
    >>> told(ValueError("java.net.UnknownHostException: papers"))
    'unknown host: papers'
    """
    text = _CALL.sub("", str(error))  # what Java calls it by is Py4J's
    if missing := _MISSING.search(text):
        return (
            f"the executors' Python has no {missing[1]}: the same version of kg must be installed where they run "
            "(deploy/spark.md tells how)"
        )
    if said := _TOLD.search(text):
        return said[1].strip()
    lines = [line.strip() for line in text.splitlines() if line.strip()] or [type(error).__name__]
    caused = [line.removeprefix("Caused by: ") for line in lines if line.startswith("Caused by: ")]
    line = re.sub(r"^\[[A-Z_.]+\] | SQLSTATE: \w+$", "", (caused or lines[:1])[-1])
    line = _CLASS.sub(_said_of_class, line).rstrip(". :")
    return line[:1].lower() + line[1:] if line[:2].istitle() else line


def _said_of_class(found: re.Match[str]) -> str:
    """Nothing, unless what follows the name of an exception is a single word, which tells nothing without it."""
    if " " in found.string[found.end() :]:
        return ""
    return f"{re.sub(r'(?<=[a-z])(?=[A-Z])', ' ', found[1]).lower()}: "
