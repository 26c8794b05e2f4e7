"""What was answered, kept in a folder by what was asked, so that a second run asks nothing."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass
from io import BytesIO
from pathlib import Path

from kg.annotate.prompt import Prompt, schema
from kg.annotate.settings import Settings
from kg.errors import UserError
from kg.outputs import write_whole

FORMAT = 1
"""Of the kept files: another one is read by nobody, and asked for anew."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a model answered: its text, and the tokens that the server counted (0 where it counts none)."""

    content: str
    sent: int = 0
    answered: int = 0


def default_folder() -> Path:
    """Where answers are kept if nobody says otherwise: in the user's cache."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "kg" / "answers"


class Cache:
    """A folder of answers. What cannot be read there counts as not kept."""

    def __init__(self, folder: Path) -> None:
        """Nothing is read or made before the first use."""
        self._folder = folder

    def get(self, prompt: Prompt, settings: Settings) -> Reply | None:
        """The answer to a prompt under these settings, if it is kept."""
        try:
            kept = json.loads(self._path(prompt, settings).read_text(encoding="utf-8"))
            reply = Reply(**kept["reply"])
        except (OSError, ValueError, KeyError, TypeError):
            return None
        whole = kept.get("format") == FORMAT and isinstance(reply.content, str)
        return reply if whole and type(reply.sent) is type(reply.answered) is int else None

    def prepare(self) -> None:
        """Make the folder, so that nothing is asked whose answer could not be kept.

        Raises:
            UserError: it cannot be made or written to.
        """
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)  # what was read is the user's own business
            reason = "" if os.access(self._folder, os.W_OK) else "it is not yours to write to"
        except OSError as error:
            reason = error.strerror or str(error)
        if reason:
            raise UserError(f"cannot keep answers in {self._folder}: {reason}; name a folder: --cache")

    def put(self, prompt: Prompt, settings: Settings, reply: Reply) -> None:
        """Keep an answer.

        Raises:
            UserError: it cannot be written.
        """
        kept = {"format": FORMAT, "model": settings.model, "reply": asdict(reply)}
        data = json.dumps(kept, ensure_ascii=True).encode()
        write_whole(self._path(prompt, settings), lambda file: file.write(data))

    def _path(self, prompt: Prompt, settings: Settings) -> Path:
        asked = BytesIO()
        for part in (prompt.rules, prompt.report, settings.model, str(settings.answer_tokens), json.dumps(schema())):
            data = part.encode("utf-8", "surrogatepass")
            asked.write(len(data).to_bytes(8) + data)
        digest = hashlib.sha256(asked.getvalue()).hexdigest()
        return self._folder / digest[:2] / f"{digest}.json"
