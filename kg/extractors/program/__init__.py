"""The parts of the extractor of programs: candidates, what speaks for them, what that weighs."""
