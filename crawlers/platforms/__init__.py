"""Platforms, one file each: confidence(page) and read(page)."""
