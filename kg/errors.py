"""The one exception that users see: its text is one line that says what is wrong, where, and what to do."""

from __future__ import annotations


class UserError(Exception):
    """Something that the user can mend; the command line prints it and exits with status 1, or 2 for `WrongUsage`."""


class WrongUsage(UserError):  # noqa: N818 - says what it is
    """What was asked is nothing that the program can do, whatever the graph and the files hold; the status is 2."""


class UserErrors(UserError):  # noqa: N818 - several of them
    """Several things that the user can mend, told at once: the first is the text, the others have a line each below."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__(lines[0])
        self.excerpt = "\n".join(f"kg: {line}" for line in lines[1:])
