"""What chat completions say on both sides: the body of a request, an answer and a complaint in a response."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from kg.annotate.answers import Unusable
from kg.annotate.cache import Reply
from kg.annotate.prompt import Prompt, schema
from kg.annotate.settings import Settings

_LONGEST_REASON = 160


@dataclass(frozen=True, slots=True)
class Dialect:
    """What a server understands of the protocol: how form and length of an answer are given, and the chance in it."""

    form: str = "json_schema"
    length: str = "max_tokens"
    temperature: bool = True

    def body(self, prompt: Prompt, settings: Settings) -> dict[str, Any]:
        """What is sent."""
        said: dict[str, Any] = {"model": settings.model, "messages": prompt.messages(), "stream": False}
        said[self.length] = settings.answer_tokens
        if self.temperature:
            said["temperature"] = 0
        if self.form == "json_schema":
            described = {"name": "facts", "strict": True, "schema": schema()}
            said["response_format"] = {"type": "json_schema", "json_schema": described}
        elif self.form:
            said["response_format"] = {"type": self.form}
        return said

    def without(self, complaint: str) -> Dialect | None:
        """What to try of a server that complains of a request; None where nothing is left to try."""
        text = complaint.lower()
        if self.temperature and "temperature" in text:
            return replace(self, temperature=False)
        if self.length == "max_tokens" and "max_completion_tokens" in text:
            return replace(self, length="max_completion_tokens")
        if self.form and any(word in text for word in ("response_format", "schema", "json")):
            return replace(self, form="json_object" if self.form == "json_schema" else "")
        return None


def seconds_of(asked: str) -> float:
    """What `Retry-After` says: seconds, or a date.

    >>> seconds_of("2.5"), seconds_of("soon"), seconds_of("Mon, 01 Jan 2001 00:00:00 GMT")
    (2.5, 0, 0)
    """
    try:
        seconds = float(asked)
    except ValueError:
        try:
            seconds = (parsedate_to_datetime(asked) - datetime.now(UTC)).total_seconds()
        except (ValueError, TypeError):
            return 0
    return max(seconds, 0) if seconds == seconds else 0  # noqa: PLR0124 - what is no number is none


def reply_of(text: str) -> Reply:
    """The answer in what a server sent.

    Raises:
        Unusable: there is none, or only half of one.
    """
    try:
        data = json.loads(text)
        choice = data["choices"][0]
        message, ended = choice["message"], choice.get("finish_reason")
        content = message.get("content")
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError):
        raise Unusable(f"what the server sent is no chat completion{complaint_of(text)}") from None
    usage = data.get("usage")
    sent, answered = (_count(usage, key) for key in ("prompt_tokens", "completion_tokens"))
    if message.get("refusal") or ended == "content_filter":
        raise Unusable("the model refuses to answer", sent, answered)
    if ended == "length":
        reason = "the answer was cut off at its longest; give --answer-tokens more, or --piece-tokens less"
        raise Unusable(reason, sent, answered)
    if not isinstance(content, str) or not content.strip():
        raise Unusable("the answer is empty", sent, answered)
    return Reply(content, sent, answered)


def _count(usage: object, key: str) -> int:
    count = usage.get(key) if isinstance(usage, Mapping) else None
    return count if type(count) is int and 0 <= count < 10**9 else 0


def complaint_of(text: str) -> str:
    """What a server says is wrong, short, on one line and after a colon; "" where it says nothing."""
    try:
        data = json.loads(text)
        error = data.get("error", data)
        told = error.get("message") or error.get("code") or "" if isinstance(error, dict) else error
        told = f"{told} ({error['code']})" if isinstance(error, dict) and error.get("code") and told else told
    except (ValueError, AttributeError, RecursionError):
        told = "" if "<" in text else text
    shown = "".join(sign if sign.isprintable() else " " for sign in str(told)[:2000])
    shown = " ".join(shown.split())[:_LONGEST_REASON]
    return f": {shown}" if shown else ""
