"""What is generic in the name of an initiative and what is its own."""

from __future__ import annotations

import re
from functools import cache

from kg.language.wordlists import either


@cache
def _tails() -> re.Pattern[str]:
    return re.compile(rf"(?<=.{{3}}){either('program_soft_tails')}+$")


@cache
def _leads() -> re.Pattern[str]:
    return re.compile(rf"^{either('program_soft_leads')}+(?=.{{4}})")


def stem(name: str) -> str:
    """A name without the generic words that may follow or introduce it.

    >>> stem("三方协同治理模式"), stem("党建引领三方协同"), stem("蜜梨工坊")
    ('三方协同', '三方协同', '蜜梨工坊')
    """
    return _leads().sub("", _tails().sub("", name))
