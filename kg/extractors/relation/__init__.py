"""The parts of the extractor of relations: pairs of things, what states a relation, what decides on it."""
