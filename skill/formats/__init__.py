"""Files of other tools, read and written: so that people can move in and out.

replay.py, annotations.py   Amazon's `ask dialog` replay files and NLU annotation sets
annotations_csv.py          the same sets as CSV
which.py, convert.py        what a file is; one kind into another, and what cannot be carried over
misses.py                   an annotation set against the matcher
profiled.py, differences.py what Amazon's utterance profiler said, and where our matcher differs, by rule
"""
