"""Small servers on loopback: a Graph Store that keeps what it is given, and ones that misbehave."""

from __future__ import annotations

import hashlib
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit
from urllib.request import parse_http_list, parse_keqv_list

USER, PASSWORD = "reader", "s:3cret"


class GraphStore(ThreadingHTTPServer):
    """Keeps graphs by name; `scheme` is what it asks for, `log` what was asked of it."""

    daemon_threads = True

    def __init__(self, scheme: str = "", nonce_uses: int = 1000):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.scheme, self.nonce_uses = scheme, nonce_uses
        self.graphs: dict[str, bytes] = {}
        self.log: list[tuple[str, str, int]] = []
        self.nonce, self.used = 0, 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/store"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: GraphStore

    def handle_one(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        (graph,) = parse_qs(urlsplit(self.path).query)["graph"]
        status = 200 if self.welcome() else 401
        if status == 200:
            status, body = self.store(graph, body)
        self.server.log.append((self.command, graph, status))
        self.send_response(status)
        if status == 401:
            self.send_header("WWW-Authenticate", self.challenge())
        self.send_header("Content-Type", "application/n-triples")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_PUT = do_POST = do_DELETE = handle_one  # noqa: N815 - as the library calls them

    def store(self, graph: str, body: bytes) -> tuple[int, bytes]:
        graphs = self.server.graphs
        if self.command == "POST":
            assert self.headers["Content-Type"] == "application/n-triples"
            graphs[graph] = graphs.get(graph, b"") + body
            return 200, b""
        if self.command == "PUT":
            assert self.headers["Content-Type"] == "application/n-triples"
            status = 200 if graph in graphs else 201
            graphs[graph] = body
            return status, b""
        if graph not in graphs:
            return 404, b"no such graph"
        return 200, graphs.pop(graph) if self.command == "DELETE" else graphs[graph]

    def challenge(self) -> str:
        if self.server.scheme == "Basic":
            return 'Basic realm="store"'
        self.server.nonce += 1
        self.server.used = 0
        stale = ", stale=true" if self.server.nonce > 1 and "Authorization" in self.headers else ""
        return f'Digest realm="store", nonce="{self.server.nonce}", qop="auth", algorithm=MD5{stale}'

    def welcome(self) -> bool:
        """RFC 7616, section 3.4.1, worked out here once more."""
        kind, _, rest = self.headers.get("Authorization", "").partition(" ")
        if self.server.scheme in {"", "Basic"}:
            return not self.server.scheme or rest == "cmVhZGVyOnM6M2NyZXQ="
        if kind != "Digest" or self.server.used >= self.server.nonce_uses:
            return False
        said = parse_keqv_list(parse_http_list(rest))
        whole = [digest(f"{USER}:store:{PASSWORD}"), said["nonce"], said["nc"], said["cnonce"], "auth"]
        answer = digest(":".join([*whole, digest(f"{self.command}:{self.path}")]))
        fresh = said["nonce"] == str(self.server.nonce) and int(said["nc"], 16) == self.server.used + 1
        self.server.used += 1
        return fresh and answer == said["response"] and said["uri"] == self.path

    def log_message(self, *_: object) -> None:
        pass


def digest(text: str) -> str:
    return hashlib.md5(text.encode()).hexdigest()


@contextmanager
def graph_store(scheme: str = "", nonce_uses: int = 1000) -> Iterator[GraphStore]:
    """A Graph Store that runs within the block."""
    server = GraphStore(scheme, nonce_uses)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def answering(talk: Callable[[socket.socket, threading.Event], None]) -> Iterator[str]:
    """The address of a server that does `talk` with whoever connects, until the event is set."""
    ended = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.05)

        def serve() -> None:
            while not ended.is_set():
                with suppress(OSError):
                    connection, _ = listening.accept()
                    threading.Thread(target=one, args=(connection,), daemon=True).start()

        def one(connection: socket.socket) -> None:
            with connection, suppress(OSError):
                connection.settimeout(5)
                talk(connection, ended)

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}/sparql"
        finally:
            ended.set()
            thread.join()


def replying(raw: bytes) -> Callable[[socket.socket, threading.Event], None]:
    """Answers every request with the same bytes, and closes."""

    def talk(connection: socket.socket, _: threading.Event) -> None:
        connection.recv(1 << 16)
        connection.sendall(raw)

    return talk


def silent(connection: socket.socket, ended: threading.Event) -> None:
    """Takes the request and says nothing for as long as the test runs, so that only its asker ends it."""
    connection.recv(1 << 16)
    ended.wait()


def dripping(head: bytes, drop: bytes) -> Callable[[socket.socket, threading.Event], None]:
    """Says something, then a little more every twentieth of a second without end."""

    def talk(connection: socket.socket, ended: threading.Event) -> None:
        connection.recv(1 << 16)
        connection.sendall(head)
        while not ended.wait(0.05):
            connection.sendall(drop)

    return talk


MISBEHAVIOUR = {
    "silent": silent,
    "drips its headers": dripping(b"HTTP/1.1 200 OK\r\n", b"X: y\r\n"),
    "drips its body": dripping(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n", b"{"),
    "drips without length": dripping(b"HTTP/1.1 200 OK\r\n\r\n", b" "),
    "hangs up": replying(b""),
    "speaks no HTTP": replying(b"SSH-2.0-OpenSSH_9.2\r\n"),
    "speaks noise": replying(bytes(range(256)) * 40),
    "says too little": replying(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n<a> <b>"),
    "breaks off a chunk": replying(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nabc"),
    "has a page": replying(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 15\r\n\r\n<html>hi</html>"),
    "has other JSON": replying(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 5\r\n\r\n[1,2]"),
    "sends elsewhere": replying(b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9/\r\nContent-Length: 0\r\n\r\n"),
    "fails": replying(b"HTTP/1.1 500 Oh\r\nContent-Length: 17\r\n\r\nout\nof\x1b[31m memory"),
    "forbids": replying(b"HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n"),
    "asks by what nobody knows": replying(
        b'HTTP/1.1 401 No\r\nWWW-Authenticate: Digest realm="a", nonce="b", algorithm=SHA-3\r\n'
        b"Content-Length: 0\r\n\r\n"
    ),
    "asks with integrity": replying(
        b'HTTP/1.1 401 No\r\nWWW-Authenticate: Digest realm="a", nonce="b", qop="auth-int"\r\n'
        b"Content-Length: 0\r\n\r\n"
    ),
    "asks oddly": replying(b"HTTP/1.1 401 No\r\nWWW-Authenticate: Digest nonce\r\nContent-Length: 0\r\n\r\n"),
}  # fmt: skip
