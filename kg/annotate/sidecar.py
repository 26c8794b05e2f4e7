"""The sidecar that a model's reading of a page becomes; what a person has written or changed is never overwritten."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePath
from typing import Any

from kg.annotate.checking import Checked
from kg.errors import UserError
from kg.model import MODEL
from kg.outputs import write_whole
from kg.reading.files import readable_name
from kg.sidecars import article_item, read_json, sidecars_of

DIGEST = "digest"
"""The key of the digest of all else, by which we know a sidecar that nobody has changed."""


def target_of(page: Path) -> Path:
    """The sidecar that we write of a page."""
    return page.with_name(f"{page.name}.facts.json")


def is_anothers(page: Path) -> bool:
    """Whether a page has a sidecar that a person or another program has written, or changed since we did."""
    sidecars = sidecars_of(page)
    if sidecars != (target_of(page),):
        return bool(sidecars)
    try:
        data = read_json(target_of(page))
    except UserError:
        return True
    return not isinstance(data, dict) or data.get(DIGEST) != _digest(data)


def write(page: Path, model: str, articles: Sequence[Checked]) -> None:
    """Write what a model said of the articles of a page, and what was refused of that, for whoever reviews it.

    Raises:
        UserError: it cannot be written.
    """
    data: dict[str, Any] = {"page": PurePath(readable_name(page)).name, "rule": f"{MODEL}{model}"}
    _write(page, data | {"articles": [_article(each) for each in articles]})


def write_confidence(page: Path, sure: Mapping[str, float]) -> None:
    """Note how sure the facts of each list are in the sidecar that we wrote of a page.

    Raises:
        UserError: it cannot be read or written.
    """
    data = read_json(target_of(page))
    for article in data["articles"]:
        for name, share in sure.items():
            for fact in article[name]:
                fact["confidence"] = share
    _write(page, data)


def _write(page: Path, data: dict[str, Any]) -> None:
    whole = {key: value for key, value in data.items() if key != DIGEST}
    whole[DIGEST] = _digest(whole)
    text = json.dumps(whole, ensure_ascii=False, indent=1, default=float) + "\n"
    write_whole(target_of(page), lambda file: file.write(text.encode("utf-8", "replace")))


def _article(checked: Checked) -> dict[str, Any]:
    refused = [{"fact": each.fact, "reason": each.reason} for each in checked.refused]
    return article_item(checked.said) | ({"refused": refused} if refused else {})


def _digest(data: dict[str, Any]) -> str:
    rest = {key: value for key, value in data.items() if key != DIGEST}
    text = json.dumps(rest, ensure_ascii=True, sort_keys=True, default=float)  # decimals as they were written
    return hashlib.sha256(text.encode()).hexdigest()
