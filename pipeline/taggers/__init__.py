"""Taggers, one file per tag."""
