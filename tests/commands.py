"""Commands that tests start as processes of their own."""

from __future__ import annotations

import signal


def _heed() -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)


HEEDING = {"preexec_fn": _heed}
"""Options of `Popen` for a command that heeds signals, where whoever started the tests (nohup, &) ignores them."""
