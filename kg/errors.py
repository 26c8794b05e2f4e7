"""The one exception that users see: its text is one line that says what is wrong, where, and what to do."""

from __future__ import annotations

import re


class UserError(Exception):
    """Something that the user can mend; the command line prints it and exits with status 1, or 2 for `WrongUsage`."""


class WrongUsage(UserError):  # noqa: N818 - says what it is
    """What was asked is nothing that the program can do, whatever the graph and the files hold; the status is 2."""


FULL = "No space left on device"
"""What the system says of a disk that is full, and what stores say too, among words of their own."""


_NUMBERS = re.compile(r"^\[Errno \d+\] | \(os error \d+\)")


def reason_of(error: Exception) -> str:
    """What the system says is wrong, without what libraries put around it.

    >>> reason_of(OSError(28, FULL)), reason_of(OSError("IO error: No space left on device: While appending: a.sst"))
    ('No space left on device', 'No space left on device')
    """
    text = getattr(error, "strerror", None) or str(error)
    return FULL if FULL in text else _NUMBERS.sub("", text)


class UserErrors(UserError):  # noqa: N818 - several of them
    """Several things that the user can mend, told at once: the first is the text, the others have a line each below."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__(lines[0])
        self.excerpt = "\n".join(f"kg: {line}" for line in lines[1:])
