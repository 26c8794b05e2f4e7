"""Pages in every form, and the processes of a small cluster on this machine."""

from __future__ import annotations

import codecs
import gzip
import json
import os
import shutil
import signal
import threading
import time
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

import kg
from kg.spark.batches import Sizes

# Tests end before more pays, and the classes of Spark are whole.
FRUGAL = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:+UnlockDiagnosticVMOptions -XX:-BytecodeVerificationRemote"
SETTINGS = {
    "spark.master": "local-cluster[2,1,1024]",
    "spark.ui.enabled": "false",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.driver.extraJavaOptions": FRUGAL,
    "spark.executor.extraJavaOptions": FRUGAL,
    "spark.executorEnv.PYTHONPATH": str(Path(kg.__file__).parents[1]),  # this kg, should another one be installed
}
SIZES = Sizes(batch=60_000, piece=9_000)
JAVA = shutil.which("java") is not None
needs_java = pytest.mark.skipif(not JAVA, reason="Java is not installed ; .ci/run installs it")
TEXT = (
    "2024年，成都市锦江区建成共享书房{n}个，投入1.{n}亿元。\n“邻里书会”在合江亭街道推行，锦江区文化广电旅游局牵头。"
    "去年，书房借书{n}万余册，比上年增长{m}%。春熙路街道也办起“{name}”，由社区书院的志愿者管理。"
)
NAMES = ("星光夜读", "银龄书桌", "小巷朗读亭", "同心书架")


def text(number: int) -> str:
    return TEXT.format(n=number + 11, m=number % 40 + 3, name=NAMES[number % len(NAMES)])


def row(number: int) -> dict[str, str]:
    return {"title": f"书房第{number}期开放", "text": text(number), "date": f"2024-03-{number % 28 + 1:02}"}


def line(number: int) -> bytes:
    return json.dumps(row(number), ensure_ascii=False).encode()


def write_pages(folder: Path) -> Path:
    """Pages in all formats and encodings, with names that patterns would take apart, and some that are skipped."""
    (folder / "2023" / "05").mkdir(parents=True)
    for number in range(12):
        (folder / f"page{number:02}.txt").write_text(f"书房再开\n\n{text(number)}\n", encoding="utf-8")
    (folder / "2023" / "05" / "a [1] {b} 书%20?.txt").write_text(text(1), encoding="utf-8")
    (folder / "旧*.txt").write_bytes(text(2).encode("gb18030"))
    (folder / "page.md").write_text(f"# 书房\n\n{text(3)}\n", encoding="utf-8")
    (folder / "page.html").write_text(f"<title>书房</title><h1>书房</h1><p>{text(4)}</p>", encoding="utf-8")
    (folder / "small.jsonl").write_bytes(b"\n".join(map(line, range(5, 9))))
    (folder / "small.jsonl.gz").write_bytes(gzip.compress(b"\n".join(map(line, range(9, 12)))))
    parquet.write_table(pa.Table.from_pylist([row(n) for n in range(12, 15)]), folder / "small.parquet")
    odd = [b"no object", b"", b'{"text": "\xff\xfe"}', b"  ", b'{"title": "' + "空".encode() + b'", "text": ""}']
    large = [line(n) + b"\r" * (n % 5 == 0) for n in range(20, 60)]
    large[7:7], large[40:40] = odd[:2], odd[2:]
    (folder / "large 书.jsonl").write_bytes(codecs.BOM_UTF8 + b"\n".join(large) + b"\n")
    (folder / "blank.jsonl").write_bytes(b"\n" * 10_000 + line(91))
    (folder / "old.jsonl").write_bytes(b"\n".join(map(line, range(30, 46))).decode().encode("gb18030"))
    (folder / "empty.txt").write_bytes(b"")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 4)
    (folder / "README.txt").write_text("about", encoding="utf-8")
    return folder


def descendants(root: int) -> dict[int, str]:
    """The processes below one, with their command lines."""
    parents, commands = {}, {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
                commands[int(entry.name)] = (entry / "cmdline").read_bytes().decode("utf-8", "replace")
            except OSError:  # it ended
                continue
    below = {root}
    while more := {pid for pid, parent in parents.items() if parent in below} - below:
        below |= more
    return {pid: commands[pid] for pid in below - {root} if pid in commands}


def executors() -> set[int]:
    """The executors' processes below this one."""
    return {pid for pid, command in descendants(os.getpid()).items() if "CoarseGrainedExecutorBackend" in command}


def wait_for_both(spark) -> None:
    """Until both executors take tasks."""
    end = time.monotonic() + 60
    context = spark._jsparkSession.sparkContext()  # noqa: SLF001 - Python has no way to it
    while len(executors()) != 2 or context.getExecutorMemoryStatus().size() != 3:  # the driver is one, too
        assert time.monotonic() < end, "the cluster has no two executors"
        time.sleep(0.05)


def at_work(executor: int) -> bool:
    """Whether an executor has Python processes."""
    return any("pyspark.daemon" in command for command in descendants(executor).values())


@contextmanager
def one_killed(folder: Path):
    """Kills an executor as soon as tasks have begun to write below a folder; gives the list of the killed."""
    killed: list[int] = []
    over = threading.Event()

    def watch() -> None:
        while not over.wait(0.02):
            if any(path.stat().st_size for path in folder.glob("batch=*/_temporary/**/part-*")):
                killed.append(min(filter(at_work, executors())))
                os.kill(killed[0], signal.SIGKILL)
                return

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield killed
    finally:
        over.set()
        thread.join()


def lines_of(folder: Path) -> list[bytes]:
    """All N-Quads of shards, sorted."""
    shards = (folder).glob("batch=*/kind=facts/*.gz")
    return sorted(line for shard in shards for line in gzip.decompress(shard.read_bytes()).splitlines())
