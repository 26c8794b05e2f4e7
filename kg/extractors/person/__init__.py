"""The parts of the extractor of people: the posts that they hold."""
