"""Bump Guide: a voice skill that answers questions about symptoms in pregnancy and after birth."""

__version__ = "0.1.0"
