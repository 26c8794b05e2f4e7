"""What a site is told when it starts: its address, its language, and how much it gives a client."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from kg.errors import WrongUsage
from kg.queries.child import Limits

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
LARGEST_BODY = 1_000_000
"""Bytes of a request; a query has at most 100,000 characters."""

SECONDS, MEGABYTES = 30.0, 1024
"""What a query may take."""

PUBLIC_SECONDS, PUBLIC_MEGABYTES = 10.0, 512
"""What it may take of a site for everybody."""

PUBLIC_ROWS = 10_000
"""Rows that an answer may have there; of one with more, nothing is given."""

PUBLIC_PER_MINUTE = 120
"""Requests that a client may make there."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How a site is run.

    `base` is the address by which others know it, without a slash at its end ("" where that is how they ask for it).
    `public` sets limits on each client: `per_minute` requests, and `most_rows` of an answer. `limits` bound a query,
    of which `at_once` run at a time and `most_waiting` wait.
    """

    base: str = ""
    public: bool = False
    language: str = ""
    limits: Limits = field(default_factory=lambda: Limits(SECONDS, MEGABYTES))
    most_rows: int | None = None
    per_minute: int | None = None
    at_once: int = (os.cpu_count() or 1) + 1  # of which one client may have as many as there are processors
    most_waiting: int = 100
    hosts: frozenset[str] = LOOPBACK

    @property
    def prefix(self) -> str:
        """The path of the address, before that of each page: "" or "/graph"."""
        return urlsplit(self.base).path.rstrip("/")


def settings_of(
    base: str = "",
    *,
    public: bool = False,
    language: str = "",
    host: str = "127.0.0.1",
    seconds: float | None = None,
    megabytes: int | None = None,
    per_minute: int | None = None,
) -> Settings:
    """The settings that a command asks for, with what `public` brings.

    Raises:
        WrongUsage: the address is none, or a site on a network would have no limits.
    """
    try:
        parts = urlsplit(base)
        named = parts.hostname or ""
    except ValueError:
        parts, named = urlsplit(""), ""
    if base and (parts.scheme not in {"http", "https"} or not named or parts.query or parts.fragment):
        raise WrongUsage(f"--base {base[:100]}: give an address such as https://example.org/graph")
    if host not in LOOPBACK and not public:
        raise WrongUsage(f"--host {host} lets others in: add --public, which limits what each may take")
    limits = Limits(
        seconds or (PUBLIC_SECONDS if public else SECONDS), megabytes or (PUBLIC_MEGABYTES if public else MEGABYTES)
    )
    return Settings(
        base.rstrip("/"),
        public,
        language,
        limits,
        PUBLIC_ROWS if public else None,
        per_minute or (PUBLIC_PER_MINUTE if public else None),
        hosts=LOOPBACK | {host} | ({named} if named else frozenset()),
    )
