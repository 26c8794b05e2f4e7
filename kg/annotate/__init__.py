"""A language model's reading of pages, as the sidecars that `kg build` reads: anchored in the text, or refused.

The way goes ``pieces`` (an article's text, whole or in parts), ``prompt`` (what is asked), ``cache`` or ``client`` over
``protocol`` (what is answered), ``answers`` (its JSON to what is said), ``checking`` (what of that stands in the text),
``sidecar`` (the file beside the page). ``asking`` takes an article that way, ``running`` all pages, some at a time;
``tokens`` tells about how much it takes, ``measuring`` how often it is right.
"""

from __future__ import annotations

from kg.annotate.cache import Cache, default_folder
from kg.annotate.measuring import measure
from kg.annotate.running import Plan, Report, annotate, plan
from kg.annotate.settings import KEY, Settings, address, key_from_environment, model_name
from kg.annotate.tokens import Price

__all__ = [
    "KEY",
    "Cache",
    "Plan",
    "Price",
    "Report",
    "Settings",
    "address",
    "annotate",
    "default_folder",
    "key_from_environment",
    "measure",
    "model_name",
    "plan",
]
