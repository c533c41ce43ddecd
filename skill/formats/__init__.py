"""Files of other tools, read and written: so that people can move in and out.

replay.py, annotations.py   Amazon's `ask dialog` replay files and NLU annotation sets
annotations_csv.py          the same sets as CSV
convert.py                  one kind into another; whatever cannot be carried over is said
which.py                    what a file is
"""
