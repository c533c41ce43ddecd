"""Alexa's rules for interaction models, as code: check.py walks them, one module a kind of rule."""
