"""Ways out: what the skill knows and hears, in forms that other assistants and tools read.

hassil.py   sentences and lists for Home Assistant
tables.py   topics, samples and answers as CSV or JSON
"""
