"""Learns the weights of `kg/weights` from texts with gold facts, and measures on sources kept aside.

`sources` reads texts and gold, one module a decision (`programs`, …) gives its labelled candidates, `fit` turns them
into whole-number weights and measured probabilities, `__main__` is the command.
"""
