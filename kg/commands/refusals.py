"""What the system has too little of or does not let be done, in one line."""

from __future__ import annotations

import errno


def refusal(error: OSError | MemoryError) -> str:
    """What kept a command from its work, and what to do where something can be done.

    >>> refusal(OSError(errno.EMFILE, "Too many open files"))
    'too few files may be open; allow more (ulimit -n 1024)'
    """
    if isinstance(error, MemoryError) or error.errno == errno.ENOMEM:
        return "the system has too little memory"
    if error.errno in {errno.EMFILE, errno.ENFILE}:
        return "too few files may be open; allow more (ulimit -n 1024)"
    if error.errno == errno.EAGAIN:
        return "too few processes may run; end some, or allow more (ulimit -u)"
    from kg.reading.files import readable

    where = f"{readable(str(error.filename))}: " if error.filename else ""
    return where + (error.strerror or str(error)).lower()
