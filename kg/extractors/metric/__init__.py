"""The parts of the extractor of metrics: what a number counts, what it is about, what it covers."""
