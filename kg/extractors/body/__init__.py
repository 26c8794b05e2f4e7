"""The parts of the extractor of organizations: kinds of names that its endings alone do not tell."""
