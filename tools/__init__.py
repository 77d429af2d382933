"""The checkers and generators of the book: `python -m tools.NAME`, or the tasks of the Makefile."""

import sys

# nbformat's validator would build a grammar of web addresses as it is imported, 2.5 s of processor
# in each process that reads a notebook, for a rule that no notebook has.
sys.modules.setdefault("rfc3987_syntax", None)
