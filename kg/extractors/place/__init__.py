"""The parts of the extractor of places: what is known by its form."""
