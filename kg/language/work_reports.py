"""Which texts are work reports: speeches in which a government tells a people's congress what it did and plans."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.language.wordlists import words

if TYPE_CHECKING:
    from kg.model import Text

IN_REPORTS = "in_reports"
"""The genre's name, with which its tables of weights end."""

OPENING = 30
"""In so many first sentences, the headline and what a web page prints around it among them, the speaker begins."""


def genre_of(text: Text) -> str:
    """The genre of an article: `in_reports`, or `""` for all else.

    A work report is told by the words with which its speaker submits it (请予审议).

    >>> from kg.language.tokens import tokenize
    >>> from kg.model import Article, Sentence
    >>> said = "现在，我代表区人民政府，向大会报告工作，请予审议。"
    >>> genre_of(tokenize(Article("a.txt", "政府工作报告", ()), (Sentence(said, ((0, len(said)),), 0),)))
    'in_reports'
    """
    return IN_REPORTS if submission(text) >= 0 else ""


def submission(text: Text) -> int:
    """The number of the sentence in which the speaker of a work report submits it; -1 in any other text."""
    submits = words("work_report_openings")
    opening = enumerate(text.sentences[:OPENING])
    return next((number for number, s in opening if any(each in s.text for each in submits)), -1)
