"""Commands that tests start as processes of their own."""

from __future__ import annotations

import signal

HEEDING = {"preexec_fn": lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)}
"""Options of `Popen` for a command that heeds Ctrl-C, where whoever started the tests (nohup, &) ignores it."""
