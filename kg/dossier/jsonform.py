"""A dossier or comparison as JSON: the dataclasses of `kg.dossier.model` field by field, in a stable order."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.dossier.model import Comparison, Dossier

VERSION = 1
"""Raised when a key changes its meaning or goes; new keys may come without."""


def json_text(told: Dossier | Comparison) -> str:
    """The whole as JSON that ends with a line end; statements name passages by IRI, `passages` gives their texts."""
    data = {"format": f"kg-{type(told).__name__.casefold()}", "version": VERSION} | _plain(told)
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _plain(value: Any) -> Any:
    """A value as JSON has it: fields by name, decimals as numbers."""
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value
