"""What N-Quads name, read from their lines: no quads are made of them on the way to a store."""

from __future__ import annotations

import re

from kg.vocabulary import PREFIXES

_GRAPH = re.compile(rb"<([^<>]+)> \.\n")
_PLACE = rb"<" + re.escape(PREFIXES["place"].encode()) + rb"([0-9]{2,12})> "
_SUBJECT = re.compile(rb"^" + _PLACE, re.MULTILINE)
_OBJECT = re.compile(rb"^<[^<>]*> <[^<>]*> " + _PLACE, re.MULTILINE)


def named_in(lines: bytes) -> tuple[list[str], set[str]]:
    r"""The named graphs of N-Quads as `n_quads` writes them, in their order, and the codes of divisions they speak of.

    >>> named_in(b"<a:1> <a:2> <https://w3id.org/govkg/id/place/330105> <a:g> .\n")
    (['a:g'], {'330105'})
    """
    graphs = dict.fromkeys(_GRAPH.findall(lines))
    codes = {*_SUBJECT.findall(lines), *_OBJECT.findall(lines)}
    return [graph.decode() for graph in graphs], {code.decode() for code in codes}
