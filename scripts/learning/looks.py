"""Counts what the first looks at a name give up, to be asked for after programs have been learned anew.

Usage: python -m scripts.learning.looks FOLDER...

For each table and look: how many names that a sum of all features takes, and how many others, it gives up, and the
least sum that one of those taken has there. HOPELESS and HOPELESS_IN_PLACE are right where hardly any of those taken
are given up.
"""

from __future__ import annotations

import sys
from collections import defaultdict

from kg.decision import in_genre, weights
from kg.extractors.program.candidates import candidates
from kg.extractors.program.features import features, table_of
from kg.extractors.program.scores import HOPELESS, HOPELESS_IN_PLACE, at_a_glance, in_place
from scripts.learning.sources import each_text, found_before, sources


def main() -> None:
    """The command."""
    sums: dict[tuple[str, str, bool], list[int]] = defaultdict(list)
    for source in sources(sys.argv[1:]):
        with in_genre(source.genre):
            for text in each_text(source):
                for candidate in candidates(text, found_before(text, "programs")):
                    table = table_of(candidate)
                    taken, glance = weights(table).score(features(candidate)) > 0, at_a_glance(candidate)
                    sums[table, "at a glance", taken].append(glance)
                    if glance >= HOPELESS:
                        sums[table, "in place", taken].append(in_place(candidate, glance))
    for table, look, taken in sorted(sums):
        found = sums[table, look, taken]
        bound = HOPELESS_IN_PLACE if look == "in place" else HOPELESS
        given_up = sum(each < bound for each in found)
        told = f"{given_up} of {len(found)} {'taken' if taken else 'others'} given up"
        sys.stdout.write(f"{table} {look}: {told}{f', the least {min(found)}' if taken else ''}\n")


if __name__ == "__main__":
    main()
