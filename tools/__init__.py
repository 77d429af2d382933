"""The checkers and generators of the book: `python -m tools.NAME`, or the tasks of the Makefile."""
