"""The one exception that users see: its text is one line that says what is wrong, where, and what to do."""

from __future__ import annotations


class UserError(Exception):
    """Something that the user can mend; the command line prints the text and exits with status 1."""
