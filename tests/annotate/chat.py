"""A server of chat completions on loopback that plays what a test wants, and notes what it was asked."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

EMPTY: dict[str, list[Any]] = {
    name: [] for name in ("places", "organizations", "programs", "people", "documents", "numbers", "relations")
}


@dataclass
class Asked:
    """A request: its path, headers and body."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]

    @property
    def report(self) -> str:
        return self.body["messages"][1]["content"]


@dataclass
class Play:
    """What the server sends back: a completion with `content`, or raw bytes in the place of its JSON."""

    content: Any = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    raw: bytes | None = None
    finish: str = "stop"
    seconds: float = 0
    drip: bool = False
    promised: int | None = None
    more: dict[str, Any] = field(default_factory=dict)

    def bytes(self) -> bytes:
        if self.raw is not None:
            return self.raw
        content = self.content if isinstance(self.content, str) else json.dumps(self.content, ensure_ascii=False)
        message = {"role": "assistant", "content": content} | self.more
        usage = {"prompt_tokens": 100, "completion_tokens": 40}
        return json.dumps({"choices": [{"message": message, "finish_reason": self.finish}], "usage": usage}).encode()


Player = Callable[[Asked], Play]


def always(play: Play) -> Player:
    """A server that plays the same whatever it is asked."""
    return lambda _: play


class ChatServer(ThreadingHTTPServer):
    """Plays by `player`; `asked` are the requests in order, `most` the most that were open at a time."""

    daemon_threads = True

    def __init__(self, player: Player):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.player = player
        self.asked: list[Asked] = []
        self.open = self.most = 0
        self.lock = threading.Lock()
        self.ended = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"

    def handle_error(self, *_: object) -> None:
        pass


class _Handler(BaseHTTPRequestHandler):
    server: ChatServer

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        asked = Asked(self.path, dict(self.headers.items()), body)
        with self.server.lock:
            self.server.asked.append(asked)
            self.server.open += 1
            self.server.most = max(self.server.most, self.server.open)
        try:
            self.play(self.server.player(asked))
        finally:
            with self.server.lock:
                self.server.open -= 1

    def play(self, play: Play) -> None:
        self.server.ended.wait(play.seconds)
        data = play.bytes()
        with suppress(OSError):
            self.send_response(play.status)
            for name, value in play.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(data) if play.promised is None else play.promised))
            self.end_headers()
            self.wfile.write(data)
            while play.drip and not self.server.ended.wait(0.05):
                self.wfile.write(b" ")

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def chat_server(player: Player) -> Iterator[ChatServer]:
    """A server that runs within the block."""
    server = ChatServer(player)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.ended.set()
        server.shutdown()
        server.server_close()
        thread.join()


def until(true: Callable[[], bool], seconds: float = 30) -> None:
    """Wait until something is so."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.01)
