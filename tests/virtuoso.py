"""A real SPARQL server for the tests: Virtuoso, of Debian's virtuoso-opensource, on loopback, in a temporary folder."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PROGRAM = shutil.which("virtuoso-t")

SETTINGS = """
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
MaxCheckpointRemap = 2000
Striping = 0
TempStorage = TempDatabase

[TempDatabase]
DatabaseFile = {folder}/temp.db
TransactionFile = {folder}/temp.trx
MaxCheckpointRemap = 2000
Striping = 0

[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
CheckpointInterval = 0
NumberOfBuffers = 20000
MaxDirtyBuffers = 15000
DirsAllowed = {folder}

[HTTPServer]
ServerPort = 127.0.0.1:{web}
ServerRoot = {folder}
ServerThreads = 4

[SPARQL]
ResultSetMaxRows = 10000
DefaultQuery = SELECT * WHERE {{ ?s ?p ?o }} LIMIT 1
"""


@dataclass(frozen=True)
class Server:
    """Where it answers; the user is dba, the password dba."""

    query: str
    store: str


@contextmanager
def virtuoso(folder: Path) -> Iterator[Server]:
    """A server that runs within the block; the folder keeps its data."""
    assert PROGRAM
    sql, web = free_ports(2)
    (folder / "virtuoso.ini").write_text(SETTINGS.format(folder=folder, sql=sql, web=web))
    command = [PROGRAM, "+foreground", "+configfile", "virtuoso.ini"]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            wait_for(web, process)
            yield Server(f"http://127.0.0.1:{web}/sparql", f"http://127.0.0.1:{web}/sparql-graph-crud-auth")
        finally:
            process.kill()


def free_ports(number: int) -> list[int]:
    """Ports that nobody listens on."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(number)]
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


def wait_for(port: int, process: subprocess.Popen) -> None:
    """Wait until a server answers on the port."""
    ends = time.monotonic() + 60
    while time.monotonic() < ends and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"Virtuoso does not answer on port {port}")
