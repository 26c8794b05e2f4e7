"""What a text talks about, for several extractors: its things, who acts where, what is taken up again."""
