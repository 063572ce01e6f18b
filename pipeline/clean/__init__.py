"""Cleaning stages, one file each."""
