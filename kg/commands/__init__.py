"""Commands of `kg` by group: each module holds declarations, and bodies of a few lines."""
