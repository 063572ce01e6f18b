"""Spiders: thin, the thinking is done by crawlers.reading."""
