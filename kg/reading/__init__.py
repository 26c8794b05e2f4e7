"""From bytes to articles: which files are pages, what they hold, and where each sentence stands.

The way goes ``files`` (which), ``decoding`` (bytes to text), ``formats`` (text to lines), ``layout`` (lines to
articles, by ``headlines``, ``bodies``, ``fragments``, ``paragraphs``); ``sentences`` cuts what comes out.
"""

from __future__ import annotations

from kg.reading.decoding import Unreadable
from kg.reading.files import input_files
from kg.reading.pages import Faults, Piece, read_articles, read_page

__all__ = ["Faults", "Piece", "Unreadable", "input_files", "read_articles", "read_page"]
