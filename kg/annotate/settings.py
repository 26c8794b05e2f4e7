"""How a model is asked: where, which, and what it may take. The key comes from the environment alone."""

from __future__ import annotations

import ipaddress
import os
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from kg.errors import UserError, WrongUsage

KEY = "KG_MODEL_KEY"
"""The variable of the environment that holds the key, for servers that want one."""

LONGEST_MODEL = 100
_PATH = "/chat/completions"


@dataclass(frozen=True, slots=True)
class Settings:
    """How a model is asked.

    `url` is the address of the chat completions; `key` is shown nowhere. `piece_tokens` is about the most that one
    request has of an article, `answer_tokens` the most that an answer may have, `jobs` the number of requests at a
    time, `seconds` what each may take in all, `retries` how often it is made again, `pause` the seconds before the
    first time.
    """

    url: str
    model: str
    key: str = field(default="", repr=False)
    piece_tokens: int = 6_000
    answer_tokens: int = 8_000
    jobs: int = 4
    seconds: float = 300
    retries: int = 5
    pause: float = 1

    @property
    def place(self) -> str:
        """The address without what it may ask with, to be told."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}{parts.path}"

    @property
    def shows_key(self) -> bool:
        """Whether the key would travel so that others on the way can read it."""
        parts = urlsplit(self.url)
        return bool(self.key) and parts.scheme == "http" and not _is_here(parts.hostname or "")


def address(endpoint: str) -> str:
    """The address of an endpoint's chat completions.

    Raises:
        WrongUsage: it is none of http or https, or holds credentials.

    >>> address("http://localhost:11434/v1"), address("https://example.org/v1/chat/completions")
    ('http://localhost:11434/v1/chat/completions', 'https://example.org/v1/chat/completions')
    """
    try:
        parts = urlsplit(endpoint)
        _ = parts.port
    except ValueError:
        raise WrongUsage(f"{endpoint!r} is no address of a server") from None
    plain = endpoint.isascii() and endpoint.isprintable() and " " not in endpoint
    if parts.username or parts.password:
        raise WrongUsage(f"an address holds no credentials; put the key into {KEY}")
    if parts.scheme not in {"http", "https"} or not parts.hostname or not plain or parts.fragment:
        raise WrongUsage(f"{endpoint!r} is no address of a server; it looks like https://example.org/v1")
    path = parts.path.rstrip("/")
    return parts._replace(path=path if path.endswith(_PATH) else path + _PATH).geturl()


def model_name(name: str) -> str:
    """The name of a model, as facts may tell it.

    Raises:
        WrongUsage: it is empty, too long, or holds what cannot be shown.
    """
    if not name.strip() or len(name) > LONGEST_MODEL or not name.isprintable():
        raise WrongUsage(f"{name[:40]!r} is no name of a model")
    return name.strip()


def key_from_environment() -> str:
    """The key, "" where none is set.

    Raises:
        UserError: it holds what no key does; the text does not show it.
    """
    key = os.environ.get(KEY, "").strip()
    if not key.isascii() or not key.isprintable() or " " in key:
        raise UserError(f"what {KEY} holds is no key: it has spaces or signs that no key has")
    return key


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
