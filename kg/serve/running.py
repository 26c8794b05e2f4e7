"""Runs a site until it is stopped."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING, Any

import uvicorn

from kg.errors import UserError
from kg.serve.app import create_app

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kg.serve.settings import Settings

MOST_CONNECTIONS = 500
"""Connections and requests under way; beyond, a client is told to come again."""

_LINE = {"format": "%(asctime)s %(message)s", "datefmt": "%Y-%m-%dT%H:%M:%S%z"}
_LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": _LINE},
    "handlers": {"error": {"class": "logging.StreamHandler", "formatter": "line"}},  # to standard error
    "loggers": {
        "uvicorn.error": {"handlers": ["error"], "level": "WARNING", "propagate": False},
        "uvicorn.access": {"handlers": ["error"], "level": "INFO", "propagate": False},
        "kg.serve": {"handlers": ["error"], "level": "INFO", "propagate": False},
    },
}


def serve(folder: Path, settings: Settings, host: str, port: int, started: Callable[[str], None]) -> None:
    """Serve the graph in `folder` until a signal; `started` gets the address once the site can be asked.

    Raises:
        UserError: there is no graph, or the address cannot be taken.
    """
    app = create_app(folder, settings)
    config = uvicorn.Config(
        app,
        log_config=_LOGGING,
        server_header=False,
        limit_concurrency=MOST_CONNECTIONS,
        timeout_keep_alive=15,
        timeout_graceful_shutdown=10,
        ws="none",
    )
    with _listening(host, port) as listening:
        named = f"[{host}]" if ":" in host else host
        started(f"http://{named}:{listening.getsockname()[1]}{settings.prefix}/")
        uvicorn.Server(config).run(sockets=[listening])


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise UserError(f"cannot listen at {host} port {port}: {reason}; name another with --port") from None
